"""Drives the protocol over the network: connections, exchanges, the pool."""
