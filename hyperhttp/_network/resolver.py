"""Resolves host names; concurrent lookups are shared, and results are cached for a short time.

`dial` decides which address is used.
"""

from __future__ import annotations

import asyncio
import socket
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple, Protocol

from hyperhttp._base._generated.bounds import DNS_CACHE_NAMES_MAX, DNS_CACHE_S
from hyperhttp._network.address import Address
from hyperhttp._network.threaded_lookup import ThreadedLookup

if TYPE_CHECKING:
    from hyperhttp._network.clock import Clock


class Lookup(Protocol):
    """A function that resolves names; tests pass one that needs no name server."""

    async def __call__(self, host: str, port: int) -> list[Address]:
        """Return the addresses in order of preference; raise `socket.gaierror` on failure."""
        ...


class _Found(NamedTuple):
    """The addresses of a host, and the port that they were looked up with."""

    port: int
    addresses: list[Address]

    def at(self, port: int) -> list[Address]:
        """The addresses with this port."""
        if port == self.port:
            return self.addresses
        return [address.with_port(port) for address in self.addresses]


class Resolver:
    """Resolves each name once for all concurrent callers."""

    def __init__(self, clock: Clock, lookup: Lookup | None = None) -> None:
        self._clock = clock
        self._lookup: Lookup = lookup or ThreadedLookup()
        self._known: OrderedDict[str, tuple[float, _Found]] = OrderedDict()
        self._running: dict[str, asyncio.Task[_Found]] = {}

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Return the addresses of `host`, which may be an IP address; raise `socket.gaierror`."""
        literal = literal_address(host, port)
        if literal is not None:
            return [literal]
        known = self._known.get(host)
        if known is not None and known[0] > self._clock.time():
            return known[1].at(port)
        running = self._running.get(host)
        if running is None:
            running = asyncio.ensure_future(self._look_up(host, port))
            self._running[host] = running
            running.add_done_callback(lambda task: self._looked_up(host, task))
        # Shielded, because a caller that is cancelled must not cancel the lookup of the others.
        return (await asyncio.shield(running)).at(port)

    def forget(self, host: str) -> None:
        """Drop the cached addresses of a host if none of them accepted."""
        self._known.pop(host, None)

    async def aclose(self) -> None:
        """Cancel running lookups."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _looked_up(self, host: str, task: asyncio.Task[_Found]) -> None:
        del self._running[host]
        if not task.cancelled():
            task.exception()  # retrieved, in case all callers were cancelled

    async def _look_up(self, host: str, port: int) -> _Found:
        found = _Found(port, await self._lookup(host, port))
        self._known[host] = (self._clock.time() + DNS_CACHE_S, found)
        self._known.move_to_end(host)
        while len(self._known) > DNS_CACHE_NAMES_MAX:
            self._known.popitem(last=False)
        return found


def literal_address(host: str, port: int) -> Address | None:
    """Return the address that `host` is, perhaps with a zone; None for a name."""
    address, percent, zone = host.partition("%")
    if percent:
        return Address(socket.AF_INET6, (address, port, 0, _scope_id(zone)))
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        return Address(family, (host, port) if family == socket.AF_INET else (host, port, 0, 0))
    return None


def _scope_id(zone: str) -> int:
    """Return the number of a network interface (RFC 4007 11.2)."""
    if zone.isascii() and zone.isdigit():
        return int(zone)
    try:
        return socket.if_nametoindex(zone)
    except OSError:
        raise OSError(f"this machine has no network interface {zone}") from None
