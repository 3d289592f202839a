"""Bounds: their names are constants that end with their unit, and their values are positive."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from codegen.diagnostics import Problem
from codegen.ir import Spec
from codegen.rules.tables import BOUNDS

_CONSTANT: Final = re.compile(r"[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*")
_ENDINGS: Final[Mapping[str, tuple[str, ...]]] = {
    "seconds": ("_S",),
    "bytes": ("_BYTES", "_BYTES_MAX"),
    "characters": ("_CHARS", "_CHARS_MAX"),
    "": ("_MAX",),
}


def names_end_with_their_unit(spec: Spec) -> Iterator[Problem]:
    """The name of a bound is that of a constant, its unit comes last."""
    for name, bound in spec.bounds.items():
        endings = _ENDINGS[bound.unit]
        if _CONSTANT.fullmatch(name) is None:
            yield Problem(BOUNDS, name, "the name of a constant is in capital letters")
        elif not name.endswith(endings):
            unit = f"a bound in {bound.unit}" if bound.unit else "a bound without a unit"
            yield Problem(BOUNDS, name, f"the name of {unit} ends with {' or '.join(endings)}")


def values_are_positive(spec: Spec) -> Iterator[Problem]:
    """A value is more than 0; seconds are a float, everything else is a whole number."""
    for name, bound in spec.bounds.items():
        if bound.value <= 0:
            yield Problem(BOUNDS, name, f"value: {bound.value} is not more than 0")
        elif isinstance(bound.value, float) != (bound.unit == "seconds"):
            kind = "a number with a decimal point" if bound.unit == "seconds" else "a whole number"
            yield Problem(BOUNDS, name, f"value: {bound.value} is not {kind}")
