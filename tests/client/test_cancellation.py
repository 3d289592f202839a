"""Canceled at any moment, a request leaves nothing behind and the next one gets its response."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

# More turns of the loop than any of these requests takes.
TURNS = 60


async def served(peer: Peer, received: set[int] | None = None) -> None:
    """Respond with the path; redirect from /moved; send /large in pieces.

    Keeps the numbers that the queries of the requests contain.
    """
    try:
        while True:
            request = await peer.read_request()
            path, _, number = request.split(b" ", 2)[1].partition(b"?")
            if number and received is not None:
                received.add(int(number))
            if path == b"/moved":
                await peer.send(b"HTTP/1.1 302 Found\r\nLocation: /a\r\nContent-Length: 0\r\n\r\n")
                continue
            body = b"x" * 300_000 if path == b"/large" else path
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body))
            await peer.drip(body, 50_000)
    except UnexpectedEnd:
        pass


async def plain(client: Client, url: Callable[[str], str]) -> None:
    assert await (await client.get(url("/a"))).aread() == b"/a"


async def upload(client: Client, url: Callable[[str], str]) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        for _ in range(10):
            yield b"x" * 1000
            await asyncio.sleep(0)

    assert await (await client.post(url("/up"), content=pieces())).aread() == b"/up"


async def large_upload(client: Client, url: Callable[[str], str]) -> None:
    assert await (await client.put(url("/put"), content=b"x" * 500_000)).aread() == b"/put"


async def streamed(client: Client, url: Callable[[str], str]) -> None:
    async with client.stream("GET", url("/large")) as response:
        assert sum([len(piece) async for piece in response.aiter_bytes()]) == 300_000


async def redirected(client: Client, url: Callable[[str], str]) -> None:
    response = await client.get(url("/moved"), follow_redirects=True)
    assert await response.aread() == b"/a"


async def waiting(client: Client, url: Callable[[str], str]) -> None:
    await asyncio.gather(*(plain(client, url) for _ in range(4)))


REQUESTS: dict[str, Callable[[Client, Callable[[str], str]], Awaitable[None]]] = {
    "plain": plain,
    "upload": upload,
    "large upload": large_upload,
    "streamed": streamed,
    "redirected": redirected,
    "waiting": waiting,
}


@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
@pytest.mark.parametrize("kind", REQUESTS)
async def test_a_request_cancelled_after_any_number_of_turns_leaves_nothing_behind(
    kind: str, tls: bool, certificates: Certificates
) -> None:
    context = server_context(certificates.good) if tls else None
    received, canceled = set[int](), set[int]()
    async with RawServer(partial(served, received=received), tls=context) as server:

        def url(path: str) -> str:
            return server.url(path, host="localhost")

        async with Client(verify=certificates.ca, max_connections=2, timeout=20.0) as client:
            for turns in range(TURNS):

                def numbered(path: str, number: int = turns) -> str:
                    return url(f"{path}?{number}")

                asked = asyncio.ensure_future(REQUESTS[kind](client, numbered))
                for _ in range(turns):
                    await asyncio.sleep(0)
                # Twice: the second must not disturb how the first is carried out.
                asked.cancel()
                asked.cancel()
                await asyncio.wait([asked])
                if asked.cancelled():
                    canceled.add(turns)
                assert asked.cancelled() or asked.exception() is None
                assert client.stats().waiters == 0
                if turns % 10 == 0:
                    await plain(client, url)
            # Before it was sent, and on its way; how many turns that takes depends on the loop.
            await until(lambda: bool(canceled & received))
            assert canceled - received
            assert TURNS - 1 not in canceled
            await until(lambda: client.stats().pending == client.stats().active == 0)
            await asyncio.gather(*(plain(client, url) for _ in range(10)))
    await until(lambda: len(asyncio.all_tasks()) == 1)


async def test_a_timeout_of_the_callers_own_is_the_callers_own() -> None:
    async def silent(peer: Peer) -> None:
        await peer.stall()

    async with RawServer(silent) as server, Client() as client:
        for _ in range(3):
            with pytest.raises(TimeoutError) as caught:
                async with asyncio.timeout(0):
                    await client.get(server.url())
            assert not isinstance(caught.value, hyperhttp.HyperHTTPError)
        assert client.stats().active == 0
