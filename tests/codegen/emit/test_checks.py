from __future__ import annotations

import ast

import pytest

from codegen.emit.checks import CHECK_IMPORTS, CHECKS
from codegen.types import WORDS


def test_every_check_that_a_word_names_is_there_and_no_other() -> None:
    assert {word.checked_by for word in WORDS.values()} - {""} == set(CHECKS)
    assert set(CHECK_IMPORTS) <= set(CHECKS)


@pytest.mark.parametrize("name", CHECKS)
def test_a_check_is_one_function_of_its_name_that_pydantic_is_told_of(name: str) -> None:
    validator, code = CHECKS[name]
    assert validator in {"AfterValidator", "BeforeValidator"}
    (function,) = ast.parse(code).body
    assert isinstance(function, ast.FunctionDef)
    assert function.name == f"_{name}"
    assert len(function.args.args) == 1
