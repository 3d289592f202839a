"""Responses and how their bodies are read."""
