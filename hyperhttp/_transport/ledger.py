"""The books of the pool: who holds a connection, who waits for one, and what should happen next.

Pure: every entry changes the books without awaiting and returns the steps for the pool to take.
Each entry costs the same however many connections, waiters and origins there are.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar, final

from hyperhttp._transport.stats import OriginStats, PoolStats

if TYPE_CHECKING:
    from collections.abc import Hashable

    from hyperhttp._generated.config import PoolConfig

C = TypeVar("C", bound="Hashable")


@final
class Waiter:
    """One who waits for a connection to the origin `key`."""

    __slots__ = ("dialing", "key", "waiting")

    def __init__(self, key: str) -> None:
        self.key = key
        self.waiting = True
        self.dialing = False


@dataclass(frozen=True, slots=True)
class Dial:
    """Open a connection; the waiter is told if that fails."""

    waiter: Waiter


@dataclass(frozen=True, slots=True)
class Serve(Generic[C]):
    """Give this connection to this waiter."""

    waiter: Waiter
    connection: C


@dataclass(frozen=True, slots=True)
class Close(Generic[C]):
    """Close this connection: it has left the books."""

    connection: C


Step = Dial | Serve[C] | Close[C]


@final
class Line(Generic[C]):
    """What the books hold of one origin."""

    __slots__ = (
        "dialing",
        "idle",
        "key",
        "opened",
        "undialed",
        "undialed_queue",
        "waiters",
        "waiting",
    )

    def __init__(self, key: str) -> None:
        self.key = key
        self.idle: dict[C, None] = {}
        self.opened = 0
        """Connections that are being dialed, idle or busy."""
        self.dialing = 0
        self.waiters: deque[Waiter] = deque()
        self.waiting = 0
        self.undialed_queue: deque[Waiter] = deque()
        self.undialed = 0

    def next_waiter(self) -> Waiter | None:
        """The one who has waited longest; those who have left are skipped."""
        while self.waiters:
            waiter = self.waiters.popleft()
            if waiter.waiting:
                return waiter
        return None

    def sweep(self) -> None:
        """Drop those who left, once they are the greater part of a queue."""
        if len(self.waiters) > 2 * self.waiting + 16:
            self.waiters = deque(one for one in self.waiters if one.waiting)
        if len(self.undialed_queue) > 2 * self.undialed + 16:
            self.undialed_queue = deque(
                one for one in self.undialed_queue if one.waiting and not one.dialing
            )

    def next_undialed(self) -> Waiter | None:
        """The longest waiter for whom no dial runs."""
        while self.undialed_queue:
            waiter = self.undialed_queue.popleft()
            if waiter.waiting and not waiter.dialing:
                return waiter
        return None


@final
class Ledger(Generic[C]):
    """Counts connections and waiters; `None` in a limit of the configuration means no limit."""

    def __init__(self, config: PoolConfig) -> None:
        unlimited = 1 << 62
        self._opened_max = config.max_connections or unlimited
        self._opened_per_key_max = config.max_connections_per_host or unlimited
        idle_max = config.max_keepalive_connections
        self._idle_max = unlimited if idle_max is None else idle_max
        self.opened = 0
        self.lines: dict[str, Line[C]] = {}
        self._idle: OrderedDict[C, Line[C]] = OrderedDict()
        self._hungry: OrderedDict[str, Line[C]] = OrderedDict()

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
                )
                for key, line in self.lines.items()
            }
        )

    def take(self, key: str) -> C | None:
        """An idle connection to `key`, the freshest; it is the caller's from now on."""
        line = self.lines.get(key)
        if line is None or not line.idle:
            return None
        connection, _ = line.idle.popitem()
        del self._idle[connection]
        return connection

    def join(self, waiter: Waiter) -> list[Step[C]]:
        """Someone waits, because `take` had nothing."""
        line = self.lines.get(waiter.key)
        if line is None:
            line = self.lines[waiter.key] = Line(waiter.key)
        line.waiters.append(waiter)
        line.waiting += 1
        line.undialed_queue.append(waiter)
        line.undialed += 1
        self._note_hunger(line)
        return self._feed()

    def leave(self, waiter: Waiter) -> None:
        """A waiter gives up. If a dial runs for it, the pool ends that with `dial_failed`."""
        if waiter.waiting:
            line = self.lines[waiter.key]
            self._settle(line, waiter)
            line.sweep()

    def dialed(self, waiter: Waiter, connection: C) -> list[Step[C]]:
        """The dial for `waiter` succeeded; the connection serves whoever has waited longest."""
        line = self.lines[waiter.key]
        line.dialing -= 1
        waiter.dialing = False
        if waiter.waiting:
            # Somebody older may take this connection; then this one needs a dial again.
            line.undialed += 1
            line.undialed_queue.appendleft(waiter)
        steps = self._place(line, connection)
        if waiter.waiting:
            self._note_hunger(line)
            steps += self._feed()
        return steps

    def dial_failed(self, waiter: Waiter) -> list[Step[C]]:
        """The dial for `waiter`, who has left by now, came to nothing."""
        line = self.lines[waiter.key]
        line.dialing -= 1
        waiter.dialing = False
        return self._slot_freed(line)

    def put_back(self, key: str, connection: C) -> list[Step[C]]:
        """A connection is free for the next."""
        return self._place(self.lines[key], connection)

    def gone(self, key: str, connection: C) -> list[Step[C]]:
        """A connection, idle or leased, is closed."""
        line = self.lines[key]
        if self._idle.pop(connection, None) is not None:
            del line.idle[connection]
        return self._slot_freed(line)

    def _place(self, line: Line[C], connection: C) -> list[Step[C]]:
        if self._hungry and self._starving(line):
            return [Close(connection), *self._slot_freed(line)]
        waiter = line.next_waiter()
        if waiter is not None:
            self._settle(line, waiter)
            return [Serve(waiter, connection)]
        line.idle[connection] = None
        self._idle[connection] = line
        closed: list[Step[C]] = []
        while len(self._idle) > self._idle_max:
            closed.append(self._evict())
        return closed + self._feed() if closed or self._hungry else closed

    def _starving(self, giver: Line[C]) -> bool:
        """Whether the longest hungry origin has no connection at all, while `giver` has one.

        Without this, an origin whose connections are always wanted again would never give one.
        """
        if self.opened < self._opened_max:
            return False
        hungry = next(iter(self._hungry.values()))
        return hungry is not giver and hungry.opened == 0

    def _feed(self) -> list[Step[C]]:
        """Dial for the hungry while there are slots, or idle connections to give way."""
        steps: list[Step[C]] = []
        while self._hungry:
            if self.opened >= self._opened_max:
                if not self._idle:
                    break
                steps.append(self._evict())
            key, line = next(iter(self._hungry.items()))
            waiter = line.next_undialed()
            assert waiter is not None, f"{key} is hungry, but nobody waits"
            waiter.dialing = True
            line.undialed -= 1
            line.dialing += 1
            line.opened += 1
            self.opened += 1
            self._hungry.move_to_end(key)
            self._note_hunger(line)
            steps.append(Dial(waiter))
        return steps

    def _evict(self) -> Close[C]:
        connection, line = self._idle.popitem(last=False)
        del line.idle[connection]
        line.opened -= 1
        self.opened -= 1
        self._note_hunger(line)
        self._forget(line)
        return Close(connection)

    def _slot_freed(self, line: Line[C]) -> list[Step[C]]:
        line.opened -= 1
        self.opened -= 1
        self._note_hunger(line)
        steps = self._feed()
        self._forget(line)
        return steps

    def _settle(self, line: Line[C], waiter: Waiter) -> None:
        """The waiter waits no longer: it was served, or it left."""
        waiter.waiting = False
        line.waiting -= 1
        if not waiter.dialing:
            line.undialed -= 1
            self._note_hunger(line)
        self._forget(line)

    def _note_hunger(self, line: Line[C]) -> None:
        """Hungry: someone waits without a dial, and the origin's own limit allows one more."""
        if line.undialed and line.opened < self._opened_per_key_max:
            self._hungry.setdefault(line.key, line)
        elif line.key in self._hungry:
            del self._hungry[line.key]

    def _forget(self, line: Line[C]) -> None:
        """An origin of which nothing is left takes no memory."""
        if not line.opened and not line.waiting:
            self.lines.pop(line.key, None)
