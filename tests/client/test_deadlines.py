"""One deadline over everything, and a limit for each phase: whichever is reached first speaks.

The clock is turned second by second; each error must come at its second, and name its phase.
"""

from __future__ import annotations

import asyncio
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, Timeout, TimeoutException
from tests.client.fault_stage import LARGE, narrow
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.sockets import unreplied_port

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncIterator, Iterator

    from hyperhttp import Response

MOVED = b"HTTP/1.1 302 Found\r\nLocation: %s\r\nContent-Length: 0\r\n\r\n"


@dataclass(frozen=True)
class Phase:
    """Where a request hangs, and what it is told."""

    error: type[TimeoutException]
    during: str


PHASES = {
    "pool": Phase(hyperhttp.PoolTimeout, "pool"),
    "connect": Phase(hyperhttp.ConnectTimeout, "connect"),
    "handshake": Phase(hyperhttp.ConnectTimeout, "connect"),
    "write": Phase(hyperhttp.WriteTimeout, "write"),
    "head": Phase(hyperhttp.ReadTimeout, "read"),
    "body": Phase(hyperhttp.ReadTimeout, "read"),
    "error body": Phase(hyperhttp.ReadTimeout, "read"),
}


async def hanging(peer: Peer) -> None:
    """Respond as far as the path says, and hang."""
    with suppress(UnexpectedEnd):
        head = await peer.read_until(b"\r\n\r\n")
        if b"/write" in head:
            peer.pause_reading()
        if b"/body" in head:
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
        if b"/error" in head:
            await peer.send(b"HTTP/1.1 500 Oh\r\nContent-Length: 9\r\n\r\nhalf")
        await peer.stall()


async def ask(client: Client, url: str, name: str) -> None:
    """A request that hangs in the phase of that name."""
    if name == "write":
        response: Response = await client.put(url, content=LARGE)
    else:
        response = await client.get(url)
    await response.aread()


@contextmanager
def hanging_url(name: str, server: RawServer) -> Iterator[str]:
    """The URL where a request hangs in the phase of that name."""
    if name == "connect":
        with unreplied_port() as port:
            yield f"http://127.0.0.1:{port}/"
    else:
        url = server.url(f"/{name}".replace(" ", "-"))
        yield url.replace("http:", "https:") if name == "handshake" else url


async def seconds_until_over(loop: TurnedLoop, asked: asyncio.Future[None]) -> int:
    """Turn the clock second by second; after how many it was over."""
    for seconds in range(200):
        for _ in range(30):
            await asyncio.sleep(0)
        if asked.done():
            return seconds
        loop.turn(1.0)
    raise AssertionError("it waits for ever")


@pytest.mark.parametrize("limit", ["its own", "total", "total first"])
@pytest.mark.parametrize("name", PHASES)
def test_whichever_limit_is_reached_first_speaks(
    name: str, limit: str, trusting: ssl.SSLContext
) -> None:
    phase = PHASES[name]
    own = None if limit == "total" else 20.0
    total = {"its own": 100.0, "total": 12.0, "total first": 12.0}[limit]

    async def main(loop: TurnedLoop) -> None:
        async with (
            RawServer(hanging, listener=narrow()) as server,
            Client(timeout=Timeout(own, total=total), max_connections=1, verify=trusting) as client,
        ):
            with hanging_url(name, server) as url:
                before = [
                    asyncio.ensure_future(client.get(url, timeout=None))
                    for _ in range(name == "pool")
                ]
                await until(lambda: client.stats().active == len(before))
                asked = asyncio.ensure_future(ask(client, url, name))
                for _ in range(300):
                    await asyncio.sleep(0)
                seconds = await seconds_until_over(loop, asked)
                error = asked.exception()
                if limit == "its own":
                    assert type(error) is phase.error
                    assert (error.timeout_s, error.phase) == (20.0, phase.during)
                    # Progress in writing is looked for once, when the first limit is over.
                    assert 20 <= seconds <= (41 if name == "write" else 21)
                else:
                    assert isinstance(error, hyperhttp.TotalTimeout)
                    assert (error.timeout_s, error.during) == (12.0, phase.during)
                    assert error.elapsed_s is not None
                    assert 12 <= error.elapsed_s < 14
                    assert 12 <= seconds <= 13
                assert error.origin == hyperhttp.URL(url).origin
                for held in before:
                    held.cancel()
            await until(lambda: unused(client))

    run_quietly(main)


def test_redirects_share_one_deadline() -> None:
    async def main(loop: TurnedLoop) -> None:
        async def slowly_in_a_circle(peer: Peer) -> None:
            with suppress(UnexpectedEnd):
                while True:
                    await peer.read_request()
                    loop.turn(4.0)
                    await peer.send(MOVED % b"/again")

        async with RawServer(slowly_in_a_circle) as server:
            async with Client(
                timeout=Timeout(5.0, total=30.0), follow_redirects=True, max_redirects=50
            ) as client:
                with pytest.raises(hyperhttp.TotalTimeout) as caught:
                    await client.get(server.url())
                assert caught.value.elapsed_s is not None
                assert 30 <= caught.value.elapsed_s <= 34
                assert unused(client)

    run_quietly(main)


def test_what_went_out_again_keeps_its_deadline() -> None:
    async def main(loop: TurnedLoop) -> None:
        async def dies_late(peer: Peer) -> None:
            await peer.read_request()
            if peer.number == 0:
                await peer.send(OK)
                await peer.read_request()
                loop.turn(9.0)
                peer.reset()
            else:
                await peer.stall()

        async with RawServer(dies_late) as server:
            async with Client(timeout=Timeout(20.0, total=10.0)) as client:
                assert await (await client.get(server.url())).aread() == b"ok"
                asked = asyncio.ensure_future(client.get(server.url()))
                await server.connected(2)
                await until(lambda: bool(server.peers[1].received))
                assert not asked.done()
                loop.turn(1.5)
                with pytest.raises(hyperhttp.TotalTimeout):
                    await asked

    run_quietly(main)


def test_the_slowness_of_the_reader_and_of_the_source_is_not_charged() -> None:
    async def main(loop: TurnedLoop) -> None:
        async def pieces() -> AsyncIterator[bytes]:
            for _ in range(5):
                loop.turn(50.0)
                for _ in range(20):
                    await asyncio.sleep(0)
                yield b"piece"

        async def script(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 500000\r\n\r\n" + b"x" * 500_000)

        async with RawServer(script) as server, Client(timeout=Timeout(20.0)) as client:
            async with client.stream("POST", server.url(), content=pieces()) as response:
                size = 0
                async for piece in response.aiter_bytes(50_000):
                    size += len(piece)
                    loop.turn(50.0)
                    for _ in range(20):
                        await asyncio.sleep(0)
                assert size == 500_000

    run_quietly(main)
