from __future__ import annotations

import re

from codegen.emit.config_defaults import default_text
from codegen.emit.reference.config import emit, emit_pages, option_facts, option_link
from codegen.emit.reference.markdown import anchor, since
from tests.codegen.specs import path_of, real_spec

PAGES = emit_pages(real_spec())


def page_of(model: str) -> str:
    return PAGES[f"docs/reference/config/{model}.md"]


def section_of(model: str, name: str) -> str:
    return page_of(model).partition(f"\n## `{model}.{name}`\n")[2].partition("\n## ")[0]


def test_every_option_is_told_with_unit_default_why_bounds_environment_and_example() -> None:
    for model, table in real_spec().config.items():
        path = path_of(model)
        for name, field in table.fields.items():
            section = section_of(model, name)
            assert section, name
            for said in (field.doc, field.why, field.example, f"`{default_text(field)}`"):
                assert said in section, (name, said)
            assert f"- **TOML key:** `{'.'.join((*path, name))}`" in section
            if field.env:
                assert f"`HYPERHTTP_{field.env}`" in section
            if field.parsed.unit:
                assert f"- **unit:** {field.parsed.unit}" in section


def test_facts_that_an_option_does_not_have_are_empty() -> None:
    listed = dict(option_facts(real_spec().config_field("redirects.follow")))
    assert listed["unit"] == ""
    assert listed["raises"] == ""
    assert listed["allowed"] == "True or False"


def test_companions_and_opponents_are_told() -> None:
    key = section_of("TLSConfig", "cert_key")
    assert "- **requires:** `cert`" in key
    assert "- **client option:** [`cert`](../client.md#cert)" in key
    assert "- **excludes:** `local_address`" in section_of("ClientConfig", "uds")


def test_the_overview_leads_to_every_option() -> None:
    text = emit(real_spec())
    for model, table in real_spec().config.items():
        assert f"## {model}\n" in text
        for name, field in table.fields.items():
            link = option_link(model, name).replace(f"`{model}.{name}`", f"`{name}`")
            row = f"| {link} | `{default_text(field)}` |"
            assert row in text


def test_links_of_the_overview_lead_to_headings() -> None:
    links = re.findall(r"\(config/(\w+)\.md#([^)]*)\)", emit(real_spec()))
    assert len(links) > 20
    for model, place in links:
        headings = [line.strip("# `") for line in page_of(model).splitlines() if line[:3] == "## "]
        assert place in {anchor(heading).replace(".", "") for heading in headings}


def test_the_page_of_a_model_begins_with_real_defaults_and_a_table_that_leads_to_each_option() -> (
    None
):
    page = page_of("Timeout")
    assert "    connect: float | None = 30.0,\n" in page
    for name, field in real_spec().config["Timeout"].fields.items():
        row = f"| [`{name}`](#timeout{name}) | `{default_text(field)}` | {field.doc} |"
        assert row in page.partition("\n## ")[0]


def test_the_version_is_shown_if_it_is_not_that_of_the_first_release() -> None:
    assert "since" not in page_of("Timeout")
    assert since("0.1") == ""
    assert since("0.2") == "0.2"
