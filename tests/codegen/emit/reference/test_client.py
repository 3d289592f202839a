from __future__ import annotations

import re

import pytest

from codegen.emit.reference.client import emit, option_example
from codegen.emit.reference.config import emit_pages
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


def test_an_example_of_an_option_is_a_client_and_a_whole_one_stands_as_it_is() -> None:
    options = real_spec().calls.options
    assert option_example("retry", options["retry"]) == "Client(retry=True)"
    assert option_example("middleware", options["middleware"]).lstrip().startswith("async def")


@pytest.mark.slow
def test_links_into_the_configuration_lead_to_headings() -> None:
    pages = emit_pages(real_spec())
    links = re.findall(r"\((config/\w+\.md)#([^)]*)\)", page())
    assert len(links) > 10
    for path, anchor in links:
        headings = re.findall(r"^## `([^`]*)`$", pages[f"docs/reference/{path}"], re.MULTILINE)
        assert anchor in {heading.replace(".", "").lower() for heading in headings}, path


def test_the_other_members_of_the_client_are_there() -> None:
    assert "### `Client.aclose`" in page()


def test_an_option_for_which_none_differs_from_leaving_it_out_has_another_default() -> None:
    assert "    proxy: ProxyInput | None = UNSET,\n" in page()
    assert "| [`proxy`](#proxy) | `UNSET` |" in page()
    assert "    auth: AuthInput | None = None,\n" in page()
