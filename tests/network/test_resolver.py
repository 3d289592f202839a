"""Resolvers of the caller, fixed hosts, and the resolver of the system."""

from __future__ import annotations

import socket
from collections.abc import Callable
from unittest import mock

import pytest

from hyperhttp import ConfigError, Resolution, SystemResolver
from hyperhttp._network.address import Address
from hyperhttp._network.resolver import ResolverLookup, hosts_of, resolver_of
from hyperhttp._network.resolver_cache import Found

HOSTS: Callable[..., dict[str, list[Address]]] = hosts_of
RESOLVER: Callable[..., object] = resolver_of


class Fixed:
    def __init__(self, *addresses: str, ttl_s: float | None = None) -> None:
        self.resolution = Resolution(addresses, ttl_s)

    async def resolve(self, host: str, /) -> Resolution:
        return self.resolution


async def test_the_addresses_of_a_resolver_get_the_port() -> None:
    found = await ResolverLookup(Fixed("127.0.0.1", "::1", "fe80::1%3", ttl_s=5.0))("a", 80)
    assert found == Found(
        80,
        [
            Address(socket.AF_INET, ("127.0.0.1", 80)),
            Address(socket.AF_INET6, ("::1", 80, 0, 0)),
            Address(socket.AF_INET6, ("fe80::1", 80, 0, 3)),
        ],
        5.0,
    )


@pytest.mark.parametrize(
    "text", ["example.com", "0177.0.0.1", "127.1", "2130706433", "", "example.com%1", "1.2.3.4%1"]
)
async def test_what_is_no_address_is_not_dialed(text: str) -> None:
    with pytest.raises(OSError, match="isn't an IP address"):
        await ResolverLookup(Fixed("127.0.0.1", text))("a", 80)


@pytest.mark.parametrize("result", [["127.0.0.1"], None, "127.0.0.1"])
async def test_a_resolver_that_returns_something_else_is_named(result: object) -> None:
    class Wrong:
        async def resolve(self, host: str, /) -> object:
            return result

    lookup = ResolverLookup(Wrong())  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]  # on purpose
    with pytest.raises(ConfigError, match="returns a Resolution"):
        await lookup("a", 80)


async def test_the_resolver_of_the_system_returns_texts() -> None:
    found = [
        (socket.AF_INET, 1, 6, "", ("127.0.0.1", 0)),
        (socket.AF_INET6, 1, 6, "", ("::1", 0, 0, 0)),
        (socket.AF_INET6, 1, 6, "", ("fe80::1", 0, 0, 3)),
        (socket.AF_INET6, 1, 6, "", ("fe80::1%3", 0, 0, 3)),
    ]
    with mock.patch("socket.getaddrinfo", return_value=found):
        resolution = await SystemResolver().resolve("example.com")
    assert resolution == Resolution(["127.0.0.1", "::1", "fe80::1%3", "fe80::1%3"])
    assert resolution.ttl_s is None


def test_hosts_are_names_with_addresses() -> None:
    assert hosts_of(
        {"API.example.com.": "10.0.0.5", "b\u00fccher.example.com": ["::1", "127.0.0.1"]}
    ) == {
        "api.example.com": [Address(socket.AF_INET, ("10.0.0.5", 0))],
        "xn--bcher-kva.example.com": [
            Address(socket.AF_INET6, ("::1", 0, 0, 0)),
            Address(socket.AF_INET, ("127.0.0.1", 0)),
        ],
    }


@pytest.mark.parametrize(
    "given",
    [
        "a=b",
        [("a", "127.0.0.1")],
        {"a": "example.com"},
        {"a": "127.1"},
        {"a": []},
        {"a": ["127.0.0.1", 5]},
        {"a": 5},
        {"a": None},
        {"": "127.0.0.1"},
        {"a:80": "127.0.0.1"},
        {"a/b": "127.0.0.1"},
        {5: "127.0.0.1"},
    ],
)
def test_other_hosts_are_refused(given: object) -> None:
    with pytest.raises(ConfigError) as caught:
        HOSTS(given)
    assert caught.value.option == "hosts"


@pytest.mark.parametrize("given", [None, "dns", object(), 5])
def test_what_cannot_resolve_is_no_resolver(given: object) -> None:
    with pytest.raises(ConfigError, match="resolve"):
        RESOLVER(given)
