"""Functions that several rules share: names of files, walks over the tables, and cycles."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from codegen.diagnostics import Problem, did_you_mean
from codegen.ir import Spec
from codegen.tables import OptionField
from codegen.types import Type

CONFIG, ERRORS, RESPONSE, HEADERS, ENVIRONMENT, BOUNDS, CALLS, ADDRESSES, EVENTS, PEERS = (
    "spec/config.toml",
    "spec/errors.toml",
    "spec/response.toml",
    "spec/headers.toml",
    "spec/environment.toml",
    "spec/bounds.toml",
    "spec/calls.toml",
    "spec/addresses.toml",
    "spec/events.toml",
    "spec/peers.toml",
)
Rule: TypeAlias = Callable[[Spec], Iterator[Problem]]


def unknown_names(
    file: str, table: str, kind: Type, known: Mapping[str, object], what: str
) -> Iterator[Problem]:
    """The Names in a type that are not known."""
    for name in kind.names:
        if name not in known:
            yield Problem(file, table, f'type: "{name}" is not {what}.{did_you_mean(name, known)}')


def option_fields(spec: Spec) -> Iterator[tuple[str, OptionField]]:
    """Every option of every model, with the table that declares it."""
    for name, model in spec.config.items():
        for field_name, field in model.fields.items():
            yield f"{name}.fields.{field_name}", field


def circles(edges: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """Each circle once, from its first member in order of declaration."""
    reported: set[str] = set()
    for start in edges:
        path = _path_back(start, start, edges, ())
        if path and not reported.intersection(path):
            reported.update(path)
            yield path


def _path_back(
    at: str, goal: str, edges: Mapping[str, list[str]], seen: tuple[str, ...]
) -> list[str] | None:
    for step in edges.get(at, []):
        if step == goal:
            return [*seen, at, goal]
        if step not in seen and step != at:
            found = _path_back(step, goal, edges, (*seen, at))
            if found:
                return found
    return None
