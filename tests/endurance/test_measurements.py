"""What a process uses is measured where it can be."""

from __future__ import annotations

import os
import weakref
from mmap import ACCESS_READ, MAP_ANONYMOUS, MAP_PRIVATE, mmap
from typing import TYPE_CHECKING

import pytest

from tests.endurance import measurements
from tests.endurance.measurements import (
    ConnectCount,
    measured,
    open_descriptors,
    release_free_memory,
    resident_kib,
)

if TYPE_CHECKING:
    from pathlib import Path


def without_hook(monkeypatch: pytest.MonkeyPatch) -> ConnectCount:
    """A count whose hook can't stay behind: Python doesn't remove any."""
    monkeypatch.setattr("sys.addaudithook", lambda hook: None)
    return ConnectCount()


def test_memory_is_seen_to_grow() -> None:
    before = resident_kib()
    # Not on the heap, which may have that much free memory from earlier tests.
    with mmap(-1, 64 << 20, flags=MAP_PRIVATE | MAP_ANONYMOUS) as held:
        held[:: 1 << 12] = b"x" * (64 << 8)
        for now, then in zip(resident_kib(), before, strict=True):
            assert now - then > 50 << 10


def test_pages_of_files_are_not_private(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bytes(64 << 20))
    resident, private = resident_kib()
    with path.open("rb") as file, mmap(file.fileno(), 0, access=ACCESS_READ) as pages:
        assert sum(pages[:: 1 << 12]) == 0
        resident_now, private_now = resident_kib()
    assert resident_now - resident > 50 << 10
    assert private_now - private < 10 << 10


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

    monkeypatch.setattr(measurements, "resident_kib", refuse)
    assert set(measured(without_hook(monkeypatch))) == {"connects", "threads"}


def test_cycles_are_freed() -> None:
    class Cycle:
        def __init__(self) -> None:
            self.itself = self

    seen = weakref.ref(Cycle())
    release_free_memory()
    assert seen() is None
