"""Resolves host names; concurrent lookups are shared, and results are cached for a short time.

`dial` decides which address is used.
"""

from __future__ import annotations

import asyncio
from collections import OrderedDict
from typing import TYPE_CHECKING, Final, NamedTuple, Protocol

from hyperhttp._base._generated.bounds import (
    DNS_CACHE_NAMES_MAX,
    DNS_CACHE_S,
    DNS_REFRESH_S,
    DNS_TTL_MAX_S,
    DNS_TTL_MIN_S,
)
from hyperhttp._network.address import Address, literal_address
from hyperhttp._network.threaded_lookup import ThreadedLookup

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hyperhttp._network.clock import Clock

# The part of the cache time in which a host that is in use is looked up again, at most.
_REFRESH_PART: Final = 0.2


class Lookup(Protocol):
    """A function that resolves names; tests pass one that needs no name server."""

    async def __call__(self, host: str, port: int) -> list[Address] | Found:
        """Return the addresses in order of preference; raise `socket.gaierror` on failure."""
        ...


class Found(NamedTuple):
    """The addresses of a host, and the port that they were looked up with."""

    port: int
    addresses: list[Address]
    ttl_s: float | None = None
    """Its TTL, if the resolver reports it."""

    def at(self, port: int) -> list[Address]:
        """Return the addresses with this port."""
        if port == self.port:
            return self.addresses
        return [address.with_port(port) for address in self.addresses]


class _Entry(NamedTuple):
    """Cached addresses."""

    expires_at: float
    refresh_at: float
    found: Found


class ResolverCache:
    """Resolves each name once for all concurrent callers."""

    def __init__(
        self,
        clock: Clock,
        lookup: Lookup | None = None,
        hosts: Mapping[str, list[Address]] | None = None,
    ) -> None:
        self._clock = clock
        self._lookup: Lookup = lookup or ThreadedLookup()
        self._hosts = {host: Found(0, addresses) for host, addresses in (hosts or {}).items()}
        self._known: OrderedDict[str, _Entry] = OrderedDict()
        self._running: dict[str, asyncio.Task[Found]] = {}

    async def resolve(self, host: str, port: int) -> list[Address]:
        """Return the addresses of `host`, which may be an IP address; raise `socket.gaierror`."""
        literal = literal_address(host, port)
        if literal is not None:
            return [literal]
        if self._hosts and (fixed := self._hosts.get(host.removesuffix("."))) is not None:
            return fixed.at(port)
        known, now = self._known.get(host), self._clock.time()
        if known is not None and known.expires_at > now:
            if known.refresh_at <= now:
                self._start(host, port)
            return known.found.at(port)
        # Shielded, because a caller that is canceled must not cancel the lookup of the others.
        return (await asyncio.shield(self._start(host, port))).at(port)

    def forget(self, host: str) -> None:
        """Drop the cached addresses of a host if none of them accepted."""
        self._known.pop(host, None)

    async def aclose(self) -> None:
        """Cancel running lookups."""
        running = list(self._running.values())
        for task in running:
            task.cancel()
        await asyncio.gather(*running, return_exceptions=True)

    def _start(self, host: str, port: int) -> asyncio.Task[Found]:
        """Return the running lookup of a host, or start one."""
        running = self._running.get(host)
        if running is None:
            running = asyncio.ensure_future(self._look_up(host, port))
            self._running[host] = running
            running.add_done_callback(lambda task: self._looked_up(host, task))
        return running

    def _looked_up(self, host: str, task: asyncio.Task[Found]) -> None:
        del self._running[host]
        if not task.cancelled():
            task.exception()  # retrieved, in case all callers were canceled

    async def _look_up(self, host: str, port: int) -> Found:
        result = await self._lookup(host, port)
        found = result if isinstance(result, Found) else Found(port, result)
        self._remember(host, found)
        return found

    def _remember(self, host: str, found: Found) -> None:
        ttl_s = DNS_CACHE_S
        if found.ttl_s is not None:
            ttl_s = min(max(found.ttl_s, DNS_TTL_MIN_S), DNS_TTL_MAX_S)
        expires_at = self._clock.time() + ttl_s
        refresh_at = expires_at - min(DNS_REFRESH_S, ttl_s * _REFRESH_PART)
        self._known[host] = _Entry(expires_at, refresh_at, found)
        self._known.move_to_end(host)
        while len(self._known) > DNS_CACHE_NAMES_MAX:
            self._known.popitem(last=False)
