from __future__ import annotations

import ast

import pytest

from codegen.inference import local_types, type_of

KNOWN = {"text": "str", "port": "int | None", "flag": "bool"}


@pytest.mark.parametrize(
    ("expression", "kind"),
    [
        ("1", "int"),
        ("'a'", "str"),
        ("b''", "bytes"),
        ("True", "bool"),
        ("None", None),
        ("f'{x}'", "str"),
        ("a == b", "bool"),
        ("not a", "bool"),
        ("text", "str"),
        ("unknown", None),
        ("port or 80", "int"),
        ("port or 'x'", None),
        ("80 if port is None else port", "int"),
        ("80 if flag else port", None),
        ("'a' if flag else text", "str"),
        ("call()", None),
    ],
)
def test_the_type_is_said_only_where_it_is_plain(expression: str, kind: str | None) -> None:
    assert type_of(ast.parse(expression, mode="eval").body, KNOWN) == kind


def test_parameters_and_plain_locals_are_known() -> None:
    source = "def f(self, a: int, *, b: str):\n    c = 'x'\n    d = f(a)\n    e = c\n"
    function = ast.parse(source).body[0]
    assert isinstance(function, ast.FunctionDef)
    assert local_types(function) == {"a": "int", "b": "str", "c": "str", "e": "str"}
