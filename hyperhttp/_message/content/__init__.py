"""Content encodings, text, JSON and server-sent events."""
