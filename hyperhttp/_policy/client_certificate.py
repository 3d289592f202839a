"""Which requests the client certificate is offered to, as part of the key of their connections.

It identifies the user, as credentials do. So it isn't offered to a server that another server
chose.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hyperhttp._message.request.request import left_origin

if TYPE_CHECKING:
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.url.url import URL

_WITHOUT: Final = " without the client certificate"


def offers_certificate(request: Request, home: URL | None) -> bool:
    """Return whether the certificate is offered to the server of a request.

    With a `base_url` (`home`), only to its origin. Without one, to every origin that the caller
    addresses, but to none that a redirect has led to from another origin.
    """
    if not request.url.is_tls:
        return True  # nothing is offered, so its connections need no separate key
    if left_origin(request):
        return False
    return home is None or request.url.origin == home.origin


def key_without_certificate(key: str) -> str:
    """Return the pool key of the connections that don't offer the certificate."""
    return key + _WITHOUT


def key_offers_certificate(key: str) -> bool:
    """Return whether the connections of a pool key offer the certificate."""
    return not key.endswith(_WITHOUT)
