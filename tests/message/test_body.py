"""Request bodies: what they are made from, whether they go twice, and how long they are."""

from __future__ import annotations

import io
import os
from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, cast
from urllib.parse import parse_qsl

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._generated.exceptions import BodyNotReplayable, ConfigError
from hyperhttp._generated.unset import UNSET
from hyperhttp._message.body import (
    FILE_BLOCK_BYTES,
    AsyncBody,
    BytesBody,
    IterableBody,
    encode_form,
    prepare_body,
)

if TYPE_CHECKING:
    from pathlib import Path

    from hyperhttp._message.inputs import ContentInput, DataInput, JSONInput


def pieces_of(content: ContentInput) -> IterableBody:
    body = prepare_body(content=content)
    assert isinstance(body, IterableBody)
    return body


def async_pieces_of(content: ContentInput) -> AsyncBody:
    body = prepare_body(content=content)
    assert isinstance(body, AsyncBody)
    return body


@pytest.mark.parametrize("absent", [None, UNSET])
def test_nothing_given_is_no_body(absent: None) -> None:
    assert prepare_body() is None
    assert prepare_body(json=absent, data=absent, content=absent) is None


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
    ],
)
def test_two_bodies_are_refused(given: dict[str, None], named: str) -> None:
    with pytest.raises(ConfigError, match=f"{named} together.*one of json=, data= and content="):
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
        ("json", {1}),
        ("json", b"x"),
    ],
)
def test_what_cannot_be_sent_is_refused_before_it_is(option: str, value: None) -> None:
    with pytest.raises(ConfigError) as caught:
        prepare_body(**{option: value})
    assert caught.value.option == option


def test_a_list_of_pieces_is_replayable_and_of_known_length() -> None:
    body = pieces_of([b"ab", b"", bytearray(b"c")])
    assert (body.replayable, body.length) == (True, 3)
    assert list(body.chunks()) == list(body.chunks()) == [b"ab", b"c"]


def test_a_generator_can_be_sent_once() -> None:
    body = pieces_of(piece for piece in (b"a", b"b"))
    assert (body.replayable, body.length) == (False, None)
    assert b"".join(body.chunks()) == b"ab"
    with pytest.raises(BodyNotReplayable, match="generator"):
        body.chunks()


class Again:
    """An iterable that starts anew each time."""

    def __iter__(self) -> Iterator[bytes]:
        return iter((b"a", b"b"))


def test_an_iterable_that_starts_anew_can_be_sent_again() -> None:
    body = pieces_of(Again())
    assert (body.replayable, body.length) == (True, None)
    assert list(body.chunks()) == list(body.chunks()) == [b"a", b"b"]


@pytest.mark.parametrize("piece", ["text", 5, None, [b"x"]])
def test_a_wrong_piece_is_refused_when_its_turn_comes(piece: bytes) -> None:
    chunks = pieces_of(iter([b"good", piece])).chunks()
    assert next(chunks) == b"good"
    with pytest.raises(ConfigError, match="pieces that are bytes"):
        next(chunks)


def test_an_error_of_the_callers_generator_comes_out_as_it_is() -> None:
    def failing() -> Iterator[bytes]:
        yield b"a"
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(pieces_of(failing()).chunks())


def test_closing_the_pieces_closes_the_generator() -> None:
    closed = list[bool]()

    def noticing() -> Iterator[bytes]:
        try:
            yield b"a"
            yield b"b"
        finally:
            closed.append(True)

    chunks = pieces_of(noticing()).chunks()
    next(chunks)
    chunks.close()
    assert closed == [True]


async def numbers() -> AsyncIterator[bytes]:
    for number in range(3):
        yield b"%d" % number
    yield b""


class AsyncAgain:
    """An async iterable that starts anew each time."""

    def __aiter__(self) -> AsyncIterator[bytes]:
        return numbers()


async def test_an_async_generator_can_be_sent_once() -> None:
    body = async_pieces_of(numbers())
    assert (body.replayable, body.length, body.content_type) == (False, None, None)
    assert [piece async for piece in body.chunks()] == [b"0", b"1", b"2"]
    with pytest.raises(BodyNotReplayable):
        body.chunks()


async def test_an_async_iterable_that_starts_anew_can_be_sent_again() -> None:
    body = async_pieces_of(AsyncAgain())
    assert body.replayable
    for _ in range(2):
        assert [piece async for piece in body.chunks()] == [b"0", b"1", b"2"]


async def test_closing_async_pieces_closes_the_generator() -> None:
    closed = list[bool]()

    async def noticing() -> AsyncIterator[bytes]:
        try:
            yield b"a"
            yield b"b"
        finally:
            closed.append(True)

    chunks = async_pieces_of(noticing()).chunks()
    assert await anext(chunks) == b"a"
    await chunks.aclose()
    assert closed == [True]


async def test_a_wrong_async_piece_is_refused() -> None:
    async def wrong() -> AsyncIterator[bytes]:
        yield cast("bytes", "text")

    with pytest.raises(ConfigError, match="pieces that are bytes"):
        await anext(async_pieces_of(wrong()).chunks())


def test_a_file_is_sent_from_where_it_stands_in_blocks(tmp_path: Path) -> None:
    path = tmp_path / "blob"
    path.write_bytes(os.urandom(FILE_BLOCK_BYTES + 10))
    with path.open("rb") as file:
        file.seek(5)
        body = pieces_of(file)
        assert (body.replayable, body.length) == (True, FILE_BLOCK_BYTES + 5)
        for _ in range(2):
            blocks = list(body.chunks())
            assert [len(block) for block in blocks] == [FILE_BLOCK_BYTES, 5]
            assert b"".join(blocks) == path.read_bytes()[5:]


def test_a_file_that_stands_behind_its_end_is_empty() -> None:
    file = io.BytesIO(b"abc")
    file.seek(10)
    assert (pieces_of(file).length, list(pieces_of(file).chunks())) == (0, [])


def test_a_pipe_can_be_sent_once() -> None:
    read_end, write_end = os.pipe()
    with open(read_end, "rb") as pipe:
        os.write(write_end, b"abc")
        os.close(write_end)
        body = pieces_of(pipe)
        assert (body.replayable, body.length) == (False, None)
        assert b"".join(body.chunks()) == b"abc"
        with pytest.raises(BodyNotReplayable):
            body.chunks()


class OnlyRead:
    """The least that is a file."""

    def __init__(self) -> None:
        self._rest = b"abc"

    def read(self, size: int = -1, /) -> bytes:
        piece, self._rest = self._rest[:size], self._rest[size:]
        return piece


class AsyncRead:
    """A file of some async library, which cannot be iterated."""

    async def read(self, size: int = -1, /) -> bytes:
        return b""


def test_whatever_reads_is_a_file() -> None:
    body = pieces_of(OnlyRead())
    assert (body.replayable, body.length, list(body.chunks())) == (False, None, [b"abc"])


def test_a_file_that_cannot_be_read_is_refused_at_once(tmp_path: Path) -> None:
    path = tmp_path / "text"
    path.write_text("x", encoding="utf-8")
    with path.open(encoding="utf-8") as text, pytest.raises(ConfigError, match="text mode"):
        prepare_body(content=cast("io.BytesIO", text))
    with path.open("rb") as closed:
        pass
    with pytest.raises(ConfigError, match="closed"):
        prepare_body(content=closed)
    with pytest.raises(ConfigError, match="coroutine"):
        prepare_body(content=cast("OnlyRead", AsyncRead()))
