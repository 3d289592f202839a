"""Raw content: what is sent as it lies, what is copied, and what comes in pieces."""

from __future__ import annotations

import array
import io
from contextlib import aclosing
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.request.body_kinds import AsyncBody, BytesBody, IterableBody
from hyperhttp._message.request.file_body import FileBody
from hyperhttp._message.request.raw_body import TEXT_TYPE, flow, raw_body

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

LONG = bytes(range(256)) * 1000


def test_a_view_of_whole_bytes_is_those_bytes() -> None:
    body = raw_body(memoryview(LONG), option="content")
    assert isinstance(body, BytesBody)
    assert body.data is LONG


def test_a_long_view_of_bytes_is_sent_as_it_lies() -> None:
    body = raw_body(memoryview(LONG)[1:-1], option="content")
    assert isinstance(body, IterableBody)
    assert (body.replayable, body.length) == (True, len(LONG) - 2)
    for _ in range(2):
        (piece,) = body.chunks()
        assert isinstance(piece, memoryview)
        assert (piece.obj is LONG, piece == LONG[1:-1]) == (True, True)


@pytest.mark.parametrize(
    ("view", "data"),
    [
        pytest.param(memoryview(b"abc")[1:], b"bc", id="short"),
        pytest.param(memoryview(LONG)[::-1], LONG[::-1], id="backwards"),
        pytest.param(memoryview(bytearray(LONG)), LONG, id="of a buffer"),
        pytest.param(memoryview(bytearray(LONG)).toreadonly(), LONG, id="read-only of a buffer"),
        pytest.param(bytearray(LONG), LONG, id="a buffer"),
        pytest.param(memoryview(array.array("H", [257, 514])), b"\1\1\2\2", id="of numbers"),
        pytest.param(memoryview(b""), b"", id="empty"),
    ],
)
def test_all_other_buffers_are_copied(view: memoryview, data: bytes) -> None:
    assert raw_body(view, option="content") == BytesBody(data)


def test_text_is_utf_8_and_says_so() -> None:
    assert raw_body("é", option="content") == BytesBody(b"\xc3\xa9", TEXT_TYPE)


def test_an_error_names_the_option() -> None:
    wrong_ones: list[object] = [5, None, {}, "\ud800", [5], io.StringIO()]
    for wrong in wrong_ones:
        with pytest.raises(ConfigError) as caught:
            raw_body(wrong, option="files")
        assert caught.value.option == "files"


async def noticed(closed: list[str]) -> AsyncIterator[bytes]:
    try:
        yield b"a"
        yield b"b"
    finally:
        closed.append("async")


def noticing(closed: list[str]) -> Iterator[bytes]:
    try:
        yield b"a"
        yield b"b"
    finally:
        closed.append("sync")


async def test_whichever_way_pieces_come_they_flow() -> None:
    for body in (
        IterableBody(noticing([]), replayable=False),
        AsyncBody(noticed([]), replayable=False),
        FileBody.of_file(io.BytesIO(b"ab"), option="content", allowed=""),
    ):
        assert b"".join([bytes(piece) async for piece in flow(body)]) == b"ab"


async def test_leaving_the_flow_closes_the_source() -> None:
    closed: list[str] = []
    for body in (
        IterableBody(noticing(closed), replayable=False),
        AsyncBody(noticed(closed), replayable=False),
    ):
        async with aclosing(flow(body)) as pieces:
            assert await anext(pieces) == b"a"
    assert closed == ["sync", "async"]
