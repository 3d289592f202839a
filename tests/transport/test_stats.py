"""A snapshot in numbers."""

from __future__ import annotations

import dataclasses

import pytest

from hyperhttp._transport.stats import OriginStats, PoolStats


def test_the_sums_are_those_of_the_origins() -> None:
    stats = PoolStats({"a": OriginStats(1, 2, 3, 4), "b": OriginStats(10, 20, 30, 40)})
    assert (stats.idle, stats.active, stats.pending, stats.waiters) == (11, 22, 33, 44)


def test_a_snapshot_does_not_change() -> None:
    with pytest.raises(dataclasses.FrozenInstanceError):
        OriginStats(1, 2, 3, 4).idle = 5  # type: ignore[misc]  # wrong on purpose
