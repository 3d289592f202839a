"""Time as the transport sees it: one monotonic reading, and a call at a later one.

An event loop is a `Clock`; tests pass one that they turn by hand. Knows nothing of what is timed.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable


class Timer(Protocol):
    """A call that is due at some time and may be called off."""

    def cancel(self) -> None:
        """Call it off; no harm if it has run."""
        ...


class Clock(Protocol):
    """Seconds that never go back."""

    def time(self) -> float:
        """Now, in seconds from an arbitrary start."""
        ...

    def call_at(self, when: float, callback: Callable[[], object], /) -> Timer:
        """Run `callback` once the time is `when`."""
        ...


class Alarm:
    """One timer that is armed again and again: moving it later costs an assignment.

    `ring` is called with the time once `due` has come. A timer that fires early (because the alarm
    was moved meanwhile) only re-arms itself, so a busy connection pays one timer per limit, not one
    per request.
    """

    __slots__ = ("_armed_for", "_clock", "_on_alarm", "_timer", "due")

    def __init__(self, clock: Clock, callback: Callable[[float], None]) -> None:
        self._clock = clock
        self._on_alarm = callback
        self._timer: Timer | None = None
        self._armed_for = inf
        self.due = inf

    def set(self, due: float) -> None:
        """Ring at `due`; `inf` means not at all."""
        self.due = due
        if due < self._armed_for:
            self._arm()

    def stop(self) -> None:
        """Never ring again unless set again; gives the timer back."""
        self.due = inf
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
            self._armed_for = inf

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
