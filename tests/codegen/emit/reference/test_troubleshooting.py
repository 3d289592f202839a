from __future__ import annotations

from codegen.emit.reference.troubleshooting import ABSTRACT, emit
from codegen.messages import parse_message, template
from tests.codegen.specs import real_spec


def test_every_error_that_is_raised_is_found_by_its_text_below_its_phase() -> None:
    text = emit(real_spec())
    phases = real_spec().vocabulary.phases
    raised = 0
    for name, error in real_spec().errors.items():
        title = phases[error.phase].title if error.phase else "In any phase"
        section = text.partition(f"\n## {title}\n")[2].partition("\n## ")[0]
        shown = f"```text\n{template(parse_message(error.message))}\n```"
        if error.raised_when.startswith(ABSTRACT):
            assert f"[{name}]" not in text
            continue
        raised += 1
        assert shown in section, name
        entry = section.partition(f"[{name}](errors/{name}.md)")[2].partition("```")[0]
        assert error.hint in entry
        assert all(cause in entry for cause in error.causes)
    assert raised > 20
