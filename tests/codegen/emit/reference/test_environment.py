from __future__ import annotations

from codegen.emit.config_defaults import default_text
from codegen.emit.reference.environment import emit
from tests.codegen.specs import path_of, real_spec


def test_every_name_of_an_option_is_there_with_key_and_default() -> None:
    rows = [line for line in emit(real_spec()).splitlines() if line.startswith("| `HYPERHTTP_")]
    named = 0
    for model, table in real_spec().config.items():
        path = path_of(model)
        for name, field in table.fields.items():
            if field.env:
                named += 1
                (row,) = [one for one in rows if one.startswith(f"| `HYPERHTTP_{field.env}` |")]
                assert f"| `{'.'.join((*path, name))}` |" in row
                assert row.endswith(f"| `{default_text(field)}` |")
    assert len(rows) == named > 40


def test_what_other_programs_know_is_told_apart() -> None:
    shared = emit(real_spec()).partition("## Those of hyperhttp")[0]
    for name, variable in real_spec().environment.items():
        (row,) = [line for line in shared.splitlines() if line.startswith(f"| `{name}`")]
        assert variable.doc in row
        assert all(f"`{other}`" in row for other in variable.also)
    assert "[`proxy`](client.md#proxy)" in shared
