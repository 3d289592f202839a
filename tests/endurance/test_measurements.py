"""What a process uses is measured where it can be."""

from __future__ import annotations

import os
import weakref

import pytest

from tests.endurance import measurements
from tests.endurance.measurements import (
    ConnectCount,
    measured,
    open_descriptors,
    release_free_memory,
    rss_kib,
)


def without_hook(monkeypatch: pytest.MonkeyPatch) -> ConnectCount:
    """A count whose hook can't stay behind: Python doesn't remove any."""
    monkeypatch.setattr("sys.addaudithook", lambda hook: None)
    return ConnectCount()


def test_memory_is_seen_to_grow() -> None:
    before = rss_kib()
    held = b"x" * (64 << 20)
    assert rss_kib() - before > 50 << 10
    assert len(held) == 64 << 20


def test_open_descriptors_are_counted() -> None:
    before = open_descriptors()
    with open(os.devnull, "rb"):
        assert open_descriptors() == before + 1
    assert open_descriptors() == before


def test_connects_are_counted_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    count = without_hook(monkeypatch)
    for event in ("socket.connect", "open", "socket.connect"):
        count._audit(event, ())
    assert measured(count)["connects"] == 2


def test_a_process_without_descriptors_is_still_measured(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse() -> int:
        raise OSError

    monkeypatch.setattr(measurements, "rss_kib", refuse)
    assert set(measured(without_hook(monkeypatch))) == {"connects", "threads"}


def test_cycles_are_freed() -> None:
    class Cycle:
        def __init__(self) -> None:
            self.itself = self

    seen = weakref.ref(Cycle())
    release_free_memory()
    assert seen() is None
