"""A request that is sent when it is awaited or entered."""

from __future__ import annotations

import pytest

from hyperhttp._base._generated.errors import ReadError
from hyperhttp._message.response.response import Response
from hyperhttp._message.response.stream import ResponseStream
from tests.message.sources import Pieces, reply


async def test_a_stream_is_awaited_or_entered() -> None:
    async def perform() -> Response:
        return reply(sources[-1])

    sources = [Pieces(b"a", b"b")]
    response = await ResponseStream(perform)
    assert await response.aread() == b"ab"
    sources.append(Pieces(b"a", b"b"))
    async with ResponseStream(perform) as response:
        assert await anext(aiter(response)) == b"a"
    assert sources[-1].abandoned


async def test_a_stream_that_could_not_be_had_raises_why() -> None:
    async def perform() -> Response:
        raise ReadError(detail="reset")

    with pytest.raises(ReadError):
        await ResponseStream(perform)
    with pytest.raises(ReadError):
        async with ResponseStream(perform):
            pytest.fail("there is no response")
