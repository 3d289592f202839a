"""One origin's page in the books of the pool: its connections, and who waits for one, in order.

Plain data with the care of its own queues; what follows from it is decided in `ledger`.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar, final

if TYPE_CHECKING:
    from collections.abc import Hashable

C = TypeVar("C", bound="Hashable")
W = TypeVar("W", bound="Waiter")


class Waiter:
    """One who waits for a connection to the origin `key`."""

    __slots__ = ("dialing", "fresh", "key", "number", "waiting")

    def __init__(self, key: str, *, fresh: bool = False) -> None:
        self.key = key
        self.fresh = fresh
        """Whether only a connection will do that nobody has used."""
        self.number = 0
        """Who came earlier has the lower number, over all origins."""
        self.waiting = True
        self.dialing = False


@final
class StreamSlots:
    """How many a shared connection serves, and how many it may."""

    __slots__ = ("capacity", "is_confirmed", "is_draining", "leases")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.leases = 0
        self.is_confirmed = False
        """Whether the server has said how many."""
        self.is_draining = False
        """Whether it will never take another."""

    @property
    def may_grow(self) -> bool:
        """Whether it may yet serve more: the server has not said how many it serves on this one,
        or serves none for now, and would say the same on the next.
        """
        return not self.is_confirmed or not (self.capacity or self.is_draining)


def _first(queue: deque[W]) -> W | None:
    """The first who still waits; those who do not are dropped."""
    while queue and not queue[0].waiting:
        queue.popleft()
    return queue[0] if queue else None


@final
class OriginPool(Generic[W, C]):
    """What the books hold of one origin."""

    __slots__ = (
        "available",
        "dial_queue",
        "dialing",
        "fresh",
        "idle",
        "key",
        "opened",
        "shares_dial",
        "stream_slots",
        "waiters",
        "waiting",
        "without_dial",
    )

    def __init__(self, key: str, *, shares_dial: bool) -> None:
        self.key = key
        self.shares_dial = shares_dial
        """Whether it takes one dial to learn how many connections are wanted."""
        self.idle: dict[C, None] = {}
        """Connections that nobody uses."""
        self.stream_slots: dict[C, StreamSlots] = {}
        """The shared ones of its connections: those that serve many at a time."""
        self.available: dict[C, None] = {}
        """Shared connections that are in use and have room for more."""
        self.opened = 0
        """Connections that are being dialed, idle or busy."""
        self.dialing = 0
        self.waiters: deque[W] = deque()
        """Those for whom any connection will do."""
        self.fresh: deque[W] = deque()
        """Those for whom only a new one will."""
        self.waiting = 0
        self.dial_queue: deque[W] = deque()
        self.without_dial = 0

    def oldest(self) -> W | None:
        """The one who has waited longest; those who have left are dropped."""
        any_will_do, only_new = _first(self.waiters), _first(self.fresh)
        if any_will_do is None or only_new is None:
            return any_will_do or only_new
        return min(any_will_do, only_new, key=lambda one: one.number)

    def oldest_for_used(self) -> W | None:
        """The one who has waited longest for any connection."""
        return _first(self.waiters)

    def last_idle(self) -> C | None:
        """The idle connection that was used last; a shared one that may serve none is no use."""
        for connection in reversed(self.idle):
            if connection not in self.stream_slots or self.stream_slots[connection].capacity:
                return connection
        return None

    def update_available(self, connection: C) -> None:
        """Note whether a shared connection in use has room for more."""
        slots = self.stream_slots[connection]
        if 0 < slots.leases < slots.capacity:
            self.available[connection] = None
        else:
            self.available.pop(connection, None)

    @property
    def waits_for_shared(self) -> bool:
        """Whether those who wait should wait for what is there, and not for dials of their own."""
        if not self.shares_dial:
            return False
        return self.dialing > 0 or any(slots.may_grow for slots in self.stream_slots.values())

    def remove(self, connection: C) -> None:
        """Cross a shared connection out."""
        del self.stream_slots[connection]
        self.available.pop(connection, None)

    def compact(self) -> None:
        """Drop those who left, once they are the greater part of a queue."""
        if len(self.waiters) > 2 * self.waiting + 16:
            self.waiters = deque(one for one in self.waiters if one.waiting)
        if len(self.fresh) > 2 * self.waiting + 16:
            self.fresh = deque(one for one in self.fresh if one.waiting)
        if len(self.dial_queue) > 2 * self.without_dial + 16:
            self.dial_queue = deque(
                one for one in self.dial_queue if one.waiting and not one.dialing
            )

    def next_to_dial(self) -> W:
        """The longest waiter for whom no dial runs; there is one."""
        self.prune()
        return self.dial_queue.popleft()

    def prune(self) -> None:
        """Drop those from the head of the queue who were served or have left meanwhile."""
        queue = self.dial_queue
        while queue and (queue[0].dialing or not queue[0].waiting):
            queue.popleft()
