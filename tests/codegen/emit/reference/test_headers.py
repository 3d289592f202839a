from __future__ import annotations

from codegen.emit.reference.headers import emit
from tests.codegen.specs import real_spec


def test_each_header_has_one_row_below_the_heading_of_each_of_its_kinds() -> None:
    spec = real_spec()
    page = emit(spec)
    for kind, declared in spec.headers.kinds.items():
        section = page.partition(f"\n## {declared.title}\n")[2].partition("\n## ")[0]
        assert declared.doc in section
        for name, header in spec.headers.headers.items():
            row = f"| `{name}` | {header.doc} |"
            assert section.count(row) == (kind in header.kinds)
