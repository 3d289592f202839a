from __future__ import annotations

from codegen.emit.reference.headers import emit
from tests.codegen.specs import real_spec


def test_each_field_has_one_row_below_the_heading_of_its_kind() -> None:
    page = emit(real_spec())
    sensitive, body = page.split("## Sensitive fields")[1].split("## Fields of a body")
    for name, field in real_spec().headers.items():
        row = f"| `{name}` | {field.doc} |"
        assert (sensitive.count(row), body.count(row)) == (
            (1, 0) if field.kind == "sensitive" else (0, 1)
        )
