"""The books of the pool: who holds a connection, who waits for one, and what should happen next.

Pure: every entry changes the books without awaiting and returns the steps for the pool to take.
Each entry costs the same however many connections, waiters and origins there are.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Generic, TypeVar, final

from hyperhttp._transport.stats import OriginStats, PoolStats

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable

    from hyperhttp._generated.config import PoolConfig

C = TypeVar("C", bound="Hashable")
W = TypeVar("W", bound="Waiter")

# Origins whose protocol is remembered; forgetting one costs a shared first dial.
KNOWN_MAX: Final = 4096


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


@dataclass(frozen=True, slots=True)
class Dial(Generic[W]):
    """Open a connection; the waiter is told if that fails."""

    waiter: W


@dataclass(frozen=True, slots=True)
class Serve(Generic[W, C]):
    """Give this connection to this waiter."""

    waiter: W
    connection: C


@dataclass(frozen=True, slots=True)
class Close(Generic[C]):
    """Close this connection: it has left the books."""

    connection: C


@dataclass(frozen=True, slots=True)
class Refuse(Generic[W]):
    """Tell this waiter of the failure of the dial that it had shared."""

    waiter: W


Step = Dial[W] | Serve[W, C] | Close[C] | Refuse[W]


def _first(queue: deque[W]) -> W | None:
    """The first who still waits; those who do not are dropped."""
    while queue and not queue[0].waiting:
        queue.popleft()
    return queue[0] if queue else None


@final
class Line(Generic[W, C]):
    """What the books hold of one origin."""

    __slots__ = (
        "dialing",
        "fresh",
        "idle",
        "key",
        "opened",
        "sharing",
        "undialed",
        "undialed_queue",
        "waiters",
        "waiting",
    )

    def __init__(self, key: str, *, sharing: bool) -> None:
        self.key = key
        self.sharing = sharing
        """Whether it takes one dial to learn how many connections are wanted."""
        self.idle: dict[C, None] = {}
        self.opened = 0
        """Connections that are being dialed, idle or busy."""
        self.dialing = 0
        self.waiters: deque[W] = deque()
        """Those for whom any connection will do."""
        self.fresh: deque[W] = deque()
        """Those for whom only a new one will."""
        self.waiting = 0
        self.undialed_queue: deque[W] = deque()
        self.undialed = 0

    def oldest(self) -> W | None:
        """The one who has waited longest; those who have left are dropped."""
        any_will_do, only_new = _first(self.waiters), _first(self.fresh)
        if any_will_do is None or only_new is None:
            return any_will_do or only_new
        return min(any_will_do, only_new, key=lambda one: one.number)

    def oldest_for_used(self) -> W | None:
        """The one who has waited longest for any connection."""
        return _first(self.waiters)

    def sweep(self) -> None:
        """Drop those who left, once they are the greater part of a queue."""
        if len(self.waiters) > 2 * self.waiting + 16:
            self.waiters = deque(one for one in self.waiters if one.waiting)
        if len(self.fresh) > 2 * self.waiting + 16:
            self.fresh = deque(one for one in self.fresh if one.waiting)
        if len(self.undialed_queue) > 2 * self.undialed + 16:
            self.undialed_queue = deque(
                one for one in self.undialed_queue if one.waiting and not one.dialing
            )

    def next_undialed(self) -> W:
        """The longest waiter for whom no dial runs; there is one."""
        self.prune()
        return self.undialed_queue.popleft()

    def prune(self) -> None:
        """Drop those from the head of the queue who were served or have left meanwhile."""
        queue = self.undialed_queue
        while queue and (queue[0].dialing or not queue[0].waiting):
            queue.popleft()


@final
class Ledger(Generic[W, C]):
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
        self.lines: dict[str, Line[W, C]] = {}
        self._idle: OrderedDict[C, Line[W, C]] = OrderedDict()
        self._hungry: OrderedDict[str, Line[W, C]] = OrderedDict()
        self._starved: OrderedDict[str, Line[W, C]] = OrderedDict()
        self._shares = shares
        self._known: OrderedDict[str, None] = OrderedDict()
        self._joined = 0

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

    def join(self, waiter: W) -> list[Step[W, C]]:
        """Someone waits, because `take` had nothing."""
        line = self.lines.get(waiter.key)
        if line is None:
            sharing = self._is_unknown(waiter.key)
            line = self.lines[waiter.key] = Line(waiter.key, sharing=sharing)
        self._joined += 1
        waiter.number = self._joined
        (line.fresh if waiter.fresh else line.waiters).append(waiter)
        line.waiting += 1
        line.undialed_queue.append(waiter)
        line.undialed += 1
        self._note_hunger(line)
        return self._make_room(line) + self._feed()

    def leave(self, waiter: W) -> None:
        """A waiter gives up. If a dial runs for it, the pool ends that with `dial_failed`."""
        if waiter.waiting:
            line = self.lines[waiter.key]
            self._settle(line, waiter)
            line.sweep()

    def dialed(self, waiter: W, connection: C) -> list[Step[W, C]]:
        """The dial for `waiter` succeeded; the connection serves whoever has waited longest."""
        line = self.lines[waiter.key]
        line.dialing -= 1
        waiter.dialing = False
        self._learn(line)
        if waiter.waiting:
            # Somebody older may take this connection; then this one needs a dial again.
            line.undialed += 1
            line.undialed_queue.appendleft(waiter)
        steps = self._place(line, connection, line.oldest())
        self._note_hunger(line)
        return steps + self._feed()

    def dial_failed(self, waiter: W, *, called_off: bool = False) -> list[Step[W, C]]:
        """The dial for `waiter`, who has left by now, came to nothing.

        Those who shared it are told, unless it was `called_off`: then the next one dials.
        """
        line = self.lines[waiter.key]
        line.dialing -= 1
        waiter.dialing = False
        refused: list[Step[W, C]] = []
        while line.sharing and not called_off and (other := line.oldest()) is not None:
            refused.append(Refuse(other))
            self._settle(line, other)
        return refused + self._slot_freed(line)

    def put_back(self, key: str, connection: C) -> list[Step[W, C]]:
        """A connection is free for the next, or its slot, if that is what the next one needs."""
        line = self.lines[key]
        oldest = line.oldest() if line.fresh else None
        if oldest is not None and oldest.fresh and not oldest.dialing:
            return [Close(connection), *self._slot_freed(line)]
        return self._place(line, connection, line.oldest_for_used())

    def gone(self, key: str, connection: C) -> list[Step[W, C]]:
        """A connection, idle or leased, is closed."""
        line = self.lines[key]
        if self._idle.pop(connection, None) is not None:
            del line.idle[connection]
        return self._slot_freed(line)

    def _place(self, line: Line[W, C], connection: C, waiter: W | None) -> list[Step[W, C]]:
        if self._starved and self._gives_way(waiter):
            return [Close(connection), *self._slot_freed(line)]
        if waiter is not None:
            self._settle(line, waiter)
            return [Serve(waiter, connection)]
        line.idle[connection] = None
        self._idle[connection] = line
        closed = self._make_room(line)
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
        return steps

    def _make_room(self, line: Line[W, C]) -> list[Step[W, C]]:
        """Idle connections are of no use to those who wait for a new one, and may be in its way."""
        closed: list[Step[W, C]] = []
        while line.idle and line.undialed and line.opened >= self._opened_per_key_max:
            closed.append(self._evict_from(next(iter(line.idle)), line))
        return closed

    def _evict(self) -> Close[C]:
        return self._evict_from(*next(iter(self._idle.items())))

    def _evict_from(self, connection: C, line: Line[W, C]) -> Close[C]:
        del self._idle[connection]
        del line.idle[connection]
        line.opened -= 1
        self.opened -= 1
        self._note_hunger(line)
        self._forget(line)
        return Close(connection)

    def _slot_freed(self, line: Line[W, C]) -> list[Step[W, C]]:
        line.opened -= 1
        self.opened -= 1
        self._note_hunger(line)
        steps = self._feed()
        self._forget(line)
        return steps

    def _settle(self, line: Line[W, C], waiter: W) -> None:
        """The waiter waits no longer: it was served, or it left."""
        waiter.waiting = False
        line.waiting -= 1
        if not waiter.dialing:
            line.undialed -= 1
            line.prune()
            self._note_hunger(line)
        self._forget(line)

    def _note_hunger(self, line: Line[W, C]) -> None:
        """Hungry: someone waits without a dial, and the origin's own limit allows one more.

        Starved: the same, and the origin has no connection at all.
        """
        shared = line.sharing and line.dialing
        if line.undialed and line.opened < self._opened_per_key_max and not shared:
            self._hungry.setdefault(line.key, line)
            if not line.opened:
                self._starved.setdefault(line.key, line)
                return
        elif line.key in self._hungry:
            del self._hungry[line.key]
        self._starved.pop(line.key, None)

    def _is_unknown(self, key: str) -> bool:
        return self._shares is not None and key not in self._known and self._shares(key)

    def _learn(self, line: Line[W, C]) -> None:
        """The first connection stands: from now on each waiter may have one dialed."""
        if line.sharing:
            line.sharing = False
            self._known[line.key] = None
            if len(self._known) > KNOWN_MAX:
                self._known.popitem(last=False)

    def _forget(self, line: Line[W, C]) -> None:
        """An origin of which nothing is left takes no memory."""
        if not line.opened and not line.waiting:
            self.lines.pop(line.key, None)
