"""`docs/reference/errors.md`, the tree of errors, and `errors/<Name>.md`, a page for each of them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.exceptions import CONTEXT, KNOWN_REQUEST_DOC
from codegen.emit.reference.examples import code
from codegen.emit.reference.markdown import anchor, facts, page, table
from codegen.ir import Spec
from codegen.messages import parse_message, template
from codegen.tables import ErrorTable, is_foreign

SOURCES: Final = ("spec/errors.toml",)
INTRO: Final = """Every error that reaches you derives from one base, and all are in `hyperhttp.exceptions` and in
`hyperhttp` itself. Each carries `request`, `url`, `origin`, `elapsed` (seconds), `attempt`, `attempts`,
`phase`, `retryable` and `hint`, and the facts of its own page; each can be pickled and copied. You have the
text of an error, and not its name? See [troubleshooting](troubleshooting.md)."""


def emit(spec: Spec) -> str:
    """The page of the tree."""
    return page("Errors", SOURCES, _tree_blocks(spec))


def emit_pages(spec: Spec) -> dict[str, str]:
    """The page of each error, by its path."""
    return {
        f"docs/reference/errors/{name}.md": page(name, SOURCES, _blocks(spec, name, error))
        for name, error in spec.errors.items()
    }


def error_link(name: str, folder: str = "errors/") -> str:
    """A link to the page of an error, from a page of the reference."""
    return f"[{name}]({folder}{name}.md)"


def tree(spec: Spec) -> list[str]:
    """The tree of errors; one with two bases stands under both."""
    roots = [name for name, error in spec.errors.items() if not error.own_bases]
    return [line for root in roots for line in _branch(root, spec, depth=0)]


def children(spec: Spec, name: str) -> list[str]:
    """The errors that have this one as a base."""
    return [child for child, error in spec.errors.items() if name in error.own_bases]


def _exceptions(spec: Spec, name: str) -> str:
    """Return when an object has another `retryable` than its class."""
    kinds = (name, *spec.ancestors(name))
    words = [item for kind in kinds for item in spec.errors[kind].retryable_if.items()]
    return "".join(f"; with `{fact}` it is `{word!r}`" for fact, word in words)


def retried(spec: Spec, name: str) -> str:
    """Return whether a retry policy sends the request again after this error, and why."""
    error = spec.errors[name]
    if error.retried:
        return error.retried
    condition = spec.vocabulary.retryable[error.retryable].condition
    if not condition:
        return "No, under no policy: the same request would fail again, or could do harm."
    if {name, *spec.ancestors(name)} & _repeated(spec):
        return f"With `retry=True` the request is sent again {condition}."
    return f"Not unless `RetryPolicy.errors` names it; then it is sent again {condition}."


def _repeated(spec: Spec) -> set[str]:
    """The errors that the usual retry policy repeats."""
    fields = [f for model in spec.config.values() for f in model.fields.values()]
    sets = [f.default for f in fields if "error" in f.parsed.word_names]
    return {str(name) for found in sets if isinstance(found, tuple) for name in found}


def _branch(name: str, spec: Spec, *, depth: int) -> Iterator[str]:
    foreign = _foreign(spec.errors[name])
    also = f" (also {', '.join(foreign)})" if foreign else ""
    yield f"{'    ' * depth}{name}{also}"
    for child in children(spec, name):
        yield from _branch(child, spec, depth=depth + 1)


def _foreign(error: ErrorTable) -> list[str]:
    return [b.rpartition(":")[2] for b in error.bases if is_foreign(b) and ":" in b]


def _tree_blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    yield "\n".join(["```text", *tree(spec), "```"])
    yield table(
        ["error", "what happened", "sent again"],
        [
            (error_link(name), error.doc, f"`{error.retryable}`")
            for name, error in spec.errors.items()
        ],
    )
    yield "The last column is `error.retryable`. Sending the same request again:"
    yield facts((f"`{name}`", word.advice) for name, word in spec.vocabulary.retryable.items())


def _blocks(spec: Spec, name: str, error: ErrorTable) -> Iterator[str]:
    yield error.doc
    yield f"```text\n{template(parse_message(error.message))}\n```"
    yield "## What happened"
    yield error.raised_when
    yield "## What usually causes it"
    yield "\n".join(f"- {cause}" for cause in error.causes)
    yield "## What to do"
    yield error.hint
    yield "## Retries"
    yield f"{retried(spec, name)} `error.retryable` is `{error.retryable!r}`{_exceptions(spec, name)}."
    yield "## What it knows"
    yield table(["fact", "type", "unit", "what it is"], _facts(spec, name))
    yield "## Its place"
    yield from _place(spec, name, error)
    yield "## See it happen"
    yield code(error.scenario)
    yield "It prints:"
    yield f"```text\n{error.prints}\n```"


def _source(foreign: str) -> str:
    return foreign.removeprefix("builtins:").replace(":", ".")


def _facts(spec: Spec, name: str) -> Iterator[tuple[str, str, str, str]]:
    for fact_name, fact in spec.facts(name).items():
        yield f"`{fact_name}`", f"`{fact.parsed.python}`", fact.parsed.unit, fact.doc
    known = {"request": ("Request", KNOWN_REQUEST_DOC)} if spec.has_response(name) else {}
    for context, (kind, _, doc) in CONTEXT.items():
        unit = "seconds" if context == "elapsed" else ""
        shown, said = known.get(context, (kind, doc))
        yield f"`{context}`", f"`{shown}`", unit, said


def _place(spec: Spec, name: str, error: ErrorTable) -> Iterator[str]:
    caught = [name, *spec.ancestors(name)]
    foreign = dict.fromkeys(base for one in caught for base in _foreign(spec.errors[one]))
    clauses = [f"`except hyperhttp.{one}`" for one in caught]
    clauses += [f"`except {base}`" for base in [*foreign, "Exception"]]
    below = [error_link(child, "") for child in children(spec, name)]
    peers = [f"{spec.vocabulary.peers[peer].title}: `{text}`" for peer, text in error.peers.items()]
    yield facts(
        [
            ("is a", ", ".join(error_link(base, "") for base in error.own_bases)),
            ("caught by", ", ".join(clauses)),
            ("more precise", ", ".join(below)),
            ("phase", f"`{error.phase}`" if error.phase else ""),
            ("stands for", ", ".join(f"`{_source(source)}`" for source in error.maps)),
            ("in other clients", "; ".join(peers)),
            ("since", error.since),
            ("in the tree", f"[errors](../errors.md#{anchor('Errors')})"),
        ]
    )
