from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import problems_of

TABLE = 'kinds = ["body"]\ndoc = "X."\nsince = "0.1"'
KIND = 'title = "X"\nsets = { %s = "str" }\ndoc = "X."\nsince = "0.1"'


@pytest.mark.parametrize("name", ["", "a b", "naïve", "a:b"])
def test_a_name_that_is_no_token_is_refused(tmp_path: Path, name: str) -> None:
    (found,) = problems_of(tmp_path, "headers", "", f'[headers."{name}"]\n{TABLE}')
    assert found.endswith("this cannot be the name of a header")


@pytest.mark.parametrize("name", ["Age", "!#$%&'*+-.^_`|~09Az"])
def test_a_name_that_is_a_token_is_well(tmp_path: Path, name: str) -> None:
    assert problems_of(tmp_path, "headers", "", f'[headers."{name}"]\n{TABLE}') == []


def test_a_header_in_another_case_is_the_same_header(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "headers", "", f"[headers.COOKIE]\n{TABLE}")
    assert found == "spec/headers.toml [headers.COOKIE]: this header is already declared as Cookie"


def test_an_unknown_kind_is_responded_with_the_nearest(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "headers", '["sensitive"]', '["sensitiv"]')
    assert found.startswith('spec/headers.toml [headers.Authorization]: kinds: "sensitiv" is')
    assert found.endswith(' Did you mean "sensitive"?')


def test_a_kind_without_headers_is_refused(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "headers", "", f"[kinds.odd]\n{KIND % 'ODD'}")
    assert found == "spec/headers.toml [kinds.odd]: no header is of this kind"


def test_two_kinds_cannot_make_the_same_constant(tmp_path: Path) -> None:
    odd = f"[kinds.odd]\n{KIND % 'SENSITIVE'}\n[headers.X-Odd]\n{TABLE.replace('body', 'odd')}"
    (found,) = problems_of(tmp_path, "headers", "", odd)
    assert found.endswith('sets: "SENSITIVE" is already a constant of [kinds.sensitive]')


def test_a_header_without_a_kind_is_refused(tmp_path: Path) -> None:
    (found,) = problems_of(tmp_path, "headers", '["sensitive"]', "[]")
    assert found == "spec/headers.toml [headers.Authorization]: kinds: name at least one kind"
