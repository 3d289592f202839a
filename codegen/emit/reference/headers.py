"""`docs/reference/headers.md`: the headers that the client treats specially, by kind."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.emit.reference.markdown import page, since, table
from codegen.ir import Spec


def emit(spec: Spec) -> str:
    """Return the page."""
    return page("Headers", ["spec/headers.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield "These headers are treated specially. The client sends and shows all other headers unchanged."
    for kind, declared in spec.headers.kinds.items():
        yield f"## {declared.title}"
        yield declared.doc
        headers = [(name, spec.headers.headers[name]) for name in spec.headers_of(kind)]
        rows = [(f"`{name}`", each.doc, each.rfc, since(each.since)) for name, each in headers]
        yield table(["header", "content", "RFC", "since"], rows)
    yield "## Sensitive parameters"
    yield (
        "These query parameters and form fields contain secrets. Their names are case-insensitive."
        ' If the table has "yes", JSON members with the same name are secrets too.'
        " Error messages, `repr`, `to_curl()`, `explain` and cassettes mask their values."
    )
    parameters = spec.headers.parameters.items()
    yield table(
        ["parameter", "content", "in JSON", "since"],
        [
            (f"`{name}`", each.doc, "yes" if each.in_json else "no", since(each.since))
            for name, each in parameters
        ],
    )
