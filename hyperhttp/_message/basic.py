"""The Basic scheme (RFC 7617): user and password as a field value."""

from __future__ import annotations

from base64 import b64encode


def basic_credentials(user: str, password: str) -> str:
    """The value of Authorization; the text is sent as UTF-8."""
    return "Basic " + b64encode(f"{user}:{password}".encode()).decode("ascii")
