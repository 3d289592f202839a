"""Whatever a peer does not stop doing, or does not begin, costs a bounded amount of memory.

What is endless is ended by a limit of ours, without any clock; what is long is held back.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, Limits, Timeout
from tests.client.fault_stage import narrow
from tests.client.quiet import MIB, growing_by_at_most, run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.slow

HEAD = b"HTTP/1.1 200 OK\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"


# --- endless ---


@dataclass(frozen=True)
class Endless:
    """A beginning, what comes after it again and again, and how much of that is let pass."""

    begin: bytes
    again: bytes
    limit_bytes: int
    while_reading: bool = False

    @property
    def pieces(self) -> tuple[int, ...]:
        """In pieces of how many bytes it may come; more than a drip where it would take minutes."""
        if self.limit_bytes > MIB // 2:
            return (50_000,)
        return (7, 50_000) if self.while_reading else (1, 7, 50_000)


ENDLESS = {
    "blank lines": Endless(b"", b"\r\n", 100),
    "not HTTP": Endless(b"", b"220 ready\r\n", 100),
    "status line": Endless(b"HTTP/1.1 200 ", b"x", 65_536),
    "fields": Endless(HEAD, b"X-Field: value\r\n", 65_536),
    "one field": Endless(HEAD + b"X-Field: ", b"value ", 65_536),
    "folded field": Endless(HEAD + b"X-Field: a\r\n", b" b\r\n", 65_536),
    "names": Endless(HEAD, b"X", 65_536),
    "interim responses": Endless(b"", b"HTTP/1.1 102 Processing\r\n\r\n", 17 * 27),
    "long interim responses": Endless(
        b"", b"HTTP/1.1 103 Early\r\nLink: %s\r\n\r\n" % (b"x" * 60_000), 17 * 60_100
    ),
    "cookies": Endless(HEAD, b"Set-Cookie: a=b\r\n", 65_536),
    "chunk size": Endless(CHUNKED, b"0", 65_536, True),
    "chunk extension": Endless(CHUNKED + b"5;name=", b"value", 65_536, True),
    "chunk extensions": Endless(CHUNKED, b"1;name=%s\r\nx\r\n" % (b"v" * 1_000), 2 * MIB, True),
    "trailers": Endless(CHUNKED + b"3\r\nabc\r\n0\r\n", b"X-Sum: 1\r\n", 65_536, True),
    "one trailer": Endless(CHUNKED + b"3\r\nabc\r\n0\r\nX-Sum: ", b"1", 65_536, True),
}


@pytest.mark.parametrize(
    ("name", "piece"), [(name, piece) for name in ENDLESS for piece in ENDLESS[name].pieces]
)
def test_what_does_not_end_is_ended_by_a_limit(name: str, piece: int) -> None:
    endless = ENDLESS[name]
    # A lower limit on the head is reached sooner, and must hold as well.
    limits = Limits(max_head_bytes=4_096) if piece == 1 else Limits()

    async def main(loop: TurnedLoop) -> None:
        sent = 0

        async def script(peer: Peer) -> None:
            nonlocal sent
            await peer.read_request()
            await peer.send(endless.begin)
            block = endless.again * (1 + 50_000 // len(endless.again))
            while not peer.ended.is_set():
                for start in range(0, len(block), piece):
                    if peer.ended.is_set():
                        return
                    # Each piece comes before the limit on silence is over.
                    loop.turn(0.0 if piece > 1_000 else 15.0)
                    await peer.drip(block[start : start + piece], piece)
                    sent += piece

        async with (
            RawServer(script, listener=narrow()) as server,
            Client(timeout=Timeout(20.0), limits=limits) as client,
        ):
            with growing_by_at_most(8 * MIB):
                came = False
                with pytest.raises(hyperhttp.RemoteProtocolError) as caught:
                    response = await client.get(server.url())
                    came = True
                    await response.aread()
            assert str(caught.value)
            assert came == endless.while_reading
            # What the kernel took on top of it, nobody has read.
            limit_bytes = min(endless.limit_bytes, 4_096 if piece == 1 else MIB)
            kernel_bytes = 400_000 if limit_bytes <= 200_000 else 3 * MIB
            assert sent <= limit_bytes + (100 if piece == 1 else kernel_bytes)
            assert unused(client)

    run_quietly(main)


def test_a_head_that_drips_for_ever_is_ended_by_the_total_limit_too() -> None:
    async def main(loop: TurnedLoop) -> None:
        async def script(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(HEAD)
            while not peer.ended.is_set():
                loop.turn(5.0)
                await peer.drip(b"X: y\r\n", 6)

        async with RawServer(script) as server:
            async with Client(timeout=Timeout(20.0, total=300.0)) as client:
                with pytest.raises(hyperhttp.TotalTimeout) as caught:
                    await client.get(server.url())
                assert (caught.value.timeout_s, caught.value.during) == (300.0, "read")
                assert unused(client)

    run_quietly(main)


def test_as_many_interim_responses_as_are_allowed_are_no_fault_however_they_come() -> None:
    async def main(loop: TurnedLoop) -> None:
        async def script(peer: Peer) -> None:
            await peer.read_request()
            interim = b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 16
            await peer.drip(interim + HEAD + b"Content-Length: 2\r\n\r\nok", 3)

        async with RawServer(script) as server, Client() as client:
            assert await (await client.get(server.url())).aread() == b"ok"
            assert client.stats().idle == 1

    run_quietly(main)


# --- long ---


LONG_BYTES = 24 * MIB
BLOCK = bytes(range(256)) * 256


def _framed(kind: str) -> tuple[bytes, bytes, bytes]:
    """The head, each block, and the end of a long body."""
    match kind:
        case "length":
            return HEAD + b"Content-Length: %d\r\n\r\n" % LONG_BYTES, BLOCK, b""
        case "chunked":
            return CHUNKED, b"%x\r\n%s\r\n" % (len(BLOCK), BLOCK), b"0\r\n\r\n"
        case "small chunks":
            parts = [BLOCK[at : at + 512] for at in range(0, len(BLOCK), 512)]
            return CHUNKED, b"".join(b"200\r\n%s\r\n" % part for part in parts), b"0\r\n\r\n"
        case "chunks with extensions":
            parts = [BLOCK[at : at + 4096] for at in range(0, len(BLOCK), 4096)]
            return CHUNKED, b"".join(b"1000;a=b\r\n%s\r\n" % part for part in parts), b"0\r\n\r\n"
        case _:
            return HEAD + b"\r\n", BLOCK, b""


@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
@pytest.mark.parametrize(
    "kind", ["length", "chunked", "small chunks", "chunks with extensions", "until the end"]
)
def test_a_long_body_that_is_read_slowly_is_held_back(
    kind: str, tls: bool, certificates: Certificates
) -> None:
    head, block, end = _framed(kind)

    async def main(loop: TurnedLoop) -> None:
        sent = read = ahead = 0

        async def script(peer: Peer) -> None:
            nonlocal sent
            await peer.read_request()
            await peer.send(head)
            for _ in range(LONG_BYTES // len(BLOCK)):
                await peer.send(block)
                sent += len(BLOCK)
                await asyncio.sleep(0)
            await peer.send(end)
            peer.close()

        context = server_context(certificates.good) if tls else None
        limits = Limits(receive_buffer_bytes=MIB // 4)
        async with (
            RawServer(script, tls=context) as server,
            Client(verify=certificates.ca, limits=limits) as client,
        ):
            with growing_by_at_most(6 * MIB):
                async with client.stream("GET", server.url(host="localhost")) as response:
                    async for piece in response.aiter_bytes():
                        assert piece[:64] in _TWICE
                        read += len(piece)
                        ahead = max(ahead, sent - read)
                        for _ in range(3):
                            await asyncio.sleep(0)
            assert read == LONG_BYTES
            # The kernel's buffers, those of the server's transport, and ours.
            assert ahead < 12 * MIB

    run_quietly(main)


_TWICE = BLOCK[:256] * 2


def test_a_body_that_nobody_reads_is_not_held_by_us() -> None:
    async def main(loop: TurnedLoop) -> None:
        long_body = BLOCK * (LONG_BYTES // len(BLOCK))

        async def script(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(HEAD + b"Content-Length: %d\r\n\r\n" % LONG_BYTES)
            peer.transport.write(memoryview(long_body))

        async with RawServer(script, listener=narrow()) as server, Client() as client:
            response = await client.get(server.url())
            peer = server.peers[0]
            # How much the kernel takes is its own business; what it does not take, the server
            # holds from the beginning.
            await until(lambda: peer.transport.get_write_buffer_size() > 0)
            with growing_by_at_most(2 * MIB):
                left = -1
                while left != (left := peer.transport.get_write_buffer_size()):
                    for _ in range(200):
                        await asyncio.sleep(0)
            await response.aclose()
            assert unused(client)

    run_quietly(main)


def test_a_peer_that_does_not_read_is_sent_no_more_than_the_buffers_hold() -> None:
    async def main(loop: TurnedLoop) -> None:
        asked = 0

        async def pieces() -> AsyncIterator[bytes]:
            nonlocal asked
            while True:
                asked += 1
                yield BLOCK

        async def deaf(peer: Peer) -> None:
            await peer.read_until(b"\r\n\r\n")
            peer.pause_reading()
            await peer.stall()

        async with RawServer(deaf, listener=narrow()) as server, Client() as client:
            with growing_by_at_most(4 * MIB):
                upload = asyncio.ensure_future(client.put(server.url(), content=pieces()))
                seen = -1
                while seen != asked:
                    seen = asked
                    for _ in range(500):
                        await asyncio.sleep(0)
                assert 1 <= asked * len(BLOCK) <= 4 * MIB
                upload.cancel()
                await asyncio.wait([upload])
            await until(lambda: unused(client))

    run_quietly(main)
