"""The handshakes with a proxy: CONNECT and SOCKS5."""
