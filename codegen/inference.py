"""The attributes of a class, and the inferred type of an attribute without an annotation.

Supported are constants, f-strings, comparisons, parameters, and choices between them. For anything
else the result is None, and the author must write the type. Other modules aren't read.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping

from codegen.surface import Function


def local_types(method: Function) -> dict[str, str]:
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


def declared_in(node: ast.ClassDef) -> Iterator[str]:
    """The attributes that a class body declares."""
    for statement in node.body:
        if isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name):
            yield statement.target.id


def is_generator(node: Function) -> bool:
    """Return whether a function is an async generator."""
    if isinstance(node, ast.FunctionDef):
        return False
    return any(isinstance(child, ast.Yield) for child in _own_nodes(node))


def _own_nodes(node: ast.AST) -> Iterator[ast.AST]:
    """The nodes of a function without those of functions inside it."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda | ast.ClassDef):
            continue
        yield child
        yield from _own_nodes(child)


def self_assignments(method: Function) -> Iterator[tuple[str, ast.expr | None, ast.expr | None]]:
    """The attributes that a method sets: name, annotation and value."""
    for node in _own_nodes(method):
        match node:
            case ast.AnnAssign(
                target=ast.Attribute(value=ast.Name(id="self"), attr=name),
                annotation=kind,
                value=value,
            ):
                yield name, kind, value
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    match target:
                        case ast.Attribute(value=ast.Name(id="self"), attr=name):
                            yield name, None, value
                        case _:
                            pass
            case _:
                pass
