from __future__ import annotations

import ast

import pytest

from codegen.text import (
    WIDTH,
    constants_module,
    docstring,
    docstring_text,
    example_block,
    formatted,
    header,
    import_order,
    imports,
    indented,
)

LONG = "It says a lot about a thing, and then it says more about it. " * 5


def test_a_header_is_two_lines_that_name_command_and_source() -> None:
    first, second = header("spec/a.toml", "spec/b.toml").splitlines()
    assert first.startswith("# Made by `python -m codegen`")
    assert "spec/a.toml and spec/b.toml" in second


def test_a_header_of_markdown_is_not_shown() -> None:
    lines = header("spec/a.toml", comment="<!--").splitlines()
    assert [line[:4] + line[-4:] for line in lines] == ["<!--" + " -->"] * 2


@pytest.mark.parametrize("depth", [0, 1, 2])
def test_a_docstring_fits_its_width_and_keeps_its_words(depth: int) -> None:
    lines = indented(docstring([LONG.strip(), ["Example:", "    x = 1"], "The end."], depth), depth)
    assert max(map(len, lines)) <= WIDTH
    text = ast.literal_eval("\n".join(line.strip() or "" for line in lines))
    assert " ".join(text.split()) == f"{LONG.strip()} Example: x = 1 The end."


def test_a_short_docstring_stays_on_one_line() -> None:
    assert docstring(["Short."], 1) == ['"""Short."""']


def test_quotes_and_backslashes_do_not_break_a_docstring() -> None:
    for text in ('It ends with "quotes"', "It has a \\ in it."):
        assert ast.literal_eval("\n".join(docstring([text], 1))).strip() == text


def test_the_text_of_a_docstring_is_what_python_reads() -> None:
    paragraphs = [LONG.strip(), example_block("a\nb")]
    source = "def f():\n" + "\n".join(indented(docstring(paragraphs, 1)))
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert ast.get_docstring(function) == docstring_text(paragraphs, 1)


def test_imports_are_grouped_and_sorted() -> None:
    names = {
        "pydantic": ["Field", "BaseModel"],
        "hyperhttp._base.unset": ["Unset", "UNSET"],
        "typing": ["Final"],
        "abc": ["ABC", "abstractmethod"],
        "unused": [],
    }
    assert imports(names) == [
        "from abc import ABC, abstractmethod",
        "from typing import Final",
        "",
        "from pydantic import BaseModel, Field",
        "",
        "from hyperhttp._base.unset import UNSET, Unset",
    ]


def test_a_name_under_another_name_has_a_line_of_its_own() -> None:
    names = {"collections.abc": ["Set as AbstractSet", "Mapping"], "abc": ["ABC as Base"]}
    assert imports(names) == [
        "from abc import ABC as Base",
        "from collections.abc import Mapping",
        "from collections.abc import Set as AbstractSet",
    ]


def test_names_are_ordered_as_ruff_orders_them() -> None:
    names = ["final", "UNSET", "Unset", "abstract", "URL", "T"]
    assert sorted(names, key=import_order) == ["UNSET", "URL", "T", "Unset", "abstract", "final"]


def test_python_is_formatted_and_other_text_is_left_alone() -> None:
    assert formatted("x  =  1\n", "a.py") == "x = 1\n"
    assert formatted("x  =  1\n", "a.md") == "x  =  1\n"


def test_what_is_not_python_is_shown_with_its_lines() -> None:
    with pytest.raises(ValueError, match=r"ruff cannot format a\.py") as caught:
        formatted("x = (\n", "a.py")
    assert "   1 x = (" in str(caught.value)


def test_a_module_of_constants_lists_their_names_sorted() -> None:
    text = constants_module("x.toml", "Numbers.", ["B", "A"], ["A: Final = 1", "B: Final = 2"])
    made: dict[str, object] = {}
    exec(text, made)
    assert (made["__doc__"], made["__all__"], made["B"]) == ("Numbers.", ["A", "B"], 2)
