"""HTTP/2: bytes to events and back."""
