"""A plugin of pytest that runs the collected tests against each change of a plan.

The tests are collected once. One forked child runs them all, and notes which lines each reaches;
then each change gets a child that runs only the tests that reach it, fast ones first, until one
fails. A change that a running process can't take on is run by a process of its own.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypedDict

import pytest

from tests.mutation.changes import Change
from tests.mutation.patching import lines_of_statement, live_functions, patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

PASSED, FAILED, NOT_PATCHED, STUCK = 0, 1, 2, 3
# A test that takes longer than this with a change, and much longer than without, is stuck.
SLACK_S: Final = 3.0
# The time of the tests that are tried for a change, the fastest ones first, and their least number.
BUDGET_S: Final = 8.0
TESTS_MIN: Final = 5
ALONE_S: Final = 300.0


class Reached(TypedDict):
    """The lines of the module that a test reaches, and the time that it takes."""

    lines: list[int]
    seconds: float
    passed: bool


@dataclass(slots=True)
class Run:
    """The changes of one module, and the tests that are to notice them."""

    session: pytest.Session
    module: str
    results: Path
    until: float
    root: Path = field(default_factory=Path.cwd)

    @property
    def file(self) -> Path:
        """The file of the module."""
        return self.root / self.module

    def run(self, changes: list[Change]) -> None:
        """Append the outcome of each change that has none yet to the file of results."""
        source = self.file.read_text(encoding="utf-8")
        reached = self.coverage()
        for change in changes:
            if time.monotonic() > self.until:
                return
            lines = lines_of_statement(source, change.line)
            items = self.chosen(reached, lines)
            began = time.monotonic()
            outcome = self.outcome(change, source, items, reached)
            spent = round(time.monotonic() - began, 1)
            line = {**asdict(change), "outcome": outcome, "tests": len(items), "seconds": spent}
            with self.results.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")

    def chosen(self, reached: dict[str, Reached], lines: range) -> list[pytest.Item]:
        """The tests that reach a line, the fastest ones first."""
        items = [item for item in self.session.items if _reaches(reached, item.nodeid, lines)]
        items.sort(key=lambda item: reached[item.nodeid]["seconds"])
        ends = accumulate(reached[item.nodeid]["seconds"] for item in items)
        return [
            item
            for place, (item, end) in enumerate(zip(items, ends, strict=True))
            if place < TESTS_MIN or end < BUDGET_S
        ]

    def coverage(self) -> dict[str, Reached]:
        """Run each test once in a child, unchanged."""
        kept = self.results.with_suffix(".coverage.json")
        if not kept.exists():
            found: dict[str, Reached] = {}

            def trace() -> int:
                for item, following in _pairs(self.session.items):
                    found[item.nodeid] = self.traced(item, following)
                kept.write_text(json.dumps(found), encoding="utf-8")
                return PASSED

            assert in_child(trace) == PASSED, "the tests can't be run in a child"
        loaded: dict[str, Reached] = json.loads(kept.read_text(encoding="utf-8"))
        return loaded

    def traced(self, item: pytest.Item, following: pytest.Item | None) -> Reached:
        """Run one test, and note the lines of the module that it reaches."""
        failed, began = self.session.testsfailed, time.monotonic()
        with tracing(str(self.file)) as lines:
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
        passed = self.session.testsfailed == failed
        return Reached(lines=sorted(lines), seconds=time.monotonic() - began, passed=passed)

    def outcome(
        self,
        change: Change,
        source: str,
        items: list[pytest.Item],
        reached: dict[str, Reached],
    ) -> str:
        """Return "killed", "timeout" or "survived"."""
        changed = change.made_in(source)

        def attempt() -> int:
            functions = live_functions(str(self.file))
            if not patch(functions, source, changed, str(self.file)):
                return NOT_PATCHED
            return self.first_failure(items, reached)

        code = in_child(attempt)
        if code == NOT_PATCHED:
            code = self.alone(source, changed)
        return {PASSED: "survived", STUCK: "timeout"}.get(code, "killed")

    def first_failure(self, items: list[pytest.Item], reached: dict[str, Reached]) -> int:
        """Run tests until one fails, or is stuck."""
        for item, following in _pairs(items):
            watch = threading.Timer(SLACK_S + 10 * reached[item.nodeid]["seconds"], _give_up)
            watch.daemon = True
            watch.start()
            item.config.hook.pytest_runtest_protocol(item=item, nextitem=following)
            watch.cancel()
            if self.session.testsfailed:
                return FAILED
        return PASSED

    def alone(self, source: str, changed: str) -> int:
        """Run all tests in a new process that imports the changed module."""
        tests = [str(argument) for argument in self.session.config.args]
        self.file.write_text(changed, encoding="utf-8")
        try:
            command = [sys.executable, "-m", "pytest", "-x", "-q", "-p", "no:cacheprovider", *tests]
            done = subprocess.run(command, check=False, capture_output=True, timeout=ALONE_S)
        except subprocess.TimeoutExpired:
            return STUCK
        finally:
            self.file.write_text(source, encoding="utf-8")
        return PASSED if done.returncode == 0 else FAILED


def _give_up() -> None:
    os._exit(STUCK)


def in_child(work: Callable[[], int]) -> int:
    """Run something in a forked child in silence; its code."""
    child = os.fork()
    if child == 0:
        code = FAILED
        try:
            os.setpgid(0, 0)
            silent = os.open(os.devnull, os.O_RDWR)
            for number in (0, 1, 2):
                os.dup2(silent, number)
            code = work()
        finally:
            os._exit(code)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    # The servers that it started are of its group.
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(child, signal.SIGKILL)
    return status


@contextmanager
def tracing(filename: str) -> Iterator[set[int]]:
    """Collect the lines of a file that run, in all threads."""
    lines: set[int] = set()

    def within(frame: FrameType, event: str, _: object) -> object:
        lines.add(frame.f_lineno)
        return within

    def called(frame: FrameType, event: str, _: object) -> object:
        return within(frame, event, _) if frame.f_code.co_filename == filename else None

    threading.settrace(called)  # type: ignore[arg-type]
    sys.settrace(called)  # type: ignore[arg-type]
    try:
        yield lines
    finally:
        sys.settrace(None)
        threading.settrace(None)


def _reaches(reached: dict[str, Reached], name: str, lines: range) -> bool:
    noted = reached.get(name)
    if noted is None or not noted["passed"]:
        return False
    return not set(lines).isdisjoint(noted["lines"])


def _pairs(items: list[pytest.Item]) -> Iterator[tuple[pytest.Item, pytest.Item | None]]:
    return zip(items, [*items[1:], None], strict=True)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add `--changes`, a file of JSON: the module, its changes, and where to write."""
    parser.addoption("--changes", help="run the tests against each of these changes")


@pytest.hookimpl(tryfirst=True)
def pytest_runtestloop(session: pytest.Session) -> bool | None:
    """Run the changes in place of the tests."""
    path: str | None = session.config.getoption("--changes")
    if path is None:
        return None
    plan = json.loads(Path(path).read_text(encoding="utf-8"))
    run = Run(session, plan["module"], Path(plan["results"]), time.monotonic() + plan["seconds"])
    run.run([Change(**change) for change in plan["changes"]])
    return True
