"""A stream as its exchange sees it: what it asks of its connection and of the codec."""

from __future__ import annotations

import asyncio
from math import inf
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.config import HTTP2Config, Limits, Timeout
from hyperhttp._base._generated.errors import ReadError
from hyperhttp._protocol.events import END_REUSABLE, Chunk, Head
from hyperhttp._protocol.h2.codec import H2Codec
from hyperhttp._transport.deadline import Deadline
from hyperhttp._transport.exchange import Exchange
from hyperhttp._transport.h2_stream import H2Stream
from tests.protocol.h2_wire import GET, head
from tests.servers import h2_frames
from tests.servers.h2_frames import FrameReader

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperframe.frame import Frame

    from hyperhttp._network.connect_trace import ConnectTrace

WINDOW = 1000
HEAD = Head(200, "OK", "HTTP/2", b"")


class FakeStreamConnection:
    """A connection with a codec that has opened one stream, and notes of what it is asked."""

    connect_trace: ConnectTrace | None = None

    def __init__(self) -> None:
        self.codec = H2Codec(Limits(), HTTP2Config(stream_window_bytes=WINDOW))
        self.codec.begin()
        self.codec.receive(h2_frames.settings())
        self.codec.open("POST", GET, ended=False)
        self.codec.take_output()
        self.write_paused = False
        self.unsent = 0
        self.dues: list[float] = []
        self.over: list[H2Stream] = []
        self.flushes = 0
        self.sent_bytes = 0

    def watch(self, due: float) -> None:
        self.dues.append(due)

    def ended(self, stream: H2Stream) -> None:
        self.over.append(stream)

    def flush(self) -> None:
        self.flushes += 1

    def sent(self, size: int) -> None:
        self.sent_bytes += size

    def unsent_bytes(self) -> int:
        return self.unsent

    def frames(self) -> list[Frame]:
        """What the codec has written since."""
        return list(FrameReader().feed(self.codec.take_output()))


@pytest.fixture
async def connection() -> FakeStreamConnection:
    return FakeStreamConnection()


@pytest.fixture
async def stream(connection: FakeStreamConnection) -> H2Stream:
    made, loop = H2Stream(connection), asyncio.get_running_loop()
    made.stream_id = 1
    deadline = Deadline(Timeout(), loop.time())
    made.exchange = Exchange(made, deadline, loop, held_bytes_max=100, reused=False)
    return made


def test_its_time_is_watched_by_the_connection(
    connection: FakeStreamConnection, stream: H2Stream
) -> None:
    assert stream.due == inf
    stream.watch(12.5)
    assert (stream.due, connection.dues) == (12.5, [12.5])


def complete(inbox: Exchange) -> None:
    inbox.deliver([HEAD, END_REUSABLE])


def fail(inbox: Exchange) -> None:
    inbox.fail(ReadError(detail="lost"))


@pytest.mark.parametrize("end", [complete, fail, Exchange.abandon])
async def test_the_connection_is_told_once_that_it_is_over(
    connection: FakeStreamConnection, stream: H2Stream, end: Callable[[Exchange], None]
) -> None:
    end(stream.exchange)
    stream.exchange.abandon()
    fail(stream.exchange)
    assert connection.over == [stream]


async def test_another_thread_leaves_it_to_the_event_loop_to_end_the_stream(
    connection: FakeStreamConnection, stream: H2Stream
) -> None:
    await asyncio.to_thread(stream.exchange.abandon)
    assert stream.exchange.over
    await asyncio.sleep(0)
    assert connection.over == [stream]
    stream.exchange.abandon()
    assert connection.over == [stream]


async def test_a_slow_reader_keeps_its_window_shut_until_it_has_caught_up(
    connection: FakeStreamConnection, stream: H2Stream
) -> None:
    inbox = stream.exchange
    connection.codec.receive(head(1))
    inbox.deliver([HEAD, Chunk(bytes(WINDOW))])
    connection.codec.receive(h2_frames.data(1, bytes(WINDOW)))
    assert connection.frames() == []
    assert connection.flushes == 0
    assert len(await inbox.read()) == WINDOW
    (update,) = connection.frames()
    assert (update.stream_id, connection.flushes) == (1, 1)


def test_there_is_room_for_what_the_windows_allow_while_the_peer_keeps_up(
    connection: FakeStreamConnection, stream: H2Stream
) -> None:
    assert stream.sendable_bytes() == h2_frames.WINDOW_DEFAULT
    connection.write_paused = True
    assert stream.sendable_bytes() == 0
    connection.write_paused = False
    stream.send(bytes(h2_frames.WINDOW_DEFAULT), ended=False)
    assert (stream.sendable_bytes(), connection.sent_bytes) == (0, h2_frames.WINDOW_DEFAULT)
    connection.codec.receive(h2_frames.window_update(1, 10) + h2_frames.window_update(0, 5))
    assert stream.sendable_bytes() == 5


def test_what_it_sends_is_data_of_its_own_stream(
    connection: FakeStreamConnection, stream: H2Stream
) -> None:
    stream.send(b"some", ended=False)
    stream.send(memoryview(b"more"), ended=True)
    first, last = connection.frames()
    assert [first.stream_id, last.stream_id] == [1, 1]
    assert ["END_STREAM" in frame.flags for frame in (first, last)] == [False, True]
    assert stream.sendable_bytes() == 0, "a body that has ended takes nothing more"


def test_what_waits_for_credit_is_not_yet_sent(
    connection: FakeStreamConnection, stream: H2Stream
) -> None:
    connection.unsent = 17
    assert stream.unsent_bytes() == 17
