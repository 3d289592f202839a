"""The interface of resolvers, the resolver of the system, and hosts with fixed addresses.

`ResolverCache` caches what they return; `dial` decides which address is used.
"""

from __future__ import annotations

import socket
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, final

from hyperhttp._base._generated.errors import ConfigError, InvalidURL
from hyperhttp._base.input_pairs import is_mapping, is_sequence, shown
from hyperhttp._message.request.proxy import host_and_port
from hyperhttp._network.address import literal_address
from hyperhttp._network.resolver_cache import Found
from hyperhttp._network.threaded_lookup import ThreadedLookup

if TYPE_CHECKING:
    from hyperhttp._network.address import Address

__all__ = [
    "HostsInput",
    "Resolution",
    "Resolver",
    "ResolverLookup",
    "SystemResolver",
    "hosts_of",
    "resolver_of",
]

HostsInput: TypeAlias = Mapping[str, str | Sequence[str]]
"""Host names with their IP addresses."""

HOSTS_ALLOWED: Final = "a mapping of host names to IP addresses"


@final
@dataclass(frozen=True, slots=True)
class Resolution:
    """The addresses of a host, and how long they are valid.

    hyperhttp.Resolution(["192.0.2.1"], ttl_s=60.0)
    """

    addresses: Sequence[str]
    """IPv4 and IPv6 addresses in order of preference."""
    ttl_s: float | None = None
    """The TTL in seconds; None if it isn't known, then they are cached for 30 seconds."""


class Resolver(Protocol):
    """Resolves host names; `resolver=` of a client.

        class Pinned:
            async def resolve(self, host: str, /) -> hyperhttp.Resolution:
                return hyperhttp.Resolution(["127.0.0.1"])

    The client caches the result within bounds, and shares a lookup among concurrent requests. It
    isn't called for IP addresses and for `hosts`.
    """

    async def resolve(self, host: str, /) -> Resolution:
        """Return the addresses of a host.

        An OSError such as `socket.gaierror` is raised as a `DNSError`; other errors are raised
        unchanged. Return no addresses for a host that doesn't exist.
        """
        ...


@final
class SystemResolver:
    """The resolver of the system, for your resolvers that fall back to it.

    Each lookup runs in a separate daemon thread, at most 64 at a time.

        resolver = hyperhttp.SystemResolver()
        resolution = await resolver.resolve("example.com")
    """

    def __init__(self) -> None:
        self._lookup = ThreadedLookup()

    async def resolve(self, host: str, /) -> Resolution:
        """Return the addresses of a host; raise `socket.gaierror` if it has none."""
        found = await self._lookup(host, 0)
        return Resolution([_text_of(address) for address in found])


@final
class ResolverLookup:
    """A `Lookup` by a resolver of the caller."""

    def __init__(self, resolver: Resolver) -> None:
        self._resolver = resolver

    async def __call__(self, host: str, port: int) -> Found:
        """Return the addresses; raise OSError for what isn't an address."""
        resolution = _checked(await self._resolver.resolve(host))
        addresses = [_address_of(text, port) for text in resolution.addresses]
        return Found(port, addresses, resolution.ttl_s)


def resolver_of(given: Resolver) -> Resolver:
    """Return the resolver, or raise ConfigError if it isn't one."""
    if not callable(getattr(given, "resolve", None)):
        allowed = "an object with the coroutine `resolve`"
        raise ConfigError(option="resolver", given=shown(given), allowed=allowed)
    return given


def hosts_of(given: HostsInput) -> dict[str, list[Address]]:
    """Return the addresses of hosts by name, without port. Raises ConfigError."""
    checked: object = given
    if not is_mapping(checked):
        raise ConfigError(option="hosts", given=shown(given), allowed=HOSTS_ALLOWED)
    return {
        host_name(host, option="hosts", allowed=HOSTS_ALLOWED): _addresses(host, texts)
        for host, texts in checked.items()
    }


def host_name(host: object, *, option: str, allowed: str) -> str:
    """Return a key of a mapping of hosts, as URLs have it. Raises ConfigError."""
    try:
        name, port = host_and_port(host) if isinstance(host, str) else ("", None)
    except InvalidURL as error:
        raise ConfigError(option=option, given=shown(host), allowed=allowed) from error
    if not name or port is not None:
        raise ConfigError(option=option, given=shown(host), allowed=allowed)
    return name.removesuffix(".")


def _addresses(host: object, texts: object) -> list[Address]:
    several = [texts] if isinstance(texts, str) else texts
    found: list[Address | None] = []
    if is_sequence(several):
        found = [literal_address(text, 0) if isinstance(text, str) else None for text in several]
    addresses = [address for address in found if address is not None]
    if not addresses or len(addresses) < len(found):
        given = f"{shown(texts)} for {host}"
        raise ConfigError(option="hosts", given=given, allowed=HOSTS_ALLOWED)
    return addresses


def _checked(resolution: object) -> Resolution:
    if not isinstance(resolution, Resolution):
        allowed = "an object whose `resolve` returns a Resolution"
        raise ConfigError(option="resolver", given=shown(resolution), allowed=allowed)
    return resolution


def _address_of(text: str, port: int) -> Address:
    address = literal_address(text, port)
    if address is None:
        raise OSError("the resolver returned a text that isn't an IP address")
    return address


def _text_of(address: Address) -> str:
    host, _, *rest = address.sockaddr
    has_zone = address.family == socket.AF_INET6 and "%" not in host and rest[-1:] not in ([], [0])
    return f"{host}%{rest[-1]}" if has_zone else host
