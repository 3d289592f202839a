"""`docs/reference/states.md`: the state tables of the code, read from its syntax trees."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from codegen.diagnostics import Problem, SpecError
from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec
from codegen.surface import Module, Surface

TABLE: Final = "NEXT"
INTRO: Final = """Each state machine is a table in the code. A transition that isn't in the table is a bug and raises an
error at once."""


class Machine(NamedTuple):
    """A state table: its subject and its module."""

    title: str
    module: str
    doc: str


MACHINES: Final = (
    Machine(
        "A connection",
        "hyperhttp._transport.connection_state",
        "The pool leases only connections that are IDLE. Only a complete exchange returns a connection to IDLE.",
    ),
    Machine(
        "An HTTP/2 stream",
        "hyperhttp._protocol.h2.stream",
        "The states of RFC 9113 5.1, except those that only server push needs.",
    ),
    Machine(
        "TLS on a socket",
        "hyperhttp._network.tls_state",
        "Connections on which the client runs TLS itself. See decision 0034.",
    ),
    Machine(
        "A circuit breaker",
        "hyperhttp._policy.breaker",
        "Each origin has its own breaker. See [retries and circuit breakers](../guide/retries.md).",
    ),
)


def emit(_: Spec, surface: Surface) -> str:
    """Return the page."""
    sources = [f"{machine.module.replace('.', '/')}.py" for machine in MACHINES]
    return page("State tables", sources, _blocks(surface))


def transitions(module: Module) -> list[tuple[str, str, str]]:
    """Return state, signal and next state, in the order of the table."""
    found = module.definitions.get(TABLE, [])
    match found:
        case [ast.AnnAssign(value=ast.Dict() as outer)]:
            return list(_transitions(outer))
        case _:
            raise SpecError([Problem(module.path, "", f"no table {TABLE}")])


def _transitions(outer: ast.Dict) -> Iterator[tuple[str, str, str]]:
    for state, row in zip(outer.keys, outer.values, strict=True):
        match state, row:
            case ast.Attribute(attr=name), ast.Dict():
                for signal, after in zip(row.keys, row.values, strict=True):
                    yield name, _member(signal), _member(after)
            case _:
                raise TypeError(f"line {outer.lineno}: not a table of states")


def _member(node: ast.expr | None) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    raise TypeError("expected a member of a class, such as State.IDLE")


def _blocks(surface: Surface) -> Iterator[str]:
    yield INTRO
    for machine in MACHINES:
        module = surface.module(machine.module)
        if module is None:
            raise SpecError([Problem(machine.module, "", "no such module")])
        yield f"## {machine.title}"
        yield machine.doc
        yield from _drawn(module)


def _drawn(module: Module) -> Iterator[str]:
    arrows = transitions(module)
    states = _meanings(module, "State")
    signals = _meanings(module, "Signal")
    going = {(state, signal): after for state, signal, after in arrows}
    yield table(
        ["from \\ when", *(f"`{signal}`" for signal in signals)],
        [
            (f"**`{state}`**", *(_arrow(going.get((state, signal))) for signal in signals))
            for state in states
        ],
    )
    docs = {**states, **signals}
    if any(docs.values()):
        rows = [("state", name, text) for name, text in states.items()]
        rows += [("signal", name, text) for name, text in signals.items()]
        yield table(["", "name", "meaning"], [(kind, f"`{n}`", text) for kind, n, text in rows])


def _arrow(after: str | None) -> str:
    return f"→ `{after}`" if after else ""


def _meanings(module: Module, name: str) -> Mapping[str, str]:
    """Return the members of an Enum with their values, if those are text."""
    match module.definitions.get(name):
        case [ast.ClassDef(body=body)]:
            return dict(_members(body))
        case _:
            raise SpecError([Problem(module.path, "", f"no class {name}")])


def _members(body: list[ast.stmt]) -> Iterator[tuple[str, str]]:
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Constant(value=value)):
                yield name, value if isinstance(value, str) else ""
            case _:
                pass
