"""Refuses requests before they need a connection: by scheme, by target, and through proxies.

The addresses of direct connections are checked when they are dialed. Requests whose address isn't
known here, because a proxy resolves it or a transport replaces the network, are checked one by one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from hyperhttp._base._generated.errors import AddressRefused, LocalProtocolError
from hyperhttp._message.request.proxy import resolves_here
from hyperhttp._transport.proxy_routing import ProxyRouting

if TYPE_CHECKING:
    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base.address_gate import AddressGate
    from hyperhttp._message.request.proxy import Proxy
    from hyperhttp._message.url.url import URL
    from hyperhttp._policy.proxies import ProxyRules
    from hyperhttp._transport.proxy_routing import ProxyRoute

__all__ = ["GuardedRouting", "routing_of", "target_refusal"]


def routing_of(
    config: ClientConfig,
    proxies: ProxyRules | None,
    gate: AddressGate | None,
    *,
    has_addresses: bool,
) -> ProxyRouting | GuardedRouting | None:
    """Return the routing of a client; None if all requests connect directly, without limits."""
    routing = None
    if proxies is not None:
        routing = ProxyRouting(proxies, forwards=config.http2 != "prior-knowledge")
    if gate is None and not config.https_only:
        return routing
    return GuardedRouting(routing, gate, https_only=config.https_only, has_addresses=has_addresses)


@final
class GuardedRouting:
    """The routes of one client that restricts its requests."""

    def __init__(
        self,
        routing: ProxyRouting | None,
        gate: AddressGate | None,
        *,
        https_only: bool,
        has_addresses: bool,
    ) -> None:
        self._routing = routing
        self._gate = gate
        self._https_only = https_only
        self._has_addresses = has_addresses
        """True if direct connections are dialed, and checked then."""

    def route(self, url: URL) -> ProxyRoute | None:
        """Return the route to the origin of `url`; None to connect directly.

        Raises:
            AddressRefused: The target, or the way to it, isn't allowed.
            LocalProtocolError: The URL isn't https, and `https_only` is set.
        """
        if self._https_only and not url.is_tls:
            raise LocalProtocolError(detail="the URL is http, and https_only is set", field="url")
        route = None if self._routing is None else self._routing.route(url)
        gate = self._gate
        if gate is not None and (route is not None or not self._has_addresses):
            rule = target_refusal(gate, url, None if route is None else route.proxy)
            if rule is not None:
                raise AddressRefused(host=url.host, rule=rule)
        return route


def target_refusal(gate: AddressGate, url: URL, proxy: Proxy | None) -> str | None:
    """Return the rule that refuses a request before any lookup; None if nothing does."""
    refuses = gate.policy.proxied == "refuse"
    if refuses and proxy is not None and not resolves_here(proxy):
        return f"proxied is 'refuse', and the proxy {proxy.url} would resolve the host"
    return gate.host_refusal(url.host, url.effective_port)
