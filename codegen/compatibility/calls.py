"""Compares two signatures: the calls that one takes and the other does not.

A parameter may take more than before, a result may give less; names, order and defaults stay.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal, TypeAlias

from codegen.compatibility.annotations import Fit
from codegen.surface import Function, decorators

Weight: TypeAlias = Literal["breaking", "addition"]
Difference: TypeAlias = tuple[Weight, str]
# In a stub, the placeholder for a default that isn't a literal.
UNSAID: Final = "..."


@dataclass(frozen=True, slots=True)
class Parameter:
    """A parameter of a signature; `default` is None if it is required."""

    name: str
    by_position: bool
    by_name: bool
    annotation: ast.expr | None
    default: str | None


@dataclass(frozen=True)
class Call:
    """A signature: how it is called, and what comes of it."""

    node: Function

    @property
    def marks(self) -> set[str]:
        """Its decorators, except `overload`."""
        return {*decorators(self.node)} - {"overload"}

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters, in order; the object or the class that a method belongs to is none."""
        arguments = self.node.args
        placed = [*arguments.posonlyargs, *arguments.args]
        unnamed = len(arguments.posonlyargs)
        defaults: list[ast.expr | None] = [None] * (len(placed) - len(arguments.defaults))
        defaults += arguments.defaults
        found = [
            Parameter(arg.arg, True, place >= unnamed, arg.annotation, _default(default))
            for place, (arg, default) in enumerate(zip(placed, defaults, strict=True))
        ]
        named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        found += [Parameter(a.arg, False, True, a.annotation, _default(d)) for a, d in named]
        return tuple(p for n, p in enumerate(found) if n or p.name not in {"self", "cls"})


def overloads(old: Sequence[Call], new: Sequence[Call], takes: Fit) -> Iterator[Difference]:
    """Compare functions: a new form must accept each old form; the shortest mismatch is reported.

    `takes` returns True if the new annotations allow all values of the old ones.
    """
    table = [[list(_call(one, other, takes)) for other in new] for one in old]
    broken = [[_of(each, "breaking") for each in row] for row in table]
    yield from (each for row in broken if all(row) for each in min(row, key=len))
    for at, form in enumerate(new):
        kin = [
            _of(row[at], "addition")
            for row, lost in zip(table, broken, strict=True)
            if not lost[at]
        ]
        if kin and all(kin):
            yield from min(kin, key=len)
        elif not kin and not any(map(all, broken)):
            yield "addition", f"it can be called as {ast.unparse(form.node.args)}"


def typed(
    old: ast.expr | None,
    new: ast.expr | None,
    takes: Fit,
    lost: str,
    gained: str = "",
    *,
    is_read: bool = False,
) -> Iterator[Difference]:
    """Compare types: what users give may become more, what they read may become less."""
    takes_all, gives_no_more = takes.fits(old, new), takes.turned.fits(new, old)
    if not (gives_no_more if is_read else takes_all):
        yield "breaking", f"{lost} {in_place_of(old, new)}"
    elif gained and not (takes_all if is_read else gives_no_more):
        yield "addition", f"{gained} {_text(new)}"


def in_place_of(old: ast.expr | None, new: ast.expr | None) -> str:
    """Describe a changed type; an alias can have changed under the same name."""
    now, was = _text(new), _text(old)
    return f"{now}, no longer {was}" if now != was else f"{now}, which has another meaning now"


def _call(old: Call, new: Call, takes: Fit) -> Iterator[Difference]:
    yield from _kind(old, new)
    yield from _places(old, new)
    pairs = dict(_pairs(old.parameters, new.parameters))
    for one in old.parameters:
        if one.name in pairs:
            yield from _parameter(one, pairs[one.name], takes)
        elif one.by_name and not new.node.args.kwarg:
            yield "breaking", f'the parameter "{one.name}" is gone'
    matched = {each.name for each in pairs.values()}
    for each in new.parameters:
        if each.name not in matched and each.default is None:
            yield "breaking", f'the new parameter "{each.name}" must be given'
        elif each.name not in matched:
            yield "addition", f'the parameter "{each.name}" is new'
    gives, gave = new.node.returns, old.node.returns
    yield from typed(gave, gives, takes, "it returns", "it is known to return", is_read=True)
    before, after = old.node.args, new.node.args
    for star, was, now in (("*", before.vararg, after.vararg), ("**", before.kwarg, after.kwarg)):
        if was and now:
            yield from typed(was.annotation, now.annotation, takes, f"{star}{now.arg} takes")
        elif was:
            yield "breaking", f"{star}{was.arg} is removed"
        elif now:
            yield "addition", f"{star}{now.arg} is taken"


def _kind(old: Call, new: Call) -> Iterator[Difference]:
    if type(old.node) is not type(new.node):
        awaits = isinstance(new.node, ast.AsyncFunctionDef)
        yield (
            "breaking",
            f"it {'must' if awaits else 'must not'} be awaited now",
        )
    for mark in sorted(old.marks ^ new.marks):
        if mark == "abstractmethod":
            if mark in new.marks:
                yield "breaking", "classes that derive from it must define it now"
        elif not mark.endswith(("setter", "deleter")):
            is_gone = mark in old.marks
            yield "breaking", f"@{mark} is gone" if is_gone else f"it is a {mark} now"


def _places(old: Call, new: Call) -> Iterator[Difference]:
    """Arguments that are given by position must find the same parameter at their place."""
    placed = [each for each in new.parameters if each.by_position]
    for place, one in enumerate(each for each in old.parameters if each.by_position):
        if place >= len(placed):
            if not new.node.args.vararg:
                yield "breaking", f'"{one.name}" cannot be given by position'
        elif placed[place].name != one.name and placed[place].by_name and one.by_name:
            yield "breaking", f'"{placed[place].name}" is in the place of "{one.name}"'


def _parameter(old: Parameter, new: Parameter, takes: Fit) -> Iterator[Difference]:
    name = f'the parameter "{new.name}"'
    yield from typed(old.annotation, new.annotation, takes, f"{name} takes", f"{name} takes more:")
    if new.by_position and not old.by_position:
        yield "addition", f"{name} may be given by position"
    if new.by_name and not old.by_name:
        yield "addition", f"{name} may be given by name"
    if old.by_name and not new.by_name:
        yield "breaking", f'"{old.name}" cannot be given by name'
    if old.default is None:
        if new.default is not None:
            yield "addition", f"{name} may be left out"
    elif new.default is None:
        yield "breaking", f"{name} must be given"
    elif old.default != new.default and UNSAID not in {old.default, new.default}:
        was = f"no longer {old.default}"
        yield "breaking", f'the default of "{new.name}" is {new.default}, {was}'


def _pairs(old: Sequence[Parameter], new: Sequence[Parameter]) -> Iterator[tuple[str, Parameter]]:
    """The names of the old parameters, each with the new one that takes its argument."""
    named = {each.name: each for each in new}
    placed = [each for each in new if each.by_position]
    for place, one in enumerate(old):
        if one.name in named:
            yield one.name, named[one.name]
        elif place < len(placed) and not (one.by_name and placed[place].by_name):
            yield one.name, placed[place]


def _of(differences: Sequence[Difference], weight: Weight) -> list[Difference]:
    return [each for each in differences if each[0] == weight]


def _text(node: ast.expr | None) -> str:
    match node:
        case None:
            return "anything"
        case ast.Constant(value=str(text)):
            return text
        case _:
            return ast.unparse(node)


def _default(node: ast.expr | None) -> str | None:
    return None if node is None else ast.unparse(node)
