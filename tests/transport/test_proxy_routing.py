"""Which connections requests may share when there are proxies."""

from __future__ import annotations

from hyperhttp import URL, Limits, Proxy
from hyperhttp._policy.proxies import ProxyRules
from hyperhttp._protocol.proxy.connect import ConnectHandshake
from hyperhttp._protocol.proxy.socks5 import Socks5Handshake
from hyperhttp._transport import proxy_routing
from hyperhttp._transport.proxy_routing import ProxyRoute, ProxyRouting

HTTP, SOCKS = "http://127.0.0.1:3128", "socks5h://127.0.0.1:1080"


def route(given: str, url: str, *, forwards: bool = True) -> ProxyRoute:
    found = ProxyRouting(ProxyRules.of(given), forwards=forwards).route(URL(url))
    assert found is not None
    return found


def test_requests_in_the_clear_share_the_connections_to_an_http_proxy() -> None:
    one, other = route(HTTP, "http://a.test/"), route(HTTP, "http://b.test:8080/")
    assert one.key == other.key == "http via http://127.0.0.1:3128"
    assert one.forwards
    assert one.tunnel(None, Limits()).handshake is None


def test_a_tunnel_belongs_to_one_origin() -> None:
    tunnel = route(HTTP, "https://a.test/")
    assert tunnel.key == "https://a.test via http://127.0.0.1:3128"
    assert not tunnel.forwards
    handshake = tunnel.tunnel(None, Limits()).handshake
    assert handshake is not None
    assert isinstance(handshake("a.test", 443), ConnectHandshake)


def test_socks_and_prior_knowledge_are_always_tunnels() -> None:
    for tunnel in (
        route(SOCKS, "http://a.test/"),
        route(HTTP, "http://a.test/", forwards=False),
    ):
        assert tunnel.key == f"http://a.test via {tunnel.proxy.url}"
        assert not tunnel.forwards
    handshake = route(SOCKS, "http://a.test/").tunnel(None, Limits()).handshake
    assert handshake is not None
    assert isinstance(handshake("a.test", 80), Socks5Handshake)


def test_only_socks5_without_h_looks_names_up_here() -> None:
    assert route("socks5://127.0.0.1", "http://a.test/").tunnel(None, Limits()).resolves_here
    assert not route(SOCKS, "http://a.test/").tunnel(None, Limits()).resolves_here


def test_proxies_that_differ_in_what_is_not_shown_share_nothing() -> None:
    rules = ProxyRules.of(
        {
            "http://a.test": "http://ann:hunter2@127.0.0.1:3128",
            "http://b.test": "http://bob:hunter3@127.0.0.1:3128",
            "http://c.test": Proxy("http://127.0.0.1:3128", username="ann", password="hunter2"),
        }
    )
    paths = ProxyRouting(rules, forwards=True)
    found = [paths.route(URL(f"http://{name}.test/")) for name in "abc"]
    keys = [one.key for one in found if one is not None]
    assert keys == [
        "http via http://127.0.0.1:3128",
        "http via http://127.0.0.1:3128 (2)",
        "http via http://127.0.0.1:3128",
    ]


def test_a_path_is_found_once_and_what_is_remembered_is_bounded() -> None:
    paths = ProxyRouting(ProxyRules.of({"all://": HTTP, "all://a.test": None}), forwards=True)
    assert paths.route(URL("http://a.test/")) is None
    first = paths.route(URL("http://b.test/1"))
    assert paths.route(URL("http://b.test/2")) is first
    for number in range(proxy_routing.KNOWN_MAX):
        paths.route(URL(f"http://b{number}.test/"))
    again = paths.route(URL("http://b.test/3"))
    assert again is not first
    assert again is not None
    assert first is not None
    assert again.key == first.key
