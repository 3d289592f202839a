"""The scripted peer is itself a program with mistakes to make: it is held to what tests rely on."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd, replies

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator

REQUEST = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


@asynccontextmanager
async def dialled(
    server: RawServer, context: ssl.SSLContext | None = None
) -> AsyncGenerator[tuple[asyncio.StreamReader, asyncio.StreamWriter]]:
    name = "localhost" if context else None
    reader, writer = await asyncio.open_connection(
        server.host, server.port, ssl=context, server_hostname=name
    )
    try:
        yield reader, writer
    finally:
        writer.transport.abort()


async def test_steps_are_responded_in_order_on_one_connection() -> None:
    script = replies((b"GET /a", b"first"), (b"GET /b", b"second"))
    async with RawServer(script) as server, dialled(server) as (reader, writer):
        writer.write(b"GET /a HTTP/1.1\r\n\r\n")
        assert await reader.readexactly(5) == b"first"
        writer.write(b"GET /b HTTP/1.1\r\n\r\n")
        assert await reader.readexactly(6) == b"second"
        assert server.received == [b"GET /a HTTP/1.1\r\n\r\nGET /b HTTP/1.1\r\n\r\n"]


async def test_each_connection_gets_its_script_and_the_last_one_stays() -> None:
    async with RawServer(replies((b"", b"one")), replies((b"", b"two"))) as server:
        for expected in (b"one", b"two", b"two"):
            async with dialled(server) as (reader, writer):
                writer.write(REQUEST)
                assert await reader.readexactly(3) == expected
        assert [peer.number for peer in server.peers] == [0, 1, 2]


async def test_a_request_with_a_length_or_chunks_is_read_to_its_end() -> None:
    taken: list[bytes] = []

    async def script(peer: Peer) -> None:
        taken.append(await peer.read_request())
        taken.append(await peer.read_request())
        await peer.send(OK)

    first = b"POST / HTTP/1.1\r\ncontent-length: 3\r\n\r\nabc"
    second = (
        b"POST / HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n3;x=1\r\nabc\r\n0\r\nA: b\r\n\r\n"
    )
    async with RawServer(script) as server, dialled(server) as (reader, writer):
        for byte in first + second:
            writer.write(bytes([byte]))
        await reader.readexactly(len(OK))
    assert taken == [first, second]


async def test_another_request_than_expected_fails_the_test() -> None:
    with pytest.raises(AssertionError, match="expected b'POST'"):
        async with RawServer(replies((b"POST", OK))) as server:
            async with dialled(server) as (reader, writer):
                writer.write(REQUEST)
                assert await reader.read() == b"", "a failed script cuts its connection"


async def test_a_failed_script_is_named_beside_the_error_of_the_test() -> None:
    with pytest.raises(KeyError) as caught:
        async with RawServer(replies((b"POST", OK))) as server:
            async with dialled(server) as (reader, writer):
                writer.write(REQUEST)
                await reader.read()
            raise KeyError("the test's own")
    assert "expected b'POST'" in caught.value.__notes__[0]


async def test_a_client_that_leaves_early_fails_a_script_that_waits_for_it() -> None:
    with pytest.raises(UnexpectedEnd, match="waiting for"):
        async with RawServer(replies((b"", OK))) as server:
            async with dialled(server) as (reader, writer):
                writer.write(b"GET / HT")
                writer.write_eof()
                assert await reader.read() == b""


async def test_a_reset_is_seen_as_a_reset() -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        peer.reset()

    async with RawServer(script) as server, dialled(server) as (reader, writer):
        writer.write(REQUEST)
        with pytest.raises(ConnectionResetError):
            await reader.readexactly(1)


async def test_a_half_closed_connection_can_still_be_written_to() -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        peer.half_close()
        assert await peer.read_to_end() == b"more"

    async with RawServer(script) as server, dialled(server) as (reader, writer):
        writer.write(REQUEST)
        assert await reader.read() == b""
        writer.write(b"more")
        writer.write_eof()
        await server.peers[0].ended.wait()


async def test_a_drip_comes_in_single_bytes() -> None:
    async def script(peer: Peer) -> None:
        await peer.drip(b"abcdef")

    async with RawServer(script) as server, dialled(server) as (reader, _):
        pieces = [await reader.read(100) for _ in range(3)]
    assert all(len(piece) <= 2 for piece in pieces)


async def test_a_stalling_peer_ends_with_its_server() -> None:
    async with RawServer(Peer.stall) as server, dialled(server) as (_, writer):
        writer.write(REQUEST)
    assert all(peer.ended.is_set() for peer in server.peers)


async def test_tls_is_spoken_when_asked_for(certificates: Certificates) -> None:
    context = server_context(certificates.good)
    async with RawServer(replies((b"GET / ", OK)), tls=context) as server:
        assert server.url("/x", host="localhost") == f"https://localhost:{server.port}/x"
        async with dialled(server, certificates.client_context()) as (reader, writer):
            writer.write(REQUEST)
            assert await reader.readexactly(len(OK)) == OK


async def test_ipv6_works_and_is_bracketed() -> None:
    async with RawServer(replies((b"GET / ", OK)), host="::1") as server:
        assert server.url() == f"http://[::1]:{server.port}/"
        async with dialled(server) as (reader, writer):
            writer.write(REQUEST)
            assert await reader.readexactly(len(OK)) == OK
