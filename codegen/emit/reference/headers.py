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
    yield "## Sensitive parameters"
    yield (
        "Parameters of queries and forms whose values are secrets, in any case of letters."
        " Members of JSON that have one of these names are secrets too, if the table shows it. Error messages, `repr`, `to_curl()`, `explain` and cassettes mask them."
    )
    parameters = spec.headers.parameters.items()
    yield table(
        ["parameter", "content", "in JSON", "since"],
        [
            (f"`{name}`", each.doc, "yes" if each.in_json else "no", each.since)
            for name, each in parameters
        ],
    )
