"""What a type checker must accept of address policies and resolvers; checked, never executed."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address
from typing import assert_type

import hyperhttp
from hyperhttp import (
    AddressCheck,
    AddressPolicy,
    AddressRefused,
    Client,
    ClientConfig,
    HostsInput,
    Resolution,
    Resolver,
    SystemResolver,
)


def check(host: str, address: IPv4Address | IPv6Address, port: int, hop: int) -> bool:
    return address.is_global


class Wrapped:
    def __init__(self, inner: Resolver) -> None:
        self.inner = inner

    async def resolve(self, host: str, /) -> Resolution:
        found = await self.inner.resolve(host)
        assert_type(found, Resolution)
        return Resolution([*found.addresses, "127.0.0.1"], ttl_s=5.0)


def clients(hosts: HostsInput, own: AddressCheck) -> None:
    Client(address_policy=AddressPolicy.public(allow={"private"}, ports=frozenset({443})))
    Client(address_policy=AddressPolicy.anywhere(deny=frozenset({"10.0.0.0/8"}), mixed="drop"))
    Client(address_check=check, resolver=Wrapped(SystemResolver()), hosts=hosts)
    Client(address_check=own, hosts={"example.com": ["127.0.0.1", "::1"]})
    Client(config=ClientConfig.hardened(), https_only=False, same_site_redirects=True)
    Client(address_check=lambda host, address, port, hop: address.version == port == hop)


def values(error: AddressRefused, policy: AddressPolicy) -> None:
    assert_type(error.host, str)
    assert_type(error.rule, str)
    assert_type(AddressPolicy.public(), AddressPolicy)
    assert_type(ClientConfig.hardened(), ClientConfig)
    assert_type(ClientConfig.hardened().address_policy, AddressPolicy)
    assert_type(hyperhttp.Resolution(["::1"]).ttl_s, float | None)
