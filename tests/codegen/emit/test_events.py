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
        fields, stored = {*table.fields(name)}, {*table.events[name].stored}
        own = {f"_{field}" for field in fields - stored} | {"_record"} if stored else fields
        assert {*made.__slots__} == own
        assert all(isinstance(getattr(made, field), property) for field in stored)
        assert getattr(hyperhttp, name) is made
        for derived in table.derived(name):
            assert isinstance(getattr(made, derived), property)


def test_the_union_holds_each_event() -> None:
    text = emit(real_spec())
    union = text.partition("\nEvent: TypeAlias = ")[2].partition("\n")[0]
    assert union.split(" | ") == [*real_spec().events.events]


def test_attributes_are_read_only_for_type_checkers() -> None:
    assert "self.call_id: Final[int] = call_id" in emit(real_spec())


def test_a_view_reads_its_record_or_returns_a_constant() -> None:
    text = emit(real_spec()).partition("class CallStarted(")[2].partition("\nclass ")[0]
    assert "return self._record.call_started_at" in text
    assert "return 0" in text
