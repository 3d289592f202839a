"""How TLS with the servers of one client is started."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from hyperhttp._network.server_tls import ServerTLS, server_tls
from hyperhttp._network.tls import without_certificate
from hyperhttp._network.tls_contexts import RecentContexts
from hyperhttp._policy.client_certificate import key_offers_certificate

if TYPE_CHECKING:
    import ssl
    from collections.abc import Mapping

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import TLSConfig

__all__ = ["OriginTLS"]


@final
class OriginTLS:
    """Chooses the configuration of TLS for a connection to a server."""

    def __init__(
        self,
        config: ClientConfig,
        own: ssl.SSLContext | None,
        hosts: Mapping[str, TLSConfig] | None,
    ) -> None:
        """Take the configurations.

        Args:
            config: The configuration of the client.
            own: The caller's context; None to create them.
            hosts: Configurations of single hosts, which replace both.
        """
        self._config = config
        self._own = own
        self._hosts = hosts or {}
        self._recent = RecentContexts()

    async def start(self, key: str, host: str, alpn: tuple[str, ...]) -> ServerTLS:
        """Return how TLS with a host is started, with a client certificate if `key` offers it.

        Raises:
            ConfigError: A path, password or combination can't be used.
        """
        config = self._config
        for_host = self._hosts.get(host.removesuffix("."))
        chosen, own = (config.tls, self._own) if for_host is None else (for_host, None)
        tls = chosen if key_offers_certificate(key) else without_certificate(chosen)
        return await server_tls(tls, alpn, trust_env=config.trust_env, own=own, recent=self._recent)
