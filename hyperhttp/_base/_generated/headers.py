# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/headers.toml and run the command again.
"""The header fields that are treated unlike the others; names in lower case."""

from __future__ import annotations

from typing import Final

__all__ = ["BODY_FIELDS", "SENSITIVE"]

SENSITIVE: Final[frozenset[str]] = frozenset(
    (
        "api-key",
        "authorization",
        "cookie",
        "proxy-authorization",
        "set-cookie",
        "x-api-key",
        "x-auth-token",
        "x-csrf-token",
    )
)
"""Their values are secrets: nothing shows them, and they go to no other origin."""

BODY_FIELDS: Final[frozenset[str]] = frozenset(
    (
        "content-digest",
        "content-encoding",
        "content-language",
        "content-length",
        "content-location",
        "content-range",
        "content-type",
        "digest",
        "expect",
        "last-modified",
        "repr-digest",
        "trailer",
        "transfer-encoding",
    )
)
"""They speak of the body, and go when it goes."""
