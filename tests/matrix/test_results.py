from __future__ import annotations

import pytest

from tests.matrix.results import Counts, Result, counts_in, failures_in, table


@pytest.mark.parametrize(
    ("output", "expected"),
    [
        ("..F\n3 passed in 1.25s\n", Counts(passed=3)),
        ("2 failed, 7 passed, 1 skipped, 4 deselected in 12.00s\n", Counts(7, 2, 1)),
        ("1 failed, 2 passed, 1 error in 650.11s (0:10:50)\n", Counts(2, 2, 0)),
        ("=== 1 passed, 1 xfailed, 1 xpassed in 0.10s ===\n", Counts(1, 1, 1)),
        ("5 passed in 1.00s\nException ignored in: <object>\n", Counts(5)),
        ("INTERNALERROR> boom\n", None),
        ("no tests ran in 0.01s\n", None),
        ("", None),
    ],
)
def test_the_counts_are_those_of_the_last_line(output: str, expected: Counts | None) -> None:
    assert counts_in(output) == expected


def test_the_tests_that_failed_are_named() -> None:
    output = "x\nFAILED tests/a.py::b - boom\nERROR tests/c.py\nSKIPPED [1] tests/d.py\n"
    assert failures_in(output) == ["FAILED tests/a.py::b - boom", "ERROR tests/c.py"]


def test_each_interpreter_has_a_row() -> None:
    rows = table(
        [
            Result("3.14", "3.14.10", "3.6.5", True, Counts(9, 0, 1), Counts(4), 61.4),
            Result("3.15", "3.15.2", "3.6.5", False, None, None, 3.0),
            Result("pypy3.11", missing="only root can create a Debian root directory"),
        ]
    )
    assert rows == (
        "| interpreter | version | OpenSSL | first program | Client | SyncClient | seconds |\n"
        "| --- | --- | --- | --- | --- | --- | --- |\n"
        "| 3.14 | 3.14.10 | 3.6.5 | runs | 9 / 0 / 1 | 4 / 0 / 0 | 61 |\n"
        "| 3.15 | 3.15.2 | 3.6.5 | fails | no result | no result | 3 |\n"
        "| pypy3.11 | not tested: only root can create a Debian root directory |  |  |  |  |  |\n"
    )
