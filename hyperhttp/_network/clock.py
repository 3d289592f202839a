"""The clock of the transport layer: one monotonic time, and timers.

An event loop is a `Clock`; tests use one whose time they set.
"""

from __future__ import annotations

import sys
import time
from asyncio import BaseEventLoop
from math import inf
from typing import TYPE_CHECKING, Protocol

from hyperhttp._network.connect_socket import defined_in

if TYPE_CHECKING:
    from collections.abc import Callable


class Timer(Protocol):
    """A scheduled call that can be canceled."""

    def cancel(self) -> None:
        """Cancel the call; nothing happens if it has run."""
        ...


class Clock(Protocol):
    """A monotonic clock, in seconds."""

    def time(self) -> float:
        """Return the time, in seconds from an arbitrary start."""
        ...

    def call_at(self, when: float, callback: Callable[[], object], /) -> Timer:
        """Run `callback` at the time `when`."""
        ...


class Now(Protocol):
    """The function of a clock."""

    def __call__(self) -> float:
        """Return the time."""
        ...


def now_of(clock: Clock) -> Now:
    """Return the function that returns the time of a clock; it isn't in Python if possible."""
    is_standard = getattr(clock.time, "__func__", None) is BaseEventLoop.time
    return time.monotonic if is_standard else clock.time


def stopwatch_of(clock: Clock) -> Now:
    """Return a function for the time of a clock, in the best resolution.

    uvloop's has milliseconds, in which a request to a near server takes no time. On Linux, it's
    that of `time.monotonic`, rounded down. Timers aren't due by the stopwatch, but by the clock.
    """
    is_rounded = sys.platform == "linux" and defined_in(clock.time) == "uvloop.loop"
    return time.monotonic if is_rounded else now_of(clock)


class Alarm:
    """A timer that is set repeatedly; moving it later costs an assignment.

    `callback` is called with the time once `due` has come. A timer that fires early, because the
    alarm was moved meanwhile, only rearms itself. So a busy connection has one timer, not one per
    request.
    """

    __slots__ = ("_armed_for", "_clock", "_on_alarm", "_timer", "due")

    def __init__(self, clock: Clock, callback: Callable[[float], None]) -> None:
        self._clock = clock
        self._on_alarm = callback
        self._timer: Timer | None = None
        self._armed_for = inf
        self.due = inf

    def set(self, due: float) -> None:
        """Call back at `due`; `inf` means never."""
        self.due = due
        if due < self._armed_for:
            self._arm()

    def set_earlier(self, due: float) -> None:
        """Call back at `due`, unless that is later than the time that is set."""
        if due < self.due:
            self.set(due)

    def stop(self) -> None:
        """Cancel the timer."""
        self.due = inf
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._armed_for = inf

    def close(self) -> None:
        """Cancel the timer, and drop the callback, which usually refers to the alarm's owner."""
        self.stop()
        self._on_alarm = _nothing

    def _arm(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
        self._armed_for = self.due
        self._timer = self._clock.call_at(self.due, self._fire)

    def _fire(self) -> None:
        self._timer = None
        self._armed_for = inf
        now = self._clock.time()
        if self.due <= now:
            self.due = inf
            self._on_alarm(now)
        elif self.due < inf:
            self._arm()


def _nothing(now: float) -> None:
    """Handle the alarm of an owner that is gone."""
