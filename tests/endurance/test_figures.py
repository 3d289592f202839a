"""The figures follow from the records."""

from __future__ import annotations

from typing import Any

import pytest

from tests.endurance.figures import (
    duplicates_of,
    growth_kib,
    outcomes_of,
    recoveries_of,
    split_refused,
    total_of,
)


def request(at_s: float, outcome: str = "right", **more: Any) -> dict[str, Any]:
    return {"t": at_s, "ms": 1.0, "k": "get", "r": "h1", "y": 0, "o": outcome} | more


def steady(outcome_at: dict[int, str], seconds: int = 20) -> list[dict[str, Any]]:
    """Twenty requests in a second; in some seconds all have another outcome."""
    return [
        request(second + number / 20, outcome_at.get(second, "right"))
        for second in range(seconds)
        for number in range(20)
    ]


TROUBLE = [{"kind": "kill", "t": 5.0, "step": "begin"}, {"kind": "kill", "t": 7.0, "step": "end"}]


def test_requests_are_counted_by_outcome() -> None:
    lines = [request(0, a=3), request(1, "error:ReadError"), request(1, "lost", token="x")]
    counted = outcomes_of([*lines, request(2, "canceled"), request(2, "skipped")])
    assert (counted.total, counted.retries, counted.faults) == (3, 2, {"lost": 1})
    assert (counted.count("right"), counted.count("error")) == (1, 1)
    assert counted.right_percent("get") == pytest.approx(100 / 3)


def test_success_is_counted_with_and_without_retries() -> None:
    lines = [request(0), request(0, "lost"), request(0, y=1)]
    counted = outcomes_of(lines)
    assert [counted.right_percent(f"retries {state}") for state in ("off", "on")] == [50.0, 100.0]


def test_only_requests_that_may_not_repeat_count_as_duplicates() -> None:
    processed = ["a-1-h2-post", *["a-2-h2-get"] * 2, *["a-3-h2-keyed"] * 2]
    assert duplicates_of(processed) == {}
    assert duplicates_of([*processed, "a-1-h2-post"]) == {"a-1-h2-post": 2}


def test_duplicates_behind_haproxy_are_counted_apart() -> None:
    assert split_refused({"a-1-h2-post": 2, "a-2-haproxy-post": 3}) == (
        {"a-1-h2-post": 2},
        {"a-2-haproxy-post": 3},
    )


@pytest.mark.parametrize(
    ("bad", "seconds"),
    [({}, 0.0), ({5: "status:502", 6: "lost"}, 0.0), ({7: "lost", 8: "lost"}, 1.75)],
)
def test_recovery_is_the_time_until_requests_succeed(bad: dict[int, str], seconds: float) -> None:
    (recovery,) = recoveries_of(steady(bad), TROUBLE, 20.0)
    assert (recovery.kind, recovery.seconds) == ("kill", seconds)


def test_no_recovery_before_the_next_trouble_has_no_time() -> None:
    bad = dict.fromkeys(range(7, 12), "lost")
    following = {"kind": "kill", "t": 11.0, "step": "begin"}
    (recovery,) = recoveries_of(steady(bad), [*TROUBLE, following], 20.0)
    assert recovery.seconds is None


def test_growth_is_the_slope_after_the_warm_up() -> None:
    samples = [
        {"t": float(t), "phase": "settled", "private_kib": 9_000 if t < 290 else 10_000 + t}
        for t in range(600)
    ]
    assert growth_kib(samples) == pytest.approx(600)
    assert growth_kib(samples[290:]) == pytest.approx(600)
    assert growth_kib([]) is None


def test_memory_that_is_free_is_no_growth() -> None:
    samples = [{"t": float(t), "phase": "load", "private_kib": 10_000 + t} for t in range(600)]
    assert growth_kib(samples) is None


def test_a_counter_that_begins_again_is_added() -> None:
    assert total_of([{"c": 5}, {"c": 8}, {"c": 2}, {"c": 4}], "c") == 12
