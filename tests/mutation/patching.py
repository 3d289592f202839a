"""Puts a changed module's code into the functions that this process already has.

Only what runs within functions can be replaced so: a changed decorator, default or constant has run
when the module was imported, and needs a new process.
"""

from __future__ import annotations

import ast
import gc
from inspect import CO_NEWLOCALS
from types import CodeType, FunctionType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_Key = tuple[str, int]


def live_functions(filename: str) -> list[FunctionType]:
    """The functions of a module that exist, wrapped ones and closures too."""
    return [
        item
        for item in gc.get_objects()
        if type(item) is FunctionType and item.__code__.co_filename == filename
    ]


def patch(functions: list[FunctionType], original: str, changed: str, filename: str) -> bool:
    """Give the functions their changed code; False if that isn't all that the change is about."""
    before, after = _codes(original, filename), _codes(changed, filename)
    if before.keys() != after.keys():
        return False
    different = [key for key in before if _own(before[key]) != _own(after[key])]
    live = {_key(function.__code__) for function in functions}
    within = {key for top in live & before.keys() for key in _keys(before[top])}
    if not different or not within.issuperset(different):
        return False
    for function in functions:
        key = _key(function.__code__)
        if key in after:
            function.__code__ = after[key]
    return True


def lines_of_statement(source: str, line: int) -> range:
    """The lines of the smallest statement around a line; of a compound one, up to its body."""
    best = range(1, len(source.splitlines()) + 1)
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, (ast.stmt, ast.excepthandler, ast.match_case)):
            lines = _own_lines(node)
            if line in lines and len(lines) <= len(best):
                best = lines
    return best


def _own_lines(node: ast.stmt | ast.excepthandler | ast.match_case) -> range:
    first = node.pattern.lineno if isinstance(node, ast.match_case) else node.lineno
    body: list[ast.stmt] = getattr(node, "body", [])
    end = getattr(node, "end_lineno", None)
    last = max(first + 1, body[0].lineno) if body else (end or first) + 1
    return range(first, last)


def _codes(source: str, filename: str) -> dict[_Key, CodeType]:
    whole = compile(source, filename, "exec", dont_inherit=True)
    return {_key(code): code for code in _walk(whole)}


def _walk(code: CodeType) -> Iterator[CodeType]:
    yield code
    for constant in code.co_consts:
        if isinstance(constant, CodeType):
            yield from _walk(constant)


def _key(code: CodeType) -> _Key:
    return code.co_qualname, code.co_firstlineno


def _keys(code: CodeType) -> set[_Key]:
    """A function and what is defined in it."""
    return {_key(inner) for inner in _walk(code)} if code.co_flags & CO_NEWLOCALS else set()


def _own(code: CodeType) -> CodeType:
    """The code without that of the functions and classes in it."""
    constants = (None if isinstance(it, CodeType) else (type(it), it) for it in code.co_consts)
    return code.replace(co_consts=tuple(map(repr, constants)))
