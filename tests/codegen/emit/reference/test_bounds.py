from __future__ import annotations

from codegen.emit.reference.bounds import emit
from tests.codegen.specs import real_spec


def test_each_bound_has_one_row_below_its_topic() -> None:
    page = emit(real_spec())
    for name, bound in real_spec().bounds.items():
        section = page.partition(f"\n## {bound.topic}\n")[2].partition("\n## ")[0]
        row = " | ".join(filter(None, [f"| {bound.doc}", bound.reason, bound.rfc])) + " |"
        assert sum(row in line for line in section.splitlines()) == 1
        assert page.count(f"| `{name}` |") == 1
    assert "| `CONTINUE_WAIT_S` | 1 s |" in page
    assert "| `URL_CHARS_MAX` | 65,536 characters |" in page
    assert "| `FRAMED_BYTES_MAX` | 9,223,372,036,854,775,807 bytes |" in page
    assert "| `DISCARD_WAIT_S` | 0.25 s |" in page
