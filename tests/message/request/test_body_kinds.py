"""Bytes and pieces: how long they are, and whether they go twice."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import TYPE_CHECKING, cast

import pytest

from hyperhttp._base._generated.errors import BodyNotReplayable, ConfigError
from hyperhttp._message.request.body import AsyncBody, IterableBody, prepare_body
from hyperhttp._message.request.body_kinds import checked_piece

if TYPE_CHECKING:
    from hyperhttp._base.input_types import BufferInput
    from hyperhttp._message.request.raw_body import ContentInput


def pieces_of(content: ContentInput) -> IterableBody:
    body = prepare_body(content=content)
    assert isinstance(body, IterableBody)
    return body


def async_pieces_of(content: ContentInput) -> AsyncBody:
    body = prepare_body(content=content)
    assert isinstance(body, AsyncBody)
    return body


@pytest.mark.parametrize(
    "piece", [bytearray(b"abcdef"), memoryview(bytearray(b"abcdef")), memoryview(b"abcdef")[::2]]
)
def test_a_piece_whose_owner_may_write_to_it_is_copied(piece: BufferInput) -> None:
    kept = checked_piece(piece, "content")
    assert type(kept) is bytes
    assert kept == bytes(piece)


def test_a_piece_of_bytes_is_passed_on_as_it_lies() -> None:
    data = b"abcdef"
    assert checked_piece(data, "content") is data
    view = checked_piece(memoryview(data)[1:3], "content")
    assert isinstance(view, memoryview)
    assert (view.obj is data, bytes(view)) == (True, b"bc")


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
