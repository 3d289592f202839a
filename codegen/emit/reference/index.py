"""`docs/reference/index.md`: what the reference has, and where."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.reference.llms import PAGES
from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec

INTRO: Final = """Everything here is made from the same declarations as the code, in `spec/`: what is not in these pages
does not exist, and what they say is what the code does. Every example is run by the tests. Search (press Ctrl+K)
finds an option, a field or an error by its name."""


def emit(spec: Spec) -> str:
    """The page."""
    return page("Reference", ["spec/*.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    yield table(
        ["page", "what it has"],
        [(f"[{title}]({path})", what) for title, path, what in PAGES],
    )
    models = sum(len(model.fields) for model in spec.config.values())
    yield (
        f"In numbers: {len(spec.calls.calls)} calls, {len(spec.calls.options)} options of calls and "
        f"of the client, {models} options of the configuration, "
        f"{sum(len(m.fields) for m in spec.response.values())} fields, {len(spec.errors)} errors."
    )
