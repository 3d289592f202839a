"""`docs/reference/errors.md`, the hierarchy of errors, and `errors/<Name>.md`, a page for each."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.exceptions import CONTEXT, KNOWN_REQUEST_DOC
from codegen.emit.reference.examples import code
from codegen.emit.reference.markdown import anchor, facts, page, since
from codegen.ir import Spec
from codegen.messages import parse_message, template
from codegen.tables import ErrorTable, is_foreign

SOURCES: Final = ("spec/errors.toml",)
INTRO: Final = """All errors derive from `HyperHTTPError`. You can import them from `hyperhttp` or `hyperhttp.exceptions`.

Every error has the attributes `request`, `url`, `origin`, `elapsed` (seconds), `attempt`, `attempts`,
`phase`, `retryable` and `hint`. The page of an error lists its further attributes. Errors can be pickled and copied.

To find an error by its message, see [troubleshooting](troubleshooting.md)."""
RETRYABLE: Final = """The word in brackets after an error is `error.retryable`. It shows if the request is safe to retry:"""


def emit(spec: Spec) -> str:
    """Return the page of the hierarchy."""
    return page("Errors", SOURCES, _tree_blocks(spec))


def emit_pages(spec: Spec) -> dict[str, str]:
    """Return the page of each error, by its path."""
    return {
        f"docs/reference/errors/{name}.md": page(name, SOURCES, _blocks(spec, name, error))
        for name, error in spec.errors.items()
    }


def error_link(name: str, directory: str = "errors/") -> str:
    """Return a link to the page of an error, from a page of the reference."""
    return f"[{name}]({directory}{name}.md)"


def tree(spec: Spec) -> list[str]:
    """Return the hierarchy of errors as lines of text; an error with two bases is under both."""
    roots = [name for name, error in spec.errors.items() if not error.own_bases]
    branches = (branch for root in roots for branch in _branches(root, spec, depth=0))
    return [f"{'    ' * depth}{name}{_also(spec, name)}" for name, depth in branches]


def children(spec: Spec, name: str) -> list[str]:
    """Return the errors that have this one as a base."""
    return [child for child, error in spec.errors.items() if name in error.own_bases]


def _exceptions(spec: Spec, name: str) -> str:
    """Return the attributes with which an object has another `retryable` than its class."""
    kinds = (name, *spec.ancestors(name))
    words = [item for kind in kinds for item in spec.errors[kind].retryable_if.items()]
    return "".join(f"; with `{fact}` it is `{word!r}`" for fact, word in words)


def retried(spec: Spec, name: str) -> str:
    """Return if a retry policy retries the request after this error, and why."""
    error = spec.errors[name]
    if error.retried:
        return error.retried
    condition = spec.vocabulary.retryable[error.retryable].condition
    if not condition:
        return "Never retried, because the same request would fail again or isn't safe to repeat."
    if {name, *spec.ancestors(name)} & _repeated(spec):
        return f"With `retry=True`, the request is retried {condition}."
    return f"Retried only if `RetryPolicy.errors` contains it, and then {condition}."


def _repeated(spec: Spec) -> set[str]:
    """Return the errors that the default retry policy retries."""
    fields = [f for model in spec.config.values() for f in model.fields.values()]
    sets = [f.default for f in fields if "error" in f.parsed.word_names]
    return {str(name) for found in sets if isinstance(found, tuple) for name in found}


def _branches(name: str, spec: Spec, *, depth: int) -> Iterator[tuple[str, int]]:
    """Yield an error and those below it, each with its depth."""
    yield name, depth
    for child in children(spec, name):
        yield from _branches(child, spec, depth=depth + 1)


def _also(spec: Spec, name: str) -> str:
    foreign = _foreign(spec.errors[name])
    return f" (also {', '.join(foreign)})" if foreign else ""


def _nested(spec: Spec) -> Iterator[str]:
    """Yield the hierarchy as a nested list, each error with its link and description."""
    roots = [name for name, error in spec.errors.items() if not error.own_bases]
    for name, depth in (branch for root in roots for branch in _branches(root, spec, depth=0)):
        error = spec.errors[name]
        title = f"{error_link(name)}{_also(spec, name)}"
        yield f"{'    ' * depth}- {title}: {error.doc} (`{error.retryable}`)"


def _foreign(error: ErrorTable) -> list[str]:
    return [b.rpartition(":")[2] for b in error.bases if is_foreign(b) and ":" in b]


def _tree_blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    yield RETRYABLE
    yield facts((f"`{name}`", word.advice) for name, word in spec.vocabulary.retryable.items())
    yield "Subclasses are below their base class. An error with two base classes is below both."
    yield "\n".join(_nested(spec))


def _blocks(spec: Spec, name: str, error: ErrorTable) -> Iterator[str]:
    yield error.doc
    yield f"```text\n{template(parse_message(error.message))}\n```"
    yield "## When it's raised"
    yield error.raised_when
    yield "## Common causes"
    yield "\n".join(f"- {cause}" for cause in error.causes)
    yield "## How to fix it"
    yield error.hint
    yield "## Retries"
    yield f"{retried(spec, name)} `error.retryable` is `{error.retryable!r}`{_exceptions(spec, name)}."
    yield "## Attributes"
    yield "\n".join(_attributes(spec, name))
    yield "## Hierarchy"
    yield _hierarchy(spec, name, error)
    yield "## Example"
    yield code(error.scenario)
    yield "It prints:"
    yield f"```text\n{error.prints}\n```"


def _source(foreign: str) -> str:
    return foreign.removeprefix("builtins:").replace(":", ".")


def _attributes(spec: Spec, name: str) -> Iterator[str]:
    """Yield a list of the attributes; a table would be too wide for a phone."""
    for own, attribute in spec.facts(name).items():
        kind = ", ".join(filter(None, [f"`{attribute.parsed.python}`", attribute.parsed.unit]))
        yield f"- **`{own}`** ({kind}): {attribute.doc}"
    known = {"request": ("Request", KNOWN_REQUEST_DOC)} if spec.has_response(name) else {}
    for context, (kind, _, doc) in CONTEXT.items():
        unit = ", seconds" if context == "elapsed" else ""
        shown, text = known.get(context, (kind, doc))
        yield f"- **`{context}`** (`{shown}`{unit}): {text}"


def _hierarchy(spec: Spec, name: str, error: ErrorTable) -> str:
    caught = [name, *spec.ancestors(name)]
    foreign = dict.fromkeys(base for each in caught for base in _foreign(spec.errors[each]))
    classes = [f"`{each}`" for each in (*caught, *foreign, "Exception")]
    below = [error_link(child, "") for child in children(spec, name)]
    peers = [f"{spec.vocabulary.peers[peer].title}: `{text}`" for peer, text in error.peers.items()]
    return facts(
        [
            ("base classes", ", ".join(error_link(base, "") for base in error.own_bases)),
            ("caught by", ", ".join(classes)),
            ("subclasses", ", ".join(below)),
            ("phase", f"`{error.phase}`" if error.phase else ""),
            ("raised instead of", ", ".join(f"`{_source(source)}`" for source in error.maps)),
            ("in other clients", "; ".join(peers)),
            ("since", since(error.since)),
            ("all errors", f"[errors](../errors.md#{anchor('Errors')})"),
        ]
    )
