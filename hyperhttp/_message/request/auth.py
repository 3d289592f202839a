"""The base of what `Request.auth` may hold; `hyperhttp.Auth`, which declares the flow, is above."""

from __future__ import annotations

__all__ = ["RequestAuth"]


class RequestAuth:
    """Credentials of a request. `hyperhttp.Auth` derives from it."""

    __slots__ = ()
