"""Selects the proxy of each request and the key of the connections that it may use.

It combines the rules of `_policy.proxies`, the handshakes of `_protocol` and the tunnels of
`_network`. A client without proxies doesn't use it.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, final

from hyperhttp._message.request.proxy import resolves_here
from hyperhttp._network.dial import Route
from hyperhttp._network.server_tls import ServerTLS, server_tls
from hyperhttp._network.tls import for_proxy
from hyperhttp._network.tunnel import Tunnel
from hyperhttp._protocol.proxy.connect import ConnectHandshake
from hyperhttp._protocol.proxy.socks5 import Socks5Handshake
from hyperhttp._transport.origin_memory import HTTP1

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import Limits
    from hyperhttp._message.request.proxy import Proxy
    from hyperhttp._message.url.url import URL
    from hyperhttp._network.tunnel import TunnelHandshake
    from hyperhttp._policy.proxies import ProxyRules

# Origins whose route is cached; finding it again checks each rule.
KNOWN_MAX: Final = 4096


@dataclass(frozen=True, slots=True, eq=False)
class ProxyRoute:
    """The proxy that requests to an origin use."""

    key: str
    """The pool key of the connections."""
    proxy: Proxy
    forwards: bool
    """True if the proxy forwards requests (RFC 9112 3.2.2); otherwise it tunnels."""

    def tunnel(self, tls: ServerTLS | None, limits: Limits) -> Tunnel:
        """Return the tunnel; `tls` is for TLS with the proxy."""
        proxy = self.proxy
        handshake: Callable[[str, int], TunnelHandshake] | None = None
        if proxy.is_socks:
            handshake = partial(Socks5Handshake, proxy)
        elif not self.forwards:
            handshake = partial(ConnectHandshake, proxy, limits=limits)
        return Tunnel(
            Route(proxy.host, proxy.port, proxy.is_tls),
            proxy.url,
            tls,
            handshake,
            resolves_here=resolves_here(proxy),
        )


@final
class ProxyRouting:
    """The routes of one client, each found once."""

    def __init__(self, rules: ProxyRules, *, forwards: bool) -> None:
        self._rules = rules
        self._forwards = forwards
        """True if an HTTP proxy forwards requests without TLS."""
        self._routes: dict[str, ProxyRoute | None] = {}
        self._labels: dict[Proxy, str] = {}

    def route(self, url: URL) -> ProxyRoute | None:
        """Return the route to the origin of `url`; None to connect directly."""
        origin = url.origin
        try:
            return self._routes[origin]
        except KeyError:
            pass
        if len(self._routes) >= KNOWN_MAX:
            self._routes.clear()
        route = self._routes[origin] = self._find(url)
        return route

    def _find(self, url: URL) -> ProxyRoute | None:
        proxy = self._rules.choose(url).proxy
        if proxy is None:
            return None
        label = self._label(proxy)
        if self._forwards and not url.is_tls and not proxy.is_socks:
            # A forwarding proxy reads the target of each request, so all origins share its
            # connections.
            return ProxyRoute(f"http via {label}", proxy, forwards=True)
        return ProxyRoute(f"{url.origin} via {label}", proxy, forwards=False)

    def _label(self, proxy: Proxy) -> str:
        """Return the URL of a proxy, numbered if only its credentials differ from another's."""
        if proxy not in self._labels:
            namesakes = sum(known.url == proxy.url for known in self._labels)
            self._labels[proxy] = f"{proxy.url} ({namesakes + 1})" if namesakes else proxy.url
        return self._labels[proxy]


async def tunnel_of(route: ProxyRoute, config: ClientConfig, own: ssl.SSLContext | None) -> Tunnel:
    """Return the tunnel through the proxy of a route. Raises ConfigError."""
    return route.tunnel(await _proxy_tls(route.proxy, config, own), config.limits)


async def _proxy_tls(
    proxy: Proxy, config: ClientConfig, own: ssl.SSLContext | None
) -> ServerTLS | None:
    """Return how TLS with the proxy is started; None without TLS.

    A proxy without a configuration is verified as servers are. The client's certificate, pins and
    name are for servers, so they don't apply to it.
    """
    if not proxy.is_tls:
        return None
    if proxy.tls is not None:
        return await server_tls(proxy.tls, (HTTP1,), trust_env=config.trust_env)
    tls = for_proxy(config.tls)
    return await server_tls(tls, (HTTP1,), trust_env=config.trust_env, own=own)
