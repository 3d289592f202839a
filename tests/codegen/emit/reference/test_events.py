"""The page of events has a section for each event, and a row for each of its attributes."""

from __future__ import annotations

from codegen.emit.reference.events import emit
from tests.codegen.specs import real_spec


def test_each_event_is_a_section_with_its_attributes() -> None:
    table = real_spec().events
    sections = {one.partition("`\n")[0]: one for one in emit(real_spec()).split("\n### `")[1:]}
    assert {*sections} == {*table.events}
    for name, event in table.events.items():
        for field in (*event.fields, *table.derived(name)):
            assert f"| `{field}` |" in sections[name]
        assert f"reported {event.when[0].lower()}{event.when[1:]}" in sections[name]
