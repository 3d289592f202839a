"""An event loop whose clock a test turns by hand: real sockets, and no waiting for time to pass."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, Final, Protocol

from hyperhttp.testing import VirtualTimeLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Sequence


class Follower(Protocol):
    """A loop in another thread."""

    is_led: bool
    """True while a thread runs it."""

    def is_settled(self) -> bool:
        """Wait until it has done what is due; return False if it has stopped before."""
        ...


CHANGED: Final = threading.Condition()
"""Notified when another thread has brought something about."""
PATIENCE_S: Final = 20.0


class Calls:
    """Counts the calls of synchronous clients that run in threads of the test."""

    def __init__(self) -> None:
        self._running = 0

    @property
    def any_runs(self) -> bool:
        """True if a call runs that doesn't wait for the loop of the test."""
        return self._running > 0

    def add(self, number: int) -> None:
        """Count one more, or one less."""
        with CHANGED:
            self._running += number
            CHANGED.notify_all()


CALLS: Final = Calls()


def wait(happened: Callable[[], bool]) -> None:
    """Wait until other threads have brought something about."""
    with CHANGED:
        assert CHANGED.wait_for(happened, PATIENCE_S), "it never happened"


def settle(followers: Sequence[Follower]) -> None:
    """Wait, in the test's thread, until all followers have done what is due."""
    while CALLS.any_runs:
        # A call that has ended returns in its thread, or another one leads.
        wait(lambda: not CALLS.any_runs or any(one.is_led for one in followers))
        if all(one.is_settled() for one in list(followers) if one.is_led):
            return


class TurnedLoop(asyncio.SelectorEventLoop):
    """Runs as fast as ever, and `turn` makes it later at once."""

    _ahead_s = 0.0

    def __init__(self) -> None:
        self.followers: list[Follower] = []
        """Loops in other threads that have the time of this one."""
        super().__init__()

    def time(self) -> float:
        """The real clock, and what it was turned ahead."""
        return super().time() + self._ahead_s

    def turn(self, seconds: float) -> None:
        """Make it later; what is due by then runs in the next turn of the loop.

        Loops that follow the clock have done what was due before, and what is due then.
        """
        settle(self.followers)
        self._ahead_s += seconds
        self.call_soon(int)  # so that the loop does not sleep on the old time
        settle(self.followers)


def run_turned(main: Callable[[TurnedLoop], Coroutine[None, None, None]]) -> None:
    """Run a test on a loop of its own, which it is given."""
    loop = TurnedLoop()
    loop.slow_callback_duration = 10.0
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(main(loop))


class StoppedLoop(TurnedLoop):
    """Its clock stands still until a test moves it, so that a limit can be reached exactly."""

    now = 1_000.0

    def time(self) -> float:
        """The time that the test has set."""
        return self.now


def run_stopped(main: Callable[[StoppedLoop], Coroutine[None, None, None]]) -> None:
    """Run a test on a loop whose clock stands still."""
    loop = StoppedLoop()
    with asyncio.Runner(loop_factory=lambda: loop) as runner:
        runner.run(main(loop))


async def until(happened: Callable[[], bool]) -> None:
    """Let the loop turn until something has happened that the sockets bring about."""
    for _ in range(100_000):
        if happened():
            return
        await asyncio.sleep(0)
    raise AssertionError("it never happened")


async def later(seconds: float) -> None:
    """Wait on a clock that jumps or is turned; on a real one, tests don't wait."""
    loop = asyncio.get_running_loop()
    assert isinstance(loop, VirtualTimeLoop | TurnedLoop)
    come = loop.create_future()
    timer = loop.call_later(seconds, come.set_result, None)
    try:
        await come
    finally:
        timer.cancel()
