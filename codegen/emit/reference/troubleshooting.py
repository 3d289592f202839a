"""`docs/reference/troubleshooting.md`: messages of errors with their causes and fixes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.reference.errors import SOURCES, error_link
from codegen.emit.reference.markdown import facts, page
from codegen.ir import Spec
from codegen.messages import parse_message, template
from codegen.tables import ErrorTable

INTRO: Final = """Search this page for the fixed words of your error message. Names in angle brackets are replaced by values, and
unknown values are left out. Each error links to its page, with its attributes and a program that raises it.

To print a hint and the attempts of an error in your program, use `print(error.explain())`."""
# Only the subclasses of such an error are raised.
ABSTRACT: Final = "Never raised itself"


def emit(spec: Spec) -> str:
    """Return the page."""
    return page("Troubleshooting", SOURCES, _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    titles = {name: phase.title for name, phase in spec.vocabulary.phases.items()}
    for phase, title in {**titles, "": "In any phase"}.items():
        found = {
            name: error
            for name, error in spec.errors.items()
            if (error.phase or "") == phase and not error.raised_when.startswith(ABSTRACT)
        }
        if found:
            yield f"## {title}"
            for name, error in found.items():
                yield f"```text\n{template(parse_message(error.message))}\n```"
                yield facts(_remedy(name, error))


def _remedy(name: str, error: ErrorTable) -> Iterator[tuple[str, str]]:
    yield "error", f"{error_link(name)}: {error.doc}"
    yield "causes", " ".join(error.causes)
    yield "fix", error.hint
