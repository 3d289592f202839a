"""The defaults of options as Python source."""

from __future__ import annotations

import pytest

from codegen.emit.config_defaults import default_text, literal
from tests.codegen.specs import real_spec


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "True"), (5, "5"), (0.5, "0.5"), ("a", '"a"'), ('"', '"\\""'), (None, "None")],
)
def test_a_value_is_python(value: bool | float | str | None, text: str) -> None:
    assert literal(value) == text


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("address_policy.scope", '"anywhere"'),
        ("address_policy.allow", "frozenset()"),
        ("retry.statuses", "frozenset({429, 500, 502, 503, 504})"),
        ("retry", "None"),
        ("timeout", "Timeout()"),
        ("timeout.total", "None"),
    ],
)
def test_a_default_is_python(path: str, text: str) -> None:
    assert default_text(real_spec().config_field(path)) == text
