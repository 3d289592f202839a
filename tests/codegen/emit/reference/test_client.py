from __future__ import annotations

import re

from codegen.emit.reference.client import emit
from codegen.emit.reference.config import emit as emit_config
from codegen.surface import Surface
from tests.codegen.specs import ROOT, real_spec


def page() -> str:
    return emit(real_spec(), Surface(ROOT, {}))


def test_every_option_of_the_client_has_a_section() -> None:
    text = page()
    for name, option in real_spec().options_at("client").items():
        section = text.partition(f"\n### {name}\n")[2].partition("\n##")[0]
        assert real_spec().option_doc(option) in section, name
        assert "```python" in section, name


def test_every_call_has_its_signatures_and_its_example() -> None:
    text = page()
    for name, call in real_spec().calls.calls.items():
        section = text.partition(f"\n### `Client.{name}`\n")[2].partition("\n### ")[0]
        assert call.doc in section, name
        assert call.example.strip() in section, name
        wanted = 1 + len(real_spec().options_at("body")) if call.body == "optional" else 1
        assert section.count(f"{name}(\n") == wanted, name


def test_bodies_and_what_goes_with_them_are_listed() -> None:
    section = page().partition("\n## Bodies\n")[2].partition("\n## ")[0]
    for level in ("body", "upload"):
        for name, option in real_spec().options_at(level).items():
            assert f"| `{name}` |" in section
            assert option.doc in section


def test_links_into_the_configuration_lead_to_headings() -> None:
    headings = re.findall(r"^### `([^`]*)`$", emit_config(real_spec()), re.MULTILINE)
    anchors = {heading.replace(".", "").lower() for heading in headings}
    links = re.findall(r"\(config\.md#([^)]*)\)", page())
    assert len(links) > 10
    assert [link for link in links if link not in anchors] == []


def test_the_other_members_of_the_client_are_there() -> None:
    assert "### `Client.aclose`" in page()
