"""`hyperhttp/_base/_generated/bounds.py`: fixed limits and waits, as constants."""

from __future__ import annotations

from codegen.constants import Bound
from codegen.ir import Spec
from codegen.text import constants_module, docstring


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    lines: list[str] = []
    for name, bound in spec.bounds.items():
        lines += [f"{name}: Final = {value_text(bound)}", *docstring([bound.doc], 0)]
    doc = "Fixed limits and waits that users can observe."
    return constants_module("spec/bounds.toml", doc, spec.bounds, lines)


def value_text(bound: Bound) -> str:
    """The value as Python, long numbers in groups of three digits."""
    return f"{bound.value:_}" if bound.value >= 10_000 else repr(bound.value)
