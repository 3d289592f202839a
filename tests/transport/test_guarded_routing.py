"""Requests that are refused before they need a connection."""

from __future__ import annotations

import pytest

from hyperhttp import URL, AddressPolicy, AddressRefused, ClientConfig, LocalProtocolError
from hyperhttp._base.address_gate import AddressGate
from hyperhttp._message.request.proxy import ProxyInput
from hyperhttp._policy.proxies import ProxyRules
from hyperhttp._transport.guarded_routing import GuardedRouting, routing_of
from hyperhttp._transport.proxy_routing import ProxyRouting

HTTP, SOCKS, SOCKS_HERE = "http://127.0.0.1:1", "socks5h://127.0.0.1:1", "socks5://127.0.0.1:1"
PUBLIC = AddressPolicy.public()
ALLOWS = AddressPolicy.public(proxied="allow")


def guarded(
    policy: AddressPolicy, proxy: ProxyInput | None = None, *, has_addresses: bool = True
) -> GuardedRouting:
    rules = None if proxy is None else ProxyRules.of(proxy)
    routing = routing_of(ClientConfig(), rules, AddressGate(policy), has_addresses=has_addresses)
    assert isinstance(routing, GuardedRouting)
    return routing


def test_a_client_without_limits_has_none() -> None:
    assert routing_of(ClientConfig(), None, None, has_addresses=True) is None
    routing = routing_of(ClientConfig(), ProxyRules.of(HTTP), None, has_addresses=True)
    assert isinstance(routing, ProxyRouting)


def test_https_only_refuses_http() -> None:
    routing = routing_of(ClientConfig(https_only=True), None, None, has_addresses=True)
    assert routing is not None
    assert routing.route(URL("https://example.com/")) is None
    with pytest.raises(LocalProtocolError, match="https_only") as caught:
        routing.route(URL("http://example.com/"))
    assert caught.value.field == "url"


def test_direct_requests_are_left_to_the_dial() -> None:
    assert guarded(PUBLIC).route(URL("http://127.0.0.1/")) is None


@pytest.mark.parametrize("proxy", [HTTP, SOCKS])
@pytest.mark.parametrize("scheme", ["http", "https"])
def test_a_proxy_that_resolves_the_host_needs_to_be_allowed(proxy: str, scheme: str) -> None:
    url = URL(f"{scheme}://example.com/")
    with pytest.raises(AddressRefused) as caught:
        guarded(PUBLIC, proxy).route(url)
    assert caught.value.host == "example.com"
    assert caught.value.rule == f"proxied is 'refuse', and the proxy {proxy} would resolve the host"
    route = guarded(ALLOWS, proxy).route(url)
    assert route is not None
    assert route.proxy.url == proxy


def test_a_proxy_that_gets_addresses_needs_nothing() -> None:
    route = guarded(PUBLIC, SOCKS_HERE).route(URL("http://example.com/"))
    assert route is not None
    assert route.tunnel(None, ClientConfig().limits).resolves_here


@pytest.mark.parametrize("proxy", [HTTP, SOCKS, SOCKS_HERE])
@pytest.mark.parametrize("host", ["127.0.0.1", "[::ffff:127.0.0.1]", "localhost", "a.localhost."])
def test_what_needs_no_lookup_is_checked_for_each_request(proxy: str, host: str) -> None:
    routing = guarded(ALLOWS, proxy)
    assert routing.route(URL("http://example.com/")) is not None  # the same key, if it forwards
    with pytest.raises(AddressRefused):
        routing.route(URL(f"http://{host}/"))


def test_the_secrets_of_a_proxy_are_not_told() -> None:
    with pytest.raises(AddressRefused) as caught:
        guarded(PUBLIC, "http://ann:hunter2@127.0.0.1:1").route(URL("http://example.com/"))
    assert "hunter2" not in str(caught.value)


def test_a_transport_has_no_addresses_and_its_hosts_are_checked() -> None:
    routing = guarded(PUBLIC, has_addresses=False)
    assert routing.route(URL("http://example.com/")) is None
    for host in ("10.0.0.1", "localhost"):
        with pytest.raises(AddressRefused):
            routing.route(URL(f"http://{host}/"))
