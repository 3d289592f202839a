"""Large bodies that are wanted whole: received in place, with all that holds for any other."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, Limits, ReadError, RemoteProtocolError, ResponseTooLarge
from hyperhttp._transport.bulk_read import BULK_READ_BYTES_MIN
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    import ssl

    from tests.servers.raw import Script

SIZE = 400_000
BODY = os.urandom(SIZE)
HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % SIZE


def sending(*pieces: bytes) -> Script:
    """A script that sends pieces, each apart, for the first request, and `ok` for any other."""

    async def script(peer: Peer) -> None:
        try:
            await peer.read_request()
            for piece in pieces:
                await peer.send(piece)
                await asyncio.sleep(0)
                await asyncio.sleep(0)
            while True:
                await peer.read_request()
                await peer.send(OK)
        except UnexpectedEnd:
            pass

    return script


def tls_of(certificates: Certificates, *, tls: bool) -> ssl.SSLContext | None:
    return server_context(certificates.good) if tls else None


@pytest.mark.parametrize("tls", [False, True])
@pytest.mark.parametrize("cut", [0, 1, 16_384, 200_000, SIZE - 16_385, SIZE - 16_384, SIZE - 1])
async def test_it_is_the_same_wherever_it_is_cut(
    certificates: Certificates, cut: int, tls: bool
) -> None:
    pieces = (HEAD + BODY[:cut], BODY[cut:])
    async with RawServer(sending(*pieces), tls=tls_of(certificates, tls=tls)) as server:
        async with Client(verify=certificates.ca, http2=False) as client:
            response = await client.get(server.url())
            assert await response.aread() == BODY
            assert response.num_bytes_downloaded == SIZE
            assert await (await client.get(server.url())).aread() == b"ok"
            assert len(server.peers) == 1


async def test_bytes_beyond_its_end_cost_the_connection() -> None:
    first = sending(HEAD + BODY[:1000], BODY[1000:] + OK)
    async with RawServer(first, sending(OK)) as server, Client() as client:
        assert await (await client.get(server.url())).aread() == BODY
        assert await (await client.get(server.url())).aread() == b"ok"
        assert len(server.peers) == 2


@pytest.mark.parametrize("cut", [1000, 200_000, SIZE - 1])
async def test_a_truncated_one_is_an_error(cut: int) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(HEAD + BODY[:cut])
        peer.close()

    async with RawServer(script) as server, Client() as client:
        response = await client.get(server.url())
        with pytest.raises((RemoteProtocolError, ReadError)):
            await response.aread()
        assert client.stats().active == 0


LONG = BULK_READ_BYTES_MIN + 3_000_000
BLOCK = BODY[:65_536]
LONG_HEAD = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % LONG
LONG_BODY = BLOCK * (LONG // len(BLOCK)) + BLOCK[: LONG % len(BLOCK)]


@pytest.mark.parametrize("tls", [False, True])
async def test_one_of_many_mebibytes_comes_whole_and_leaves_the_connection_as_it_was(
    certificates: Certificates, tls: bool
) -> None:
    script = sending(LONG_HEAD + LONG_BODY)
    async with RawServer(script, tls=tls_of(certificates, tls=tls)) as server:
        async with Client(verify=certificates.ca, http2=False) as client:
            async with client.stream("GET", server.url()) as response:
                pieces = [piece async for piece in response.aiter_bytes()]
            assert b"".join(pieces) == LONG_BODY
            for _ in range(2):
                assert await (await client.get(server.url())).aread() == b"ok"
            assert len(server.peers) == 1


async def test_bytes_beyond_the_end_of_a_long_one_cost_the_connection_too() -> None:
    async with RawServer(sending(LONG_HEAD + LONG_BODY + OK), sending(OK)) as server:
        async with Client() as client:
            assert await (await client.get(server.url())).aread() == LONG_BODY
            response = await client.get(server.url())
            assert await response.aread() == b"ok"
            assert len(server.peers) == 2


@pytest.mark.parametrize("read_first", [True, False])
async def test_a_long_one_that_is_cut_or_left_is_told_and_leaves_nothing(read_first: bool) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(LONG_HEAD + LONG_BODY[:2_000_000])
        peer.close()

    async with RawServer(script) as server, Client() as client:
        response = await client.get(server.url())
        pieces = response.aiter_bytes()
        await anext(pieces)
        if read_first:
            with pytest.raises((RemoteProtocolError, ReadError)):
                async for _ in pieces:
                    pass
        await response.aclose()
        assert client.stats().active == 0


async def test_one_that_is_longer_than_a_limit_is_refused_on_the_way() -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(HEAD + BODY[:300_000])
        await peer.stall()

    limits = Limits(max_body_bytes=200_000)
    async with RawServer(script) as server, Client(limits=limits) as client:
        response = await client.get(server.url())
        with pytest.raises(ResponseTooLarge):
            await response.aread()


async def test_a_task_that_is_cancelled_on_the_way_leaves_nothing() -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(HEAD + BODY[:200_000])
        await peer.stall()

    async with RawServer(script) as server, Client() as client:
        response = await client.get(server.url())
        reading = asyncio.ensure_future(response.aread())
        for _ in range(10):
            await asyncio.sleep(0)
        reading.cancel()
        with pytest.raises(asyncio.CancelledError):
            await reading
        assert client.stats().active == 0
