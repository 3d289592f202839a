"""The type of an attribute that a method sets without saying it, where that is plain to see.

Constants, f-strings, comparisons, parameters, and choices between them; for anything else the
answer is None, and the author has to write the type down. Nothing is looked up elsewhere.
"""

from __future__ import annotations

import ast
from collections.abc import Mapping


def local_types(method: ast.FunctionDef | ast.AsyncFunctionDef) -> dict[str, str]:
    """The types of the parameters, and of the locals that are set once from plain values."""
    arguments = method.args
    known = {
        argument.arg: ast.unparse(argument.annotation)
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
        if argument.annotation is not None
    }
    for statement in method.body:
        if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
            kind = type_of(statement.value, known)
            if kind is not None:
                known.setdefault(statement.targets[0].id, kind)
    return known


def type_of(value: ast.expr | None, known: Mapping[str, str]) -> str | None:
    """The type of an expression as text, or None when it is not plain to see."""
    match value:
        case ast.Name(id=name):
            return known.get(name)
        case ast.Constant(value=bool() | int() | float() | str() | bytes() as constant):
            return type(constant).__name__
        case ast.JoinedStr():
            return "str"
        case ast.Compare() | ast.UnaryOp(op=ast.Not()):
            return "bool"
        case ast.BoolOp(op=ast.Or(), values=[first, second]):
            return _same(_without_none(type_of(first, known)), type_of(second, known))
        case ast.IfExp(test=test, body=body, orelse=orelse):
            return _same(type_of(body, known), _narrowed(test, orelse, known))
        case _:
            return None


def _narrowed(test: ast.expr, value: ast.expr, known: Mapping[str, str]) -> str | None:
    """The type of `value` where `test` is false: not None after `value is None`."""
    kind = type_of(value, known)
    match test:
        case ast.Compare(left=left, ops=[ast.Is()], comparators=[ast.Constant(value=None)]):
            return _without_none(kind) if ast.dump(left) == ast.dump(value) else kind
        case _:
            return kind


def _without_none(kind: str | None) -> str | None:
    return kind.removesuffix(" | None") if kind is not None else None


def _same(first: str | None, second: str | None) -> str | None:
    return first if first == second else None
