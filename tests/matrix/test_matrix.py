from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.matrix.__main__ import (
    FREE_THREADED,
    NAMES,
    ROOT,
    Failed,
    Matrix,
    Row,
    exit_status,
    found_here,
)
from tests.matrix.debian import COMMANDS, PACKAGES
from tests.matrix.results import Counts, Result
from tests.release.pins import Project

if TYPE_CHECKING:
    from pathlib import Path

PASSED = Result("3.11", client=Counts(1), sync=Counts(1))


def row_in(work: Path) -> Row:
    (work / "apart").mkdir()
    return Row("this", work / "none", work)


def test_debian_has_a_command_for_each_interpreter_with_packages() -> None:
    assert set(COMMANDS) == set(PACKAGES) < set(NAMES)
    assert not set(FREE_THREADED) & set(NAMES)


@pytest.mark.parametrize(
    ("results", "required", "expected"),
    [
        ([PASSED], False, 0),
        ([PASSED, Result("3.15", missing="not here")], False, 0),
        ([PASSED, Result("3.15", missing="not here")], True, 1),
        ([PASSED, Result("3.14t", missing="not here")], True, 0),
        ([PASSED, Result("3.15", faults=["FAILED x"])], False, 1),
        ([Result("3.15", missing="not here")], False, 1),
        ([], False, 1),
    ],
)
def test_what_fails_is_a_failure_and_what_is_missing_only_where_it_is_required(
    results: list[Result], required: bool, expected: int
) -> None:
    assert exit_status(results, {"REQUIRE_PEERS": "1"} if required else {}) == expected


def test_pypy_and_free_threaded_interpreters_are_found_on_the_path(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for name in ("pypy3.11", "python3.14t"):
        (tmp_path / name).write_text("#!/bin/sh\n")
        (tmp_path / name).chmod(0o755)
    found = found_here(["pypy3.11", "3.14t", "3.15t"])
    assert found == {"pypy3.11": tmp_path / "pypy3.11", "3.14t": tmp_path / "python3.14t"}


def test_an_interpreter_that_is_nowhere_has_a_reason(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (row,) = Matrix(tmp_path, ()).rows(["3.14t"])
    assert isinstance(row, Result)
    assert row.missing == "not on this machine"


def test_a_command_of_the_machine_gets_its_variables_and_its_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    row = row_in(tmp_path)
    row.environment["A"] = "b"
    code = "import os; print(os.getcwd(), os.environ['A'], 'PYTHONPATH' in os.environ)"
    assert row.must(sys.executable, "-c", code) == f"{tmp_path / 'apart'} b False\n"


def test_a_command_that_fails_shows_what_it_printed(tmp_path: Path) -> None:
    with pytest.raises(Failed, match=r"(?s)what happened.*exit status 3"):
        row_in(tmp_path).must(sys.executable, "-c", "print('what happened'); raise SystemExit(3)")


def test_an_interpreter_that_does_not_run_is_a_fault(tmp_path: Path) -> None:
    (tmp_path / "wheel.whl").touch()
    result = Matrix(tmp_path, ()).test(row_in(tmp_path))
    assert (result.client, result.sync, result.program) == (None, None, False)
    assert len(result.faults) == 1


def test_the_suite_is_installed_without_what_only_looks_at_code() -> None:
    project = Project.of(ROOT)
    suite = project.group("suite")
    left_out = [one for one in project.group("dev") if one not in suite]
    assert [one.partition("==")[0] for one in left_out] == ["basedpyright", "mypy", "ruff"]
