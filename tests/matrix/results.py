"""The outcome of the tests on one interpreter, and the table of all."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

_SUMMARY: Final = re.compile(r"^(?:=+ )?(?P<counts>\d+ [a-z]+(?:, \d+ [a-z]+)*) in [\d.]+s")
_COUNT: Final = re.compile(r"(\d+) ([a-z]+)")
_FAILURE: Final = re.compile(r"^(?:FAILED|ERROR) .*", re.MULTILINE)


@dataclass(frozen=True)
class Counts:
    """How many tests passed, failed and were skipped."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __str__(self) -> str:
        """As it is in the table."""
        return f"{self.passed} / {self.failed} / {self.skipped}"


@dataclass
class Result:
    """What happened on one interpreter."""

    name: str
    version: str = ""
    openssl: str = ""
    program: bool = False
    """True if the first program of the README ran with the wheel alone."""
    client: Counts | None = None
    sync: Counts | None = None
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list[str])
    missing: str = ""
    """Why there was no interpreter, or an empty text."""


def counts_in(output: str) -> Counts | None:
    """Return the counts in what pytest printed, or None if it didn't end with them."""
    for line in reversed(output.splitlines()):
        if found := _SUMMARY.match(line):
            counts = {kind: int(number) for number, kind in _COUNT.findall(found["counts"])}
            failed = ("failed", "error", "errors", "xpassed")
            return Counts(
                passed=counts.get("passed", 0),
                failed=sum(counts.get(kind, 0) for kind in failed),
                skipped=counts.get("skipped", 0) + counts.get("xfailed", 0),
            )
    return None


def failures_in(output: str) -> list[str]:
    """Return the lines of pytest's summary that name a test that failed."""
    return _FAILURE.findall(output)


def table(results: Iterable[Result]) -> str:
    """Return the results as a table in Markdown."""
    rows: list[tuple[str, ...]] = [
        ("interpreter", "version", "OpenSSL", "first program", "Client", "SyncClient", "seconds"),
        ("---",) * 7,
    ]
    for one in results:
        if one.missing:
            rows.append((one.name, f"not tested: {one.missing}", *("",) * 5))
            continue
        counts = (str(kind) if kind else "no result" for kind in (one.client, one.sync))
        ran = "runs" if one.program else "fails"
        rows.append((one.name, one.version, one.openssl, ran, *counts, f"{one.seconds:.0f}"))
    return "".join(f"| {' | '.join(row)} |\n" for row in rows)
