"""Resolves host names; concurrent lookups are shared, and results are cached for a short time.

`dial` decides which address is used.
"""

from __future__ import annotations

import asyncio
import socket
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

if TYPE_CHECKING:
    from hyperhttp._network.clock import Clock

# The system's resolver doesn't return the TTL. 30 s is the shortest that common stubs use.
REMEMBERED_S: Final = 30.0
# Enough for a crawler's working set; an entry takes about 300 bytes.
NAMES_MAX: Final = 4096


class Address(NamedTuple):
    """An address in the form that `socket.connect` takes."""

    family: int
    sockaddr: tuple[str, int] | tuple[str, int, int, int]


class Lookup(Protocol):
    """A function that resolves names; tests pass one that needs no name server."""

    async def __call__(self, host: str, port: int) -> list[Address]:
        """Return the addresses in order of preference; raise `socket.gaierror` on failure."""
        ...


async def system_lookup(host: str, port: int) -> list[Address]:
    """Call the system's `getaddrinfo` in a thread."""
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )
    return [
        Address(family, sockaddr if len(sockaddr) == 4 else (str(sockaddr[0]), port))
        for family, _, _, _, sockaddr in found
    ]


class Resolver:
    """Resolves each name once for all concurrent callers."""

    def __init__(self, clock: Clock, lookup: Lookup = system_lookup) -> None:
        self._clock = clock
        self._lookup = lookup
        self._known: OrderedDict[tuple[str, int], tuple[float, list[Address]]] = OrderedDict()
        self._running: dict[tuple[str, int], asyncio.Task[list[Address]]] = {}

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Return the addresses of `host`, which may be an IP address; raise `socket.gaierror`."""
        literal = _literal(host, port)
        if literal is not None:
            return [literal]
        key = (host, port)
        known = self._known.get(key)
        if known is not None and known[0] > self._clock.time():
            return known[1]
        running = self._running.get(key)
        if running is None:
            running = asyncio.ensure_future(self._look_up(host, port))
            self._running[key] = running
            running.add_done_callback(lambda task: self._looked_up(key, task))
        # Shielded, because a caller that is cancelled must not cancel the lookup of the others.
        return await asyncio.shield(running)

    def forget(self, host: str, port: int) -> None:
        """Drop the cached addresses of a host if none of them accepted."""
        self._known.pop((host, port), None)

    async def aclose(self) -> None:
        """Cancel running lookups."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _looked_up(self, key: tuple[str, int], task: asyncio.Task[list[Address]]) -> None:
        del self._running[key]
        if not task.cancelled():
            task.exception()  # retrieved, in case all callers were cancelled

    async def _look_up(self, host: str, port: int) -> list[Address]:
        addresses = await self._lookup(host, port)
        self._known[host, port] = (self._clock.time() + REMEMBERED_S, addresses)
        self._known.move_to_end((host, port))
        while len(self._known) > NAMES_MAX:
            self._known.popitem(last=False)
        return addresses


def _literal(host: str, port: int) -> Address | None:
    for family in (socket.AF_INET, socket.AF_INET6):
        try:
            socket.inet_pton(family, host)
        except OSError:
            continue
        return Address(family, (host, port) if family == socket.AF_INET else (host, port, 0, 0))
    return None
