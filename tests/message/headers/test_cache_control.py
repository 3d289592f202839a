"""Cache-Control: every directive, and what damaged ones mean."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._message.headers.cache_control import CacheControl, parse_cache_control

FLAGS = [each.name for each in fields(CacheControl) if each.default is False]
SECONDS = ["max_age", "s_maxage", "stale_while_revalidate", "stale_if_error"]


@pytest.mark.parametrize("name", FLAGS)
def test_a_flag_is_a_directive_of_its_name(name: str) -> None:
    found = parse_cache_control(name.replace("_", "-"))
    assert found is not None
    assert [flag for flag in FLAGS if getattr(found, flag)] == [name]


@pytest.mark.parametrize("name", SECONDS)
@pytest.mark.parametrize(
    ("text", "seconds"),
    [("0", 0), ("60", 60), ('"60"', 60), ("2147483649", 2**31), ("9" * 99, 2**31)],
)
def test_seconds_are_digits_up_to_a_bound(name: str, text: str, seconds: int) -> None:
    found = parse_cache_control(f"{name.replace('_', '-')}={text}")
    assert found is not None
    assert getattr(found, name) == seconds


@pytest.mark.parametrize("text", ["", "=", "=soon", "=-1", "=1.5", "=٥", '="1 2"'])
def test_a_damaged_freshness_is_stale_and_a_damaged_allowance_none(text: str) -> None:
    found = parse_cache_control(f"max-age{text}, stale-if-error{text}")
    assert found is None or found.max_age in {0, None}
    assert found is None or found.stale_if_error is None
    if text != "=٥":
        assert found is not None
        assert found.max_age == 0


def test_fields_are_named_by_no_cache_and_private() -> None:
    found = parse_cache_control('no-cache="Set-Cookie,X-A", private=X-B')
    assert found == CacheControl(
        no_cache=True,
        no_cache_fields=("set-cookie", "x-a"),
        private=True,
        private_fields=("x-b",),
    )


def test_other_directives_are_kept() -> None:
    found = parse_cache_control('community="UCI", Foo, max-age=1')
    assert found is not None
    assert found.extensions == {"community": "UCI", "foo": None}


def test_what_cannot_be_read_is_left_out() -> None:
    assert parse_cache_control("@, a b, no-store") == CacheControl(no_store=True)


@given(st.text(st.characters(codec="latin-1"), max_size=60))
def test_any_text_is_read_without_an_error(value: str) -> None:
    found = parse_cache_control(value)
    assert found is None or isinstance(found, CacheControl)
