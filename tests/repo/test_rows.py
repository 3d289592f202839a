"""The rows of tests against another client and on another loop: what they leave out exists."""

from __future__ import annotations

import re
from pathlib import Path

from tests import pypy_row, sync_row, uvloop_row

TESTS = Path(__file__).parents[1]


def names() -> set[str]:
    """Return the names of all tests."""
    sources = [path.read_text(encoding="utf-8") for path in TESTS.rglob("test_*.py")]
    return {name for source in sources for name in re.findall(r"def (test_\w+)\(", source)}


def test_the_tests_that_are_left_out_exist() -> None:
    left_out = {
        name.partition("[")[0]
        for name in (*sync_row.LEFT_OUT, *uvloop_row.LEFT_OUT, *pypy_row.LEFT_OUT)
    }
    assert left_out - names() == set()


def test_the_modules_and_directories_of_the_rows_exist() -> None:
    paths = [TESTS.parent / path for path in (*sync_row.MODULES, *uvloop_row.DIRECTORIES)]
    assert [path for path in paths if not path.exists()] == []


def test_a_variant_is_left_out_by_a_pattern() -> None:
    test = "test_a_fault_has_the_outcome_that_the_oracle_says"
    assert sync_row.is_left_out(f"{test}[sending_body-reset-new-put-one_shot-tls]")
    assert sync_row.is_left_out(f"{test}[sending_body-stall-reused-put-one_shot]")
    assert not sync_row.is_left_out(f"{test}[sending_body-stall-reused-put-bytes]")
    assert not sync_row.is_left_out(f"{test}[in_head-stall-reused-put-one_shot]")
    assert not sync_row.is_left_out("test_another")
