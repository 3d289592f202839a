"""A clock that only a test moves, for what keeps time without an event loop."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


class HandTimer:
    """A call that is due."""

    def __init__(self, when: float, callback: Callable[[], object]) -> None:
        """Due at `when`."""
        self.when = when
        self.callback = callback
        self.cancelled = False

    def cancel(self) -> None:
        """Call it off."""
        self.cancelled = True


class HandClock:
    """A `Clock` that stands still until `move`."""

    def __init__(self) -> None:
        """Start at 1000 s."""
        self.now = 1000.0
        self.timers: list[HandTimer] = []
        self.armed = 0

    def time(self) -> float:
        """Now."""
        return self.now

    def call_at(self, when: float, callback: Callable[[], object], /) -> HandTimer:
        """Remember the call."""
        timer = HandTimer(when, callback)
        self.timers.append(timer)
        self.armed += 1
        return timer

    def pending(self) -> list[HandTimer]:
        """The timers that still run."""
        return [timer for timer in self.timers if not timer.cancelled]

    def move(self, seconds: float) -> None:
        """Make it later, and run what is due, in order."""
        self.now += seconds
        while due := sorted(
            (timer for timer in self.pending() if timer.when <= self.now), key=lambda t: t.when
        ):
            self.timers.remove(due[0])
            due[0].callback()
