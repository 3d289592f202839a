"""Transports that let other HTTP clients send their requests with this library."""
