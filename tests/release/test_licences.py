from __future__ import annotations

import json

import pytest

from tests.release.licences import PAGE, Licence, licence_faults, rows
from tests.release.pins import Project, name_of
from tests.repo.trees import ROOT

TABLE = "| package | licence | comes with | for |\n|---|---|---|---|\n"


def faults(row: str, *licences: Licence, name: str = "h11") -> list[str]:
    bill = json.dumps({"components": [{"name": name, "licenses": licences}]})
    return licence_faults(TABLE + row, bill)


def test_every_requirement_has_a_row_that_says_how_it_comes() -> None:
    project, known = Project.of(ROOT), rows((ROOT / PAGE).read_text(encoding="utf-8"))
    assert {name_of(one) for one in project.dependencies} == {
        row.name for row in known.values() if row.comes_with == "always"
    }
    for extra, listed in project.extras.items():
        if extra != "all":
            assert name_of(listed[0]) in known
            assert known[name_of(listed[0])].comes_with == f"`[{extra}]`"


def test_what_is_brought_by_another_names_one_that_has_a_row() -> None:
    known = rows((ROOT / PAGE).read_text(encoding="utf-8"))
    others = {row.comes_with for row in known.values() if not row.comes_with.startswith("`")}
    assert others - {"always"} <= set(known)


@pytest.mark.parametrize(
    ("licence", "said"),
    [
        ("MIT", [{"license": {"id": "MIT"}}]),
        ("MPL-2.0 AND (Apache-2.0 OR MIT)", [{"expression": "MPL-2.0 AND (Apache-2.0 OR MIT)"}]),
        (
            "MIT OR Apache-2.0",
            [
                {"license": {"id": "MIT"}},
                {"license": {"name": "License :: OSI Approved :: Apache Software License"}},
            ],
        ),
    ],
)
def test_a_licence_is_known_however_it_is_said(licence: str, said: list[Licence]) -> None:
    assert faults(f"| h11 | {licence} | always | x |\n", *said) == []


def test_another_licence_a_missing_row_and_a_row_too_many_are_named() -> None:
    row = "| h11 | MIT | always | x |\n"
    assert faults(row, {"license": {"id": "GPL-3.0-only"}}) == [
        f"{PAGE}: h11 has the licence GPL-3.0-only"
    ]
    assert faults(row) == [f"{PAGE}: h11 has the licence "]
    assert faults(row, {"license": {"id": "MIT"}}, name="H_2") == [
        f"{PAGE}: h-2 has no row",
        f"{PAGE}: h11 is not installed",
    ]


def test_an_empty_bill_is_a_failure_not_a_pass() -> None:
    with pytest.raises(AssertionError, match="bill of materials"):
        licence_faults(TABLE, '{"components": []}')
