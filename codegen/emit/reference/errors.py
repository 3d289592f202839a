"""`docs/reference/errors.md`: the tree of errors, and for each what happened and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.emit.reference.markdown import anchor, code, facts, page, table
from codegen.ir import ErrorTable, RetryWord, Spec, is_foreign

RETRY_WORDS: Final[Mapping[RetryWord, str]] = {
    "never": "no, the same request would fail again or could do harm",
    "if_unsent": "yes, if nothing of the request was sent",
    "if_idempotent": "yes, if doing it twice does no harm (the method is idempotent)",
    "always": "yes, nothing of the request had been sent",
}
INTRO: Final = """Every error that reaches you derives from one base, and all are in `hyperhttp.exceptions` and in
`hyperhttp` itself. Each carries `request`, `url`, `origin`, `elapsed` (seconds), `attempt`, `attempts`,
`phase`, `retryable` and `hint`, and the facts listed with it; each can be pickled and copied."""


def emit(spec: Spec) -> str:
    """The page."""
    return page("Errors", ["spec/errors.toml"], _blocks(spec))


def tree(spec: Spec) -> list[str]:
    """The tree of errors; one with two bases stands under both."""
    children: dict[str, list[str]] = {name: [] for name in spec.errors}
    for name, error in spec.errors.items():
        for base in error.own_bases:
            children[base].append(name)
    roots = [name for name, error in spec.errors.items() if not error.own_bases]
    return [line for root in roots for line in _branch(root, children, spec, depth=0)]


def _branch(
    name: str, children: Mapping[str, list[str]], spec: Spec, *, depth: int
) -> Iterator[str]:
    foreign = [b.rpartition(":")[2] for b in spec.errors[name].bases if is_foreign(b) and ":" in b]
    also = f" (also {', '.join(foreign)})" if foreign else ""
    yield f"{'    ' * depth}{name}{also}"
    for child in children[name]:
        yield from _branch(child, children, spec, depth=depth + 1)


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    yield "\n".join(["```text", *tree(spec), "```"])
    for name, error in spec.errors.items():
        yield from _error(spec, name, error)


def _error(spec: Spec, name: str, error: ErrorTable) -> Iterator[str]:
    bases = [f"[{base}](#{anchor(base)})" for base in error.own_bases]
    bases += [f"`{base.rpartition(':')[2]}`" for base in error.bases if is_foreign(base)]
    yield f"## {name}"
    yield error.doc
    yield facts(
        [
            ("is a", ", ".join(bases)),
            ("raised when", error.raised_when),
            ("what to do", error.hint),
            ("phase", f"`{error.phase}`" if error.phase else ""),
            ("worth repeating", f"`{error.retryable}`: {RETRY_WORDS[error.retryable]}"),
            ("made from", ", ".join(f"`{source.replace(':', '.')}`" for source in error.maps)),
            ("since", error.since),
        ]
    )
    carried = spec.facts(name)
    if carried:
        rows = [
            (f"`{fact_name}`", f"`{fact.parsed.python}`", fact.parsed.unit, fact.doc)
            for fact_name, fact in carried.items()
        ]
        yield table(["fact", "type", "unit", "what it is"], rows)
    if error.example:
        yield code(error.example)
