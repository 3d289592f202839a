from __future__ import annotations

import re

from codegen.emit.config import default_text
from codegen.emit.reference.config import emit, option_facts
from codegen.emit.reference.markdown import anchor
from tests.codegen.specs import real_spec


def test_every_option_is_told_with_unit_default_why_bounds_environment_and_example() -> None:
    spec = real_spec()
    text = emit(spec)
    for model, table in spec.config.items():
        for name, field in table.fields.items():
            section = text.partition(f"\n### `{model}.{name}`\n")[2].partition("\n##")[0]
            assert section, name
            for said in (field.doc, field.why, field.example, f"`{default_text(field)}`"):
                assert said in section, (name, said)
            assert f"- **since:** {field.since}" in section
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
    text = emit(real_spec())
    key = text.partition("\n### `TLSConfig.cert_key`\n")[2].partition("\n##")[0]
    assert "- **only together with:** `cert`" in key
    assert "- **in the client:** [`cert`](client.md#cert)" in key
    uds = text.partition("\n### `ClientConfig.uds`\n")[2].partition("\n##")[0]
    assert "- **not together with:** `local_address`" in uds


def test_links_within_the_page_lead_to_headings() -> None:
    text = emit(real_spec())
    headings = {anchor(line.lstrip("# ")) for line in text.splitlines() if line.startswith("#")}
    links = re.findall(r"\]\(#([^)]*)\)", text)
    assert [link for link in links if link not in headings] == []
