"""Events: their attributes have types that exist, and no two share a name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.diagnostics import Problem
from codegen.ir import Spec
from codegen.rules.tables import EVENTS, unknown_names
from codegen.tables import Fact

OBJECTS: Final[Mapping[str, str]] = {
    "BaseException": "builtins",
    "BodyFacts": "hyperhttp._base.facts",
    "HeadFacts": "hyperhttp._base.facts",
    "RequestFacts": "hyperhttp._base.facts",
}
"""The Names that the type of an attribute may have, and where they are defined."""
RECORDS: Final[Mapping[str, str]] = {
    "AttemptFacts": "hyperhttp._base.facts",
    "CallFacts": "hyperhttp._base.facts",
}
"""The records that events can be views of, and where they are defined."""


def attributes_are_whole(spec: Spec) -> Iterator[Problem]:
    """The type of each attribute exists, and its name is one that Python takes."""
    for table, name, fact in _attributes(spec):
        if not name.isidentifier() or name.startswith("_"):
            yield Problem(EVENTS, table, f'"{name}" cannot be a name in Python')
        if fact.default is not None:
            yield Problem(EVENTS, table, "default: an event has all its attributes")
        yield from unknown_names(EVENTS, table, fact.parsed, OBJECTS, "an object of events")


def records_are_known(spec: Spec) -> Iterator[Problem]:
    """The record of an event exists, and has nothing but attributes of the event."""
    for name, event in spec.events.events.items():
        table = f"events.{name}"
        if event.record is not None and event.record not in RECORDS:
            yield Problem(EVENTS, table, f'record: "{event.record}" is not a record')
        if bool(event.stored) is not (event.record is not None):
            yield Problem(EVENTS, table, "record, stored: an event has both, or none")
        for field in event.stored.keys() - spec.events.fields(name).keys():
            yield Problem(EVENTS, f"{table}.stored", f'the event has no attribute "{field}"')


def names_are_unique(spec: Spec) -> Iterator[Problem]:
    """No class has the name of another one, and no attribute that of a common one."""
    taken = {*spec.errors, *spec.config, *spec.calls.objects, "Event"}
    for name, event in spec.events.events.items():
        if not name.isidentifier() or name in taken:
            yield Problem(EVENTS, f"events.{name}", f'"{name}" cannot be the name of an event')
        scope, kind = spec.events.scopes[event.scope], spec.events.kinds[event.kind]
        for field in event.fields:
            if field in scope.fields or field in kind.fields:
                table = f"events.{name}.fields.{field}"
                yield Problem(EVENTS, table, "its scope or kind has this attribute")


def _attributes(spec: Spec) -> Iterator[tuple[str, str, Fact]]:
    events = spec.events
    for group, tables in (
        ("scopes", events.scopes),
        ("kinds", events.kinds),
        ("events", events.events),
    ):
        for name, each in tables.items():
            for field, fact in each.fields.items():
                yield f"{group}.{name}.fields.{field}", field, fact
