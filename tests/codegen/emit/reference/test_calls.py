from __future__ import annotations

from codegen.emit.reference.calls import emit
from tests.codegen.specs import real_spec


def test_every_call_has_its_signature_and_its_example() -> None:
    text = emit(real_spec())
    for name, call in real_spec().calls.calls.items():
        section = text.partition(f"\n### `Client.{name}`\n")[2].partition("\n### ")[0]
        assert call.doc in section, name
        assert call.example.strip() in section, name
        shown = section.partition("```py\n")[2].partition("```")[0]
        assert shown.removeprefix("async ").startswith(f"{name}("), name
        assert "**options: Unpack[RequestOptions]" in shown
        for body in real_spec().options_at("body"):
            assert (f"    {body}: " in shown) == (call.body == "optional"), (name, body)


def test_bodies_and_what_goes_with_them_are_listed_with_examples() -> None:
    section = emit(real_spec()).partition("\n## Bodies\n")[2].partition("\n## ")[0]
    for level in ("body", "upload"):
        for name, option in real_spec().options_at(level).items():
            assert f"| `{name}` |" in section
            assert option.doc in section
    assert '| `json={"name": "John"}` |' in section


def test_signatures_are_shown_and_not_run() -> None:
    text = emit(real_spec())
    shown = [block.partition("\n")[2] for block in text.split("```py\n")[1:]]
    assert len(shown) == len(real_spec().calls.calls)
    assert "-> Response" not in "".join(text.split("```python\n")[1].partition("```")[0])
