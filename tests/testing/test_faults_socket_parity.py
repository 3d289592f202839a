"""The law of the test kit: what is met in memory is met over sockets, error for error.

Each scenario is played twice: by a `Fault` in memory, and by a script that does the same to a real
socket.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import UNSET
from hyperhttp.testing import (
    BadChunk,
    Fault,
    FaultyTransport,
    Garbage,
    Hang,
    MockResponse,
    MockTransport,
    RefuseConnection,
    Reset,
    Truncate,
)
from tests.servers.raw import Peer, RawServer
from tests.servers.sockets import refusing_port
from tests.testing.peers import fetch

if TYPE_CHECKING:
    from tests.servers.raw import Script

HEAD = b"HTTP/1.1 200 \r\ncontent-length: 10\r\n\r\n"
LIMITS = hyperhttp.Timeout(read=0.05)


def sends(data: bytes, end: str) -> Script:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(data)
        match end:
            case "reset":
                await asyncio.sleep(0)
                peer.reset()
            case "close":
                peer.close()
            case _:
                await peer.stall()

    return script


CASES: list[tuple[Fault, Script]] = [
    (Reset(), sends(b"", "reset")),
    (Truncate("response"), sends(b"", "close")),
    (Truncate("head"), sends(HEAD[:20], "close")),
    (Truncate(4), sends(HEAD + b"0123", "close")),
    (Hang(), sends(b"", "stall")),
    (Hang("head"), sends(HEAD[:20], "stall")),
    (Hang(4), sends(HEAD + b"0123", "stall")),
    (Garbage(b"garbage\r\n\r\n"), sends(b"garbage\r\n\r\n", "close")),
    (
        BadChunk(),
        sends(b"HTTP/1.1 200 \r\ntransfer-encoding: chunked\r\n\r\nxyz\r\n", "close"),
    ),
]


async def raised(url: str, transport: FaultyTransport | None = None) -> hyperhttp.HyperHTTPError:
    async with hyperhttp.Client(timeout=LIMITS, transport=transport or UNSET) as client:
        with pytest.raises(hyperhttp.HyperHTTPError) as caught:
            await fetch(client, url)
    return caught.value


def facts(error: hyperhttp.HyperHTTPError) -> tuple[object, ...]:
    return type(error), error.phase, error.retryable, error.attempts


@pytest.mark.parametrize(("fault", "script"), CASES, ids=[repr(case[0]) for case in CASES])
async def test_the_same_is_raised_in_memory_and_over_a_socket(fault: Fault, script: Script) -> None:
    mock = MockTransport(MockResponse(content=b"0123456789"))
    in_memory = await raised("http://example.com/", FaultyTransport(mock, [fault]))
    async with RawServer(script) as server:
        over_socket = await raised(server.url("/"))
    assert facts(in_memory) == facts(over_socket)


async def test_a_refusal_is_the_same() -> None:
    mock = MockTransport()
    in_memory = await raised("http://example.com/", FaultyTransport(mock, [RefuseConnection()]))
    with refusing_port() as port:
        over_socket = await raised(f"http://127.0.0.1:{port}/")
    assert facts(in_memory) == facts(over_socket)


async def test_a_kept_connection_that_dies_is_replayed_alike() -> None:
    mock = MockTransport("well")
    faulty = FaultyTransport(mock, [None, Reset()])

    async def twice(url: str, transport: FaultyTransport | None = None) -> list[bytes]:
        async with hyperhttp.Client(timeout=LIMITS, transport=transport or UNSET) as client:
            return [await fetch(client, url) for _ in range(2)]

    async def dies_on_the_second(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 200 \r\ncontent-length: 4\r\n\r\nwell")
        await peer.read_request()
        peer.reset()

    async def serves(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 200 \r\ncontent-length: 4\r\n\r\nwell")

    async with RawServer(dies_on_the_second, serves) as server:
        over_socket = await twice(server.url("/"))
    assert await twice("http://example.com/", faulty) == over_socket == [b"well"] * 2
