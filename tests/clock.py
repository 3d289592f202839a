"""An event loop whose clock a test turns by hand: real sockets, and no waiting for time to pass."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hyperhttp.testing import VirtualTimeLoop

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


class TurnedLoop(asyncio.SelectorEventLoop):
    """Runs as fast as ever, and `turn` makes it later at once."""

    _ahead_s = 0.0

    def time(self) -> float:
        """The real clock, and what it was turned ahead."""
        return super().time() + self._ahead_s

    def turn(self, seconds: float) -> None:
        """Make it later; what is due by then runs in the next turn of the loop."""
        self._ahead_s += seconds
        self.call_soon(int)  # so that the loop does not sleep on the old time


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
