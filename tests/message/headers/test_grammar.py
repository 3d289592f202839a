"""Lists, parameters and extended values of header fields: the grammar, and what breaks it."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyperhttp
from hyperhttp._message.headers.grammar import (
    TOKEN_ONLY,
    TOKEN_WITH_PARAMETERS,
    digits,
    elements,
    extended_text,
    parameters,
    preferred_text,
    unquoted,
)

TOKENS = st.from_regex(re.compile(r"[a-z0-9!#$%&'*+.^_`|~-]{1,8}"), fullmatch=True)
TEXTS = st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=12)


def quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("", []),
        (" , ,\t", []),
        ("a", ["a"]),
        (" a ,b,, c d ", ["a", "b", "c d"]),
        ('a="b, c", d', ['a="b, c"', "d"]),
        ('a="b\\", c", d', ['a="b\\", c"', "d"]),
        ("<http://example.com/a,b>; x, c", ["<http://example.com/a,b>; x", "c"]),
        ('a="open, b', ['a="open, b']),
        ("<open, b", ["<open, b"]),
        ('a="open\\', ['a="open\\']),
    ],
)
def test_a_list_is_split_at_its_own_commas(value: str, found: list[str]) -> None:
    assert list(elements(value)) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (";", []),
        ("; ; a", [("a", None)]),
        (";A=b", [("a", "b")]),
        (' ; a = "b; c" ; d=e ', [("a", "b; c"), ("d", "e")]),
        (";a=", [("a", "")]),
        (';a=""', [("a", "")]),
        (';a="x\\"y\\\\z"', [("a", 'x"y\\z')]),
        (";a=two words", [("a", "two words")]),
        (";a=1;a=2", [("a", "1"), ("a", "2")]),
    ],
)
def test_parameters_are_read_in_order(text: str, found: list[tuple[str, str | None]]) -> None:
    assert parameters(text) == found


@pytest.mark.parametrize(
    "text", ["a", "x;a", ';a="open', ';a="b"c', ";=b", ";a b", ';a"b"', ";é=1"]
)
def test_what_are_no_parameters_is_none(text: str) -> None:
    assert parameters(text) is None


@given(st.lists(st.tuples(TOKENS, TEXTS), max_size=5))
def test_parameters_as_they_are_written_are_read(pairs: list[tuple[str, str]]) -> None:
    text = "".join(f"; {name}={quoted(value)}" for name, value in pairs)
    assert parameters(text) == pairs


@given(st.lists(st.tuples(TOKENS, TEXTS), max_size=5))
def test_a_list_as_it_is_written_is_read(pairs: list[tuple[str, str]]) -> None:
    written = [f"{name}={quoted(value)}" for name, value in pairs]
    assert list(elements(" , ".join(written))) == written


@pytest.mark.parametrize(
    "piece", ['"', '\\"', ";a=", "<", ",", '"\\', ";a=\"\\'", "a b;", "=", "*"]
)
def test_hostile_values_take_linear_time(piece: str) -> None:
    text = ";" + piece * 50_000
    assert list(elements(text)) is not None
    assert parameters(text) is None or isinstance(parameters(text), list)


@pytest.mark.parametrize(("value", "text"), [("a", "a"), (' "a" ', "a"), ('"', '"'), ('""', "")])
def test_a_value_loses_its_quotes(value: str, text: str) -> None:
    assert unquoted(value) == text


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_an_extended_value_is_read(text: str) -> None:
    assert extended_text(f"UTF-8'en'{quote(text, safe='')}") == text


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("iso-8859-1'en'%A3%20rates", "£ rates"),
        ("utf-8''", ""),
        ("UTF-8''%ff", None),
        ("UTF-8''%4", None),
        ("UTF-8''a b", None),
        ("UTF-8''é", None),
        ("klingon''a", None),
        ("''a", None),
        ("UTF-8'a", None),
        ("a", None),
    ],
)
def test_extended_values_that_cannot_be_read_are_none(value: str, text: str | None) -> None:
    assert extended_text(value) == text


def test_the_extended_parameter_counts_first() -> None:
    assert preferred_text({"title": "a", "title*": "utf-8''b"}, "title") == "b"
    assert preferred_text({"title": "a", "title*": "broken"}, "title") == "a"
    assert preferred_text({"title": "é".encode().decode("latin-1")}, "title") == "é"
    assert preferred_text({"title": "\xe9"}, "title") == "é"
    assert preferred_text({"title*": None}, "title") is None
    assert preferred_text({}, "title") is None


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 19, int("9" * 19)), ("9" * 20, None), ("-1", None), ("", None)],
)
def test_numbers_are_digits(text: str, number: int | None) -> None:
    assert digits(text) == number
    assert digits(None) is None


@pytest.mark.parametrize("text", ["a", "X-Id", "!#$%&'*+-.^_`|~9"])
def test_a_token_is_a_token(text: str) -> None:
    assert TOKEN_ONLY.fullmatch(text)


@pytest.mark.parametrize("text", ["", "a b", "a:", '"a"', "\xe9", "a\n"])
def test_what_holds_another_character_is_no_token(text: str) -> None:
    assert TOKEN_ONLY.fullmatch(text) is None


def test_a_token_is_split_from_its_parameters() -> None:
    for text, parts in (("a", ("a", "")), (" a ;b=c", ("a", ";b=c"))):
        match = TOKEN_WITH_PARAMETERS.fullmatch(text)
        assert match is not None
        assert match.groups() == parts
    assert TOKEN_WITH_PARAMETERS.fullmatch("a b") is None


def test_the_pattern_of_a_token_is_written_once() -> None:
    package = Path(hyperhttp.__file__).parent
    files = [path for part in ("_message", "_policy") for path in (package / part).rglob("*.py")]
    assert len(files) > 50
    holders = [path.name for path in files if "^_`|~" in path.read_text(encoding="utf-8")]
    assert holders == ["grammar.py"]
