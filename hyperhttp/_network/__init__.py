"""Sockets, names and TLS; knows no HTTP."""
