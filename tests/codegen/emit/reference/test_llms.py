from __future__ import annotations

from pathlib import Path

from codegen.emit.reference.llms import PAGES, emit, emit_full
from codegen.messages import parse_message, template
from codegen.surface import Surface
from tests.codegen.specs import ROOT, real_spec


def test_the_index_names_every_page_of_the_reference_and_every_guide() -> None:
    text = emit(real_spec(), Surface(ROOT, {}))
    for title, path, _ in PAGES:
        assert f"- [{title}](/reference/{path})" in text
    guides = sorted((ROOT / "docs/guide").glob("*.md"))
    assert guides
    assert [path.name for path in guides if f"(/guide/{path.name})" not in text] == []


def test_a_checkout_without_guides_has_none_in_its_index(tmp_path: Path) -> None:
    assert "## Guides" not in emit(real_spec(), Surface(tmp_path, {}))


def test_the_whole_vocabulary_is_in_one_file() -> None:
    spec = real_spec()
    text = emit_full(spec)
    for name, model in spec.config.items():
        assert f"### {name}" in text
        assert all(f"- `{field}: " in text for field in model.fields)
    assert all(f"{name}(" in text for name in spec.calls.calls)
    assert all(f"- `{name}: " in text for name in spec.calls.options)
    for name, error in spec.errors.items():
        section = text.partition(f"\n### {name}\n")[2].partition("\n### ")[0]
        assert f"Message: `{template(parse_message(error.message))}`" in section
        assert error.hint in section


def test_the_title_of_a_page_is_its_heading(tmp_path: Path) -> None:
    guide = tmp_path / "docs/guide"
    guide.mkdir(parents=True)
    (guide / "a.md").write_text("---\ndescription: x\n---\n\n# First page\n\n## Other\n")
    (guide / "b.md").write_text("# Second page\n")
    text = emit(real_spec(), Surface(tmp_path, {}))
    assert "- [First page](/guide/a.md)\n- [Second page](/guide/b.md)" in text
