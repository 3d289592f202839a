"""How a client's connections are used at one moment, in numbers: a snapshot that stays as it is."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class OriginStats:
    """The connections to one scheme, host and port, and who waits for one."""

    idle: int
    """Open, and used by nobody."""
    active: int
    """Used by a request whose response is not complete."""
    pending: int
    """Being opened: looking up the name, connecting, TLS."""
    waiters: int
    """Requests that wait for a connection."""
    streams: int = 0
    """Requests that are under way on connections of HTTP/2."""


@dataclass(frozen=True, slots=True)
class PoolStats:
    """The connections of a client.

    stats = client.stats()
    print(stats.active, stats.origins["https://example.com"].idle)
    """

    origins: Mapping[str, OriginStats]
    """By origin, such as "https://example.com"; one without connections and waiters is left out."""
    breakers: Mapping[str, str] = field(default_factory=dict[str, str])
    """Circuit breakers by origin: "closed", "open" or "half_open"; empty without the option."""

    @property
    def idle(self) -> int:
        """Open connections that nobody uses."""
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
        """Requests that are under way on connections of HTTP/2."""
        return sum(origin.streams for origin in self.origins.values())
