from __future__ import annotations

import pytest

from codegen.rules.tables import circles, option_fields, unknown_names
from codegen.types import parse_type
from tests.codegen.specs import real_spec


@pytest.mark.parametrize(
    ("edges", "found"),
    [
        ({"a": ["b"], "b": []}, []),
        ({"a": ["a"]}, [["a", "a"]]),
        ({"a": ["b"], "b": ["a"]}, [["a", "b", "a"]]),
        ({"a": ["b", "c"], "b": ["c"], "c": []}, []),
        ({"x": ["a"], "a": ["b"], "b": ["a"]}, [["a", "b", "a"]]),
        ({"a": ["b"], "b": ["a"], "c": ["d"], "d": ["c"]}, [["a", "b", "a"], ["c", "d", "c"]]),
    ],
)
def test_each_circle_is_found_once(edges: dict[str, list[str]], found: list[list[str]]) -> None:
    assert list(circles(edges)) == found


def test_every_option_is_walked_with_its_table() -> None:
    tables = [table for table, _ in option_fields(real_spec())]
    assert "Timeout.fields.connect" in tables
    assert len(tables) == sum(len(model.fields) for model in real_spec().config.values())


def test_only_unknown_names_are_problems() -> None:
    kind = parse_type("Known | Unknown")
    (problem,) = unknown_names("f", "t", kind, {"Known": 1}, "an object")
    assert problem.text.startswith('type: "Unknown" is not an object.')
