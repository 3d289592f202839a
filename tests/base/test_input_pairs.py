"""What counts as pairs, and how an error shows a value."""

from __future__ import annotations

from collections import OrderedDict, UserDict, UserList

import pytest

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import is_buffer, is_mapping, is_sequence, pairs_of, shown


@pytest.mark.parametrize(
    "given",
    [
        {"a": 1},
        OrderedDict({"a": 1}),
        UserDict({"a": 1}),
        [("a", 1)],
        (("a", 1),),
        [["a", 1]],
        UserList([("a", 1)]),
    ],
)
def test_mappings_and_sequences_of_pairs_are_pairs(given: object) -> None:
    assert list(pairs_of(given, option="x")) == [("a", 1)]


@pytest.mark.parametrize(
    "given",
    [None, "ab", b"ab", 5, {"a"}, iter([("a", 1)]), ["ab"], [b"ab"], [("a",)], [1], [None]],
)
def test_everything_else_is_refused(given: object) -> None:
    with pytest.raises(ConfigError, match="mapping") as caught:
        pairs_of(given, option="headers")
    assert caught.value.option == "headers"


@pytest.mark.parametrize(
    ("value", "text"),
    [(None, "None"), (5, "5"), (True, "True"), (2.5, "2.5"), ("secret", "str"), (b"", "bytes")],
)
def test_only_what_holds_no_secret_is_shown(value: object, text: str) -> None:
    assert shown(value) == text


@pytest.mark.parametrize("text", ["a", b"a", bytearray(b"a"), memoryview(b"a")])
def test_a_text_or_a_buffer_is_one_value(text: object) -> None:
    assert not is_sequence(text)
    assert not is_mapping(text)
    assert is_buffer(text) is not isinstance(text, str)
