"""`docs/reference/events.md`: each event, when it is reported, and its attributes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from codegen.constants import EventClass
from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec
from codegen.tables import Typed

INTRO: Final = """`Client(on_event=f)` calls `f` with each of these events. `hyperhttp.Event` is their union. See
[events](../guide/events.md)."""


def emit(spec: Spec) -> str:
    """The page."""
    return page("Events", ["spec/events.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    events = spec.events
    yield INTRO
    for scope, each in events.scopes.items():
        yield f"## {each.title}"
        yield each.doc
        yield _attributes(each.fields)
        for name, event in events.events.items():
            if event.scope == scope:
                yield from _event(spec, name, event)


def _event(spec: Spec, name: str, event: EventClass) -> Iterator[str]:
    yield f"### `{name}`"
    yield f"{event.doc} It's reported {event.when[0].lower()}{event.when[1:]}"
    kind = spec.events.kinds[event.kind]
    yield _attributes({**kind.fields, **kind.derived, **event.fields, **event.derived})


def _attributes(fields: Mapping[str, Typed]) -> str:
    rows = [(f"`{name}`", _type(fact), fact.doc) for name, fact in fields.items()]
    return table(["attribute", "type", "meaning"], rows)


def _type(fact: Typed) -> str:
    return f"`{fact.parsed.python}`"
