"""One table of the runs in some directories, and the faults of one."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from tests.endurance.figures import (
    RETRIES,
    Outcomes,
    Recovery,
    duplicates_of,
    growth_kib,
    middle_and_most,
    outcomes_of,
    recoveries_of,
    split_refused,
    total_of,
)
from tests.endurance.records import read_records

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

GROWTH_KIB_MAX: Final = 1024.0
# Shorter runs have shorter pauses, and caches and heaps that are not full.
JUDGED_FROM_MINUTES: Final = 10.0
RECOVERED_WITHIN_S: Final = 5.0
# What may stay open after the end: nothing grows with the length of the run.
SPARE_DESCRIPTORS: Final = 4
SPARE_TASKS: Final = 1
KINDS: Final = ("get", "post", "upload", "download", "events")
FREQUENT: Final = 4


@dataclass(frozen=True, slots=True)
class Result:
    """The records of a run, read and counted."""

    settings: dict[str, Any]
    versions: dict[str, str]
    missing: dict[str, str]
    outcomes: Outcomes
    duplicates: dict[str, int]
    refused: dict[str, int]
    """Duplicates on the route where a server refuses streams that it has forwarded."""
    recoveries: list[Recovery]
    samples: dict[str, list[dict[str, Any]]]
    """By the mode of the load."""

    @property
    def is_long(self) -> bool:
        """Whether growth and recovery are judged."""
        minutes: float = self.settings["minutes"]
        return minutes >= JUDGED_FROM_MINUTES


def result_of(directory: Path) -> Result:
    """Read what a run has written so far."""
    requests = [
        record
        for path in sorted(directory.glob("requests-*.jsonl"))
        for record in read_records(path)
    ]
    samples = {
        path.stem.removeprefix("samples-"): list(read_records(path))
        for path in sorted(directory.glob("samples-*.jsonl"))
    }
    troubles = list(read_records(directory / "troubles.jsonl"))
    end_s = max((one["t"] for every in samples.values() for one in every), default=0.0)
    segments = list(read_records(directory / "segments.jsonl"))
    versions: dict[str, str] = {}
    for path in sorted(directory.glob("versions-*.json")):
        versions |= json.loads(path.read_text())
    return Result(
        json.loads((directory / "run.json").read_text()),
        versions,
        segments[-1]["missing"] if segments else {},
        outcomes_of(requests),
        *split_refused(duplicates_of(_processed(directory))),
        recoveries_of(requests, troubles, end_s),
        samples,
    )


def _processed(directory: Path) -> Iterator[str]:
    path = directory / "processed.txt"
    if path.exists():
        with path.open(encoding="ascii") as file:
            yield from (line.rstrip("\n") for line in file)


def faults_of(directory: Path) -> list[str]:
    """What may not be in this run; empty if it is good."""
    result = result_of(directory)
    found = [f"{name}: {count}" for name, count in result.outcomes.faults.items()]
    found += [f"processed {count} times: {token}" for token, count in result.duplicates.items()]
    for mode, samples in result.samples.items():
        found += [f"{mode}: {fault}" for fault in _left_behind(samples)]
        growth = growth_kib(samples)
        if result.is_long and (growth or 0.0) > GROWTH_KIB_MAX:
            found.append(f"{mode}: the memory grows by {growth:.0f} KiB in ten minutes")
    if result.is_long:
        found += _late(result.recoveries)
    return found


def _late(recoveries: Sequence[Recovery]) -> Iterator[str]:
    for one in recoveries:
        if one.seconds is None:
            yield f"{one.kind}: not recovered before the next trouble"
        elif one.seconds > RECOVERED_WITHIN_S:
            yield f"{one.kind}: recovered after {one.seconds} s"


def _left_behind(samples: Sequence[dict[str, Any]]) -> Iterator[str]:
    if not samples or samples[-1]["phase"] != "closed":
        yield "the load did not end by itself"
        return
    start = next(one for one in reversed(samples) if one["phase"] == "start")
    for name, spare in (("fds", SPARE_DESCRIPTORS), ("tasks", SPARE_TASKS)):
        if samples[-1][name] > start[name] + spare:
            yield f"{name}: {start[name]} at the start, {samples[-1][name]} at the end"


def markdown(directories: Sequence[Path]) -> str:
    """A table with a column for each run."""
    results = [result_of(directory) for directory in directories]
    lines = [_line(" ", [result.settings["client"] for result in results])]
    lines.append("|---" * (len(results) + 1) + "|")
    lines += [_line(name, [value(one) for one in results]) for name, value in ROWS.items()]
    for result in results:
        for name, reason in result.missing.items():
            lines.append(f"\nWithout {name}: {reason}.")
    return "\n".join(lines) + "\n"


def _line(name: str, values: Sequence[str]) -> str:
    return "| " + " | ".join([name, *values]) + " |"


def _share(result: Result, *prefixes: str) -> str:
    counted = result.outcomes
    return f"{100 * counted.count(*prefixes) / max(1, counted.total):.2f} %"


def _right_by_kind(result: Result) -> str:
    return ", ".join(f"{result.outcomes.right_percent(kind):.1f}" for kind in KINDS)


def _right_by_retries(result: Result) -> str:
    return ", ".join(f"{result.outcomes.right_percent(name):.1f}" for name in RETRIES)


def _frequent_errors(result: Result) -> str:
    errors = Counter(
        {
            name.partition(":")[2]: count
            for name, count in result.outcomes.by_outcome.items()
            if name.startswith("error")
        }
    )
    most = errors.most_common(FREQUENT)
    return ", ".join(f"{name} {count}" for name, count in most)


def _recovery(result: Result) -> str:
    seconds = [one.seconds for one in result.recoveries if one.seconds is not None]
    middle, most = middle_and_most(seconds)
    return f"{middle:.1f} / {most:.1f} s"


def _each_load(value: Callable[[Sequence[dict[str, Any]]], str]) -> Callable[[Result], str]:
    return lambda result: ", ".join(value(one) for one in result.samples.values())


def _before_and_after(name: str) -> Callable[[Result], str]:
    def value(samples: Sequence[dict[str, Any]]) -> str:
        start = next(one[name] for one in samples if one["phase"] == "start")
        highest = max(one.get(name, 0) for one in samples)
        return f"{start} / {highest} / {samples[-1].get(name, '?')}"

    return _each_load(value)


def _latencies(result: Result) -> str:
    return " / ".join(f"{result.outcomes.latency_ms(percent):.1f}" for percent in (50, 95, 99))


def _growth(samples: Sequence[dict[str, Any]]) -> str:
    growth = growth_kib(samples)
    return "not measured" if growth is None else f"{growth:.0f}"


def _lag(samples: Sequence[dict[str, Any]]) -> str:
    return f"{middle_and_most([one['lag_ms'] for one in samples])[1]:.0f}"


ROWS: Final[dict[str, Callable[[Result], str]]] = {
    "version": lambda one: ", ".join(f"{name} {text}" for name, text in one.versions.items()),
    "minutes, seed": lambda one: f"{one.settings['minutes']:g}, {one.settings['seed']}",
    "requests": lambda one: f"{one.outcomes.total:,}",
    "requests per second": lambda one: f"{one.settings['rate']:g}",
    "right": lambda one: _share(one, "right"),
    f"right in %: {', '.join(KINDS)}": _right_by_kind,
    f"right in %: {', '.join(RETRIES)}": _right_by_retries,
    "status of a gateway": lambda one: _share(one, "status"),
    "typed error": lambda one: _share(one, "error"),
    "most frequent errors": _frequent_errors,
    "wrong, mixed or cut": lambda one: str(one.outcomes.count("wrong", "mixed", "cut")),
    "lost": lambda one: str(one.outcomes.count("lost")),
    "error of a foreign type": lambda one: str(one.outcomes.count("foreign")),
    "processed twice": lambda one: str(len(one.duplicates)),
    "the same behind haproxy": lambda one: str(len(one.refused)),
    "latency in ms: 50, 95, 99 %": _latencies,
    "retries": lambda one: f"{one.outcomes.retries:,}",
    "connects": _each_load(lambda samples: f"{total_of(samples, 'connects'):,}"),
    "troubles": lambda one: str(len(one.recoveries)),
    "recovery: median / maximum": _recovery,
    "not recovered before the next": lambda one: str(
        sum(each.seconds is None for each in one.recoveries)
    ),
    "memory growth in KiB / 10 min": _each_load(_growth),
    "descriptors: start / most / end": _before_and_after("fds"),
    "threads: start / most / end": _before_and_after("threads"),
    "tasks: start / most / end": _before_and_after("tasks"),
    "largest lag in ms": _each_load(_lag),
}
