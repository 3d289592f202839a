"""`docs/reference/troubleshooting.md`: from the text of an error to its cause and its remedy."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.reference.errors import SOURCES, error_link
from codegen.emit.reference.markdown import facts, page
from codegen.ir import Spec
from codegen.messages import parse_message, template
from codegen.tables import ErrorTable

INTRO: Final = """Look for the words that stand between the `<facts>`; a part that is not known is left out of the text.
The name of the error leads to its page, which has more causes, its facts, and a program that raises it.
`print(error.explain())` says most of this where it happens."""
# Such an error is never raised: its subclasses are.
ABSTRACT: Final = "Never by itself"


def emit(spec: Spec) -> str:
    """The page."""
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
    yield "it is", f"{error_link(name)}: {error.doc}"
    yield "look for", " ".join(error.causes)
    yield "do", error.hint
