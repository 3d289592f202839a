"""A body is checked as it was received, once, before its end is reported."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.errors import AuthenticationError, WriteError
from hyperhttp._message.response.response import verify_body
from hyperhttp._message.response.verified_source import VerifiedSource
from tests.message.sources import Pieces, all_of, reply

if TYPE_CHECKING:
    from hyperhttp._message.response.source import BodySource


class Check:
    """Keeps what it is called with; may find the body wrong."""

    def __init__(self, *, wrong: bool = False) -> None:
        self.received = b""
        self.finished = 0
        self.wrong = wrong

    def update(self, piece: bytes, /) -> None:
        self.received += piece

    def finish(self) -> None:
        self.finished += 1
        if self.wrong:
            raise AuthenticationError(detail="wrong")


@pytest.mark.parametrize("come", [True, False])
async def test_a_body_is_checked_once_as_it_was_received(come: bool) -> None:
    whole, check = gzip.compress(b"a" * 1000), Check()
    pieces = [whole] if come else [whole[:9], whole[9:]]
    response = reply(Pieces(*pieces, come=come), content_encoding="gzip")
    verify_body(response, check)
    assert check.finished == 0
    for _ in range(2):
        assert await response.aread() == b"a" * 1000
    assert (check.received, check.finished) == (whole, 1)


@pytest.mark.parametrize("come", [True, False])
async def test_a_wrong_body_is_an_error_with_its_request(come: bool) -> None:
    response = reply(Pieces(b"abc", come=come))
    verify_body(response, Check(wrong=True))
    with pytest.raises(AuthenticationError) as caught:
        await response.aread()
    assert caught.value.request is response.request
    with pytest.raises(Exception, match="closed"):
        await response.aread()


async def test_pieces_come_before_the_error_at_their_end() -> None:
    response, received = reply(Pieces(b"ab", b"c")), list[bytes]()
    verify_body(response, Check(wrong=True))
    with pytest.raises(AuthenticationError):
        async for piece in response.aiter_bytes():
            received.append(piece)
    assert b"".join(received) == b"abc"


def test_an_empty_body_is_checked_at_once() -> None:
    response, check = reply(b""), Check(wrong=True)
    with pytest.raises(AuthenticationError):
        verify_body(response, check)
    assert check.finished == 1


async def test_a_body_that_broke_or_was_dropped_is_not_checked() -> None:
    for leave in ("discard", "abandon"):
        broken, check = Pieces(b"a", b"b"), Check(wrong=True)
        source: BodySource = VerifiedSource(broken, check)
        assert await source.read() == b"a"
        if leave == "discard":
            await source.discard()
        else:
            source.abandon()
        assert (source.over, check.finished) == (True, 0)
    check = Check()
    response = reply(Pieces(b"a", WriteError(detail="cut")))
    verify_body(response, check)
    with pytest.raises(WriteError):
        await all_of(response.aiter_raw())
    assert check.finished == 0


async def test_the_rest_is_that_of_the_source() -> None:
    pieces = Pieces(b"abc", come=True, trailers=[(b"a", b"b")])
    source: BodySource = VerifiedSource(pieces, Check())
    await source.settle()
    assert pieces.settled
    assert (source.ended, source.over, source.connection) == (True, True, None)
    assert source.trailers == [(b"a", b"b")]
    assert source.peek(2) == b"ab"
    assert source.take() == b"abc"
