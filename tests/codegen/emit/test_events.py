"""Each event of the spec is a slotted class with all its attributes, and part of the union."""

from __future__ import annotations

import hyperhttp
from codegen.emit.events import emit
from hyperhttp._base._generated import events
from tests.codegen.specs import real_spec


def test_each_event_is_a_class_with_the_attributes_of_its_scope_and_kind() -> None:
    table = real_spec().events
    assert table.events
    for name in table.events:
        made = getattr(events, name)
        assert [*made.__match_args__] == [*table.fields(name)]
        assert {*made.__slots__} == {*table.fields(name)}
        assert getattr(hyperhttp, name) is made
        for derived in table.derived(name):
            assert isinstance(getattr(made, derived), property)


def test_the_union_holds_each_event() -> None:
    text = emit(real_spec())
    union = text.partition("\nEvent: TypeAlias = ")[2].partition("\n")[0]
    assert union.split(" | ") == [*real_spec().events.events]


def test_attributes_are_read_only_for_type_checkers() -> None:
    assert "self.call_id: Final[int] = call_id" in emit(real_spec())
