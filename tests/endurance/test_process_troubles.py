"""Troubles of the process end with their block, and a child that hangs is found."""

from __future__ import annotations

import os
import time

import pytest

from tests.endurance import process_troubles
from tests.endurance.process_troubles import (
    CLOCK_JUMP_S,
    SPARE_DESCRIPTORS,
    child_outcome,
    few_descriptors,
    forked,
    jumped_clock,
)
from tests.endurance.waiting import block


def open_until_it_fails(most: int) -> int:
    opened = list[int]()
    try:
        while len(opened) < most:
            opened.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        pass
    finally:
        for descriptor in opened:
            os.close(descriptor)
    return len(opened)


def test_descriptors_run_out_and_come_back() -> None:
    with few_descriptors():
        assert 0 < open_until_it_fails(50) <= SPARE_DESCRIPTORS + 1
    assert open_until_it_fails(50) == 50


def test_the_wall_clock_jumps_and_comes_back() -> None:
    before = time.time()
    with jumped_clock():
        assert time.time() - before >= CLOCK_JUMP_S
    assert time.time() - before < CLOCK_JUMP_S


@pytest.mark.parametrize(("good", "outcome"), [(True, "right"), (False, "error:child")])
def test_a_child_process_is_judged(*, good: bool, outcome: str) -> None:
    assert child_outcome(forked(lambda: good)) == outcome


def test_a_child_that_hangs_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(process_troubles, "CHILD_WITHIN_S", 0.1)

    def hang() -> bool:
        block(60.0)
        return True

    assert child_outcome(forked(hang)) == "lost"
