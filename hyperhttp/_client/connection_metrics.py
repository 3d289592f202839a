"""Metrics of connections, from events: how many are open, idle or active, and how long they live.

The names and attributes are those of the semantic conventions of OpenTelemetry for HTTP clients.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias, final

from hyperhttp._base._generated.events import (
    AttemptFailed,
    BodyEnded,
    ConnectionClosed,
    ConnectionOpened,
    PoolWaited,
)
from hyperhttp._message.url.url import URL

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hyperhttp._base._generated.events import Event

__all__ = ["ConnectionMetrics"]

Value: TypeAlias = "str | int"


class Counter(Protocol):
    """An instrument that counts up and down."""

    def add(self, amount: int, attributes: Mapping[str, Value], /) -> None:
        """Add an amount, which may be negative."""
        ...


class Histogram(Protocol):
    """An instrument that records values."""

    def record(self, amount: float, attributes: Mapping[str, Value], /) -> None:
        """Record a value."""
        ...


@final
class _Connection:
    __slots__ = ("active", "attributes", "idle", "requests")

    def __init__(self, event: ConnectionOpened) -> None:
        common = _attributes(event)
        self.attributes = common
        self.idle: Mapping[str, Value] = {"http.connection.state": "idle", **common}
        self.active: Mapping[str, Value] = {"http.connection.state": "active", **common}
        self.requests = 0
        """How many attempts use it."""


@final
class ConnectionMetrics:
    """Records `http.client.open_connections` and `http.client.connection.duration`."""

    def __init__(self, open_connections: Counter, duration: Histogram) -> None:
        self._count = open_connections.add
        self._record_duration = duration.record
        self._open: dict[int, _Connection] = {}
        self._attempts: dict[tuple[int, int], int] = {}
        """The connection of each running attempt."""

    def note(self, event: Event) -> None:
        """Record what an event changes. Connections that were opened before aren't counted."""
        match event:
            case ConnectionOpened():
                connection = self._open[event.connection_id] = _Connection(event)
                self._count(1, connection.idle)
            case PoolWaited(connection_id=int(number)) if number in self._open:
                self._attempts[event.call_id, event.attempt] = number
                self._use(self._open[number])
            case BodyEnded() | AttemptFailed():
                number = self._attempts.pop((event.call_id, event.attempt), 0)
                if number in self._open:
                    self._free(self._open[number])
            case ConnectionClosed() if event.connection_id in self._open:
                connection = self._open.pop(event.connection_id)
                self._count(-1, connection.active if connection.requests else connection.idle)
                self._record_duration(event.duration_s, connection.attributes)
            case _:
                pass

    def _use(self, connection: _Connection) -> None:
        connection.requests += 1
        if connection.requests == 1:
            self._count(-1, connection.idle)
            self._count(1, connection.active)

    def _free(self, connection: _Connection) -> None:
        connection.requests -= 1
        if not connection.requests:
            self._count(-1, connection.active)
            self._count(1, connection.idle)


def _attributes(event: ConnectionOpened) -> dict[str, Value]:
    url = URL(event.origin)
    attributes: dict[str, Value] = {
        "server.address": url.host,
        "server.port": url.effective_port,
        "url.scheme": url.scheme,
        "network.protocol.version": event.http_version.removeprefix("HTTP/"),
    }
    host, colon, port = (event.peer or "").rpartition(":")
    if event.peer is not None:
        is_address = colon and port.isdigit()
        attributes["network.peer.address"] = host.strip("[]") if is_address else event.peer
    return attributes
