"""`docs/reference/bounds.md`: the fixed limits and waits, by topic."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.constants import Bound
from codegen.emit.reference.markdown import page, since, table
from codegen.ir import Spec

INTRO: Final = """These limits and waits are fixed. Limits that you can set are options of the
[configuration](config.md)."""


def emit(spec: Spec) -> str:
    """Return the page."""
    return page("Limits and waits", ["spec/bounds.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    for topic in dict.fromkeys(bound.topic for bound in spec.bounds.values()):
        yield f"## {topic}"
        rows = [_row(name, bound) for name, bound in spec.bounds.items() if bound.topic == topic]
        yield table(["name", "value", "meaning", "reason", "RFC", "since"], rows)


def _row(name: str, bound: Bound) -> tuple[str, str, str, str, str, str]:
    unit = "s" if bound.unit == "seconds" else bound.unit
    # An integer is written in full, however large it is.
    form = "," if isinstance(bound.value, int) else ",.12g"
    value = f"{bound.value:{form}} {unit}".rstrip()
    return f"`{name}`", value, bound.doc, bound.reason, bound.rfc, since(bound.since)
