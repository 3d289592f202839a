"""Rules of errors: bases exist in one order, attributes keep their types, messages use them."""

from __future__ import annotations

import importlib
from collections.abc import Iterator, Mapping
from typing import Final

from codegen.diagnostics import Problem, did_you_mean
from codegen.ir import Spec
from codegen.messages import Fact as MessageFact
from codegen.messages import Part, facts_of, parse_message
from codegen.rules.tables import ERRORS, circles
from codegen.tables import ErrorTable, Fact, is_foreign

CONTEXT: Final = ("request", "origin", "elapsed", "attempt", "attempts", "url")


def bases_exist(spec: Spec) -> Iterator[Problem]:
    """A base is an error of ours, `Exception`, or a builtin exception as `builtins:Name`."""
    for name, error in spec.errors.items():
        for base in error.bases:
            if not is_foreign(base) and base not in spec.errors:
                hint = did_you_mean(base, spec.errors)
                yield Problem(ERRORS, name, f'base "{base}" is not an error.{hint}')
            if ":" in base and not _is_builtin_exception(base):
                yield Problem(ERRORS, name, f'base "{base}" is not a builtin exception')


def bases_do_not_circle(spec: Spec) -> Iterator[Problem]:
    """No error is its own ancestor."""
    edges = {name: list(error.own_bases) for name, error in spec.errors.items()}
    for circle in circles(edges):
        yield Problem(ERRORS, circle[0], f"its bases run in a circle: {' -> '.join(circle)}")


def one_error_is_the_root(spec: Spec) -> Iterator[Problem]:
    """Check that one error derives from `Exception`, and that all others are below their bases."""
    roots = [name for name, error in spec.errors.items() if not error.own_bases]
    if len(roots) != 1 or spec.errors[roots[0]].bases != ("Exception",):
        yield Problem(
            ERRORS, "", f"exactly one error must derive from Exception; found {', '.join(roots)}"
        )
    order = list(spec.errors)
    for name, error in spec.errors.items():
        for base in error.own_bases:
            if order.index(base) > order.index(name):
                yield Problem(ERRORS, name, f'base "{base}" must be above it in the file')


def bases_have_one_order(spec: Spec) -> Iterator[Problem]:
    """Python can put the bases of each error in one order."""
    for name in spec.errors:
        try:
            _linear(name, spec.errors)
        except ValueError:
            yield Problem(
                ERRORS, name, "Python finds no order for these bases; list the nearest first"
            )


def facts_fit(spec: Spec) -> Iterator[Problem]:
    """Check that an attribute keeps its type in child classes and doesn't hide a common one."""
    reserved = {*CONTEXT, "phase", "retryable", "hint", "args", "add_note", "with_traceback"}
    for name, error in spec.errors.items():
        for fact_name, fact in error.fields.items():
            table = f"{name}.fields.{fact_name}"
            if fact_name in reserved:
                yield Problem(
                    ERRORS, table, f'"{fact_name}" is what every error has; choose another name'
                )
            for base in spec.ancestors(name):
                inherited = spec.errors[base].fields.get(fact_name)
                if inherited is not None and inherited.type != fact.type:
                    yield Problem(
                        ERRORS, table, f'type: it is "{inherited.type}" in {base}; keep it'
                    )


def messages_name_facts(spec: Spec) -> Iterator[Problem]:
    """Check that a message uses only known attributes, and optional ones only in brackets."""
    for name, error in spec.errors.items():
        facts = spec.facts(name)
        known = {*facts, *CONTEXT}
        message = parse_message(error.message)
        for fact in facts_of(message):
            if fact.name not in known:
                hint = did_you_mean(fact.name, known)
                yield Problem(ERRORS, name, f'message: "{fact.name}" is not an attribute.{hint}')
        bare = [piece for piece in message if isinstance(piece, MessageFact)]
        for fact in bare:
            if _may_be_none(fact.name, facts):
                yield Problem(
                    ERRORS, name, f'message: "{fact.path}" may be None; put it in brackets'
                )
        yield from _part_problems(name, [p for p in message if isinstance(p, Part)])


def _part_problems(name: str, parts: list[Part]) -> Iterator[Problem]:
    for part in parts:
        for alternative in (
            part.alternatives[:-1] if len(part.alternatives) > 1 else part.alternatives
        ):
            if not any(isinstance(piece, MessageFact) for piece in alternative):
                yield Problem(
                    ERRORS,
                    name,
                    "message: a part in brackets has no attribute, so it is always used",
                )
        for alternative in part.alternatives:
            yield from _part_problems(name, [p for p in alternative if isinstance(p, Part)])


def retryable_depends_on_facts(spec: Spec) -> Iterator[Problem]:
    """`retryable_if` names boolean attributes of the error."""
    for name, error in spec.errors.items():
        for fact in error.retryable_if:
            if fact not in error.fields or error.fields[fact].type != "flag":
                hint = did_you_mean(fact, error.fields)
                yield Problem(
                    ERRORS, name, f'retryable_if: "{fact}" is not a flag of its fields.{hint}'
                )


def scenarios_raise_their_error(spec: Spec) -> Iterator[Problem]:
    """The program of an error catches that very error, and shows it."""
    for name, error in spec.errors.items():
        if f"except hyperhttp.{name} as error:\n" not in error.scenario:
            yield Problem(ERRORS, name, f'scenario: it has no "except hyperhttp.{name} as error:"')
        if "print(error)\n" not in error.scenario:
            yield Problem(ERRORS, name, 'scenario: it has no "print(error)"')


def maps_name_exceptions(spec: Spec) -> Iterator[Problem]:
    """`maps` names exceptions of the standard library or of a dependency, as `module:Name`."""
    for name, error in spec.errors.items():
        for foreign in error.maps:
            if not _is_exception(foreign):
                yield Problem(ERRORS, name, f'maps: "{foreign}" is not an exception')


def context_names_facts(spec: Spec) -> Iterator[Problem]:
    """Check that `context` takes its values from attributes."""
    for name, error in spec.errors.items():
        facts = spec.facts(name)
        for key, path in error.context.items():
            if path.partition(".")[0] not in facts:
                hint = did_you_mean(path.partition(".")[0], facts)
                yield Problem(
                    ERRORS, name, f'context.{key}: "{path}" does not begin with an attribute.{hint}'
                )


def _may_be_none(name: str, facts: Mapping[str, Fact]) -> bool:
    if name in facts:
        return facts[name].parsed.optional
    return name in {"request", "origin", "elapsed", "url"}


def _is_builtin_exception(base: str) -> bool:
    return base.startswith("builtins:") and _is_exception(base)


def _is_exception(foreign: str) -> bool:
    module, _, name = foreign.partition(":")
    try:
        found = getattr(importlib.import_module(module), name, None)
    except (ImportError, ValueError):
        return False
    return isinstance(found, type) and issubclass(found, Exception)


def _linear(name: str, errors: Mapping[str, ErrorTable]) -> list[str]:
    """Python's method resolution order (C3), or ValueError."""
    bases = list(errors[name].own_bases)
    rows = [_linear(base, errors) for base in bases] + [bases]
    result = [name]
    while rows := [row for row in rows if row]:
        head = next((r[0] for r in rows if not any(r[0] in other[1:] for other in rows)), None)
        if head is None:
            raise ValueError(name)
        result.append(head)
        rows = [[item for item in row if item != head] for row in rows]
    return result
