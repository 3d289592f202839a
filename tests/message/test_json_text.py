"""JSON out and in: what may be sent, where a refusal points, and what is read."""

from __future__ import annotations

import enum
import json
from collections import UserDict, UserList
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import NamedTuple, TypedDict
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, RootModel, field_serializer

from hyperhttp._generated.exceptions import ConfigError, DecodeError
from hyperhttp._message.inputs import JSONInput
from hyperhttp._message.json_text import decode_json, encode_json


class User(TypedDict):
    name: str


@dataclass
class Point:
    x: int
    tags: list[str] = field(default_factory=list[str])


@dataclass(frozen=True, slots=True)
class Holder:
    inner: object


class Place(NamedTuple):
    row: int


class Colour(str, enum.Enum):  # noqa: UP042 - its str() is not its value, unlike that of StrEnum
    RED = "red"


class Level(enum.IntEnum):
    LOW = 1


class Event(BaseModel):
    when: date
    points: list[Point]


class Numbers(RootModel[list[int]]):
    pass


class Broken(BaseModel):
    x: int

    @field_serializer("x")
    def fail(self, value: int) -> int:
        raise ValueError(value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ({}, "{}"),
        ([], "[]"),
        ("", '""'),
        (0, "0"),
        (False, "false"),
        (None, "null"),
        (1.5, "1.5"),
        (10**30, "1" + "0" * 30),
        ({"a": [1, 2.0, None, True, {"b": "c"}]}, '{"a":[1,2.0,null,true,{"b":"c"}]}'),
        ({"é": "😀\n"}, '{"é":"😀\\n"}'),
        ((1, 2), "[1,2]"),
        (Place(1), "[1]"),
        (User(name="Ann"), '{"name":"Ann"}'),
        (Point(1, ["a"]), '{"x":1,"tags":["a"]}'),
        ([Point(1)], '[{"x":1,"tags":[]}]'),
        (Holder(Holder(Point(2))), '{"inner":{"inner":{"x":2,"tags":[]}}}'),
        (
            Event(when=date(2026, 1, 2), points=[Point(1)]),
            '{"when":"2026-01-02","points":[{"x":1,"tags":[]}]}',
        ),
        ({"e": [Numbers([1])]}, '{"e":[[1]]}'),
        (Colour.RED, '"red"'),
        ({Colour.RED: Level.LOW}, '{"red":1}'),
        (UserDict({"a": UserList([1])}), '{"a":[1]}'),
        ({1: 2, None: 3}, '{"1":2,"null":3}'),
    ],
)
def test_values_become_compact_utf_8(value: JSONInput, text: str) -> None:
    assert encode_json(value) == text.encode()


def nested(depth: int) -> list[object]:
    inner: list[object] = []
    for _ in range(depth):
        inner = [inner]
    return inner


def endless() -> list[object]:
    knot: list[object] = []
    knot.append({"again": knot})
    return knot


@pytest.mark.parametrize(
    ("value", "given"),
    [
        ({1, 2}, "set"),
        ({"a": [1, {2}]}, "set at json['a'][1]"),
        (datetime(2026, 1, 1, tzinfo=UTC), "datetime"),
        ({"a": {"b": Decimal(1)}}, "Decimal at json['a']['b']"),
        ([UUID(int=0)], "UUID at json[0]"),
        (b"x", "bytes"),
        ({"a": bytearray(b"x")}, "bytearray at json['a']"),
        (object(), "object"),
        (Point, "type"),
        (Event, "ModelMetaclass"),
        (len, "builtin_function_or_method"),
        ((n for n in range(3)), "generator"),
        (float("nan"), "nan"),
        ({"a": float("inf")}, "inf at json['a']"),
        ({float("nan"): 1}, "a key that is nan"),
        ({"a": {(1, 2): 3}}, "a key that is tuple at json['a']"),
        ({b"a": 1}, "a key that is bytes"),
        ("\ud800", "text with a lone surrogate"),
        ({"a": ["\ud800"]}, "text with a lone surrogate at json['a'][0]"),
        ({"\ud800": 1}, "a key that is text with a lone surrogate"),
        (Holder({"a": {1}}), "set at json['inner']['a']"),
        ({"e": Broken(x=1)}, "Broken that raised PydanticSerializationError at json['e']"),
        ({"a": 10**5000}, "an int of too many digits at json['a']"),
        (endless(), "a value that holds itself at json[0]['again']"),
        (nested(100_000), "nested too deeply"),
    ],
)
def test_what_json_does_not_know_is_refused_with_its_place(value: JSONInput, given: str) -> None:
    with pytest.raises(ConfigError) as caught:
        encode_json(value)
    assert (caught.value.option, caught.value.given) == ("json", given)
    assert "dict, list, str" in str(caught.value)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(st.characters(codec="utf-8")),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(st.characters(codec="utf-8")), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@given(
    VALUES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
)
def test_what_is_sent_reads_back_in_any_unicode_encoding(value: JSONInput, encoding: str) -> None:
    text = encode_json(value).decode()
    assert decode_json(text.encode(encoding)) == value == json.loads(text)


@pytest.mark.parametrize(
    ("data", "value"),
    [(b"1", 1), (b' {"a": []}\n', {"a": []}), (b"null", None), (b"\xef\xbb\xbf[]", [])],
)
def test_json_is_read(data: bytes, value: object) -> None:
    assert decode_json(data) == value


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "line 1 column 1"),
        (b"{", "line 1 column 2"),
        (b'{"a":\n 1,}', "line 2 column"),
        (b"[1] x", "Extra data"),
        (b"<html>", "Expecting value"),
        (b"'a'", "Expecting value"),
        (b'"\xff"', "byte 1"),
        (b'"a\n"', "control character"),
        (b"1" * 5000, "too long"),
        (b"[" * 200_000, "nested too deeply"),
    ],
)
def test_bad_json_is_a_decode_error_that_says_where(data: bytes, reason: str) -> None:
    with pytest.raises(DecodeError, match=reason) as caught:
        decode_json(data)
    assert isinstance(caught.value, ValueError)
