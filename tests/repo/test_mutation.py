"""The runs of `tests.mutation`: changes reach the functions, and failed tests are noticed."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, cast

import pytest

from tests.mutation.__main__ import equivalents, known_outcomes, report
from tests.mutation.changes import Change
from tests.mutation.patching import lines_of_statement, live_functions, patch
from tests.mutation.plugin import FAILED, PASSED, in_child, tracing
from tests.repo.trees import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from types import ModuleType

SOURCE = """\
import functools

LIMIT = 1


def kept(function):
    @functools.wraps(function)
    def wrapper(*given):
        return function(*given)

    return wrapper


class Counter:
    step = 2

    @property
    def next(self):
        return [self.step + each for each in (LIMIT,)][0]

    @kept
    def twice(self, number=3):
        if (
            number > 1
            and number
        ):
            return number * 2
        return (lambda: 0)()
"""


@pytest.fixture
def module(tmp_path: Path) -> ModuleType:
    path = tmp_path / "counter_to_change.py"
    path.write_text(SOURCE, encoding="utf-8")
    spec = importlib.util.spec_from_file_location("counter_to_change", path)
    assert spec is not None
    assert spec.loader is not None
    made = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def patched(module: ModuleType, old: str, new: str) -> bool:
    assert SOURCE.count(old) == 1
    filename = cast("str", module.__file__)
    return patch(live_functions(filename), SOURCE, SOURCE.replace(old, new), filename)


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("self.step + each", "self.step - each", (1, 10)),
        ("number * 2", "number + 2", (3, 7)),
        ("function(*given)\n", "function(*given) + 1\n", (3, 11)),
    ],
)
def test_a_change_reaches_properties_wrapped_functions_and_closures(
    module: ModuleType, old: str, new: str, found: tuple[int, int]
) -> None:
    counter = module.Counter()
    assert (counter.next, counter.twice(5)) == (3, 10)
    assert patched(module, old, new)
    assert (counter.next, counter.twice(5)) == found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 1", "LIMIT = 2"),
        ("step = 2", "step = 3"),
        ("number=3", "number=4"),
        ("    @property\n", "\n"),
        ("import functools", "import functools  # the same"),
    ],
)
def test_what_ran_at_the_import_is_left_to_a_new_process(
    module: ModuleType, old: str, new: str
) -> None:
    assert not patched(module, old, new)


def test_a_statement_has_its_lines_without_its_body() -> None:
    lines = SOURCE.splitlines()
    condition = lines.index("        if (") + 1
    assert lines_of_statement(SOURCE, condition + 2) == range(condition, condition + 4)
    assert lines_of_statement(SOURCE, condition + 4) == range(condition + 4, condition + 5)
    assert lines_of_statement(SOURCE, 3) == range(3, 4)


def test_the_lines_that_run_are_noted(module: ModuleType) -> None:
    with tracing(cast("str", module.__file__)) as lines:
        module.Counter().twice(1)
    seen = {SOURCE.splitlines()[line - 1].strip() for line in lines}
    assert {"return (lambda: 0)()", "number > 1"} <= seen
    assert "return number * 2" not in seen
    assert sys.gettrace() is None


def failing() -> int:
    raise ValueError


@pytest.mark.parametrize(
    ("work", "code"), [(lambda: PASSED, PASSED), (failing, FAILED), (lambda: os._exit(3), 3)]
)
def test_a_child_reports_how_it_ended(work: Callable[[], int], code: int) -> None:
    assert in_child(work) == code


def test_a_change_is_named_by_its_text_and_not_by_a_number() -> None:
    change = Change("pkg/a.py", "core/NumberReplacer", 4, 3)
    assert change.named(SOURCE) == "pkg/a.py NumberReplacer: LIMIT = 1"


def test_what_is_left_is_named_and_counted(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    changes = [Change("pkg/a.py", "core/NumberReplacer", number, 3) for number in range(4)]
    outcomes = ("killed", "timeout", "survived", "no effect")
    assert report(SOURCE, "pkg/a.py", dict(zip(changes, outcomes, strict=True))) == 1
    assert capsys.readouterr().out == (
        "survived: pkg/a.py NumberReplacer: LIMIT = 1\n"
        "pkg/a.py: 4 changes, 2 noticed, 1 without effect, 1 left\n"
    )
    results = tmp_path / "a.jsonl"
    assert known_outcomes(results) == {}
    line = {**asdict(changes[1]), "outcome": "killed", "tests": 3, "seconds": 0.1}
    results.write_text(json.dumps(line) + "\n", encoding="utf-8")
    assert known_outcomes(results) == {changes[1]: "killed"}


def test_each_equivalent_names_a_line_that_there_is() -> None:
    assert equivalents()
    lines = {
        module: {line.strip() for line in (ROOT / module).read_text("utf-8").splitlines()}
        for module in {name.split()[0] for name in equivalents()}
    }
    places = [name.split(" ", 2) for name in sorted(equivalents())]
    assert [place for place in places if place[2] not in lines[place[0]]] == []
