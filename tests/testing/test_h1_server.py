"""The server side of HTTP/1.1, spoken to by hand: whole, split at every offset, byte by byte."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, Endpoint
from hyperhttp.testing import MockRequest, MockResponse, MockTransport
from hyperhttp.testing._in_process import InProcessTransport
from hyperhttp.testing._pipe import PipeTransport
from tests.testing.peers import Noting, turns

if TYPE_CHECKING:
    from hyperhttp.testing._conversation import Conversation

TWO = (
    b"POST /a HTTP/1.1\r\nHost: example.com\r\nContent-Length: 3\r\n\r\nabc"
    b"GET /b HTTP/1.1\r\nHost: example.com\r\n\r\n"
)
REPLIES = (
    b"HTTP/1.1 200 \r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 5\r\n\r\n/aabc"
    b"HTTP/1.1 200 \r\ncontent-type: text/plain; charset=utf-8\r\ncontent-length: 2\r\n\r\n/b"
)
PLAIN = Endpoint("example.com", 80, is_tls=False, alpn=())


def echo(request: MockRequest) -> str:
    return request.url.path + request.text


async def connected(transport: InProcessTransport) -> tuple[Noting, asyncio.Transport]:
    """A connection without a client."""
    ends: list[asyncio.Transport] = []

    class Keeping(Noting):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, PipeTransport)
            ends.append(transport)

    return await transport.connect(PLAIN, Keeping), ends[0]


async def said(*pieces: bytes) -> bytes:
    protocol, end = await connected(MockTransport(echo))
    for piece in pieces:
        end.write(piece)
        await turns(6)
    await turns()
    return bytes(protocol.received)


async def test_requests_are_responded_one_after_the_other() -> None:
    assert await said(TWO) == REPLIES


@pytest.mark.parametrize("at", range(1, len(TWO)))
async def test_requests_may_be_split_anywhere(at: int) -> None:
    assert await said(TWO[:at], TWO[at:]) == REPLIES


async def test_requests_may_come_byte_by_byte() -> None:
    assert await said(*(TWO[at : at + 1] for at in range(len(TWO)))) == REPLIES


@pytest.mark.parametrize(
    "wrong",
    [
        b"no http\r\n\r\n",
        b"GET / HTTP/1.1\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n",
        b"POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n",
    ],
)
async def test_what_is_no_request_cuts_the_connection(wrong: bytes) -> None:
    transport = MockTransport(echo)
    protocol, end = await connected(transport)
    end.write(wrong)
    await turns()
    assert isinstance(protocol.error, OSError)
    assert transport.requests == []


class Hasty(InProcessTransport):
    """Responds to before it has looked at the body."""

    async def _serve(self, conversation: Conversation) -> None:
        await conversation.send_head(200, [(b"content-length", b"0")])
        await conversation.end()


async def test_a_response_may_come_before_the_request_is_whole() -> None:
    async with Client(transport=Hasty()) as client:
        for _ in range(2):
            response = await client.post("http://example.com/", content=bytes(1 << 20))
            assert response.status_code == 200


async def test_the_rest_of_a_request_that_was_responded_is_taken_and_the_next_one_is_read() -> None:
    protocol, end = await connected(Hasty())
    end.write(b"POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\n12345")
    await turns()
    reply = b"HTTP/1.1 200 \r\ncontent-length: 0\r\n\r\n"
    assert protocol.received == reply
    end.write(b"67890GET / HTTP/1.1\r\nHost: a\r\n\r\n")
    await turns()
    assert protocol.received == reply * 2


async def test_a_body_that_lies_unread_is_read_on_when_somebody_takes_it() -> None:
    taken: list[int] = []

    class Late(InProcessTransport):
        async def _serve(self, conversation: Conversation) -> None:
            await turns(200)
            assert conversation.inbox.held_bytes < 1 << 19
            while piece := await conversation.receive():
                taken.append(len(piece))
            await conversation.send_head(204, [])
            await conversation.end()

    async with Client(transport=Late()) as client:
        await client.put("http://example.com/", content=bytes(3 << 20))
    assert sum(taken) == 3 << 20


async def test_a_head_may_be_long() -> None:
    async with Client(transport=MockTransport(echo)) as client:
        await client.get("http://example.com/", headers={"X-Long": "x" * 50_000})


async def test_a_client_that_wants_no_more_is_closed() -> None:
    protocol, end = await connected(MockTransport(echo))
    end.write(b"GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
    await turns()
    assert protocol.received.endswith(b"/a")
    assert protocol.told == ["eof", "lost"]


async def test_who_waits_for_100_is_told_to_go_on() -> None:
    protocol, end = await connected(MockTransport(echo))
    end.write(b"POST /a HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 1\r\n\r\n")
    await turns()
    assert protocol.received == b"HTTP/1.1 100 \r\n\r\n"
    end.write(b"x")
    await turns()
    assert protocol.received.endswith(b"/ax")


async def test_a_response_that_contradicts_its_length_is_told_to_the_test() -> None:
    reply = MockResponse(content=b"abc", headers={"Content-Length": "5"})
    async with Client(transport=MockTransport(reply)) as client:
        response = await client.get("http://example.com/")
        with pytest.raises(Exception, match="Too little data"):
            await response.aread()
