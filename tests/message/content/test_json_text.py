"""JSON out and in: what may be sent, where a refusal points, and what is read."""

from __future__ import annotations

import enum
import json
from collections import UserDict, UserList
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from decimal import Decimal
from typing import NamedTuple, TypedDict, cast
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, RootModel, TypeAdapter, field_serializer

from hyperhttp._base._generated.errors import ConfigError, DecodeError
from hyperhttp._message.content import json_text
from hyperhttp._message.content.json_text import JSONInput, decode_json, encode_json


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


class Size(enum.Enum):
    LARGE = "large"
    POINTS = (Point(1),)
    ODD = frozenset({1})


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
        ([UUID(int=1)], '["00000000-0000-0000-0000-000000000001"]'),
        ({"size": Size.LARGE, "of": Size.POINTS}, '{"size":"large","of":[{"x":1,"tags":[]}]}'),
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
        (b"x", "bytes"),
        ([Size.ODD], "frozenset at json[0]"),
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
        (Holder({"a": b"\xff"}), "bytes at json['inner']['a']"),
        (Holder([{object()}]), "set at json['inner'][0]"),
        (Holder({"a": object()}), "object at json['inner']['a']"),
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


@dataclass
class Stamped:
    at: datetime
    day: date = date(2026, 1, 31)
    hour: time = time(12, 30)
    wait: timedelta = timedelta(minutes=5)
    price: Decimal = Decimal("9.90")
    key: bytes = b"abc"
    kinds: frozenset[str] = frozenset({"a"})
    days: list[date] = field(default_factory=lambda: [date(2026, 2, 1)])
    by_name: dict[str, datetime] = field(default_factory=dict[str, datetime])
    inner: Stamped | None = None
    size: Size = Size.LARGE


@pytest.mark.parametrize("fast", [False, True])
@pytest.mark.parametrize("zone", [None, UTC, timezone(timedelta(hours=2))])
def test_a_dataclass_is_written_as_pydantic_writes_it_in_a_model(
    monkeypatch: pytest.MonkeyPatch, zone: timezone | None, fast: bool
) -> None:
    if not fast:
        monkeypatch.setattr(json_text, "_FAST", None)
    now = datetime(2026, 1, 31, 12, 30, 5, 250_000, tzinfo=zone)
    value = Stamped(now, by_name={"b": now}, inner=Stamped(now))
    assert encode_json(value) == TypeAdapter(Stamped).dump_json(value)
    assert encode_json([{"a": value}]) == b'[{"a":' + encode_json(value) + b"}]"


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


# --- with orjson and without ---

JSON_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(st.characters(), max_size=8),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=8,
)
ODD_TEXTS = [
    b"18446744073709551616",
    b"-9223372036854775809",
    b"9223372036854775807",
    b"-9999999999999999999",
    b"[1e400, -1e400, 1e-400, -0, -0.0, 1E5, 0.1, 123456789012345678.5]",
    b"5e-324",
    b"2.2250738585072011e-308",
    b"1" + b"0" * 400,
    b"NaN",
    b"[Infinity, -Infinity]",
    b'{"a": 1, "b": 2, "a": 3}',
    b'"\\ud800"',
    b'"\\ud83d\\ude00"',
    b'"\xed\xa0\x80"',
    b'"\xff"',
    b'"\x00"',
    b'"a\tb"',
    b"\xef\xbb\xbf[1]",
    b"1\x00",
    b"",
    b" ",
    b"1 2",
    b"[1,]",
    b"01",
    b"+1",
    b".5",
    b"1.",
    b"'a'",
    b"nul",
    b'{"a"}',
    b"{1: 2}",
    b"[" * 300 + b"]" * 300,
    b"\x0c1",
    b"1" * 5000,
    "[\u00e9]".encode(),
    '"\u00e9"'.encode("utf-16"),
    '"\u00e9"'.encode("utf-32-be"),
]


def told(data: bytes) -> str:
    """What reading it gives, types included, or what it raises."""
    try:
        return repr(decode_json(data))
    except DecodeError as error:
        return f"{error} {error.line} {error.excerpt}"


def same_without_orjson(data: bytes) -> bool:
    assert json_text._FAST is not None, "orjson is not installed"
    fast = told(data)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_FAST", None)
        return told(data) == fast


@pytest.mark.parametrize("data", ODD_TEXTS, ids=range(len(ODD_TEXTS)))
def test_odd_texts_are_the_same_with_orjson_and_without(data: bytes) -> None:
    assert same_without_orjson(data)


@given(JSON_VALUES, st.sampled_from(["utf-8", "utf-8-sig", "utf-16", "utf-32-le"]), st.booleans())
def test_any_value_is_the_same_with_orjson_and_without(
    value: object, encoding: str, ascii_only: bool
) -> None:
    text = json.dumps(value, ensure_ascii=ascii_only)
    assert same_without_orjson(text.encode(encoding, "surrogatepass"))


@given(st.text(st.sampled_from('[]{}",:0123456789.eE+- \\unltrfasé\x00\n'), max_size=24))
def test_any_text_is_the_same_with_orjson_and_without(text: str) -> None:
    assert same_without_orjson(text.encode())


SENT = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**70), 2**70)
    | st.floats()
    | st.text(st.characters(), max_size=8)
    | st.uuids()
    | st.sampled_from([*Colour, *Level, *Size, Point(1, ["a"]), Place(2), {1}, date(2026, 1, 1)])
    | st.builds(Event, when=st.dates(), points=st.just([])),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.tuples(inner)
        | st.dictionaries(st.text(max_size=4) | st.integers() | st.none(), inner, max_size=3)
        | st.builds(Holder, inner)
    ),
    max_leaves=8,
)


def sent(value: object) -> object:
    """What a reader makes of what is written, or the refusal."""
    try:
        return repr(json.loads(encode_json(cast("JSONInput", value))))
    except ConfigError as error:
        return str(error)


@given(SENT)
def test_any_value_is_sent_the_same_with_orjson_and_without(value: object) -> None:
    fast = sent(value)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(json_text, "_FAST", None)
        assert sent(value) == fast


@pytest.mark.parametrize(
    ("data", "line", "excerpt"),
    [
        (b"", 1, ""),
        (b"<html>\n<body>", 1, "<html> <body>"),
        (b'{\n "a": 1,\n "b": oops\n}', 3, '{ "a": 1, "b": oops }'),
        (b"[" + b"1, " * 100 + b"x" + b", 2" * 100, 1, None),
        (b'"a\n\xff', 2, '"a'),
        (b"[\x1b]", 1, "[\ufffd]"),
    ],
)
def test_an_error_shows_what_stands_around_it(data: bytes, line: int, excerpt: str | None) -> None:
    with pytest.raises(DecodeError) as caught:
        decode_json(data)
    error = caught.value
    assert error.line == line
    assert error.json_path == ""
    assert len(error.excerpt) <= 80
    if excerpt is None:
        assert "1, 1, x, 2, 2" in error.excerpt
    else:
        assert error.excerpt == excerpt
