"""From a host name to addresses: look-ups shared while they run, remembered for a bounded time.

Knows names and addresses only; who connects to them, and in which order, is `dial`'s business.
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
    """How a name is looked up; replaceable, so that tests need no name server."""

    async def __call__(self, host: str, port: int) -> list[Address]:
        """The addresses in the order of preference; raises `socket.gaierror`."""
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
    """Looks names up once for all who ask at the same time; `forget` when no address answered."""

    def __init__(self, clock: Clock, lookup: Lookup | None = None) -> None:
        self._clock = clock
        self._lookup: Lookup = lookup or ThreadedLookup()
        self._known: OrderedDict[str, tuple[float, _Found]] = OrderedDict()
        self._running: dict[str, asyncio.Task[_Found]] = {}

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Addresses of `host`; a literal is its own address. Raises `socket.gaierror`."""
        literal = _literal(host, port)
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
        # Shielded: who gives up waiting must not take the answer from the others.
        return (await asyncio.shield(running)).at(port)

    def forget(self, host: str) -> None:
        """Drop what is known of a host none of whose addresses answered."""
        self._known.pop(host, None)

    async def aclose(self) -> None:
        """End the look-ups that still run."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _looked_up(self, host: str, task: asyncio.Task[_Found]) -> None:
        del self._running[host]
        if not task.cancelled():
            task.exception()  # Seen here, in case everyone who waited has left.

    async def _look_up(self, host: str, port: int) -> _Found:
        found = _Found(port, await self._lookup(host, port))
        self._known[host] = (self._clock.time() + DNS_CACHE_S, found)
        self._known.move_to_end(host)
        while len(self._known) > DNS_CACHE_NAMES_MAX:
            self._known.popitem(last=False)
        return found


def _literal(host: str, port: int) -> Address | None:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        return Address(family, (host, port) if family == socket.AF_INET else (host, port, 0, 0))
    return None
