"""Headers whose values are never kept in a cache of parsed or decoded headers."""

from __future__ import annotations

from typing import Final

from hyperhttp._base._generated.headers import SENSITIVE

__all__ = ["UNCACHEABLE"]

# Beside credentials: challenges and their results, which hold nonces (RFC 9110 11.6), and URLs,
# whose query may be a signature.
_NAMES: Final = SENSITIVE | {
    "authentication-info",
    "content-location",
    "link",
    "location",
    "proxy-authenticate",
    "proxy-authentication-info",
    "refresh",
    "www-authenticate",
}
UNCACHEABLE: Final = frozenset(name.encode("ascii") for name in _NAMES)
"""Header names, in lower case."""
