"""Requests and their bodies."""
