"""Parameters and form fields: what may be given, and what it becomes."""

from __future__ import annotations

import enum
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from urllib.parse import parse_qsl
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.url.query import (
    ParamsInput,
    encode_params,
    join_form,
    join_query,
    text_pairs,
)


class Colour(str, enum.Enum):  # noqa: UP042 - its str() is not its value, unlike that of StrEnum
    RED = "red"


class Level(enum.IntEnum):
    LOW = 1


class Order(enum.Enum):
    NEWEST = "-created"
    LARGEST = Decimal("1.50")
    NOTHING = None
    NESTED = Colour.RED


@pytest.mark.parametrize(
    ("params", "pairs"),
    [
        ({}, []),
        ({"q": "a b"}, [("q", "a b")]),
        ({"a": 1, "b": 2.5, "c": -0.0}, [("a", "1"), ("b", "2.5"), ("c", "-0.0")]),
        ({"a": True, "b": False}, [("a", "true"), ("b", "false")]),
        ({"a": None, "b": 1}, [("b", "1")]),
        ({"a": ""}, [("a", "")]),
        ({"a": ["x", 1, None, True]}, [("a", "x"), ("a", "1"), ("a", "true")]),
        ({"a": []}, []),
        ({"a": ("x", "y")}, [("a", "x"), ("a", "y")]),
        ([("a", 1), ("b", 2), ("a", 3)], [("a", "1"), ("b", "2"), ("a", "3")]),
        ((("a", 1),), [("a", "1")]),
        ([["a", 1]], [("a", "1")]),
        ({"a": Colour.RED, "b": Level.LOW}, [("a", "red"), ("b", "1")]),
        ({Colour.RED: "x"}, [("red", "x")]),
        ({"ü": "😀"}, [("ü", "😀")]),
        ({"a": 10**30}, [("a", "1" + "0" * 30)]),
        ({"a": UUID(int=1)}, [("a", "00000000-0000-0000-0000-000000000001")]),
        ({"a": date(2026, 1, 2)}, [("a", "2026-01-02")]),
        ({"a": datetime(2026, 1, 2, 3, tzinfo=UTC)}, [("a", "2026-01-02T03:00:00+00:00")]),
        ({"a": Decimal("1.50"), "b": Decimal("1E+3")}, [("a", "1.50"), ("b", "1E+3")]),
        ({"a": Order.NEWEST, "b": Order.LARGEST}, [("a", "-created"), ("b", "1.50")]),
        ({"a": Order.NESTED}, [("a", "red")]),
        ({"a": [date(2026, 1, 2), None]}, [("a", "2026-01-02")]),
    ],
)
def test_params_become_pairs_of_text(params: ParamsInput, pairs: list[tuple[str, str]]) -> None:
    assert encode_params(params) == pairs
    assert all(type(text) is str for pair in encode_params(params) for text in pair)


@pytest.mark.parametrize(
    ("params", "reason"),
    [
        ("a=b", "mapping"),
        (b"a=b", "mapping"),
        (5, "mapping"),
        ({"a", "b"}, "mapping"),
        (["a", "b"], "pairs"),
        (["ab"], "pairs"),
        ([("a",)], "pairs"),
        ([("a", "b", "c")], "pairs"),
        ({1: "a"}, "names that are str"),
        ({b"a": "b"}, "names that are str"),
        ({"a": b"b"}, "values"),
        ({"a": [b"b"]}, "values"),
        ({"a": {"b": 1}}, "values"),
        ({"a": {"b"}}, "values"),
        ({"a": time(1)}, "values"),
        ({"a": timedelta(1)}, "values"),
        ({"a": Order.NOTHING}, "values"),
        ({"a": Order}, "values"),
        ({"a": [["b"]]}, "values"),
        ({"a": "\ud800"}, "Unicode"),
        ({"\ud800": "a"}, "Unicode"),
    ],
)
def test_other_params_are_refused(params: ParamsInput, reason: str) -> None:
    with pytest.raises(ConfigError, match=reason) as caught:
        encode_params(params)
    assert caught.value.option == "params"


def test_the_error_names_the_option_and_the_key_but_no_value() -> None:
    with pytest.raises(ConfigError, match=r"invalid data: 'when': bytes; expected"):
        text_pairs({"when": b"secret"}, option="data")


PAIRS = st.lists(
    st.tuples(st.text(st.characters(codec="utf-8")), st.text(st.characters(codec="utf-8")))
)


@given(PAIRS)
def test_queries_and_forms_are_read_back_by_a_form_parser(pairs: list[tuple[str, str]]) -> None:
    for text in (join_query(pairs), join_form(pairs)):
        assert text.isascii()
        assert parse_qsl(text, keep_blank_values=True) == pairs


def test_a_space_is_a_plus_in_forms_only() -> None:
    assert join_query([("a b", "c+d")]) == "a%20b=c%2Bd"
    assert join_form([("a b", "c+d")]) == "a+b=c%2Bd"
