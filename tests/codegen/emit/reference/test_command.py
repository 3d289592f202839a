from __future__ import annotations

from codegen.emit.command import command_options
from codegen.emit.reference.command import emit
from tests.codegen.specs import real_spec


def test_each_option_has_a_row_below_its_model_with_all_its_spellings() -> None:
    page = emit(real_spec())
    sections = {part.partition("\n")[0]: part for part in page.split("\n## ")[1:]}
    assert list(sections) == list(real_spec().config)
    for option in command_options(real_spec()):
        (row,) = [
            line
            for line in sections[option.group].splitlines()
            if line.startswith(("| `" + option.spellings[0] + "`", f"| `{option.spellings[0]} "))
        ]
        assert all(f"`{flag}" in row for flag in option.spellings)
        assert option.doc.replace("|", "\\|") in row


def test_a_row_has_default_and_name_in_the_environment() -> None:
    rows = emit(real_spec()).splitlines()
    (row,) = [line for line in rows if line.startswith("| `--max-connections N`")]
    assert row.endswith("| `100` | `HYPERHTTP_MAX_CONNECTIONS` |")
