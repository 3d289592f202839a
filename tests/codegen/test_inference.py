from __future__ import annotations

import ast

import pytest

from codegen.inference import declared_in, is_generator, local_types, self_assignments, type_of

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


def test_the_attributes_of_a_class_are_those_declared_and_those_set() -> None:
    code = (
        "class A:\n  x: int\n  y = 1\n  def f(self):\n    self.a = self.b = 1\n    self.c: str = ''"
    )
    (node,) = ast.parse(code).body
    assert isinstance(node, ast.ClassDef)
    assert list(declared_in(node)) == ["x"]
    setter = node.body[2]
    assert isinstance(setter, ast.FunctionDef)
    assert [name for name, _, _ in self_assignments(setter)] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("async def f():\n  yield 1", True),
        ("def f():\n  yield 1", False),
        ("async def f():\n  async def g():\n    yield 1", False),
    ],
)
def test_an_async_generator_yields_by_itself(code: str, expected: bool) -> None:
    (node,) = ast.parse(code).body
    assert isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    assert is_generator(node) == expected
