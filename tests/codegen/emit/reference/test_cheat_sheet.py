from __future__ import annotations

from codegen.emit.reference.cheat_sheet import emit
from codegen.emit.reference.errors import tree
from tests.codegen.specs import real_spec


def test_all_that_is_used_daily_is_there() -> None:
    spec = real_spec()
    text = emit(spec)
    for call in spec.calls.calls.values():
        assert call.example.strip() in text
    for option in spec.options_at("body").values():
        assert option.example in text
    for name in (*spec.options_at("client"), *spec.response["Response"].fields):
        assert f"`{name}`" in text
    assert all(line.strip() in text for line in tree(spec))
    assert "read: 30.0 -> ReadTimeout" in text


def test_the_menus_beside_it_are_hidden() -> None:
    front, page = emit(real_spec()).removeprefix("---\n").split("\n---\n")
    assert front.endswith("hide:\n  - navigation\n  - toc")
    assert page.startswith("\n# Cheat sheet\n")
