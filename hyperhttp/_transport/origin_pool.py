"""The connections and the queued requests of one origin.

It keeps its own queues in order; `pool_state` decides what happens next.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Generic, TypeVar, final

if TYPE_CHECKING:
    from collections.abc import Hashable

C = TypeVar("C", bound="Hashable")
W = TypeVar("W", bound="Waiter")


class Waiter:
    """A queued request for a connection to the origin `key`."""

    __slots__ = ("dialing", "fresh", "key", "number", "waiting")

    def __init__(self, key: str, *, fresh: bool = False) -> None:
        self.key = key
        self.fresh = fresh
        """True if it needs a connection that hasn't been used before."""
        self.number = 0
        """The position over all origins: earlier requests have lower numbers."""
        self.waiting = True
        self.dialing = False


@final
class StreamSlots:
    """How many streams a shared connection runs, and how many it may run."""

    __slots__ = ("capacity", "is_confirmed", "is_draining", "leases")

    def __init__(self, capacity: int) -> None:
        self.capacity = capacity
        self.leases = 0
        self.is_confirmed = False
        """True if the server has sent its limit."""
        self.is_draining = False
        """True if it accepts no new streams any more."""

    @property
    def may_grow(self) -> bool:
        """True if it may allow more streams later.

        That is so before the server has sent its limit, and while the limit is 0, which a new
        connection would get too.
        """
        return not self.is_confirmed or not (self.capacity or self.is_draining)


def _first(queue: deque[W]) -> W | None:
    """Return the first that still waits, and drop those that don't."""
    while queue and not queue[0].waiting:
        queue.popleft()
    return queue[0] if queue else None


@final
class OriginPool(Generic[W, C]):
    """The state of one origin."""

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
        """True if queued requests wait for one dial, to learn how many connections are needed."""
        self.idle: dict[C, None] = {}
        """Connections without a request."""
        self.stream_slots: dict[C, StreamSlots] = {}
        """Shared connections (HTTP/2), which run many streams."""
        self.available: dict[C, None] = {}
        """Shared connections in use that can run more streams."""
        self.opened = 0
        """Connections that are being dialed, idle or busy."""
        self.dialing = 0
        self.waiters: deque[W] = deque()
        """Queued requests that accept any connection."""
        self.fresh: deque[W] = deque()
        """Queued requests that need a new connection."""
        self.waiting = 0
        self.dial_queue: deque[W] = deque()
        self.without_dial = 0

    def oldest(self) -> W | None:
        """Return the request that has waited longest, and drop those that don't wait any more."""
        any_will_do, only_new = _first(self.waiters), _first(self.fresh)
        if any_will_do is None or only_new is None:
            return any_will_do or only_new
        return min(any_will_do, only_new, key=lambda one: one.number)

    def oldest_for_used(self) -> W | None:
        """Return the request that has waited longest for any connection."""
        return _first(self.waiters)

    def last_idle(self) -> C | None:
        """Return the idle connection used last; shared ones must allow at least one stream."""
        for connection in reversed(self.idle):
            if connection not in self.stream_slots or self.stream_slots[connection].capacity:
                return connection
        return None

    def lease_stream(self, connection: C) -> None:
        """Count one more stream of a shared connection in use."""
        slots = self.stream_slots[connection]
        slots.leases += 1
        if slots.leases >= slots.capacity:
            del self.available[connection]

    def update_available(self, connection: C) -> None:
        """Update whether a shared connection in use can run more streams."""
        slots = self.stream_slots[connection]
        if 0 < slots.leases < slots.capacity:
            self.available[connection] = None
        else:
            self.available.pop(connection, None)

    @property
    def waits_for_shared(self) -> bool:
        """True if queued requests wait for existing connections instead of new ones."""
        if not self.shares_dial:
            return False
        return self.dialing > 0 or any(slots.may_grow for slots in self.stream_slots.values())

    def remove(self, connection: C) -> None:
        """Remove a shared connection."""
        del self.stream_slots[connection]
        self.available.pop(connection, None)

    def compact(self) -> None:
        """Drop requests that don't wait any more, once they are the greater part of a queue."""
        if len(self.waiters) > 2 * self.waiting + 16:
            self.waiters = deque(one for one in self.waiters if one.waiting)
        if len(self.fresh) > 2 * self.waiting + 16:
            self.fresh = deque(one for one in self.fresh if one.waiting)
        if len(self.dial_queue) > 2 * self.without_dial + 16:
            self.dial_queue = deque(
                one for one in self.dial_queue if one.waiting and not one.dialing
            )

    def next_to_dial(self) -> W:
        """Return the longest waiting request without a dial; there must be one."""
        self.prune()
        return self.dial_queue.popleft()

    def prune(self) -> None:
        """Drop requests from the front of the queue that were served, or don't wait any more."""
        queue = self.dial_queue
        while queue and (queue[0].dialing or not queue[0].waiting):
            queue.popleft()
