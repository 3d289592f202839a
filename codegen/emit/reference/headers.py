"""`docs/reference/headers.md`: the headers with special treatment, by kind."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec


def emit(spec: Spec) -> str:
    """The page."""
    return page("Headers", ["spec/headers.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield "The client sends and shows all other headers unchanged. A header can be of several kinds."
    for kind, declared in spec.headers.kinds.items():
        yield f"## {declared.title}"
        yield declared.doc
        headers = [(name, spec.headers.headers[name]) for name in spec.headers_of(kind)]
        rows = [(f"`{name}`", each.doc, each.rfc, each.since) for name, each in headers]
        yield table(["header", "content", "RFC", "since"], rows)
