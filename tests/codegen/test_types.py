from __future__ import annotations

import re

import pytest

from codegen.types import WORDS, bounds_text, either, parse_type, quoted


@pytest.mark.parametrize(
    ("text", "python", "or_unset"),
    [
        ("seconds", "float", "float | Unset"),
        ("seconds?", "float | None", "float | Unset | None"),
        ("flag | path", "bool | Path", "bool | Path | Unset"),
        ("flag | 'auto'", 'bool | Literal["auto"]', 'bool | Literal["auto"] | Unset'),
        ("'a' | 'b'", 'Literal["a", "b"]', 'Literal["a", "b"] | Unset'),
        ("Response*", "tuple[Response, ...]", "tuple[Response, ...] | Unset"),
        ("Timeout", "Timeout", "Timeout | Unset"),
        ("address?", "str | None", "str | Unset | None"),
        ("secret?", "SecretStr | None", "SecretStr | Unset | None"),
        ("{status}", "AbstractSet[int]", "AbstractSet[int] | Unset"),
        ("{method}", "AbstractSet[str]", "AbstractSet[str] | Unset"),
        ("flag | RetryPolicy?", "bool | RetryPolicy | None", "bool | RetryPolicy | Unset | None"),
    ],
)
def test_a_type_becomes_an_annotation(text: str, python: str, or_unset: str) -> None:
    assert parse_type(text).python == python
    assert parse_type(text).or_unset == or_unset


@pytest.mark.parametrize(
    ("text", "unknown"),
    [
        ("second", "second"),
        ("flag | pth", "pth"),
        ("", ""),
        ("flag |", "flag |"),
        ("7", "7"),
        ("{flag}", "flag"),
        ("{stats}", "stats"),
        ("{status", "{status"),
        ("{Response}", "{Response}"),
        ("{'a'}", "{'a'}"),
    ],
)
def test_what_is_not_a_type_is_named(text: str, unknown: str) -> None:
    with pytest.raises(ValueError, match=f"^{re.escape(unknown)}$"):
        parse_type(text)


@pytest.mark.parametrize(
    ("text", "bounds", "allowed"),
    [
        ("seconds", {"gt": 0}, "seconds > 0"),
        ("seconds?", {"gt": 0}, "seconds > 0 or None"),
        ("count?", {"ge": 1, "le": 9}, "a whole number >= 1 and <= 9 or None"),
        ("flag", {}, "True or False"),
        ("flag | 'auto'", {}, 'True, False or "auto"'),
        ("Timeout", {}, "Timeout(...)"),
        ("{status}", {"ge": 100, "le": 999}, "a set of status codes >= 100 and <= 999"),
        ("{method}", {}, "a set of methods in capital letters"),
        ("flag | RetryPolicy?", {}, "True, False, RetryPolicy(...) or None"),
    ],
)
def test_what_is_allowed_is_said_in_words(
    text: str, bounds: dict[str, int | float], allowed: str
) -> None:
    assert parse_type(text).allowed(bounds) == allowed


def test_own_bounds_replace_those_of_the_word() -> None:
    assert parse_type("count").bounds({"ge": 1}) == {"ge": 1}
    assert parse_type("count").bounds({}) == {"ge": 0}
    assert parse_type("text").bounds({}) == {}


def test_a_type_knows_its_unit() -> None:
    assert parse_type("seconds?").unit == "seconds"
    assert parse_type("flag").unit == ""


def test_every_word_says_what_it_is() -> None:
    assert WORDS
    assert [name for name, word in WORDS.items() if not word.noun or not word.json_type] == []


def test_one_word_is_secret() -> None:
    assert [name for name, word in WORDS.items() if word.is_secret] == ["secret"]


def test_bounds_and_alternatives_are_joined_into_sentences() -> None:
    assert bounds_text({"gt": 0, "le": 5}) == "> 0 and <= 5"
    assert either(["a"]) == "a"
    assert either(["a", "b", "c"]) == "a, b or c"


def test_quotes_and_backslashes_survive_quoting() -> None:
    assert quoted('a "b" \\ c\n') == '"a \\"b\\" \\\\ c\\n"'
