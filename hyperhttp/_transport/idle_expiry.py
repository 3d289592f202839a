"""Which idle connections are closed: those that are too old, and surplus ones that aren't used."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Protocol, TypeVar

from hyperhttp._base._generated.bounds import SURPLUS_IDLE_S

if TYPE_CHECKING:
    from collections.abc import Iterable


class _Idle(Protocol):
    idle_since: float
    idle_until: float


_C = TypeVar("_C", bound=_Idle)


def expired(idle: Iterable[_C], surplus: int, now: float) -> tuple[list[_C], float]:
    """Return the connections to close now, and when the next one may be due.

    Args:
        idle: The idle connections, the longest idle first.
        surplus: How many more there are than the limit.
        now: The time, by the loop's clock.
    """
    connections: list[_C] = []
    due = inf
    for connection in idle:
        until = connection.idle_until
        if len(connections) < surplus:
            until = min(until, connection.idle_since + SURPLUS_IDLE_S)
        if until <= now:
            connections.append(connection)
        else:
            due = min(due, until)
    return connections, due
