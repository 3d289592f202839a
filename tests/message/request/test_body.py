"""Request bodies: what they are made from, whether they go twice, and how long they are."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.unset import UNSET
from hyperhttp._message.request.body import BytesBody, MultipartBody, encode_form, prepare_body

if TYPE_CHECKING:
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.request.raw_body import ContentInput
    from hyperhttp._message.url.query import DataInput


@pytest.mark.parametrize("absent", [None, UNSET])
def test_nothing_given_is_no_body(absent: None) -> None:
    assert prepare_body() is None
    assert prepare_body(json=absent, data=absent, files=absent, content=absent) is None


@pytest.mark.parametrize("value", [{}, [], "", 0, False])
def test_an_empty_json_value_is_a_body(value: JSONInput) -> None:
    body = prepare_body(json=value)
    assert isinstance(body, BytesBody)
    assert (body.content_type, body.length, body.replayable) == (
        "application/json",
        len(body.data),
        True,
    )


@pytest.mark.parametrize(
    ("data", "form"),
    [
        ({}, b""),
        ({"user": "alice", "password": "a b&c"}, b"user=alice&password=a+b%26c"),
        ([("a", 1), ("a", True), ("b", None)], b"a=1&a=true"),
        ({"a": ["x", 2.5]}, b"a=x&a=2.5"),
        ({"a": (1, None, False, "")}, b"a=1&a=false&a="),
        ({"a": [], "b": -0.5, "c": 10**20}, b"b=-0.5&c=100000000000000000000"),
        ({"ü": "é"}, b"%C3%BC=%C3%A9"),
    ],
)
def test_data_becomes_a_form(data: DataInput, form: bytes) -> None:
    body = prepare_body(data=data)
    assert body == BytesBody(form, "application/x-www-form-urlencoded")
    assert encode_form(data) == form


@given(st.lists(st.tuples(st.text(st.characters(codec="utf-8")), st.integers())))
def test_a_form_is_read_back_by_a_form_parser(pairs: list[tuple[str, int]]) -> None:
    parsed = parse_qsl(encode_form(pairs).decode(), keep_blank_values=True)
    assert parsed == [(name, str(number)) for name, number in pairs]


@pytest.mark.parametrize(
    ("content", "body"),
    [
        (b"", BytesBody(b"")),
        (b"x", BytesBody(b"x")),
        (bytearray(b"x"), BytesBody(b"x")),
        (memoryview(b"xyz")[::2], BytesBody(b"xz")),
        ("é", BytesBody(b"\xc3\xa9", "text/plain; charset=utf-8")),
        ("", BytesBody(b"", "text/plain; charset=utf-8")),
    ],
)
def test_bytes_and_text_are_bodies_that_are_all_there(
    content: ContentInput, body: BytesBody
) -> None:
    assert prepare_body(content=content) == body


def test_a_later_change_of_a_buffer_does_not_reach_the_body() -> None:
    buffer = bytearray(b"before")
    body = prepare_body(content=buffer)
    buffer[:] = b"after!"
    assert body == BytesBody(b"before")


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"json": 1, "data": {}}, "json= and data="),
        ({"json": 1, "content": b""}, "json= and content="),
        ({"data": {}, "content": b""}, "data= and content="),
        ({"json": 0, "data": {}, "content": b""}, "json= and data= and content="),
        ({"json": 1, "files": {}}, "json= and files="),
        ({"files": {}, "content": b""}, "files= and content="),
        ({"data": {}, "files": {}, "content": b""}, "data= and files= and content="),
    ],
)
def test_two_bodies_are_refused(given: dict[str, None], named: str) -> None:
    with pytest.raises(
        ConfigError, match=f"{named} together.*one of json=, data=, files= and content="
    ):
        prepare_body(**given)


@pytest.mark.parametrize(
    ("option", "value"),
    [
        ("content", 5),
        ("content", object()),
        ("content", {"a": "b"}),
        ("content", {}),
        ("content", ["a"]),
        ("content", [b"a", 5]),
        ("content", (None,)),
        ("content", "\ud800"),
        ("content", io.StringIO("x")),
        ("data", "a=b"),
        ("data", b"a=b"),
        ("data", ["a"]),
        ("data", {"a": b"b"}),
        ("data", {"a": "\ud800"}),
        ("data", 5),
        ("files", b"x"),
        ("files", {"a": 5}),
        ("json", {1}),
        ("json", b"x"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_it_is(option: str, value: None) -> None:
    with pytest.raises(ConfigError) as caught:
        prepare_body(**{option: value})
    assert caught.value.option == option


def test_files_are_a_form_of_several_parts_with_the_fields_before_them() -> None:
    body = prepare_body(data={"a": [1, True]}, files={"f": b"x"})
    assert isinstance(body, BytesBody)
    assert (body.content_type or "").startswith("multipart/form-data; boundary=")
    order = [body.data.index(part) for part in (b"\r\n\r\n1\r\n", b"\r\n\r\ntrue\r\n", b"x\r\n")]
    assert order == sorted(order)


def test_the_callers_boundary_is_used() -> None:
    kind = 'multipart/form-data; boundary="of mine"'
    body = prepare_body(files={"f": bytes(100_000)}, content_type=kind)
    assert isinstance(body, MultipartBody)
    assert body.content_type == kind
