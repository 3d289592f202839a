"""Decides which rule an IP address or a host name falls under, with no I/O.

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

__all__ = ["AddressRule", "is_local_name", "special_rule", "unwrapped"]

IPAddress: TypeAlias = IPv4Address | IPv6Address

# RFC 6052 2.1; other prefixes of NAT64 are local, and public networks don't route them.
NAT64: Final = IPv6Network("64:ff9b::/96")
# Deprecated (RFC 4291 2.5.5.1), and some systems still connect to the embedded address.
IPV4_COMPATIBLE: Final = IPv6Network("::/96")


class AddressRule(NamedTuple):
    """The range that an address is in."""

    network: IPv4Network | IPv6Network
    group: str
    title: str

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
        for rule in _rules():
            if address in rule.network:
                return rule
    return None


def unwrapped(address: IPAddress) -> Iterator[IPAddress]:
    """Yield the IPv4 addresses that an address embeds, then the address itself."""
    if isinstance(address, IPv6Address):
        yield from _embedded(address)
        address = IPv6Address(int(address))  # without its zone
        if address.ipv4_mapped is not None:
            return  # a spelling of the IPv4 address
    yield address


def _embedded(address: IPv6Address) -> Iterator[IPv4Address]:
    if address.ipv4_mapped is not None:
        yield address.ipv4_mapped
    if address.sixtofour is not None:
        yield address.sixtofour
    if address.teredo is not None:
        yield from address.teredo
    number = int(address)
    plain = IPv6Address(number)
    if plain in NAT64 or (plain in IPV4_COMPATIBLE and number > 1):
        yield IPv4Address(number & 0xFFFFFFFF)


@cache
def _rules() -> tuple[AddressRule, ...]:
    """The ranges, narrowest first, so that a metadata address isn't only link-local."""
    rules = [AddressRule(ip_network(text), *names) for text, *names in SPECIAL_NETWORKS]
    return tuple(sorted(rules, key=lambda rule: -rule.network.prefixlen))
