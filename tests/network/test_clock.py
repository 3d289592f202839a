"""The alarm: one timer, moved by an assignment. And the stopwatch."""

from __future__ import annotations

import asyncio
import sys
import time
from math import inf
from typing import TYPE_CHECKING

import pytest

from hyperhttp._network.clock import Alarm, Clock, Now, now_of, stopwatch_of
from tests.clock import StoppedLoop
from tests.network.hand_clock import HandClock

if TYPE_CHECKING:
    from collections.abc import Callable


def alarm() -> tuple[HandClock, Alarm, list[float]]:
    clock, rung = HandClock(), list[float]()
    return clock, Alarm(clock, rung.append), rung


def test_it_rings_once_at_its_time_and_not_before() -> None:
    clock, bell, rung = alarm()
    bell.set(1010.0)
    clock.move(9.9)
    assert rung == []
    clock.move(0.1)
    clock.move(100)
    assert rung == [1010.0]


def test_moving_it_later_costs_no_timer() -> None:
    clock, bell, rung = alarm()
    for due in range(1010, 1030):
        bell.set(float(due))
    assert clock.armed == 1
    clock.move(28)
    assert rung == []
    assert clock.armed == 2
    clock.move(2)
    assert rung == [1030.0]


def test_moving_it_earlier_arms_it_anew() -> None:
    clock, bell, rung = alarm()
    bell.set(1030.0)
    bell.set(1010.0)
    assert len(clock.pending()) == 1
    clock.move(10)
    assert rung == [1010.0]


def test_an_earlier_time_replaces_a_later_one_only() -> None:
    clock, bell, rung = alarm()
    for due in (1020.0, 1030.0, 1010.0):
        bell.set_earlier(due)
    clock.move(10)
    assert rung == [1010.0]
    clock.move(30)
    assert rung == [1010.0]


def test_stopped_it_never_rings_and_keeps_no_timer() -> None:
    clock, bell, rung = alarm()
    bell.set(1010.0)
    bell.stop()
    bell.stop()
    assert clock.pending() == []
    clock.move(100)
    assert rung == []


def test_without_a_limit_no_timer_is_armed() -> None:
    clock, bell, rung = alarm()
    bell.set(inf)
    assert clock.pending() == []
    bell.set(1010.0)
    bell.set(inf)
    clock.move(100)
    assert (rung, clock.pending()) == ([], [])


def test_it_may_be_set_again_while_it_rings() -> None:
    clock = HandClock()
    rung: list[float] = []

    def callback(now: float) -> None:
        rung.append(now)
        if now < 1020:
            bell.set(now + 10)

    bell = Alarm(clock, callback)
    bell.set(1010.0)
    clock.move(10)
    clock.move(10)
    clock.move(100)
    assert rung == [1010.0, 1020.0]


async def test_an_event_loop_is_a_clock() -> None:
    clock: Clock = asyncio.get_running_loop()
    rung = asyncio.Event()
    Alarm(clock, lambda now: rung.set()).set(clock.time())
    await rung.wait()


def test_a_closed_one_rings_no_more_and_holds_nothing() -> None:
    clock, bell, rung = alarm()
    bell.set(1010.0)
    bell.close()
    assert clock.pending() == []
    bell.set(1020.0)
    clock.move(100)
    assert rung == []


@pytest.mark.parametrize("function_of", [now_of, stopwatch_of])
def test_a_clock_that_a_test_sets_is_measured_with_itself(
    function_of: Callable[[Clock], Now],
) -> None:
    clock = HandClock()
    now = function_of(clock)
    clock.move(2.5)
    assert now() == 1002.5
    loop = StoppedLoop()
    assert function_of(loop)() == loop.now
    loop.close()


@pytest.mark.parametrize("function_of", [now_of, stopwatch_of])
def test_the_time_of_a_standard_loop_needs_no_call_in_python(
    function_of: Callable[[Clock], Now],
) -> None:
    loop = asyncio.new_event_loop()
    assert function_of(loop) is time.monotonic
    loop.close()


@pytest.mark.skipif(sys.platform != "linux", reason="the clocks differ elsewhere")
def test_times_on_uvloop_are_measured_below_a_millisecond() -> None:
    loop: asyncio.AbstractEventLoop = pytest.importorskip("uvloop").new_event_loop()
    stopwatch = stopwatch_of(loop)
    # Timers are due by the clock of the loop, which is the same, rounded down.
    assert now_of(loop) == loop.time
    assert 0 <= stopwatch() - loop.time() < 0.1
    measured = {stopwatch() * 1000 % 1 for _ in range(100)}
    assert len(measured) > 50
    loop.close()
