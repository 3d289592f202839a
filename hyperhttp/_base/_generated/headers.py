# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit spec/headers.toml and run the command again.
"""The names of headers with special treatment, by kind."""

from __future__ import annotations

from typing import Final

__all__ = [
    "BODY_HEADERS",
    "CONNECTION_SPECIFIC",
    "FRAMING",
    "MANAGED",
    "RESERVED",
    "SENSITIVE",
    "SENSITIVE_BYTES",
    "VARYING",
]

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
"""Sensitive headers."""
SENSITIVE_BYTES: Final[frozenset[bytes]] = frozenset(
    (
        b"api-key",
        b"authorization",
        b"cookie",
        b"proxy-authorization",
        b"set-cookie",
        b"x-api-key",
        b"x-auth-token",
        b"x-csrf-token",
    )
)
"""Sensitive headers."""
BODY_HEADERS: Final[frozenset[str]] = frozenset(
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
"""Headers of a body."""
FRAMING: Final[frozenset[str]] = frozenset(
    (
        "content-length",
        "transfer-encoding",
    )
)
"""Framing headers."""
CONNECTION_SPECIFIC: Final[frozenset[bytes]] = frozenset(
    (
        b"connection",
        b"keep-alive",
        b"proxy-connection",
        b"transfer-encoding",
        b"upgrade",
    )
)
"""Connection-specific headers."""
MANAGED: Final[frozenset[str]] = frozenset(
    (
        "connection",
        "content-length",
        "content-type",
        "cookie",
        "expect",
        "host",
        "proxy-authorization",
        "transfer-encoding",
    )
)
"""Headers that change how a request is written."""
RESERVED: Final[frozenset[str]] = frozenset(
    (
        "connection",
        "content-length",
        "host",
        "transfer-encoding",
    )
)
"""Headers that a proxy doesn't take."""
VARYING: Final[frozenset[bytes]] = frozenset(
    (
        b"content-length",
        b"content-range",
        b"date",
        b"etag",
        b"idempotency-key",
        b"if-match",
        b"if-modified-since",
        b"if-none-match",
        b"if-range",
        b"if-unmodified-since",
        b"location",
        b"range",
        b"referer",
        b"traceparent",
        b"tracestate",
        b"x-request-id",
    )
)
"""Headers that differ in each message."""
