"""Comparison of annotations: the values of one with those of another, each with its manifest.

It supports unions, aliases, literals, ancestors, generics and callables by the rules of PEP 484, as
far as the API uses them. Other annotations must be equal as text.
"""

from __future__ import annotations

import ast
import builtins
import collections.abc
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Final

from codegen.compatibility.manifest import Manifest

# What a type checker accepts in place of another builtin (PEP 484, the numeric tower).
PROMOTED: Final[Mapping[str, set[str]]] = {
    "bool": {"int", "float"},
    "int": {"float"},
    "bytearray": {"bytes"},
    "memoryview": {"bytes"},
}
# What is put into them comes out again: their items must be of one type, not of a lesser one.
INVARIANT: Final = {"MutableMapping", "MutableSequence", "dict", "list", "set"}
# What `collections.abc` calls a name that stubs write otherwise.
SPELLED: Final = {"AbstractSet": "Set"}
# Their first item is followed by metadata, which isn't a value.
QUALIFIERS: Final = {"Annotated", "ClassVar", "Final"}


@dataclass(frozen=True)
class Fit:
    """Checks if all values of the `given` types are also values of the `wanted` types.

    Results are cached, because the same few types are in all signatures.
    """

    given: Manifest
    wanted: Manifest
    _asked: set[tuple[str, str]] = field(default_factory=set[tuple[str, str]])
    _results: dict[tuple[str, str], bool] = field(default_factory=dict[tuple[str, str], bool])

    @cached_property
    def turned(self) -> Fit:
        """The same question the other way round."""
        return Fit(self.wanted, self.given)

    def fits(self, given: ast.expr | None, wanted: ast.expr | None) -> bool:
        """Return True if each alternative of `given` is one of `wanted`, or a type is missing."""
        if given is None or wanted is None:
            return True
        question = ast.unparse(given), ast.unparse(wanted)
        if question in self._asked:
            return True  # an alias that mentions itself: nothing new is asked
        if question not in self._results:
            self._asked.add(question)
            result = self._fits(given, wanted)
            self._asked.discard(question)
            if self._asked:
                return result  # it may rest on what is still being asked
            self._results[question] = result
        return self._results[question]

    def _fits(self, given: ast.expr, wanted: ast.expr) -> bool:
        targets = list(alternatives(wanted, self.wanted))
        return all(
            any(self._is_a(one, target) for target in targets)
            for one in alternatives(given, self.given)
        )

    def _is_a(self, given: ast.expr, wanted: ast.expr) -> bool:
        target = ast.unparse(wanted)
        if target in {"object", "Any"} or ast.unparse(given) == "Any":
            return True
        match given, wanted:
            case ast.Subscript(value=ast.Name(id="Literal")), ast.Name(id=kind):
                return type(ast.literal_eval(given.slice)).__name__ == kind
            case ast.Subscript(value=ast.Name(id="Literal")), _:
                return ast.unparse(given) == target
            case ast.Subscript(), ast.Subscript():
                return self._is_generic(given, wanted)
            case ast.Subscript(), _:
                return self._derives(ast.unparse(given.value), target)
            case _, ast.Subscript():
                return ast.unparse(given) == target
            case _:
                return self._derives(ast.unparse(given), target)

    def _derives(self, given: str, wanted: str) -> bool:
        kind, other = standard(given), standard(wanted)
        if kind is not None and other is not None and issubclass(kind, other):
            return True
        return wanted in {*PROMOTED.get(given, ()), *self.given.ancestors(given)}

    def _is_generic(self, given: ast.Subscript, wanted: ast.Subscript) -> bool:
        head, target = ast.unparse(given.value), ast.unparse(wanted.value)
        if head == target == "Callable":
            return self._is_callable(given, wanted)
        if not self._derives(head, target):
            return False
        own, asked = _items(given), _items(wanted)
        if head == target and len(own) != len(asked):
            return False
        return all(
            self.fits(one, other) and (target not in INVARIANT or self.turned.fits(other, one))
            for one, other in zip(own, asked, strict=False)
        )

    def _is_callable(self, given: ast.Subscript, wanted: ast.Subscript) -> bool:
        """A function may take more and give less (PEP 483)."""
        (takes, gives), (asked, expected) = _items(given), _items(wanted)
        if not self.fits(gives, expected):
            return False
        match takes, asked:
            case ast.List(elts=own), ast.List(elts=theirs):
                pairs = zip(own, theirs, strict=False)
                return len(own) == len(theirs) and all(self.turned.fits(b, a) for a, b in pairs)
            case _:
                return ast.unparse(takes) in {"...", ast.unparse(asked)}


def standard(name: str) -> type | None:
    """A builtin class, or a collection of the standard library; None for other names."""
    found = getattr(collections.abc, SPELLED.get(name, name), None) or getattr(builtins, name, None)
    return found if isinstance(found, type) else None


def alternatives(annotation: ast.expr, manifest: Manifest) -> Iterator[ast.expr]:
    """Return the alternatives of a union: aliases resolved, quotes removed, literals separately."""
    match annotation:
        case ast.BinOp(op=ast.BitOr(), left=left, right=right):
            yield from alternatives(left, manifest)
            yield from alternatives(right, manifest)
        case ast.Name(id=name) if meaning := manifest.meaning(name):
            yield from alternatives(meaning, manifest)
        case ast.Constant(value=str(text)):
            yield from alternatives(parsed(text), manifest)
        case ast.Subscript(value=ast.Name(id="Literal"), slice=ast.Tuple(elts=values)):
            for value in values:
                yield ast.Subscript(ast.Name("Literal"), value)
        case ast.Subscript(value=ast.Name(id=name), slice=inner) if name in QUALIFIERS:
            first = inner.elts[0] if isinstance(inner, ast.Tuple) else inner
            yield from alternatives(first, manifest)
        case _:
            yield annotation


def parsed(text: str) -> ast.expr:
    """An annotation from its text."""
    return ast.parse(text, mode="eval").body


def _items(generic: ast.Subscript) -> list[ast.expr]:
    """Return the types between the brackets, without the dots of `tuple[int, ...]`."""
    inner = generic.slice.elts if isinstance(generic.slice, ast.Tuple) else [generic.slice]
    head = ast.unparse(generic.value)
    return inner[:1] if head == "tuple" and ast.unparse(inner[-1]) == "..." else list(inner)
