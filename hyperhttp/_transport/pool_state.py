"""The state machine of the pool: which request gets which connection, and what to do next.

It does no I/O: every method changes the state and returns the steps that the pool has to take. The
cost of a call doesn't depend on the number of connections, requests and origins. An exclusive
connection (HTTP/1.1) serves one request at a time, a shared one (HTTP/2) as many as its server
allows.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, final

from hyperhttp._transport.origin_pool import C, OriginPool, StreamSlots, W
from hyperhttp._transport.stats import OriginStats, PoolStats

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._base._generated.config import PoolConfig

# Origins whose protocol is known; a forgotten one has its next first dial shared.
KNOWN_MAX: Final = 4096


@dataclass(slots=True)
class Dial(Generic[W]):
    """Open a connection; a failure is reported to the waiter."""

    waiter: W


@dataclass(slots=True)
class Serve(Generic[W, C]):
    """Give the connection to the waiter."""

    waiter: W
    connection: C


@dataclass(slots=True)
class Close(Generic[C]):
    """Close the connection, which has been removed."""

    connection: C


@dataclass(slots=True)
class RefuseRequest(Generic[W]):
    """Fail a waiter that shared a failed dial."""

    waiter: W


@dataclass(slots=True)
class Watch:
    """Close surplus idle connections once they were unused for a while."""


Step = Dial[W] | Serve[W, C] | Close[C] | RefuseRequest[W] | Watch


@final
class PoolState(Generic[W, C]):
    """Counts connections and waiters; `None` for a limit in the configuration means no limit.

    `shares_first_dial` returns whether the first connection to an origin is awaited before more are
    dialed.
    """

    def __init__(
        self, config: PoolConfig, shares_first_dial: Callable[[str], bool] | None = None
    ) -> None:
        unlimited = 1 << 62
        self._opened_max = config.max_connections or unlimited
        self._opened_per_key_max = config.max_connections_per_host or unlimited
        idle_max = config.max_keepalive_connections
        self._idle_max = unlimited if idle_max is None else idle_max
        self.opened = 0
        self.origins: dict[str, OriginPool[W, C]] = {}
        self._idle: OrderedDict[C, OriginPool[W, C]] = OrderedDict()
        self._dialable: OrderedDict[str, OriginPool[W, C]] = OrderedDict()
        self._without_connection: OrderedDict[str, OriginPool[W, C]] = OrderedDict()
        self._shares_first_dial = shares_first_dial
        self._known: OrderedDict[str, None] = OrderedDict()
        self._joined = 0
        self._yielding: tuple[OriginPool[W, C], C] | None = None
        """A shared connection that gets no new streams, so that another origin gets its slot."""

    @property
    def idle_count(self) -> int:
        """The number of connections without a request."""
        return len(self._idle)

    @property
    def surplus(self) -> int:
        """The number of idle connections above their limit."""
        return max(0, len(self._idle) - self._idle_max)

    @property
    def dialable_keys(self) -> list[str]:
        """Origins with a waiter that could have a connection dialed."""
        return list(self._dialable)

    def idle(self) -> list[C]:
        """Return the idle connections, the longest idle first."""
        return list(self._idle)

    def stats(self) -> PoolStats:
        """Return the state as numbers."""
        return PoolStats(
            {
                key: OriginStats(
                    idle=len(origin.idle),
                    active=origin.opened - origin.dialing - len(origin.idle),
                    pending=origin.dialing,
                    waiters=origin.waiting,
                    streams=sum(slots.leases for slots in origin.stream_slots.values()),
                )
                for key, origin in self.origins.items()
            }
        )

    def take(self, key: str) -> C | None:
        """Return a connection to `key` at once: a shared one with a free stream, or an idle one."""
        origin = self.origins.get(key)
        if origin is None:
            return None
        if not origin.stream_slots:
            if not origin.idle:
                return None
            freshest, _ = origin.idle.popitem()
            del self._idle[freshest]
            return freshest
        if origin.available:
            connection = next(iter(origin.available))
            origin.lease_stream(connection)
            return connection
        idle = origin.last_idle()
        if idle is not None:
            self._lease(origin, idle)
        return idle

    def join(self, waiter: W) -> list[Step[W, C]]:
        """Queue a waiter for which `take` returned None."""
        origin = self.origins.get(waiter.key)
        if origin is None:
            shares_dial = self._is_unknown(waiter.key)
            origin = self.origins[waiter.key] = OriginPool(waiter.key, shares_dial=shares_dial)
        self._joined += 1
        waiter.number = self._joined
        waiter.waiting = True
        (origin.fresh if waiter.fresh else origin.waiters).append(waiter)
        origin.waiting += 1
        if not waiter.dialing:
            origin.dial_queue.append(waiter)
            origin.without_dial += 1
        self._update_dialable(origin)
        if self.opened >= self._opened_max and not self._idle:
            return []  # there is no slot to be had
        return self._evict_idle(origin) + self._dial_waiting()

    def leave(self, waiter: W) -> list[Step[W, C]]:
        """Remove a waiter. If it has a dial, the pool ends that with `dial_failed`."""
        if waiter.waiting:
            origin = self.origins[waiter.key]
            self._end_wait(origin, waiter)
            origin.compact()
        return self._resume_yielding()

    def dialed(self, waiter: W, connection: C, capacity: int | None = None) -> list[Step[W, C]]:
        """Use the connection that was dialed for `waiter` for the longest waiting request.

        `capacity` is the number of streams of a shared connection until `set_capacity` is called.
        """
        origin = self.origins[waiter.key]
        origin.dialing -= 1
        waiter.dialing = False
        if waiter.waiting:
            # An older request may get this connection; then this one needs a dial again.
            origin.without_dial += 1
            origin.dial_queue.appendleft(waiter)
        if capacity is None:
            self._stop_sharing_dial(origin)
            steps = self._assign(origin, connection, origin.oldest())
        else:
            origin.stream_slots[connection] = StreamSlots(capacity)
            steps = self._fill_streams(origin, connection)
        self._update_dialable(origin)
        return steps + self._dial_waiting()

    def dial_failed(self, waiter: W, *, cancelled: bool = False) -> list[Step[W, C]]:
        """Handle the failed dial for `waiter`, which has been removed.

        Waiters that shared the dial fail too, unless it was canceled: then the next one dials.
        """
        origin = self.origins[waiter.key]
        origin.dialing -= 1
        waiter.dialing = False
        shared = origin.shares_dial and origin.opened == 1 and not cancelled
        refused: list[Step[W, C]] = []
        while shared and (other := origin.oldest()) is not None:
            refused.append(RefuseRequest(other))
            self._end_wait(origin, other)
        return refused + self._slot_freed(origin)

    def set_capacity(self, key: str, connection: C, capacity: int) -> list[Step[W, C]]:
        """Set how many streams the server of a shared connection allows; may be 0."""
        origin = self.origins[key]
        slots = origin.stream_slots[connection]
        slots.capacity = capacity
        slots.is_confirmed = True
        steps = self._fill_streams(origin, connection)
        self._update_dialable(origin)
        return steps + self._dial_waiting()

    def drain(self, key: str, connection: C) -> list[Step[W, C]]:
        """Give a shared connection no new streams; it is removed once it has none."""
        self.origins[key].stream_slots[connection].is_draining = True
        return self.set_capacity(key, connection, 0)

    def put_back(self, key: str, connection: C) -> list[Step[W, C]]:
        """End a lease, and give the connection or its slot to the next waiter."""
        origin = self.origins[key]
        slots = origin.stream_slots.get(connection)
        if slots is not None:
            slots.leases -= 1
            waits = origin.waiting or self._without_connection
            if slots.leases and connection in origin.available and not waits:
                return []
            return self._fill_streams(origin, connection)
        oldest = origin.oldest() if origin.fresh else None
        if oldest is not None and oldest.fresh and not oldest.dialing:
            return [Close(connection), *self._slot_freed(origin)]
        waiter = origin.oldest_for_used() if origin.waiting else None
        return self._assign(origin, connection, waiter)

    def closed(self, key: str, connection: C) -> list[Step[W, C]]:
        """Remove a closed connection, idle or leased."""
        origin = self.origins[key]
        self._remove(origin, connection)
        return self._slot_freed(origin)

    def _lease(self, origin: OriginPool[W, C], connection: C) -> None:
        if connection in origin.idle:
            del origin.idle[connection]
            del self._idle[connection]
        if connection in origin.stream_slots:
            origin.stream_slots[connection].leases += 1
            origin.update_available(connection)

    def _assign(
        self, origin: OriginPool[W, C], connection: C, waiter: W | None
    ) -> list[Step[W, C]]:
        """Give a free exclusive connection to a waiter, or make it idle."""
        if self._without_connection and self._must_yield(waiter):
            return [Close(connection), *self._slot_freed(origin)]
        if waiter is not None:
            self._end_wait(origin, waiter)
            return [Serve(waiter, connection)]
        return self._make_idle(origin, connection)

    def _fill_streams(self, origin: OriginPool[W, C], connection: C) -> list[Step[W, C]]:
        """Give a shared connection to waiters while it has free streams."""
        slots = origin.stream_slots[connection]
        served: list[Step[W, C]] = []
        while slots.leases < slots.capacity:
            waiter = origin.oldest()
            if (
                self._without_connection
                and self._must_yield(waiter)
                and self._start_yielding(origin, connection)
            ):
                if slots.leases:
                    return served
                return [Close(connection), *self.closed(origin.key, connection)]
            if waiter is None:
                break
            self._end_wait(origin, waiter)
            self._lease(origin, connection)
            served.append(Serve(waiter, connection))
        self._stop_yielding(connection)
        if not slots.leases:
            return self._make_idle(origin, connection)
        origin.update_available(connection)
        return served

    def _make_idle(self, origin: OriginPool[W, C], connection: C) -> list[Step[W, C]]:
        """Make a connection idle that no waiter can use."""
        if origin.available:
            origin.available.pop(connection, None)
        origin.idle[connection] = None
        self._idle[connection] = origin
        steps = self._evict_idle(origin) if origin.without_dial else []
        if len(self._idle) > self._idle_max:
            # Tasks whose responses end together use their connections again in a moment.
            steps.append(Watch() if self._idle_max else self._evict())
        return steps + self._dial_waiting() if steps or self._dialable else steps

    def _must_yield(self, waiter: W | None) -> bool:
        """Return whether an origin without connections comes before the next waiter of this one.

        Otherwise an origin whose connections are always in demand would never give one up.
        """
        waiter_without_connection = next(iter(self._without_connection.values())).oldest()
        if waiter_without_connection is None or self.opened < self._opened_max:
            return False
        return waiter is None or waiter_without_connection.number < waiter.number

    def _start_yielding(self, origin: OriginPool[W, C], connection: C) -> bool:
        """Return whether this connection frees its slot; one at a time is enough."""
        if self._yielding is None:
            self._yielding = (origin, connection)
        if self._yielding[1] != connection:
            return False
        origin.available.pop(connection, None)
        return True

    def _stop_yielding(self, connection: C) -> None:
        if self._yielding is not None and self._yielding[1] == connection:
            self._yielding = None

    def _resume_yielding(self) -> list[Step[W, C]]:
        """Use the yielding connection again once every origin has a connection."""
        if self._yielding is None or self._without_connection:
            return []
        origin, connection = self._yielding
        self._yielding = None
        return self._fill_streams(origin, connection)

    def _dial_waiting(self) -> list[Step[W, C]]:
        """Dial for waiters while there are free slots, or idle connections to evict."""
        steps: list[Step[W, C]] = []
        while self._dialable:
            if self.opened >= self._opened_max:
                if not self._idle:
                    break
                steps.append(self._evict())
            key, origin = next(iter((self._without_connection or self._dialable).items()))
            waiter = origin.next_to_dial()
            waiter.dialing = True
            origin.without_dial -= 1
            origin.dialing += 1
            origin.opened += 1
            self.opened += 1
            self._dialable.move_to_end(key)
            self._update_dialable(origin)
            steps.append(Dial(waiter))
        return steps + self._resume_yielding() if self._yielding is not None else steps

    def _evict_idle(self, origin: OriginPool[W, C]) -> list[Step[W, C]]:
        """Evict idle connections to an origin whose waiters need new ones."""
        closed: list[Step[W, C]] = []
        while origin.idle and origin.without_dial and origin.opened >= self._opened_per_key_max:
            closed.append(self._evict_from(next(iter(origin.idle)), origin))
        return closed

    def _evict(self) -> Close[C]:
        return self._evict_from(*next(iter(self._idle.items())))

    def _evict_from(self, connection: C, origin: OriginPool[W, C]) -> Close[C]:
        self._remove(origin, connection)
        origin.opened -= 1
        self.opened -= 1
        self._update_dialable(origin)
        self._drop_if_empty(origin)
        return Close(connection)

    def _remove(self, origin: OriginPool[W, C], connection: C) -> None:
        """Remove a connection, but keep its slot."""
        if connection in origin.idle:
            del origin.idle[connection]
            del self._idle[connection]
        if connection in origin.stream_slots:
            origin.remove(connection)
            self._stop_yielding(connection)

    def _slot_freed(self, origin: OriginPool[W, C]) -> list[Step[W, C]]:
        origin.opened -= 1
        self.opened -= 1
        self._update_dialable(origin)
        steps = self._dial_waiting()
        self._drop_if_empty(origin)
        return steps

    def _end_wait(self, origin: OriginPool[W, C], waiter: W) -> None:
        """Note that a waiter was served, or was removed."""
        waiter.waiting = False
        origin.waiting -= 1
        if not waiter.dialing:
            origin.without_dial -= 1
            origin.prune()
            if not origin.without_dial:
                self._update_dialable(origin)
        self._drop_if_empty(origin)

    def _update_dialable(self, origin: OriginPool[W, C]) -> None:
        """Update whether a connection should be dialed for the origin.

        It is dialable if a waiter has no dial and the origin's own limit allows one more. Origins
        without any connection come first.
        """
        if (
            origin.without_dial
            and origin.opened < self._opened_per_key_max
            and not origin.waits_for_shared
        ):
            self._dialable.setdefault(origin.key, origin)
            if not origin.opened:
                self._without_connection.setdefault(origin.key, origin)
                return
        elif origin.key in self._dialable:
            del self._dialable[origin.key]
        self._without_connection.pop(origin.key, None)

    def _is_unknown(self, key: str) -> bool:
        return (
            self._shares_first_dial is not None
            and key not in self._known
            and self._shares_first_dial(key)
        )

    def _stop_sharing_dial(self, origin: OriginPool[W, C]) -> None:
        """Allow a dial for each waiter, because the protocol of the origin is known."""
        if origin.shares_dial:
            origin.shares_dial = False
            self._known[origin.key] = None
            if len(self._known) > KNOWN_MAX:
                self._known.popitem(last=False)

    def _drop_if_empty(self, origin: OriginPool[W, C]) -> None:
        """Remove an origin without connections and waiters."""
        if not origin.opened and not origin.waiting:
            self.origins.pop(origin.key, None)
