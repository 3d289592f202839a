"""A socket as a transport: receives, sends what the kernel accepts, pauses, and ends."""

from __future__ import annotations

import asyncio
import socket
import struct
import sys
from collections.abc import Iterator
from typing import cast

import pytest

from hyperhttp._network.socket_transport import SocketTransport
from tests.servers.sockets import listening

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the loop watches no sockets")


class Notes(asyncio.Protocol):
    """A protocol that notes what it is told."""

    def __init__(self) -> None:
        self.data = b""
        self.said: list[str] = []
        self.lost: asyncio.Future[Exception | None] = asyncio.get_running_loop().create_future()
        self.news = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast("SocketTransport", transport)

    def data_received(self, data: bytes) -> None:
        self.data += data
        self.news.set()

    def eof_received(self) -> None:
        self.said.append("eof")

    def pause_writing(self) -> None:
        self.said.append("pause")

    def resume_writing(self) -> None:
        self.said.append("resume")
        self.news.set()

    def connection_lost(self, exc: Exception | None) -> None:
        self.lost.set_result(exc)


class Buffered(asyncio.BufferedProtocol):
    """A protocol with a buffer."""

    def __init__(self) -> None:
        self.buffer = bytearray(3)
        self.pieces: list[bytes] = []

    def get_buffer(self, sizehint: int) -> bytearray:
        return self.buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.pieces.append(bytes(self.buffer[:nbytes]))


@pytest.fixture
def pair() -> Iterator[tuple[socket.socket, socket.socket]]:
    ours, theirs = socket.socketpair()
    ours.setblocking(False)
    theirs.setblocking(False)
    with ours, theirs:
        yield ours, theirs


Pair = tuple[socket.socket, socket.socket]


def start(ours: socket.socket) -> Notes:
    notes = Notes()
    SocketTransport(asyncio.get_running_loop(), ours, notes)
    return notes


async def turns() -> None:
    for _ in range(3):
        await asyncio.sleep(0)


async def test_data_passes_in_both_directions(pair: Pair) -> None:
    notes = start(pair[0])
    pair[1].send(b"hello")
    await notes.news.wait()
    notes.transport.write(b"he")
    notes.transport.writelines([b"l", bytearray(b"l"), memoryview(b"o")])
    assert (notes.data, pair[1].recv(10)) == (b"hello", b"hello")
    notes.transport.close()
    notes.transport.close()
    assert notes.transport.is_closing()
    assert await notes.lost is None
    assert pair[1].recv(1) == b""
    assert pair[0].fileno() == -1


async def test_a_protocol_with_a_buffer_receives_what_fits(pair: Pair) -> None:
    notes, buffered = start(pair[0]), Buffered()
    notes.transport.set_protocol(buffered)
    assert notes.transport.get_protocol() is buffered
    pair[1].send(b"hello")
    await turns()
    assert buffered.pieces == [b"hel", b"lo"]
    notes.transport.abort()
    await turns()


async def test_the_end_of_the_data_closes_it(pair: Pair) -> None:
    notes = start(pair[0])
    pair[1].shutdown(socket.SHUT_WR)
    assert await notes.lost is None
    assert notes.said == ["eof"]


async def test_nothing_is_read_while_it_is_paused(pair: Pair) -> None:
    notes = start(pair[0])
    notes.transport.pause_reading()
    notes.transport.pause_reading()
    pair[1].send(b"hello")
    await turns()
    assert (notes.data, notes.transport.is_reading()) == (b"", False)
    notes.transport.resume_reading()
    await notes.news.wait()
    assert (notes.data, notes.transport.is_reading()) == (b"hello", True)
    notes.transport.abort()
    await notes.lost


async def test_what_the_kernel_does_not_accept_is_sent_later_in_order(pair: Pair) -> None:
    notes, sent = start(pair[0]), b""
    notes.transport.set_write_buffer_limits(1 << 16)
    data = bytearray(range(256)) * (1 << 13)
    notes.transport.write(data)
    notes.transport.write(b"end")
    expected = bytes(data) + b"end"
    data[:] = bytes(len(data))  # what is kept is a copy
    assert notes.said == ["pause"]
    assert notes.transport.get_write_buffer_size() > 1 << 16
    notes.transport.close()
    while len(sent) < len(expected):
        try:
            sent += pair[1].recv(1 << 16)
        except BlockingIOError:
            await asyncio.sleep(0)
    assert sent == expected
    assert await notes.lost is None
    assert notes.said == ["pause", "resume"]
    assert notes.transport.get_write_buffer_limits() == (1 << 14, 1 << 16)


async def test_an_abort_drops_what_is_not_sent(pair: Pair) -> None:
    notes = start(pair[0])
    notes.transport.write(bytes(1 << 22))
    notes.transport.abort()
    notes.transport.write(b"more")
    assert notes.transport.get_write_buffer_size() == 0
    assert await notes.lost is None


@pytest.mark.parametrize("writes", [False, True])
async def test_a_reset_is_the_reason_of_the_loss(writes: bool) -> None:
    with listening("127.0.0.1") as listener:
        ours = socket.create_connection(listener.getsockname())
        theirs, _ = listener.accept()
    ours.setblocking(False)
    notes = start(ours)
    assert notes.transport.get_extra_info("peername") == theirs.getsockname()
    assert notes.transport.get_extra_info("sockname") == theirs.getpeername()
    assert ours.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
    theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    theirs.close()
    if writes:
        notes.transport.pause_reading()
        notes.transport.write(b"x")
    assert isinstance(await notes.lost, OSError)


async def test_a_failure_of_the_protocol_closes_it(pair: Pair) -> None:
    told: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))

    class Fails(Notes):
        def data_received(self, data: bytes) -> None:
            raise ZeroDivisionError

    notes = Fails()
    SocketTransport(asyncio.get_running_loop(), pair[0], notes)
    pair[1].send(b"x")
    assert await notes.lost is None
    assert len(told) == 1
    assert not notes.transport.can_write_eof()


async def test_an_empty_buffer_is_not_the_end_of_the_data(pair: Pair) -> None:
    told: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, context: told.append(context))
    lost = asyncio.Event()

    class Full(Buffered):
        def get_buffer(self, sizehint: int) -> bytearray:
            return bytearray()

        def eof_received(self) -> None:
            self.pieces.append(b"the end")

        def connection_lost(self, exc: Exception | None) -> None:
            lost.set()

    full = Full()
    SocketTransport(asyncio.get_running_loop(), pair[0], full)
    pair[1].send(b"x")
    await lost.wait()
    assert full.pieces == []
    assert isinstance(told[0]["exception"], RuntimeError)
