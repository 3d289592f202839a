"""A plan as a value: its facts by topic, and as text."""

from __future__ import annotations

import pytest

from hyperhttp import URL, Plan, PlanEntry

PLAN = Plan(
    "GET",
    URL("https://user:sesame@example.com/a"),
    (PlanEntry("proxy", "none", "default"), PlanEntry("retry", "off", "the call")),
)


def test_facts_are_found_by_topic() -> None:
    assert PLAN["retry"] == PlanEntry("retry", "off", "the call")
    with pytest.raises(KeyError):
        PLAN["weather"]


def test_as_text_it_has_a_line_for_each_and_no_password() -> None:
    assert str(PLAN).splitlines() == [
        "GET https://example.com/a",
        "  proxy: none (default)",
        "  retry: off (the call)",
    ]
