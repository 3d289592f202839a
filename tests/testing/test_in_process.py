"""The server in memory: which HTTP is spoken, who is told of what, and what is left behind."""

from __future__ import annotations

import asyncio
import gc
import weakref
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client
from hyperhttp.testing import (
    MockRequest,
    MockResponse,
    MockTransport,
    _in_process,
    run_virtual_time,
)
from hyperhttp.testing._in_process import InProcessTransport
from hyperhttp.testing._pipe import pipe
from tests.testing.peers import ORIGINS, fetch, turns

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator

    from hyperhttp.testing._conversation import Conversation
    from hyperhttp.testing._pipe import PipeTransport

URLS = [f"{origin}/" for origin, _ in ORIGINS]


@pytest.mark.parametrize("url", URLS)
async def test_a_handler_is_cancelled_when_its_client_goes(url: str) -> None:
    ended: list[str] = []
    begun = asyncio.Event()

    async def handler(_: MockRequest) -> int:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("ended")
        return 200

    async with Client(transport=MockTransport(handler)) as client:
        call = asyncio.ensure_future(client.get(url))
        await begun.wait()
        call.cancel()
        await turns()
        assert len(ended) == 1


@pytest.mark.parametrize("url", URLS)
async def test_a_body_nobody_reads_is_not_made(url: str) -> None:
    made = 0

    async def endless() -> AsyncGenerator[bytes]:
        nonlocal made
        while True:
            made += 1
            yield bytes(1 << 16)

    transport = MockTransport(lambda _: MockResponse(content=endless()))
    async with Client(transport=transport) as client:
        async with client.stream("GET", url) as response:
            await turns(500)
            held = made
            await turns(500)
            assert made == held < 200
            assert response.status_code == 200
        await turns()
    assert not transport._is_in_use


@pytest.mark.parametrize("url", URLS)
async def test_an_upload_that_nobody_reads_waits(url: str) -> None:
    taken = 0

    class Stubborn(InProcessTransport):
        async def _serve(self, conversation: Conversation) -> None:
            await conversation.inbox.lost()

    async def endless() -> AsyncGenerator[bytes]:
        nonlocal taken
        while True:
            taken += 1
            yield bytes(1 << 16)

    async with Client(transport=Stubborn()) as client:
        call = asyncio.ensure_future(client.post(url, content=endless()))
        await turns(1000)
        held = taken
        await turns(1000)
        assert taken == held < 100
        call.cancel()
        await turns()


@pytest.mark.parametrize("url", URLS)
async def test_a_handler_that_is_cancelled_from_elsewhere_breaks_its_response(url: str) -> None:
    async def handler(_: MockRequest) -> int:
        task = asyncio.current_task()
        assert task is not None
        task.cancel()
        await turns()
        return 200

    async with Client(transport=MockTransport(handler)) as client:
        with pytest.raises(hyperhttp.ReadError):
            await client.get(url)


async def test_an_error_after_the_response_is_told_to_the_loop() -> None:
    told: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))

    class Late(InProcessTransport):
        async def _serve(self, conversation: Conversation) -> None:
            await conversation.send_head(204, [])
            await conversation.end()
            raise KeyError("too late")

    async with Client(transport=Late()) as client:
        for url in URLS:
            assert (await client.get(url)).status_code == 204
        await turns()
    assert [repr(context["exception"]) for context in told] == ["KeyError('too late')"] * 2


@pytest.mark.parametrize("url", URLS)
async def test_an_error_of_one_request_is_not_felt_by_another(url: str) -> None:
    async def handler(request: MockRequest) -> int:
        await turns(5)
        if request.url.path == "/bad":
            raise KeyError("mine")
        await turns(5)
        return 200

    async with Client(transport=MockTransport(handler)) as client:
        calls = [client.get(url + path) for path in ("good", "bad", "good")]
        good, bad, other = await asyncio.gather(*calls, return_exceptions=True)
    assert isinstance(bad, KeyError)
    assert isinstance(good, hyperhttp.Response)
    assert isinstance(other, hyperhttp.Response)


async def test_nothing_is_left_of_a_closed_client() -> None:
    transport = MockTransport("well")
    async with Client(transport=transport) as client:
        for url in URLS:
            await fetch(client, url)
        assert len(transport.requests) == 2
    await turns()
    assert not transport._is_in_use
    gone = weakref.ref(client)
    del client
    gc.collect()
    assert gone() is None


async def test_a_close_does_not_wait_for_its_patience_to_end() -> None:
    loop = asyncio.get_running_loop()
    client = Client(transport=MockTransport())
    for url in URLS:
        await client.get(url)
    started = loop.time()
    await client.aclose()
    assert loop.time() - started < 0.4


@pytest.mark.parametrize("url", URLS)
def test_who_waits_for_100_does_not_wait_for_long(url: str) -> None:
    async def main() -> float:
        started = asyncio.get_running_loop().time()
        async with Client(transport=MockTransport()) as client:
            await client.post(url, content=iter([b"x"]), headers={"Expect": "100-continue"})
            return asyncio.get_running_loop().time() - started

    assert run_virtual_time(main()) < 0.5


async def test_an_upload_of_some_size_arrives_whole() -> None:
    transport = MockTransport()
    data = bytes(range(256)) * 5000
    async with Client(transport=transport) as client:
        for url in URLS:
            await client.put(url, content=data)
            await client.put(url, content=iter([data[:7], data[7:]]))
    assert [request.content == data for request in transport.requests] == [True] * 4


@pytest.mark.parametrize("status_code", [200, 503])
@pytest.mark.parametrize("reads", [False, True])
async def test_a_stream_left_early_leaves_its_connection_to_the_next_request(
    monkeypatch: pytest.MonkeyPatch, status_code: int, *, reads: bool
) -> None:
    dialed: list[str | None] = []

    def counted(
        loop: asyncio.AbstractEventLoop, *, alpn_protocol: str | None
    ) -> tuple[PipeTransport, PipeTransport]:
        dialed.append(alpn_protocol)
        return pipe(loop, alpn_protocol=alpn_protocol)

    monkeypatch.setattr(_in_process, "pipe", counted)

    async def late() -> AsyncIterator[bytes]:
        yield b"a"
        await asyncio.Event().wait()

    def site(request: MockRequest) -> MockResponse:
        is_late = request.url.path == "/late"
        return MockResponse(status_code, content=late()) if is_late else MockResponse(text="ok")

    async with Client(transport=MockTransport(site)) as client:
        async with client.stream("GET", "https://example.com/late") as response:
            if reads:
                assert await anext(response.aiter_bytes()) == b"a"
        # Not idempotent: a request that met a closed connection wouldn't be sent again.
        done = await client.post("https://example.com/", json={})
        assert (await done.aread(), done.http_version) == (b"ok", "HTTP/2")
    assert len(dialed) == 1
