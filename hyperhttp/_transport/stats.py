"""A snapshot of how a client's connections are used."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hyperhttp._policy.breaker import BreakerState

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class OriginStats:
    """The connections to one origin, and the requests that wait for one."""

    idle: int
    """Open connections without a request."""
    active: int
    """Connections with a request whose response isn't complete."""
    pending: int
    """Connections being opened: DNS, TCP and TLS."""
    waiters: int
    """Requests that wait for a connection."""
    streams: int = 0
    """Requests that are running on HTTP/2 connections."""


@dataclass(frozen=True, slots=True)
class PoolStats:
    """The connections of a client.

    Example:
        stats = client.stats()
        print(stats.active, stats.origins["https://example.com"].idle)
    """

    origins: Mapping[str, OriginStats]
    """By origin, such as "https://example.com"; without those that have nothing to count."""
    breakers: Mapping[str, BreakerState] = field(default_factory=dict[str, BreakerState])
    """Circuit breakers by origin: "closed", "open" or "half_open"; empty without the option."""

    @property
    def idle(self) -> int:
        """Open connections without a request."""
        return sum(origin.idle for origin in self.origins.values())

    @property
    def active(self) -> int:
        """Connections in use."""
        return sum(origin.active for origin in self.origins.values())

    @property
    def pending(self) -> int:
        """Connections that are being opened."""
        return sum(origin.pending for origin in self.origins.values())

    @property
    def waiters(self) -> int:
        """Requests that wait for a connection."""
        return sum(origin.waiters for origin in self.origins.values())

    @property
    def streams(self) -> int:
        """Requests that are running on HTTP/2 connections."""
        return sum(origin.streams for origin in self.origins.values())


def without_policy(stats: PoolStats, policy_key: str) -> PoolStats:
    """Return the same without the part that an address policy adds to the keys."""
    if not policy_key:
        return stats
    origins = {key.replace(policy_key, ""): each for key, each in stats.origins.items()}
    return PoolStats(origins, stats.breakers)
