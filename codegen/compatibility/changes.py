"""The differences between two manifests, each with its weight.

"breaking": a program that was correct with the old API can fail, or fail its type check, with the
new one. "addition": all correct programs stay correct. `versions` maps weights to releases.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from codegen.compatibility.annotations import Fit
from codegen.compatibility.calls import Call, Difference, Weight, overloads, typed
from codegen.compatibility.definitions import Definition, Statements
from codegen.compatibility.manifest import Manifest, Option
from codegen.diagnostics import did_you_mean
from codegen.surface import Function, decorators

# Fields of these are given by users, and may take more; those of other classes are read.
GIVEN: Final = {"keys", "model"}


@dataclass(frozen=True, slots=True, order=True)
class Change:
    """A difference: its place, its description and its weight."""

    weight: Weight
    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.weight}: {self.where}: {self.text}"


def changes(old: Manifest, new: Manifest) -> list[Change]:
    """All of them, breaking ones first, without repetition."""
    found = [
        *_exports(old, new),
        *_types(old, new),
        *_options(old, new),
        *_names("environment", _environment(old), _environment(new)),
        *_names("command line", old.flags, new.flags),
        *_names("extras", old.project.extras, new.project.extras),
        *_names("commands", old.project.commands, new.project.commands),
        *_python(old, new),
    ]
    return sorted(set(found), key=lambda change: (change.weight != "breaking", change))


def _breaking(where: str, text: str) -> Change:
    return Change("breaking", where, text)


def _addition(where: str, text: str) -> Change:
    return Change("addition", where, text)


# -- names --


def _names(where: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    for name in sorted({*old} - {*new}):
        yield _breaking(where, f"{name} is gone.{did_you_mean(name, {*new} - {*old})}".rstrip("."))
    for name in sorted({*new} - {*old}):
        yield _addition(where, f"{name} is new")


def _exports(old: Manifest, new: Manifest) -> Iterator[Change]:
    for module in sorted({*old.modules, *new.modules}):
        if module not in new.modules:
            yield _breaking(module, "the module is gone")
        elif module not in old.modules:
            yield _addition(module, "the module is new")
        else:
            yield from _names(module, old.modules[module], new.modules[module])


def _environment(manifest: Manifest) -> tuple[str, ...]:
    names = (option.environment for option in manifest.options.values())
    return tuple(filter(None, names))


def _python(old: Manifest, new: Manifest) -> Iterator[Change]:
    before, after = old.project.python, new.project.python
    if before != after:
        # By the support policy an old Python goes with a minor release: pip keeps who needs it
        # on the last release that has it.
        yield _addition("Python", f"it asks for {after}, no longer {before}")


# -- options --


def _options(old: Manifest, new: Manifest) -> Iterator[Change]:
    for path, before in old.options.items():
        after = new.options.get(path)
        if after is not None:
            yield from _option(path, before, after)


def _option(path: str, old: Option, new: Option) -> Iterator[Change]:
    if old.default != new.default:
        yield _breaking(path, f"the default is {new.default}, no longer {old.default}")
    before, after = _limits(old.bounds), _limits(new.bounds)
    if before == after:
        return
    said = f"{new.bounds or 'any value'} is allowed, it was {old.bounds or 'any value'}"
    yield (_addition if _is_wider(after, before) else _breaking)(path, said)


def _limits(bounds: str) -> Mapping[str, float]:
    """`>= 1 and <= 5` by its signs."""
    pairs = (part.split() for part in bounds.split(" and ") if part)
    return {sign: float(limit) for sign, limit in pairs}


def _is_wider(new: Mapping[str, float], old: Mapping[str, float]) -> bool:
    """Return whether every number within the old limits is within the new ones."""
    return all(_is_implied(sign, limit, old) for sign, limit in new.items())


def _is_implied(sign: str, limit: float, old: Mapping[str, float]) -> bool:
    side = sign[0]
    for other in (side, f"{side}="):
        if other in old:
            reaches = old[other] > limit if side == ">" else old[other] < limit
            if reaches or (old[other] == limit and (sign == other or sign.endswith("="))):
                return True
    return False


# -- definitions --


def _types(old: Manifest, new: Manifest) -> Iterator[Change]:
    takes = Fit(old, new)
    for name, before in old.types.items():
        after = new.types.get(name)
        if after is None:
            continue  # its module defines it
        if before.is_class and after.is_class:
            yield from _class(name, before, after, takes)
        elif before.kind != after.kind:
            yield _breaking(name, f"it was a {before.kind} and is a {after.kind} now")
        elif before.kind == "alias":
            # The effect on values is reported at each use.
            pair = old.meaning(name), new.meaning(name)
            yield from _told(name, typed(*pair, takes, "its target is", "its target has more:"))
        else:
            yield from _texts(name, before.statements, after.statements, takes, before)


def _class(name: str, before: Definition, after: Definition, takes: Fit) -> Iterator[Change]:
    old, new = takes.given, takes.wanted
    yield from _bases(name, old.ancestors(name), new.ancestors(name))
    if after.final and not before.final:
        yield _breaking(name, "no class can derive from it any more")
    if after.frozen and not before.frozen:
        yield _breaking(name, "its attributes cannot be set any more")
    known, there = old.members(name), new.members(name)
    for member in before.members:
        where = f"{name}.{member}"
        if member in there:
            yield from _texts(where, known[member], there[member], takes, before)
        else:
            hint = did_you_mean(member, {*there} - {*known})
            yield _breaking(where, f"it is gone.{hint}".rstrip("."))
    for member in after.members:
        if member not in known:
            yield _new_member(name, member, before)


def _bases(name: str, old: tuple[str, ...], new: tuple[str, ...]) -> Iterator[Change]:
    for base in old:
        if base not in new:
            yield _breaking(name, f"it doesn't derive from {base} any more")
    for base in new:
        if base not in old:
            yield _addition(name, f"it is a {base} now")


def _new_member(name: str, member: str, before: Definition) -> Change:
    where = f"{name}.{member}"
    if before.kind == "protocol":
        return _breaking(where, "it is new, and who implements the protocol does not have it")
    if member == "__init__":
        return _addition(where, "it can be made by users")
    return _addition(where, "it is new")


def _texts(
    where: str,
    old: Statements,
    new: Statements,
    takes: Fit,
    owner: Definition,
) -> Iterator[Change]:
    """Return the old and the new description of a function or of a value."""
    before, after = _calls(old), _calls(new)
    if bool(before) != bool(after):
        yield _breaking(where, f"it was {_noun(before)} and is {_noun(after)} now")
    elif before:
        yield from _told(where, overloads(before, after, takes))
    else:
        given = owner.kind in GIVEN
        lost, gained = ("takes", "takes more:") if given else ("may be", "is known to be")
        types = _value_type(old), _value_type(new)
        yield from _told(
            where, typed(*types, takes, f"it {lost}", f"it {gained}", is_read=not given)
        )
        if not owner.frozen and _can_be_set(old) and not _can_be_set(new):
            yield _breaking(where, "it cannot be set any more")
        if _fixed(old) != _fixed(new):
            yield _breaking(where, f"it is {_fixed(new)}, no longer {_fixed(old)}")


def _told(where: str, differences: Iterable[Difference]) -> Iterator[Change]:
    return (Change(weight, where, text) for weight, text in differences)


def _calls(statements: Statements) -> tuple[Call, ...]:
    """The signatures of a function; none for a property, which is read like an attribute."""
    return () if _marked(statements, "property") else tuple(map(Call, _functions(statements)))


def _functions(statements: Statements) -> Iterator[Function]:
    return (each for each in statements if isinstance(each, ast.FunctionDef | ast.AsyncFunctionDef))


def _marked(statements: Statements, ending: str) -> bool:
    """Return whether a function has a decorator such as `property` or `x.setter`."""
    marks = (mark for each in _functions(statements) for mark in decorators(each))
    return any(mark.endswith(ending) for mark in marks)


def _noun(calls: tuple[Call, ...]) -> str:
    return "a function" if calls else "a value"


def _value_type(statements: Statements) -> ast.expr | None:
    """Return the result of a property, or the annotation of an attribute."""
    match statements[0]:
        case ast.FunctionDef(returns=kind) | ast.AnnAssign(annotation=kind):
            return kind
        case _:
            return None


def _can_be_set(statements: Statements) -> bool:
    match statements[0]:
        case ast.AnnAssign(annotation=kind):
            return not ast.unparse(kind).startswith(("Final", "ClassVar"))
        case _:
            return _marked(statements, ".setter")


def _fixed(statements: Statements) -> str:
    """The value that a class has for all its objects (`retryable` of an error), or nothing."""
    match statements[0]:
        case ast.AnnAssign(annotation=kind, value=ast.expr() as value):
            text = ast.unparse(kind)
            # Texts for people aren't part of the API.
            is_shared = text.startswith(("ClassVar", "Final", "Retryable"))
            return ast.unparse(value) if is_shared and text != "ClassVar[str]" else ""
        case _:
            return ""
