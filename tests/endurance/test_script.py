"""The script of troubles is a function of the seed, and leaves time to recover."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.endurance.script import ALL, COOL_DOWN_S, LASTS_S, WARM_UP_S, pending, script


def test_a_seed_has_one_script() -> None:
    assert script(1, 30) == script(1, 30)
    assert script(1, 30) != script(2, 30)


def test_a_long_run_has_every_trouble_several_times() -> None:
    kinds = [trouble.kind for trouble in script(1, 30)]
    assert {kind: kinds.count(kind) >= 4 for kind in ALL} == dict.fromkeys(ALL, True)


@pytest.mark.parametrize("minutes", [1, 10, 30])
def test_troubles_end_before_the_next_and_before_the_run(minutes: int) -> None:
    troubles = script(3, minutes)
    assert troubles[0].at_s == WARM_UP_S
    assert troubles[-1].at_s + troubles[-1].lasts_s < minutes * 60 - COOL_DOWN_S
    assert all(0 < trouble.lasts_s <= LASTS_S[1] for trouble in troubles)
    for first, second in pairwise(troubles):
        assert second.at_s == first.at_s or second.at_s > first.at_s + first.lasts_s


def test_a_minute_has_some_troubles() -> None:
    assert len(script(1, 1)) >= 8


def test_what_needs_a_missing_program_is_left_out() -> None:
    kinds = {trouble.kind for trouble in script(1, 60, {"haproxy", "namespace"})}
    assert kinds == set(ALL) - {
        "haproxy-reload",
        "haproxy-kill",
        "loss-1",
        "loss-5",
        "partition",
    }


def test_a_run_can_have_a_few_kinds_of_trouble_only() -> None:
    assert {trouble.kind for trouble in script(1, 10, only=["fork", "clock"])} == {"fork", "clock"}
    with pytest.raises(ValueError, match="no trouble"):
        script(1, 10, {"haproxy"}, only=["haproxy-kill"])


def test_a_continued_run_has_the_rest_of_its_script() -> None:
    troubles = script(1, 10)
    rest = pending(troubles, troubles[5].at_s)
    assert rest == troubles[5:]
    assert pending(troubles, 10_000.0) == []
