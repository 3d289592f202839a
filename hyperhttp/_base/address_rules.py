"""Decides which special range an IP address or a host name belongs to, with no I/O.

An address that embeds an IPv4 address is judged by both: `64:ff9b::7f00:1` reaches 127.0.0.1
through NAT64.
"""

from __future__ import annotations

from functools import cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from typing import TYPE_CHECKING, Final, NamedTuple, TypeAlias

from hyperhttp._base._generated.addresses import SPECIAL_NETWORKS

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = [
    "GROUPS",
    "AddressRule",
    "IPAddress",
    "IPNetwork",
    "is_local_name",
    "narrowest_rule",
    "network_of",
    "special_rule",
    "unwrapped",
]

IPAddress: TypeAlias = IPv4Address | IPv6Address
IPNetwork: TypeAlias = IPv4Network | IPv6Network

GROUPS: Final = frozenset(group for _, group, _, _ in SPECIAL_NETWORKS)
"""The names of the groups of special ranges."""

# The last 32 bits are an IPv4 address: translated by NAT64 (RFC 6052 2.1) or SIIT (RFC 2765 2.1),
# or compatible (deprecated by RFC 4291 2.5.5.1, and some systems still connect to the IPv4
# address).
_ENDS_IN_IPV4: Final = (
    IPv6Network("64:ff9b::/96"),
    IPv6Network("::ffff:0:0:0/96"),
    IPv6Network("::/96"),
)
_MAPPED: Final = IPv6Network("::ffff:0:0/96")
# RFC 8215: a network uses all of it, or a prefix of 96 bits within it.
_LOCAL_NAT64: Final = IPv6Network("64:ff9b:1::/48")


class AddressRule(NamedTuple):
    """The range that an address is in."""

    network: IPNetwork
    group: str
    title: str
    is_reachable: bool
    """True if it is part of the public internet all the same."""

    def __str__(self) -> str:
        return f"{self.group} ({self.network}, {self.title})"


def is_local_name(host: str) -> bool:
    """Return whether a name is `localhost` or below it, in any case (RFC 6761 6.3)."""
    name = host.lower().removesuffix(".")
    return name == "localhost" or name.endswith(".localhost")


def special_rule(text: str) -> AddressRule | None:
    """Return the narrowest range that an address is in, or one that it embeds; None if public.

    Args:
        text: An address in numbers, perhaps with a zone. ValueError for anything else.
    """
    for address in unwrapped(ip_address(text)):
        rule = narrowest_rule(address)
        if rule is not None and not rule.is_reachable:
            return rule
    return None


def network_of(text: str) -> IPNetwork:
    """Return a network, or that of a single address; one of IPv4-mapped addresses is of IPv4.

    ValueError for anything else, such as an address with a prefix that isn't its network.
    """
    network = ip_network(text)
    if isinstance(network, IPv6Network) and network.subnet_of(_MAPPED):
        first = IPv4Address(int(network[0]) & 0xFFFFFFFF)
        return IPv4Network((first, network.prefixlen - _MAPPED.prefixlen))
    return network


def narrowest_rule(address: IPAddress) -> AddressRule | None:
    """Return the narrowest special range that an address is in, whether reachable or not."""
    for rule in _rules(address.version):
        if address in rule.network:
            return rule
    return None


def unwrapped(address: IPAddress) -> Iterator[IPAddress]:
    """Yield the IPv4 addresses that an address embeds, then the address itself."""
    if isinstance(address, IPv6Address):
        address = IPv6Address(int(address))  # without its zone
        yield from _embedded(address)
        if address.ipv4_mapped is not None:
            return  # a spelling of the IPv4 address
    yield address


def _embedded(address: IPv6Address) -> Iterator[IPv4Address]:
    number = int(address)
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    if number > 1 and any(address in network for network in _ENDS_IN_IPV4):
        yield IPv4Address(number & 0xFFFFFFFF)
    if address in _LOCAL_NAT64:
        yield _translated(number)


def _translated(number: int) -> IPv4Address:
    """Return the IPv4 address behind a prefix of 48 or 96 bits (RFC 6052 2.2)."""
    if number & 0xFFFFFF:
        return IPv4Address(number & 0xFFFFFFFF)
    # Bits 64 to 71 are zero, and so are those after the address.
    return IPv4Address((number >> 48 & 0xFFFF0000) | (number >> 40 & 0xFFFF))


@cache
def _rules(version: int) -> tuple[AddressRule, ...]:
    """Return the ranges, narrowest first, so that a metadata address isn't only link-local."""
    rules = [
        AddressRule(ip_network(text), group, title, is_reachable)
        for text, group, title, is_reachable in SPECIAL_NETWORKS
    ]
    found = [rule for rule in rules if rule.network.version == version]
    return tuple(sorted(found, key=lambda rule: -rule.network.prefixlen))
