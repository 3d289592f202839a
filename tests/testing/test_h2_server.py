"""The server side of HTTP/2: windows, streams side by side, and what ends early."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, HTTP2Config
from hyperhttp.testing import Endpoint, MockRequest, MockResponse, MockTransport
from hyperhttp.testing._in_process import PREFACE, InProcessTransport
from hyperhttp.testing._pipe import PipeTransport
from tests.testing.peers import Noting, fetch, turns

if TYPE_CHECKING:
    from hyperhttp.testing._conversation import Conversation

URL = "https://example.com/"


async def test_many_streams_share_one_connection() -> None:
    async def handler(request: MockRequest) -> str:
        await turns(3)
        return request.url.path

    async with Client(transport=MockTransport(handler)) as client:
        paths = [f"/{number}" for number in range(150)]
        got = await asyncio.gather(*(fetch(client, URL.rstrip("/") + path) for path in paths))
        assert [body.decode() for body in got] == paths
        assert len(client.stats().origins) == 1


@pytest.mark.parametrize("window", [1000, 1 << 16, 1 << 30])
async def test_a_body_larger_than_the_windows_comes_whole(window: int) -> None:
    data = bytes(range(256)) * 3000
    windows = HTTP2Config(stream_window_bytes=window)
    async with Client(transport=MockTransport(data), http2_config=windows) as client:
        assert await fetch(client, URL) == data


async def test_a_wide_window_does_not_have_a_body_pile_up() -> None:
    sent = 0

    class Endless(InProcessTransport):
        async def _serve(self, conversation: Conversation) -> None:
            nonlocal sent
            await conversation.send_head(200, [])
            while True:
                await conversation.send(bytes(1 << 14))
                sent += 1

    windows = HTTP2Config(stream_window_bytes=1 << 30, connection_window_bytes=1 << 30)
    async with Client(transport=Endless(), http2_config=windows) as client:
        async with client.stream("GET", URL):
            assert sent < 10
            await turns(50)


async def test_trailers_and_fields_of_the_connection() -> None:
    reply = MockResponse(
        text="a", headers={"Connection": "close", "Keep-Alive": "5"}, trailers={"X-Sum": "1"}
    )
    async with Client(transport=MockTransport(reply)) as client:
        response = await client.get(URL)
        await response.aread()
        assert response.trailers["x-sum"] == "1"
        assert "connection" not in response.headers


async def test_an_early_response_ends_the_upload() -> None:
    class Refusing(InProcessTransport):
        async def _serve(self, conversation: Conversation) -> None:
            assert await conversation.receive()
            await conversation.send_head(413, [])
            await conversation.end()

    async with Client(transport=Refusing()) as client:
        response = await client.post(URL, content=iter([bytes(1 << 20)] * 50))
        assert response.status_code == 413


async def test_what_is_no_http2_cuts_the_connection() -> None:
    ends: list[PipeTransport] = []

    class Keeping(Noting):
        def connection_made(self, transport: asyncio.BaseTransport) -> None:
            assert isinstance(transport, PipeTransport)
            ends.append(transport)

    endpoint = Endpoint("example.com", 443, is_tls=True, alpn=("h2",))
    protocol = await MockTransport().connect(endpoint, Keeping)
    preface = PREFACE + b"\r\nSM\r\n\r\n"
    for at in range(len(preface)):
        ends[0].write(preface[at : at + 1])
        await turns(3)
    assert protocol.received[3:4] == b"\x04"  # SETTINGS come first (RFC 9113 3.4)
    ends[0].write(bytes(9))  # DATA on stream 0 (RFC 9113 6.1)
    await turns()
    assert isinstance(protocol.error, OSError)


async def test_a_call_that_is_given_up_resets_its_stream_alone() -> None:
    async def handler(request: MockRequest) -> str:
        if request.url.path == "/slow":
            await asyncio.Event().wait()
        return "well"

    async with Client(transport=MockTransport(handler)) as client:
        slow = asyncio.ensure_future(client.get(f"{URL}slow"))
        await turns()
        assert await fetch(client, URL) == b"well"
        slow.cancel()
        await turns()
        assert await fetch(client, URL) == b"well"
        assert sum(one.idle for one in client.stats().origins.values()) == 1


async def test_a_handler_may_time_out_by_the_clients_limit() -> None:
    async def handler(_: MockRequest) -> str:
        await asyncio.Event().wait()
        return "never"

    async with Client(transport=MockTransport(handler), timeout=0.02) as client:
        with pytest.raises(hyperhttp.ReadTimeout):
            await client.get(URL)
