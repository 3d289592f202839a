"""`docs/reference/headers.md`: the header fields that are treated unlike the others."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec

SENSITIVE: Final = """Their values are secrets: no `repr` and no error shows them, `to_curl()` masks them, HTTP/2 puts
them in no table of its compression, and a redirect to another scheme, host or port leaves them behind."""
BODY: Final = """They speak of the body: a redirect that turns a request into a GET without a body drops them, also
those that you gave."""


def emit(spec: Spec) -> str:
    """The page."""
    return page("Header fields", ["spec/headers.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield "All header fields are sent and shown as they are, but for these."
    for title, kind, text in (
        ("Sensitive fields", "sensitive", SENSITIVE),
        ("Fields of a body", "body", BODY),
    ):
        yield f"## {title}"
        yield text
        rows = [
            (f"`{name}`", field.doc, field.rfc, field.since)
            for name, field in spec.headers.items()
            if field.kind == kind
        ]
        yield table(["field", "what it says", "RFC", "since"], rows)
