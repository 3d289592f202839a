"""Which requests a client certificate is offered to, as part of the key of their connections.

It identifies the user, as credentials do. So it isn't offered to a server that another server
chose.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

from hyperhttp._message.request.request import left_origin

if TYPE_CHECKING:
    from collections.abc import Mapping
    from collections.abc import Set as AbstractSet

    from hyperhttp._base._generated.config import TLSConfig
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.url.url import URL

__all__ = ["ClientCertificates", "key_offers_certificate"]

_WITHOUT: Final = " without the client certificate"


@final
@dataclass(frozen=True, slots=True)
class ClientCertificates:
    """The client certificates of one client: one for all hosts, and those of single hosts."""

    has_default: bool
    hosts: AbstractSet[str]
    """The hosts with a configuration, whose certificate, or none, replaces the default."""

    @classmethod
    def of(cls, tls: TLSConfig, hosts: Mapping[str, TLSConfig]) -> ClientCertificates | None:
        """Return the certificates; None if there is none."""
        has_default = tls.cert is not None
        has_any = has_default or any(one.cert is not None for one in hosts.values())
        return cls(has_default, hosts.keys()) if has_any else None

    def key(self, key: str, request: Request, home: URL | None) -> str:
        """Return the pool key of the connections of a request, with or without a certificate.

        The certificate of a host is offered to that host. The default is offered to the origin of
        the `base_url` (`home`), or without one to every origin that the caller addresses. None is
        offered to an origin that a redirect has led to from another origin.
        """
        if not request.url.is_tls or self._offers(request, home):
            return key  # without TLS nothing is offered, so no separate key is needed
        return key + _WITHOUT

    def _offers(self, request: Request, home: URL | None) -> bool:
        if left_origin(request):
            return False
        if request.url.host.removesuffix(".") in self.hosts:
            return True
        return not self.has_default or home is None or request.url.origin == home.origin


def key_offers_certificate(key: str) -> bool:
    """Return whether the connections of a pool key offer the certificate."""
    return not key.endswith(_WITHOUT)
