"""Predicts from response headers whether the connection can be used again (RFC 9112 9.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hyperhttp._message.headers.response_head import ResponseHead


def keeps_connection(head: ResponseHead) -> bool:
    """Return whether an HTTP/1.1 connection stays open at the end of the body.

    False for HTTP/2, whose streams can be ended alone.
    """
    if head.http_version != "HTTP/1.1" or not (
        head.has(b"content-length") or head.has(b"transfer-encoding")
    ):
        return False
    options = b",".join(head.values(b"connection")).lower().split(b",")
    return b"close" not in [option.strip() for option in options]
