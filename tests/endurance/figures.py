"""The figures of a run, computed from its records. Nothing here does I/O."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from statistics import linear_regression, median, quantiles
from typing import TYPE_CHECKING, Any, Final

from tests.endurance.outcome import CANCELED, FAULTS, RIGHT
from tests.endurance.workload import AT_MOST_ONCE, REFUSES_PROCESSED, kind_of, route_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

SKIPPED: Final = "skipped"
RETRIES: Final = ("retries off", "retries on")
RECOVERED_SHARE: Final = 0.95
WINDOW_S: Final = 2.0
STEP_S: Final = 0.25
TEN_MINUTES_S: Final = 600.0
# Caches and heaps fill in this time; it is at most half of the run.
WARM_UP_S: Final = 300.0
WARM_UP_SHARE: Final = 0.2
GROWTH_SAMPLES_MIN: Final = 5


@dataclass(frozen=True, slots=True)
class Recovery:
    """How long after the end of a trouble the throughput was back; None if it wasn't in time."""

    kind: str
    seconds: float | None


@dataclass(slots=True)
class Outcomes:
    """The requests of a run, counted."""

    total: int = 0
    by_outcome: Counter[str] = field(default_factory=Counter[str])
    right_by_kind: Counter[str] = field(default_factory=Counter[str])
    by_kind: Counter[str] = field(default_factory=Counter[str])
    """Kinds of request; `retries on` and `retries off` are counted beside them."""
    retries: int = 0
    latencies_ms: list[float] = field(default_factory=list[float])

    def count(self, *prefixes: str) -> int:
        """How many had an outcome that begins with one of these."""
        return sum(n for outcome, n in self.by_outcome.items() if outcome.startswith(prefixes))

    def right_percent(self, kind: str) -> float:
        """How many percent of the requests of this kind got the right response."""
        return 100 * self.right_by_kind[kind] / max(1, self.by_kind[kind])

    @property
    def faults(self) -> dict[str, int]:
        """The outcomes that may not occur, with their counts."""
        return {name: n for name, n in self.by_outcome.items() if name.startswith(FAULTS)}

    def latency_ms(self, percent: int) -> float:
        """A percentile of the latencies of plain requests that got the right response."""
        values = self.latencies_ms
        return quantiles(values, n=100)[percent - 1] if len(values) > 1 else 0.0


def outcomes_of(requests: Iterable[Mapping[str, Any]]) -> Outcomes:
    """Count the requests that were sent."""
    counted = Outcomes()
    for request in requests:
        outcome, kind = request["o"], request["k"]
        counted.by_outcome[outcome] += 1
        if outcome in {SKIPPED, CANCELED}:
            continue
        counted.total += 1
        names = (kind, RETRIES[bool(request["y"])])
        counted.by_kind.update(names)
        counted.retries += request.get("a", 1) - 1
        if outcome == RIGHT:
            counted.right_by_kind.update(names)
            if kind in {"get", "post"}:
                counted.latencies_ms.append(request["ms"])
    return counted


def duplicates_of(processed: Iterable[str]) -> dict[str, int]:
    """The requests that were processed more than once although that isn't allowed."""
    counts = Counter(token for token in processed if kind_of(token) in AT_MOST_ONCE)
    return {token: count for token, count in counts.items() if count > 1}


def split_refused(duplicates: Mapping[str, int]) -> tuple[dict[str, int], dict[str, int]]:
    """Those that a client is to blame for, and those whose stream the server may have refused."""
    refused = {
        token: count for token, count in duplicates.items() if route_of(token) == REFUSES_PROCESSED
    }
    return {token: n for token, n in duplicates.items() if token not in refused}, refused


def recoveries_of(
    requests: Iterable[Mapping[str, Any]], troubles: Iterable[Mapping[str, Any]], end_s: float
) -> list[Recovery]:
    """For each trouble, the time from its end until enough requests succeed again.

    Requests count at the time at which they were sent, so a failure is seen when it begins.
    """
    sent, right = _counts(requests)
    begins = sorted(step["t"] for step in troubles if step["step"] == "begin")
    found = list[Recovery]()
    for step in troubles:
        if step["step"] == "end":
            later = (begin for begin in begins if begin > step["t"])
            limit_s = min(next(later, end_s), end_s)
            found.append(Recovery(step["kind"], _recovered(sent, right, step["t"], limit_s)))
    return found


def _counts(requests: Iterable[Mapping[str, Any]]) -> tuple[Counter[int], Counter[int]]:
    sent, right = Counter[int](), Counter[int]()
    for request in requests:
        if request["o"] != CANCELED:
            slot = int(request["t"] / STEP_S)
            sent[slot] += 1
            right[slot] += request["o"] == RIGHT
    return sent, right


def _recovered(
    sent: Counter[int], right: Counter[int], ended_s: float, limit_s: float
) -> float | None:
    first, width = int(ended_s / STEP_S) + 1, int(WINDOW_S / STEP_S)
    for slot in range(first, int(limit_s / STEP_S) - width + 1):
        window = range(slot, slot + width)
        total = sum(sent[each] for each in window)
        if total and sum(right[each] for each in window) >= RECOVERED_SHARE * total:
            return max(0.0, round((slot - first) * STEP_S, 2))
    return None


def growth_kib(samples: Sequence[Mapping[str, Any]]) -> float | None:
    """By how many KiB the private resident memory grows in ten minutes, after the warm-up.

    None if there are too few samples for that.
    """
    loaded = [one for one in samples if one["phase"] == "settled" and "private_kib" in one]
    if not loaded:
        return None
    first_s, last_s = loaded[0]["t"], loaded[-1]["t"]
    length_s = last_s - first_s
    warm_s = first_s + min(length_s / 2, max(WARM_UP_S, length_s * WARM_UP_SHARE))
    warm = [one for one in loaded if one["t"] >= warm_s]
    if len(warm) < GROWTH_SAMPLES_MIN:
        return None
    slope, _ = linear_regression([one["t"] for one in warm], [one["private_kib"] for one in warm])
    return slope * TEN_MINUTES_S


def total_of(samples: Sequence[Mapping[str, Any]], name: str) -> int:
    """The total of a counter that begins again with each process."""
    total, before = 0, 0
    for sample in samples:
        value = sample[name]
        total += value - before if value >= before else value
        before = value
    return total


def middle_and_most(values: Sequence[float]) -> tuple[float, float]:
    """The median and the maximum."""
    return (median(values), max(values)) if values else (0.0, 0.0)
