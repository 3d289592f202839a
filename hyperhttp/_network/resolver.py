"""From a host name to addresses: look-ups shared while they run, remembered for a bounded time.

Knows names and addresses only; who connects to them, and in which order, is `dial`'s business.
"""

from __future__ import annotations

import asyncio
import socket
from collections import OrderedDict
from typing import TYPE_CHECKING, NamedTuple, Protocol

from hyperhttp._base._generated.bounds import DNS_CACHE_NAMES_MAX, DNS_CACHE_S

if TYPE_CHECKING:
    from hyperhttp._network.clock import Clock


class Address(NamedTuple):
    """Where to connect: what `socket.connect` wants for this family."""

    family: int
    sockaddr: tuple[str, int] | tuple[str, int, int, int]


class Lookup(Protocol):
    """How a name is looked up; replaceable, so that tests need no name server."""

    async def __call__(self, host: str, port: int) -> list[Address]:
        """The addresses in the order of preference; raises `socket.gaierror`."""
        ...


async def system_lookup(host: str, port: int) -> list[Address]:
    """The system's `getaddrinfo`, off the event loop."""
    found = await asyncio.get_running_loop().getaddrinfo(
        host, port, type=socket.SOCK_STREAM, proto=socket.IPPROTO_TCP
    )
    return [
        Address(family, sockaddr if len(sockaddr) == 4 else (str(sockaddr[0]), port))
        for family, _, _, _, sockaddr in found
    ]


class Resolver:
    """Looks names up once for all who ask at the same time; `forget` when no address answered."""

    def __init__(self, clock: Clock, lookup: Lookup = system_lookup) -> None:
        self._clock = clock
        self._lookup = lookup
        self._known: OrderedDict[tuple[str, int], tuple[float, list[Address]]] = OrderedDict()
        self._running: dict[tuple[str, int], asyncio.Task[list[Address]]] = {}

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Addresses of `host`; a literal is its own address. Raises `socket.gaierror`."""
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
        # Shielded: who gives up waiting must not take the answer from the others.
        return await asyncio.shield(running)

    def forget(self, host: str, port: int) -> None:
        """Drop what is known of a host none of whose addresses answered."""
        self._known.pop((host, port), None)

    async def aclose(self) -> None:
        """End the look-ups that still run."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _looked_up(self, key: tuple[str, int], task: asyncio.Task[list[Address]]) -> None:
        del self._running[key]
        if not task.cancelled():
            task.exception()  # Seen here, in case everyone who waited has left.

    async def _look_up(self, host: str, port: int) -> list[Address]:
        addresses = await self._lookup(host, port)
        self._known[host, port] = (self._clock.time() + DNS_CACHE_S, addresses)
        self._known.move_to_end((host, port))
        while len(self._known) > DNS_CACHE_NAMES_MAX:
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
