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

    def __init__(self, config: PoolConfig, shares: Callable[[str], bool] | None = None) -> None:
        unlimited = 1 << 62
        self._opened_max = config.max_connections or unlimited
        self._opened_per_key_max = config.max_connections_per_host or unlimited
        idle_max = config.max_keepalive_connections
        self._idle_max = unlimited if idle_max is None else idle_max
        self.opened = 0
        self.lines: dict[str, OriginPool[W, C]] = {}
        self._idle: OrderedDict[C, OriginPool[W, C]] = OrderedDict()
        self._hungry: OrderedDict[str, OriginPool[W, C]] = OrderedDict()
        self._starved: OrderedDict[str, OriginPool[W, C]] = OrderedDict()
        self._shares = shares
        self._known: OrderedDict[str, None] = OrderedDict()
        self._joined = 0
        self._yielding: tuple[OriginPool[W, C], C] | None = None
        """The shared connection that takes nobody new, so that a starved origin gets its slot."""

    @property
    def idle_count(self) -> int:
        """Connections that nobody uses."""
        return len(self._idle)

    @property
    def hungry_keys(self) -> list[str]:
        """Origins with someone who waits for a slot."""
        return list(self._hungry)

    def idle(self) -> list[C]:
        """The connections that nobody uses, the longest idle first."""
        return list(self._idle)

    def stats(self) -> PoolStats:
        """The books as numbers."""
        return PoolStats(
            {
                key: OriginStats(
                    idle=len(line.idle),
                    active=line.opened - line.dialing - len(line.idle),
                    pending=line.dialing,
                    waiters=line.waiting,
                    streams=sum(berth.leases for berth in line.berths.values()),
                )
                for key, line in self.lines.items()
            }
        )

    def take(self, key: str) -> C | None:
        """A connection to `key` at once: a shared one with room, or the idle one used last."""
        line = self.lines.get(key)
        if line is None:
            return None
        if not line.berths:
            if not line.idle:
                return None
            freshest, _ = line.idle.popitem()
            del self._idle[freshest]
            return freshest
        connection = next(iter(line.roomy)) if line.roomy else line.last_idle()
        if connection is not None:
            self._lease(line, connection)
        return connection

    def join(self, waiter: W) -> list[Step[W, C]]:
        """Someone waits, because `take` had nothing."""
        line = self.lines.get(waiter.key)
        if line is None:
            sharing = self._is_unknown(waiter.key)
            line = self.lines[waiter.key] = OriginPool(waiter.key, sharing=sharing)
        self._joined += 1
        waiter.number = self._joined
        waiter.waiting = True
        (line.fresh if waiter.fresh else line.waiters).append(waiter)
        line.waiting += 1
        if not waiter.dialing:
            line.undialed_queue.append(waiter)
            line.undialed += 1
        self._note_hunger(line)
        if self.opened >= self._opened_max and not self._idle:
            return []  # There is nothing to be had, whoever is hungry.
        return self._make_room(line) + self._feed()

    def leave(self, waiter: W) -> list[Step[W, C]]:
        """A waiter gives up. If a dial runs for it, the pool ends that with `dial_failed`."""
        if waiter.waiting:
            line = self.lines[waiter.key]
            self._settle(line, waiter)
            line.sweep()
        return self._resume()

    def dialed(self, waiter: W, connection: C, capacity: int | None = None) -> list[Step[W, C]]:
        """The dial for `waiter` succeeded; the connection serves whoever has waited longest.

        `capacity`: how many it may serve at a time if it is a shared one, until `room` says more.
        """
        line = self.lines[waiter.key]
        line.dialing -= 1
        waiter.dialing = False
        if waiter.waiting:
            # Somebody older may take this connection; then this one needs a dial again.
            line.undialed += 1
            line.undialed_queue.appendleft(waiter)
        if capacity is None:
            self._learn(line)
            steps = self._place(line, connection, line.oldest())
        else:
            line.berths[connection] = StreamSlots(capacity)
            steps = self._refill(line, connection)
        self._note_hunger(line)
        return steps + self._feed()

    def dial_failed(self, waiter: W, *, called_off: bool = False) -> list[Step[W, C]]:
        """The dial for `waiter`, who has left by now, came to nothing.

        Those who shared it are told, unless it was `called_off`: then the next one dials.
        """
        line = self.lines[waiter.key]
        line.dialing -= 1
        waiter.dialing = False
        shared = line.sharing and line.opened == 1 and not called_off
        refused: list[Step[W, C]] = []
        while shared and (other := line.oldest()) is not None:
            refused.append(RefuseRequest(other))
            self._settle(line, other)
        return refused + self._slot_freed(line)

    def room(self, key: str, connection: C, capacity: int) -> list[Step[W, C]]:
        """The server of a shared connection says how many it serves at a time; none, perhaps."""
        line = self.lines[key]
        berth = line.berths[connection]
        berth.capacity = capacity
        berth.settled = True
        steps = self._refill(line, connection)
        self._note_hunger(line)
        return steps + self._feed()

    def drain(self, key: str, connection: C) -> list[Step[W, C]]:
        """A shared connection takes nobody any more; it is gone once nobody uses it."""
        self.lines[key].berths[connection].leaving = True
        return self.room(key, connection, 0)

    def put_back(self, key: str, connection: C) -> list[Step[W, C]]:
        """A lease has ended: the next one gets it, or its slot, if that is what it needs."""
        line = self.lines[key]
        if connection in line.berths:
            line.berths[connection].leases -= 1
            return self._refill(line, connection)
        oldest = line.oldest() if line.fresh else None
        if oldest is not None and oldest.fresh and not oldest.dialing:
            return [Close(connection), *self._slot_freed(line)]
        return self._place(line, connection, line.oldest_for_used())

    def gone(self, key: str, connection: C) -> list[Step[W, C]]:
        """A connection, idle or leased, is closed."""
        line = self.lines[key]
        self._strike(line, connection)
        return self._slot_freed(line)

    def _lease(self, line: OriginPool[W, C], connection: C) -> None:
        if connection in line.idle:
            del line.idle[connection]
            del self._idle[connection]
        if connection in line.berths:
            line.berths[connection].leases += 1
            line.seat(connection)

    def _place(self, line: OriginPool[W, C], connection: C, waiter: W | None) -> list[Step[W, C]]:
        """An exclusive connection is free."""
        if self._starved and self._gives_way(waiter):
            return [Close(connection), *self._slot_freed(line)]
        if waiter is not None:
            self._settle(line, waiter)
            return [Serve(waiter, connection)]
        return self._rest(line, connection)

    def _refill(self, line: OriginPool[W, C], connection: C) -> list[Step[W, C]]:
        """A shared connection may have room."""
        berth = line.berths[connection]
        served: list[Step[W, C]] = []
        while berth.leases < berth.capacity:
            waiter = line.oldest()
            if self._starved and self._gives_way(waiter) and self._yields(line, connection):
                if berth.leases:
                    return served
                return [Close(connection), *self.gone(line.key, connection)]
            if waiter is None:
                break
            self._settle(line, waiter)
            self._lease(line, connection)
            served.append(Serve(waiter, connection))
        self._stop_yielding(connection)
        if not berth.leases:
            return self._rest(line, connection)
        line.seat(connection)
        return served

    def _rest(self, line: OriginPool[W, C], connection: C) -> list[Step[W, C]]:
        """Nobody uses it, and nobody waits who could."""
        if line.roomy:
            line.roomy.pop(connection, None)
        line.idle[connection] = None
        self._idle[connection] = line
        closed = self._make_room(line) if line.undialed else []
        while len(self._idle) > self._idle_max:
            closed.append(self._evict())
        return closed + self._feed() if closed or self._hungry else closed

    def _gives_way(self, waiter: W | None) -> bool:
        """Whether an origin without any connection comes before the next waiter of this one.

        Without this, an origin whose connections are always wanted again would never give one.
        """
        starved = next(iter(self._starved.values())).oldest()
        if starved is None or self.opened < self._opened_max:
            return False
        return waiter is None or starved.number < waiter.number

    def _yields(self, line: OriginPool[W, C], connection: C) -> bool:
        """Whether it is this connection that makes way; one at a time is enough."""
        if self._yielding is None:
            self._yielding = (line, connection)
        if self._yielding[1] != connection:
            return False
        line.roomy.pop(connection, None)
        return True

    def _stop_yielding(self, connection: C) -> None:
        if self._yielding is not None and self._yielding[1] == connection:
            self._yielding = None

    def _resume(self) -> list[Step[W, C]]:
        """Nobody starves any more: the connection that made way goes on."""
        if self._yielding is None or self._starved:
            return []
        line, connection = self._yielding
        self._yielding = None
        return self._refill(line, connection)

    def _feed(self) -> list[Step[W, C]]:
        """Dial for the hungry while there are slots, or idle connections to give way."""
        steps: list[Step[W, C]] = []
        while self._hungry:
            if self.opened >= self._opened_max:
                if not self._idle:
                    break
                steps.append(self._evict())
            key, line = next(iter((self._starved or self._hungry).items()))
            waiter = line.next_undialed()
            waiter.dialing = True
            line.undialed -= 1
            line.dialing += 1
            line.opened += 1
            self.opened += 1
            self._hungry.move_to_end(key)
            self._note_hunger(line)
            steps.append(Dial(waiter))
        return steps + self._resume() if self._yielding is not None else steps

    def _make_room(self, line: OriginPool[W, C]) -> list[Step[W, C]]:
        """Idle connections are of no use to those who wait for a new one, and may be in its way."""
        closed: list[Step[W, C]] = []
        while line.idle and line.undialed and line.opened >= self._opened_per_key_max:
            closed.append(self._evict_from(next(iter(line.idle)), line))
        return closed

    def _evict(self) -> Close[C]:
        return self._evict_from(*next(iter(self._idle.items())))

    def _evict_from(self, connection: C, line: OriginPool[W, C]) -> Close[C]:
        self._strike(line, connection)
        line.opened -= 1
        self.opened -= 1
        self._note_hunger(line)
        self._forget(line)
        return Close(connection)

    def _strike(self, line: OriginPool[W, C], connection: C) -> None:
        """Cross a connection out, but for its slot."""
        if connection in line.idle:
            del line.idle[connection]
            del self._idle[connection]
        if connection in line.berths:
            line.strike(connection)
            self._stop_yielding(connection)

    def _slot_freed(self, line: OriginPool[W, C]) -> list[Step[W, C]]:
        line.opened -= 1
        self.opened -= 1
        self._note_hunger(line)
        steps = self._feed()
        self._forget(line)
        return steps

    def _settle(self, line: OriginPool[W, C], waiter: W) -> None:
        """The waiter waits no longer: it was served, or it left."""
        waiter.waiting = False
        line.waiting -= 1
        if not waiter.dialing:
            line.undialed -= 1
            line.prune()
            if not line.undialed:
                self._note_hunger(line)
        self._forget(line)

    def _note_hunger(self, line: OriginPool[W, C]) -> None:
        """Hungry: someone waits without a dial, and the origin's own limit allows one more.

        Starved: the same, and the origin has no connection at all.
        """
        if line.undialed and line.opened < self._opened_per_key_max and not line.is_shared:
            self._hungry.setdefault(line.key, line)
            if not line.opened:
                self._starved.setdefault(line.key, line)
                return
        elif line.key in self._hungry:
            del self._hungry[line.key]
        self._starved.pop(line.key, None)

    def _is_unknown(self, key: str) -> bool:
        return self._shares is not None and key not in self._known and self._shares(key)

    def _learn(self, line: OriginPool[W, C]) -> None:
        """The first connection stands: from now on each waiter may have one dialed."""
        if line.sharing:
            line.sharing = False
            self._known[line.key] = None
            if len(self._known) > KNOWN_MAX:
                self._known.popitem(last=False)

    def _forget(self, line: OriginPool[W, C]) -> None:
        """An origin of which nothing is left takes no memory."""
        if not line.opened and not line.waiting:
            self.lines.pop(line.key, None)
