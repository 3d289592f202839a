"""The table and the faults of a run follow from its directory."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from tests.endurance.records import Records
from tests.endurance.report import faults_of, markdown

if TYPE_CHECKING:
    from pathlib import Path

SAMPLE = {
    "rss_kib": 1,
    "private_kib": 1,
    "fds": 5,
    "threads": 2,
    "connects": 3,
    "tasks": 1,
    "lag_ms": 1.0,
}


def write(path: Path, *lines: dict[str, Any]) -> None:
    records = Records(path)
    for line in lines:
        records.write(line)
    records.close()


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    """A run without faults."""
    (tmp_path / "run.json").write_text(
        json.dumps({"minutes": 1, "seed": 7, "client": "some", "rate": 90.0})
    )
    (tmp_path / "versions-async.json").write_text(json.dumps({"some": "1.2"}))
    write(tmp_path / "segments.jsonl", {"missing": {"haproxy": "haproxy is not installed"}})
    write(
        tmp_path / "samples-async.jsonl",
        {"t": 0.0, "phase": "start", **SAMPLE},
        {"t": 9.0, "phase": "load", **SAMPLE, "fds": 9},
        {"t": 9.5, "phase": "closed", **SAMPLE},
    )
    request = {"t": 1.0, "ms": 2.0, "k": "get", "r": "h1", "y": 0, "o": "right"}
    write(tmp_path / "requests-async.jsonl", request, {**request, "o": "error:ReadError"})
    (tmp_path / "processed.txt").write_text(
        "a-1-h1-post\na-2-h1-get\na-2-h1-get\na-3-haproxy-post\na-3-haproxy-post\n"
    )
    return tmp_path


def test_a_good_run_has_no_faults(directory: Path) -> None:
    assert faults_of(directory) == []


def test_the_table_has_a_column_for_each_run(directory: Path) -> None:
    table = markdown([directory, directory])
    for line in (
        "|   | some | some |",
        "| minutes, seed | 1, 7 | 1, 7 |",
        "| right | 50.00 % | 50.00 % |",
        "| requests per second | 90 | 90 |",
        "| most frequent errors | ReadError 1 | ReadError 1 |",
        "| the same behind haproxy | 1 | 1 |",
        "| descriptors: start / most / end | 5 / 9 / 5 | 5 / 9 / 5 |",
        "Without haproxy: haproxy is not installed.",
    ):
        assert line in table


@pytest.mark.parametrize("outcome", ["wrong", "mixed", "cut", "lost", "foreign:KeyError"])
def test_a_bad_outcome_is_a_fault(directory: Path, outcome: str) -> None:
    write(
        directory / "requests-sync.jsonl",
        {"t": 1.0, "ms": 2.0, "k": "get", "r": "h1", "y": 0, "o": outcome, "token": "x"},
    )
    assert faults_of(directory) == [f"{outcome}: 1"]


def test_a_second_processing_is_a_fault(directory: Path) -> None:
    with (directory / "processed.txt").open("a") as file:
        file.write("a-1-h1-post\n")
    assert faults_of(directory) == ["processed 2 times: a-1-h1-post"]


@pytest.mark.parametrize("name", ["fds", "tasks"])
def test_what_is_left_open_is_a_fault(directory: Path, name: str) -> None:
    write(directory / "samples-async.jsonl", {"t": 9.6, "phase": "closed", **SAMPLE, name: 30})
    assert faults_of(directory) == [f"async: {name}: {SAMPLE[name]} at the start, 30 at the end"]


def test_a_load_that_ended_early_is_a_fault(directory: Path) -> None:
    write(directory / "samples-sync.jsonl", {"t": 9.6, "phase": "load", **SAMPLE})
    assert faults_of(directory) == ["sync: the load did not end by itself"]


def test_growth_and_slow_recovery_are_faults_of_a_long_run(directory: Path) -> None:
    (directory / "run.json").write_text(
        json.dumps({"minutes": 10, "seed": 7, "client": "some", "rate": 90.0})
    )
    step = {"kind": "kill", "number": 0}
    write(
        directory / "troubles.jsonl",
        {"t": 0.0, **step, "step": "begin"},
        {"t": 0.5, **step, "step": "end"},
    )
    grown = [
        {"t": float(t), "phase": "settled", **SAMPLE, "private_kib": 10 * t}
        for t in range(10, 600, 10)
    ]
    write(directory / "samples-async.jsonl", *grown, {"t": 600.0, "phase": "closed", **SAMPLE})
    memory, recovery = faults_of(directory)
    assert memory == "async: the memory grows by 6000 KiB in ten minutes"
    assert recovery == "kill: not recovered before the next trouble"
