"""The books of the pool: who holds a connection, who waits for one, and what should happen next.

Pure: every entry changes the books without awaiting and returns the steps for the pool to take.
Each entry costs the same however many connections, waiters and origins there are. An exclusive
connection (HTTP/1.1) serves one at a time; a shared one (HTTP/2) as many as its server allows.
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

# Origins whose protocol is remembered; forgetting one costs a shared first dial.
KNOWN_MAX: Final = 4096


@dataclass(slots=True)
class Dial(Generic[W]):
    """Open a connection; the waiter is told if that fails."""

    waiter: W


@dataclass(slots=True)
class Serve(Generic[W, C]):
    """Give this connection to this waiter."""

    waiter: W
    connection: C


@dataclass(slots=True)
class Close(Generic[C]):
    """Close this connection: it has left the books."""

    connection: C


@dataclass(slots=True)
class RefuseRequest(Generic[W]):
    """Tell this waiter of the failure of the dial that it had shared."""

    waiter: W


Step = Dial[W] | Serve[W, C] | Close[C] | RefuseRequest[W]


@final
class PoolState(Generic[W, C]):
    """Counts connections and waiters; `None` in a limit of the configuration means no limit.

    `shares` says of which origins the first connection is awaited before more are dialed.
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
        """The shared connection that takes nobody new, so that a starved origin gets its slot."""

    @property
    def idle_count(self) -> int:
        """Connections that nobody uses."""
        return len(self._idle)

    @property
    def dialable_keys(self) -> list[str]:
        """Origins with someone who waits for a slot."""
        return list(self._dialable)

    def idle(self) -> list[C]:
        """The connections that nobody uses, the longest idle first."""
        return list(self._idle)

    def stats(self) -> PoolStats:
        """The books as numbers."""
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
        """A connection to `key` at once: a shared one with room, or the idle one used last."""
        origin = self.origins.get(key)
        if origin is None:
            return None
        if not origin.stream_slots:
            if not origin.idle:
                return None
            freshest, _ = origin.idle.popitem()
            del self._idle[freshest]
            return freshest
        connection = next(iter(origin.available)) if origin.available else origin.last_idle()
        if connection is not None:
            self._lease(origin, connection)
        return connection

    def join(self, waiter: W) -> list[Step[W, C]]:
        """Someone waits, because `take` had nothing."""
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
            return []  # There is nothing to be had, whoever is hungry.
        return self._evict_idle(origin) + self._dial_waiting()

    def leave(self, waiter: W) -> list[Step[W, C]]:
        """A waiter gives up. If a dial runs for it, the pool ends that with `dial_failed`."""
        if waiter.waiting:
            origin = self.origins[waiter.key]
            self._end_wait(origin, waiter)
            origin.compact()
        return self._resume_yielding()

    def dialed(self, waiter: W, connection: C, capacity: int | None = None) -> list[Step[W, C]]:
        """The dial for `waiter` succeeded; the connection serves whoever has waited longest.

        `capacity`: how many it may serve at a time if it is a shared one, until `room` says more.
        """
        origin = self.origins[waiter.key]
        origin.dialing -= 1
        waiter.dialing = False
        if waiter.waiting:
            # Somebody older may take this connection; then this one needs a dial again.
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
        """The dial for `waiter`, who has left by now, came to nothing.

        Those who shared it are told, unless it was `called_off`: then the next one dials.
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
        """The server of a shared connection says how many it serves at a time; none, perhaps."""
        origin = self.origins[key]
        slots = origin.stream_slots[connection]
        slots.capacity = capacity
        slots.is_confirmed = True
        steps = self._fill_streams(origin, connection)
        self._update_dialable(origin)
        return steps + self._dial_waiting()

    def drain(self, key: str, connection: C) -> list[Step[W, C]]:
        """A shared connection takes nobody any more; it is gone once nobody uses it."""
        self.origins[key].stream_slots[connection].is_draining = True
        return self.set_capacity(key, connection, 0)

    def put_back(self, key: str, connection: C) -> list[Step[W, C]]:
        """A lease has ended: the next one gets it, or its slot, if that is what it needs."""
        origin = self.origins[key]
        if connection in origin.stream_slots:
            origin.stream_slots[connection].leases -= 1
            return self._fill_streams(origin, connection)
        oldest = origin.oldest() if origin.fresh else None
        if oldest is not None and oldest.fresh and not oldest.dialing:
            return [Close(connection), *self._slot_freed(origin)]
        waiter = origin.oldest_for_used() if origin.waiting else None
        return self._assign(origin, connection, waiter)

    def closed(self, key: str, connection: C) -> list[Step[W, C]]:
        """A connection, idle or leased, is closed."""
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
        """An exclusive connection is free."""
        if self._without_connection and self._must_yield(waiter):
            return [Close(connection), *self._slot_freed(origin)]
        if waiter is not None:
            self._end_wait(origin, waiter)
            return [Serve(waiter, connection)]
        return self._make_idle(origin, connection)

    def _fill_streams(self, origin: OriginPool[W, C], connection: C) -> list[Step[W, C]]:
        """A shared connection may have room."""
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
        """Nobody uses it, and nobody waits who could."""
        if origin.available:
            origin.available.pop(connection, None)
        origin.idle[connection] = None
        self._idle[connection] = origin
        closed = self._evict_idle(origin) if origin.without_dial else []
        while len(self._idle) > self._idle_max:
            closed.append(self._evict())
        return closed + self._dial_waiting() if closed or self._dialable else closed

    def _must_yield(self, waiter: W | None) -> bool:
        """Whether an origin without any connection comes before the next waiter of this one.

        Without this, an origin whose connections are always wanted again would never give one.
        """
        starved = next(iter(self._without_connection.values())).oldest()
        if starved is None or self.opened < self._opened_max:
            return False
        return waiter is None or starved.number < waiter.number

    def _start_yielding(self, origin: OriginPool[W, C], connection: C) -> bool:
        """Whether it is this connection that makes way; one at a time is enough."""
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
        """Nobody starves any more: the connection that made way goes on."""
        if self._yielding is None or self._without_connection:
            return []
        origin, connection = self._yielding
        self._yielding = None
        return self._fill_streams(origin, connection)

    def _dial_waiting(self) -> list[Step[W, C]]:
        """Dial for the hungry while there are slots, or idle connections to give way."""
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
        """Idle connections are of no use to those who wait for a new one, and may be in its way."""
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
        """Cross a connection out, but for its slot."""
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
        """The waiter waits no longer: it was served, or it left."""
        waiter.waiting = False
        origin.waiting -= 1
        if not waiter.dialing:
            origin.without_dial -= 1
            origin.prune()
            if not origin.without_dial:
                self._update_dialable(origin)
        self._drop_if_empty(origin)

    def _update_dialable(self, origin: OriginPool[W, C]) -> None:
        """Hungry: someone waits without a dial, and the origin's own limit allows one more.

        Starved: the same, and the origin has no connection at all.
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
        """The first connection stands: from now on each waiter may have one dialed."""
        if origin.shares_dial:
            origin.shares_dial = False
            self._known[origin.key] = None
            if len(self._known) > KNOWN_MAX:
                self._known.popitem(last=False)

    def _drop_if_empty(self, origin: OriginPool[W, C]) -> None:
        """An origin of which nothing is left takes no memory."""
        if not origin.opened and not origin.waiting:
            self.origins.pop(origin.key, None)
