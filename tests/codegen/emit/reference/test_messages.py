from __future__ import annotations

from codegen.emit.reference.messages import PARTS, emit
from codegen.surface import Surface
from tests.codegen.specs import ROOT, real_spec


def page() -> str:
    return emit(real_spec(), Surface(ROOT, {}))


def test_every_part_is_there() -> None:
    text = page()
    assert [name for name in PARTS if f"\n## {name}\n" not in text] == []


def test_the_attributes_of_parts_are_told_with_type_and_doc() -> None:
    text = page()
    section = text.partition("\n## ServerSentEvent\n")[2].partition("\n## ")[0]
    assert "| `event` | `str` | The type of the event. |" in section
    assert "| `retry_s` | <code>float &#124; None</code> | The last reconnection delay" in section
    assert "| `max_age` | <code>int &#124; None</code> |" in text
    assert "`_" not in section
