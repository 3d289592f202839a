"""Keeps the events of a client, and checks what must hold for them, whatever happened."""

from __future__ import annotations

import asyncio
from itertools import pairwise
from typing import TYPE_CHECKING, TypeAlias

from hyperhttp import (
    AttemptFailed,
    AttemptStarted,
    BodyEnded,
    CallEnded,
    CallStarted,
    Connected,
    ConnectionClosed,
    ConnectionOpened,
    NameResolved,
    PoolWaited,
    RequestSent,
    ResponseStarted,
    TLSReady,
    TunnelEstablished,
)

if TYPE_CHECKING:
    from typing import TypeVar

    from hyperhttp import Event

    E = TypeVar("E")

Phase: TypeAlias = (
    PoolWaited
    | NameResolved
    | Connected
    | TunnelEstablished
    | TLSReady
    | RequestSent
    | ResponseStarted
    | BodyEnded
)
PHASES = (
    PoolWaited,
    NameResolved,
    Connected,
    TunnelEstablished,
    TLSReady,
    RequestSent,
    ResponseStarted,
    BodyEnded,
)


class EventLog:
    """Pass it as `on_event`."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self._seen: list[tuple[Event, list[object]]] = []

    def __call__(self, event: Event) -> None:
        self.events.append(event)
        self._seen.append((event, _values(event)))

    def of(self, kind: type[E]) -> list[E]:
        """The events of a class, in order."""
        return [event for event in self.events if isinstance(event, kind)]

    @property
    def names(self) -> list[str]:
        """The classes of the events, in order."""
        return [type(event).__name__ for event in self.events]

    def check(self, *, is_closed: bool = True) -> None:
        """Fail unless starts and ends match, and times are in order; of a client that is closed."""
        for event, values in self._seen:
            assert _values(event) == values, f"{event} was different when it was reported"
        self._check_times()
        self._check_calls()
        self._check_attempts()
        opened = [event.connection_id for event in self.of(ConnectionOpened)]
        closed = [event.connection_id for event in self.of(ConnectionClosed)]
        assert len({*closed}) == len(closed)
        assert {*closed} <= {*opened}
        if is_closed:
            assert {*closed} == {*opened}

    def _check_times(self) -> None:
        # Those of one dial are reported together, once it is over.
        dial = (PoolWaited, NameResolved, Connected, TunnelEstablished, TLSReady)
        times = [event.time for event in self.events if not isinstance(event, dial)]
        assert times == sorted(times)
        for event in self.events:
            started = getattr(event, "started", event.time)
            assert started <= event.time, event

    def _check_calls(self) -> None:
        started, ended = self.of(CallStarted), self.of(CallEnded)
        assert sorted(one.call_id for one in started) == sorted(one.call_id for one in ended)
        assert len({one.call_id for one in started}) == len(started)
        times = {one.call_id: one.time for one in started}
        for end in ended:
            assert end.started == times[end.call_id]
            assert end.attempt == sum(one.call_id == end.call_id for one in self.of(AttemptStarted))

    def _check_attempts(self) -> None:
        calls = {one.call_id: one for one in self.of(CallEnded)}
        started = {(one.call_id, one.attempt): one for one in self.of(AttemptStarted)}
        ends: list[BodyEnded | AttemptFailed] = [*self.of(BodyEnded), *self.of(AttemptFailed)]
        ended = {(one.call_id, one.attempt): one for one in ends}
        assert len(started) == len(self.of(AttemptStarted))
        assert len(ended) == len(ends)
        assert {*ended} == {*started}
        for key, start in started.items():
            call, end = calls[key[0]], ended[key]
            assert call.started <= start.time <= end.ended <= call.ended
            self._check_phases(key, start, end)

    def _check_phases(
        self, key: tuple[int, int], start: AttemptStarted, end: BodyEnded | AttemptFailed
    ) -> None:
        phases = [
            event
            for event in self.events
            if isinstance(event, PHASES) and (event.call_id, event.attempt) == key
        ]
        kinds = [type(event) for event in phases]
        assert len({*kinds}) == len(kinds)
        assert (ResponseStarted in kinds) == (BodyEnded in kinds) == isinstance(end, BodyEnded)
        for phase in phases:
            assert start.time <= phase.started <= phase.ended <= end.ended, phase
            assert (phase.hop, phase.origin) == (start.hop, start.origin)
        in_turn = [one for one in phases if not isinstance(one, RequestSent)]
        for before, after in pairwise(in_turn):
            assert before.ended <= after.started, (before, after)


def _values(event: Event) -> list[object]:
    return [getattr(event, name) for name in event.__match_args__]


async def pass_time(seconds: float) -> None:
    """Wait in virtual time, which takes none."""
    loop = asyncio.get_running_loop()
    over = loop.create_future()
    loop.call_later(seconds, over.set_result, None)
    await over
