"""Compares two signatures: the calls that one takes and the other does not.

A parameter may take more than before, a result may give less; names, order and defaults stay.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from codegen.compatibility.annotations import Fit
from codegen.compatibility.manifest import Function

# What a stub shows for a default that is no literal: it says nothing of the value.
UNSAID: Final = "..."


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a signature."""

    name: str
    by_position: bool
    by_name: bool
    annotation: ast.expr | None
    default: str | None

    @property
    def is_required(self) -> bool:
        """True if every call must give it."""
        return self.default is None


@dataclass(frozen=True)
class Call:
    """A signature: how it is called, and what comes of it."""

    marks: tuple[str, ...]
    node: Function

    @property
    def is_async(self) -> bool:
        """True if it must be awaited."""
        return isinstance(self.node, ast.AsyncFunctionDef)

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """Its parameters, in order; the object or the class that a method belongs to is none."""
        arguments = self.node.args
        placed = [*arguments.posonlyargs, *arguments.args]
        unnamed = len(arguments.posonlyargs)
        defaults: list[ast.expr | None] = [None] * (len(placed) - len(arguments.defaults))
        defaults += arguments.defaults
        found = [
            Parameter(arg.arg, True, place >= unnamed, arg.annotation, _text(default))
            for place, (arg, default) in enumerate(zip(placed, defaults, strict=True))
        ]
        named = zip(arguments.kwonlyargs, arguments.kw_defaults, strict=True)
        found += [Parameter(a.arg, False, True, a.annotation, _text(d)) for a, d in named]
        return tuple(p for n, p in enumerate(found) if n or p.name not in {"self", "cls"})


def broken(old: Call, new: Call, takes: Fit) -> list[str]:
    """What calls of `old` would meet in `new`; empty when they all go on as before.

    `takes` tells whether what the old annotations allow, the new ones do.
    """
    found = list(_kind(old, new))
    found += _places(old, new)
    pairs = _pairs(old, new)
    for parameter in old.parameters:
        if parameter.name in pairs:
            found += _parameter(parameter, pairs[parameter.name], takes)
        elif parameter.by_name and not new.node.args.kwarg:
            found.append(f'the parameter "{parameter.name}" is gone')
    answered = {parameter.name for parameter in pairs.values()}
    for parameter in new.parameters:
        if parameter.name not in answered and parameter.is_required:
            found.append(f'the new parameter "{parameter.name}" must be given')
    if not takes.turned.fits(new.node.returns, old.node.returns):
        found.append(f"it returns {in_place_of(old.node.returns, new.node.returns)}")
    for star, known, arg in _open_ended(old, new):
        if known and not arg:
            found.append(f"{star}{known.arg} is no longer taken")
        elif known and arg and not takes.fits(known.annotation, arg.annotation):
            said = in_place_of(known.annotation, arg.annotation)
            found.append(f"{star}{arg.arg} takes {said}")
    return found


def added(old: Call, new: Call, takes: Fit) -> list[str]:
    """What `new` takes or gives that `old` did not, where nothing is broken."""
    pairs = _pairs(new, old)
    found: list[str] = []
    for parameter in new.parameters:
        if parameter.name in pairs:
            found += _freedoms(pairs[parameter.name], parameter, takes.turned)
        else:
            found.append(f'the parameter "{parameter.name}" is new')
    for star, known, arg in _open_ended(old, new):
        if arg and not known:
            found.append(f"{star}{arg.arg} is taken")
    if not takes.fits(old.node.returns, new.node.returns):
        found.append(f"it is known to return {_text(new.node.returns)}")
    return found


def overloads_broken(old: Sequence[Call], new: Sequence[Call], takes: Fit) -> list[str]:
    """The same for overloads: each form of a call must be taken by some form."""
    found: dict[str, None] = {}
    for form in old:
        answers = [broken(form, other, takes) for other in new]
        if all(answers):
            found |= dict.fromkeys(_shortest(answers))
    return list(found)


