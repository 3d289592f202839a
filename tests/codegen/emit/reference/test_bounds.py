from __future__ import annotations

from codegen.emit.reference.bounds import emit
from tests.codegen.specs import real_spec


def test_each_bound_has_one_row_below_its_topic() -> None:
    page = emit(real_spec())
    for name, bound in real_spec().bounds.items():
        section = page.partition(f"\n## {bound.topic}\n")[2].partition("\n## ")[0]
        value = f"{bound.value:,} {bound.unit}".rstrip()
        assert f"| `{name}` | {value} | {bound.doc} | {bound.reason} |" in section
        assert page.count(f"| `{name}` |") == 1
