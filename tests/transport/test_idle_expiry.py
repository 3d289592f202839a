"""Which idle connections are closed, and when it's time to look again."""

from __future__ import annotations

from dataclasses import dataclass
from math import inf

from hyperhttp._base._generated.bounds import SURPLUS_IDLE_S
from hyperhttp._transport.idle_expiry import expired

NOW = 100.0


@dataclass
class Idle:
    idle_since: float = NOW
    idle_until: float = inf


def test_without_idle_connections_nothing_is_due() -> None:
    assert expired([], 0, NOW) == ([], inf)


def test_those_that_are_too_old_are_closed() -> None:
    old, due_now, young = Idle(idle_until=1.0), Idle(idle_until=NOW), Idle(idle_until=NOW + 5)
    assert expired([old, young, due_now], 0, NOW) == ([old, due_now], NOW + 5)


def test_surplus_ones_are_closed_once_they_were_unused_long_enough() -> None:
    long_ago, just_now = Idle(NOW - SURPLUS_IDLE_S), Idle(NOW - SURPLUS_IDLE_S / 2)
    assert expired([long_ago, just_now], 2, NOW) == ([long_ago], NOW + SURPLUS_IDLE_S / 2)


def test_within_the_limit_they_stay() -> None:
    unused = Idle(NOW - 10), Idle(NOW - 9, NOW + 7)
    assert expired(unused, 0, NOW) == ([], NOW + 7)
    assert expired(unused, 1, NOW) == ([unused[0]], NOW + 7)


def test_those_that_are_too_old_count_as_surplus() -> None:
    old, unused = Idle(NOW - 20, idle_until=NOW), Idle(NOW - 10)
    assert expired([old, unused], 1, NOW) == ([old], inf)
