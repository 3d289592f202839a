"""Sockets, name resolution and TLS, without HTTP."""
