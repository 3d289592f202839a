"""`docs/reference/index.md`: the contents of the reference."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.reference.llms import PAGES
from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec

INTRO: Final = """The reference lists the whole public API. It's generated from the same declarations as the code, and the
tests run every example. To find an option, an attribute or an error by its name, search (Ctrl+K)."""


def emit(spec: Spec) -> str:
    """Return the page."""
    return page("Reference", ["spec/*.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    yield table(
        ["page", "contents"],
        [(f"[{title}]({path})", contents) for title, path, contents in PAGES],
    )
    models = sum(len(model.fields) for model in spec.config.values())
    yield (
        f"In total: {len(spec.calls.calls)} calls, {len(spec.calls.options)} options of calls and "
        f"of the client, {models} configuration options, "
        f"{sum(len(m.fields) for m in spec.response.values())} attributes, {len(spec.errors)} errors."
    )