def overloads_added(old: Sequence[Call], new: Sequence[Call], takes: Fit) -> list[str]:
    """What is new in the overloads, each thing once."""
    found: dict[str, None] = {}
    for form in new:
        kin = [other for other in old if not broken(other, form, takes)]
        answers = [added(other, form, takes) for other in kin]
        if not kin and not overloads_broken(old, new, takes):
            found[f"it can be called as {ast.unparse(form.node.args)}"] = None
        elif kin and all(answers):
            found |= dict.fromkeys(_shortest(answers))
    return list(found)


def _kind(old: Call, new: Call) -> Iterator[str]:
    if old.is_async != new.is_async:
        yield "it must be awaited now" if new.is_async else "it is no longer to be awaited"
    for mark in sorted({*old.marks} ^ {*new.marks}):
        if mark == "@abstractmethod":
            if mark in new.marks:
                yield "whoever derives from the class must define it now"
        elif not mark.endswith(("setter", "deleter")):
            yield f"{mark} is gone" if mark in old.marks else f"it is a {mark.strip('@')} now"


def _places(old: Call, new: Call) -> Iterator[str]:
    """Arguments that are given by position must find the same parameter at their place."""
    placed = [parameter for parameter in new.parameters if parameter.by_position]
    for place, parameter in enumerate(p for p in old.parameters if p.by_position):
        if place >= len(placed):
            if not new.node.args.vararg:
                yield f'"{parameter.name}" cannot be given by position'
        elif placed[place].name != parameter.name and placed[place].by_name and parameter.by_name:
            yield f'"{placed[place].name}" stands where "{parameter.name}" stood'


def _parameter(old: Parameter, new: Parameter, takes: Fit) -> Iterator[str]:
    name = old.name
    if old.by_name and not new.by_name:
        yield f'"{name}" cannot be given by name'
    if not takes.fits(old.annotation, new.annotation):
        yield f'the parameter "{name}" takes {in_place_of(old.annotation, new.annotation)}'
    if old.default == new.default or old.is_required:
        return
    if new.is_required:
        yield f'the parameter "{name}" must be given'
    elif UNSAID not in {old.default, new.default}:
        yield f'the default of "{name}" is {new.default}, no longer {old.default}'


def _freedoms(old: Parameter, new: Parameter, takes: Fit) -> Iterator[str]:
    """What callers may do with a parameter that they could not."""
    if not takes.fits(new.annotation, old.annotation):
        yield f'the parameter "{new.name}" takes more: {_text(new.annotation)}'
    if old.is_required and not new.is_required:
        yield f'the parameter "{new.name}" may be left out'
    if new.by_position and not old.by_position:
        yield f'the parameter "{new.name}" may be given by position'
    if new.by_name and not old.by_name:
        yield f'the parameter "{new.name}" may be given by name'


def _pairs(one: Call, other: Call) -> Mapping[str, Parameter]:
    """The parameters of `one` by name, each with that of `other` which takes its argument."""
    named = {parameter.name: parameter for parameter in other.parameters}
    placed = [parameter for parameter in other.parameters if parameter.by_position]
    found: dict[str, Parameter] = {}
    for place, parameter in enumerate(one.parameters):
        if parameter.name in named:
            found[parameter.name] = named[parameter.name]
        elif place < len(placed) and not (parameter.by_name and placed[place].by_name):
            found[parameter.name] = placed[place]
    return found


def _open_ended(old: Call, new: Call) -> Iterator[tuple[str, ast.arg | None, ast.arg | None]]:
    """What takes whatever else is given: `*args` and `**kwargs`, before and now."""
    yield "*", old.node.args.vararg, new.node.args.vararg
    yield "**", old.node.args.kwarg, new.node.args.kwarg


def in_place_of(old: ast.expr | None, new: ast.expr | None) -> str:
    """How a type in place of another is told; an alias may have become another by the same name."""
    now, was = _text(new) or "anything", _text(old) or "anything"
    return f"{now}, no longer {was}" if now != was else f"{now}, which has another meaning now"


def _shortest(answers: list[list[str]]) -> list[str]:
    return min(answers, key=len)


def _text(node: ast.expr | None) -> str | None:
    return ast.unparse(node) if node is not None else None
