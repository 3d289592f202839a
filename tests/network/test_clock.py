"""The alarm: one timer, moved by an assignment."""

from __future__ import annotations

import asyncio
from math import inf

from hyperhttp._network.clock import Alarm, Clock
from tests.network.hand_clock import HandClock


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
