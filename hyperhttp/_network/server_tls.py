"""TLS with one server or proxy: its context, its name, and its pins."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

from hyperhttp._network.public_key import check_pins
from hyperhttp._network.tls import tls_context

if TYPE_CHECKING:
    import ssl
    from collections.abc import Set as AbstractSet

    from hyperhttp._base._generated.config import TLSConfig
    from hyperhttp._network.public_key import PresentedCertificates
    from hyperhttp._network.tls_contexts import RecentContexts

__all__ = ["ServerTLS", "server_tls"]


@final
@dataclass(frozen=True, slots=True)
class ServerTLS:
    """How TLS with a peer is started."""

    context: ssl.SSLContext
    name: str | None = None
    """The name for SNI and the certificate; None for the host of the URL."""
    pins: AbstractSet[str] = frozenset()
    """Hashes of public keys, of which the peer must have one; empty for any key."""

    def name_for(self, host: str) -> str:
        """Return the name for SNI and the certificate, without a final dot (RFC 6066 3) or zone."""
        return host.partition("%")[0].removesuffix(".") if self.name is None else self.name

    def check(self, established: PresentedCertificates) -> None:
        """Check the pins. Raises ssl.SSLCertVerificationError."""
        if self.pins:
            check_pins(established, self.pins)


async def server_tls(
    config: TLSConfig,
    alpn: tuple[str, ...],
    *,
    trust_env: bool,
    own: ssl.SSLContext | None = None,
    recent: RecentContexts | None = None,
) -> ServerTLS:
    """Return how TLS is started with a configuration, or with the caller's context `own`.

    `recent` is for the contexts of the client.

    Raises:
        ConfigError: A path, password or combination can't be used.
    """
    context = await tls_context(config, alpn, trust_env=trust_env, own=own, recent=recent)
    return ServerTLS(context, config.server_hostname, config.pins)
