from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import problems_of

TABLE = 'kind = "body"\ndoc = "X."\nsince = "0.1"'


@pytest.mark.parametrize("name", ["", "a b", "naïve", "a:b"])
def test_a_name_that_is_no_token_is_refused(tmp_path: Path, name: str) -> None:
    (found,) = problems_of(tmp_path, "headers", "", f'["{name}"]\n{TABLE}')
    assert found.endswith("this cannot be the name of a header field")


@pytest.mark.parametrize("name", ["ETag", "!#$%&'*+-.^_`|~09Az"])
def test_a_name_that_is_a_token_is_well(tmp_path: Path, name: str) -> None:
    assert problems_of(tmp_path, "headers", "", f'["{name}"]\n{TABLE}') == []


def test_a_field_in_another_case_is_the_same_field(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "headers", "", f"[COOKIE]\n{TABLE}")
    assert found == "spec/headers.toml [COOKIE]: this field is already declared as Cookie"
