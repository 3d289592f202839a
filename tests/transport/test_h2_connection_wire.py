"""What a connection writes and when, on a transport in memory; what it asks of its owner."""

from __future__ import annotations

import asyncio
from math import inf
from typing import TYPE_CHECKING

import pytest
from h2.errors import ErrorCodes
from hyperframe.frame import DataFrame, GoAwayFrame, HeadersFrame, RstStreamFrame

from hyperhttp._base._generated.bounds import FLOOD_PERIOD_S
from hyperhttp._base._generated.config import HTTP2Config, Limits, Timeout
from hyperhttp._base._generated.errors import ReadError, RemoteProtocolError, WriteError
from hyperhttp._message.request.request import Request
from hyperhttp._protocol.h2.codec import H2Codec
from hyperhttp._transport import h2_connection
from hyperhttp._transport.connection_state import State
from hyperhttp._transport.deadline import Deadline
from hyperhttp._transport.h2_connection import (
    UNREAD_BYTES_MAX,
    UNWRITTEN_BYTES_MAX,
    WATCH_TICK_S,
    H2Connection,
)
from tests.servers import h2_frames
from tests.servers.h2_frames import PREFACE, WINDOW_DEFAULT, FrameReader
from tests.transport.owner import Owner
from tests.transport.wire import Wire

if TYPE_CHECKING:
    from hyperframe.frame import Frame

    from hyperhttp._transport.exchange import Exchange

# ":status: 200" from the static table of HPACK.
OK_BLOCK = b"\x88"
HALF = UNWRITTEN_BYTES_MAX // 2


class Line:
    """A connection whose server is the test."""

    def __init__(self, config: HTTP2Config | None = None, **options: bool) -> None:
        self.owner, self.wire = Owner(), Wire()
        self.connection = H2Connection(
            "key",
            self.owner,
            Limits(),
            config or HTTP2Config(ping_after=None),
            memoryview(bytearray(1 << 12)),
            asyncio.get_running_loop(),
            **options,
        )
        self.connection.connection_made(self.wire)
        self.receive(h2_frames.settings())
        self.wire.writes.clear()
        self.owner.calls.clear()

    def ask(self, method: str = "GET", **options: object) -> Exchange:
        self.connection.lease()
        request = Request(method, "http://example.com/", **options)  # type: ignore[arg-type]  # by the case
        deadline = Deadline(Timeout(None), asyncio.get_running_loop().time())
        return self.connection.start(request, deadline)

    def receive(self, frames: bytes) -> None:
        self.connection.get_buffer(-1)[: len(frames)] = frames
        self.connection.buffer_updated(len(frames))

    def respond(self, stream_id: int) -> None:
        self.receive(h2_frames.headers(stream_id, OK_BLOCK, end=True))

    def state(self) -> State:
        return self.connection.state

    def frames(self) -> list[Frame]:
        """The frames that were written since the last call."""
        frames = list(FrameReader().feed(self.wire.written))
        self.wire.writes.clear()
        return frames


def test_the_limits_of_a_connection() -> None:
    assert WATCH_TICK_S == 0.02
    assert UNREAD_BYTES_MAX == 4 * 1024 * 1024
    assert UNWRITTEN_BYTES_MAX == 128 * 1024


async def test_the_preface_is_sent_at_once() -> None:
    owner, wire = Owner(), Wire()
    loop = asyncio.get_running_loop()
    connection = H2Connection("key", owner, Limits(), HTTP2Config(), memoryview(b""), loop)
    connection.connection_made(wire)
    assert wire.written.startswith(PREFACE)
    connection.close()


async def test_the_first_request_is_sent_at_once_and_others_together() -> None:
    line = Line()
    line.ask()
    assert len(line.wire.writes) == 1
    line.ask()
    line.ask()
    assert len(line.wire.writes) == 1
    await asyncio.sleep(0)
    assert len(line.wire.writes) == 2
    assert [type(frame) for frame in line.frames()] == [HeadersFrame] * 3
    assert line.connection.served == 3
    line.connection.close()


@pytest.mark.parametrize(
    ("method", "served", "running", "checks"),
    [("POST", 1, 0, 1), ("GET", 1, 0, 0), ("POST", 0, 0, 0), ("POST", 1, 1, 0)],
    ids=["not repeatable", "repeatable", "first", "beside another"],
)
async def test_whether_the_server_is_gone_is_checked_only_before_what_cannot_be_repeated(
    monkeypatch: pytest.MonkeyPatch, method: str, served: int, running: int, checks: int
) -> None:
    line, asked = Line(), list[bool]()

    def has_ended(_: object, *, may_speak: bool = False) -> bool:
        asked.append(may_speak)
        return False

    monkeypatch.setattr(h2_connection, "has_ended", has_ended)
    for number in range(served):
        line.ask()
        line.respond(2 * number + 1)
    for _ in range(running):
        line.ask()
    line.ask(method)
    assert asked == [True] * checks
    line.connection.close()


async def test_a_request_that_cannot_be_repeated_is_not_sent_to_a_server_that_is_gone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = Line()
    line.ask()
    line.respond(1)
    line.frames()
    monkeypatch.setattr(h2_connection, "has_ended", lambda *_, **__: True)
    exchange = line.ask("POST")
    with pytest.raises(WriteError):
        await exchange.wait_head()
    assert [type(frame) for frame in line.frames()] == []
    assert line.connection.state is State.CLOSED
    assert line.owner.calls[-1] == "lost"
    assert line.connection.served == 1


async def test_nothing_is_sent_on_a_transport_that_closes() -> None:
    line = Line()
    line.wire.close()
    exchange = line.ask()
    with pytest.raises(WriteError) as caught:
        await exchange.wait_head()
    assert caught.value.sent_bytes == 0
    assert (line.frames(), line.connection.served) == ([], 0)


@pytest.mark.parametrize("last", [1, 2, 3])
async def test_bodies_are_written_together_unless_there_are_many_bytes(last: int) -> None:
    line = Line()
    line.receive(h2_frames.window_update(0, 1 << 20))
    line.receive(h2_frames.settings({4: 1 << 20}))
    line.ask()
    await asyncio.sleep(0)
    line.frames()
    for size in (HALF, HALF - 2):
        line.ask("POST", content=b"x" * size)
        assert not line.wire.writes
    line.ask("POST", content=b"x" * last)
    assert bool(line.wire.writes) == (last >= 2)
    await asyncio.sleep(0)
    sent = [frame for frame in line.frames() if isinstance(frame, DataFrame)]
    assert sum(len(frame.data) for frame in sent) == 2 * HALF - 2 + last
    line.connection.close()


@pytest.mark.parametrize(
    ("excess", "pauses", "is_upload"),
    [(-1, False, False), (0, False, False), (1, False, True), (-1, True, True)],
    ids=["less", "as much", "more", "the peer doesn't keep up"],
)
async def test_a_body_for_which_there_is_credit_needs_no_task(
    excess: int, pauses: bool, is_upload: bool
) -> None:
    line = Line()
    if pauses:
        line.connection.pause_writing()
    exchange = line.ask("POST", content=b"x" * (WINDOW_DEFAULT + excess))
    assert exchange.sending == is_upload
    sent = [frame for frame in line.frames() if isinstance(frame, DataFrame)]
    assert sum(len(frame.data) for frame in sent) == (0 if is_upload else WINDOW_DEFAULT + excess)
    exchange.abandon()
    line.connection.close()


async def test_what_was_written_does_not_count_again() -> None:
    line = Line()
    line.receive(h2_frames.window_update(0, 1 << 20))
    line.receive(h2_frames.settings({4: 1 << 20}))
    line.ask()
    for _ in range(2):
        await asyncio.sleep(0)
        line.frames()
        line.ask("POST", content=b"x" * (UNWRITTEN_BYTES_MAX - 1))
        assert not line.wire.writes
    line.connection.close()


async def test_a_busy_connection_that_drains_allows_no_more_and_sends_goaway_at_its_end() -> None:
    """Some servers close the connection at GOAWAY, whatever runs on it."""
    line = Line()
    exchange = line.ask()
    line.connection.drain()
    assert line.state() is State.DRAINING
    await asyncio.sleep(0)
    assert [type(frame) for frame in line.frames()] == [HeadersFrame]
    assert line.owner.calls == ["capacity 0"]
    line.connection.drain()
    line.respond(1)
    assert exchange.ended
    assert [type(frame) for frame in line.frames()] == [GoAwayFrame]
    assert line.state() is State.CLOSED
    assert line.owner.calls == ["capacity 0", "lost"]
    assert line.wire.ends == ["closed"]


async def test_closing_it_sends_goaway_once() -> None:
    line = Line()
    line.connection.close()
    line.connection.close()
    line.connection.drain()
    assert [type(frame) for frame in line.frames()] == [GoAwayFrame]
    assert line.wire.ends == ["closed"]
    assert line.owner.calls == []


@pytest.mark.parametrize(
    ("is_ended", "code"), [(False, ErrorCodes.CANCEL), (True, ErrorCodes.NO_ERROR)]
)
async def test_a_stream_that_is_left_is_reset_by_what_was_received(
    is_ended: bool, code: ErrorCodes
) -> None:
    started = asyncio.Event()

    async def endless() -> object:
        started.set()
        await asyncio.Event().wait()
        yield b"never"

    line = Line()
    exchange = line.ask("POST", content=endless())
    await started.wait()
    if is_ended:
        line.respond(1)
    else:
        exchange.abandon()
    await asyncio.sleep(0)
    (reset,) = [frame for frame in line.frames() if isinstance(frame, RstStreamFrame)]
    assert reset.error_code == code
    assert line.owner.calls == ["returned"]
    assert line.connection.state is State.IDLE
    line.connection.close()


async def test_a_closed_connection_is_not_returned_when_its_streams_end() -> None:
    line = Line()
    exchange = line.ask()
    line.connection.close()
    exchange.abandon()
    assert line.owner.calls == []


@pytest.mark.parametrize("lateness_s", [-0.125, 0.0, 0.125])
async def test_flood_limits_are_renewed_once_a_period_is_over(
    monkeypatch: pytest.MonkeyPatch, lateness_s: float
) -> None:
    loop = asyncio.get_running_loop()
    now = loop.time()
    monkeypatch.setattr(loop, "time", lambda: now)
    line, renewed = Line(), list[float]()
    monkeypatch.setattr(H2Codec, "renew_flood_limits", lambda _: renewed.append(now))
    line.receive(h2_frames.ping())
    assert renewed == []
    now += FLOOD_PERIOD_S + lateness_s
    line.receive(h2_frames.ping())
    line.receive(h2_frames.ping())
    assert renewed == [now] * (lateness_s >= 0)
    line.connection.close()


async def test_responses_to_pings_count_only_while_the_server_reads_nothing() -> None:
    line = Line()
    pong_bytes = len(h2_frames.ping())
    line.receive(h2_frames.ping())
    assert line.connection.unread_bytes == 0
    line.connection.pause_writing()
    line.receive(h2_frames.ping())
    line.receive(h2_frames.ping())
    assert line.connection.unread_bytes == 2 * pong_bytes
    line.connection.resume_writing()
    assert line.connection.unread_bytes == 0
    line.connection.close()


@pytest.mark.parametrize("excess", [0, 1])
async def test_a_server_that_reads_nothing_is_cut_above_the_limit_and_by_an_abort(
    excess: int,
) -> None:
    line = Line()
    exchange = line.ask()
    line.connection.pause_writing()
    line.connection.unread_bytes = UNREAD_BYTES_MAX - len(h2_frames.ping()) + excess
    line.receive(h2_frames.ping())
    assert line.wire.ends == ["aborted"] * excess
    if excess:
        with pytest.raises(RemoteProtocolError):
            await exchange.wait_head()
        assert line.owner.calls == ["lost"]
    else:
        line.connection.close()


async def test_a_lost_connection_fails_its_streams_with_the_cause() -> None:
    line = Line()
    exchange = line.ask()
    loss = ConnectionResetError("reset")
    line.connection.connection_lost(loss)
    assert line.connection.loss is loss
    with pytest.raises(ReadError, match="response: reset"):
        await exchange.wait_head()
    assert line.owner.calls == ["lost", "disconnected"]
    line.connection.connection_lost(ValueError())
    assert line.connection.loss is None


async def test_a_response_that_came_before_the_connection_was_lost_is_delivered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    line = Line()
    exchange = line.ask()
    rest = [h2_frames.headers(1, OK_BLOCK), h2_frames.data(1, b"ok", end=True)]
    monkeypatch.setattr(h2_connection, "leftover", lambda _: iter(rest))
    line.connection.connection_lost(ConnectionResetError())
    assert (await exchange.wait_head()).status_code == 200
    assert await exchange.read() == b"ok"


async def test_goaway_on_an_idle_connection_closes_it() -> None:
    line = Line()
    line.receive(h2_frames.goaway(0, 0))
    assert line.owner.calls[-1] == "lost"
    assert line.wire.ends == ["closed"]


async def test_goaway_on_a_busy_connection_lets_its_streams_complete() -> None:
    line = Line()
    exchange = line.ask()
    line.receive(h2_frames.goaway(1, 0))
    assert line.connection.state is State.DRAINING
    assert line.owner.calls == ["capacity 0"]
    line.receive(h2_frames.goaway(1, 0))
    assert line.owner.calls == ["capacity 0"]
    line.respond(1)
    assert exchange.ended
    assert line.owner.calls[-1] == "lost"


async def test_http11_required_has_all_streams_repeated() -> None:
    line = Line(may_use_http1=True)
    first, second = line.ask(), line.ask()
    assert (first.reused, second.reused) == (False, True)
    line.receive(h2_frames.rst(1, ErrorCodes.HTTP_1_1_REQUIRED))
    assert second.reused
    assert "http1_required" in line.owner.calls
    line.connection.close()


async def test_the_streams_are_checked_at_the_earliest_time_and_not_more_often_than_a_tick() -> (
    None
):
    line = Line()
    line.ask()
    alarm = line.connection._alarm  # pyright: ignore[reportPrivateUsage]
    now = asyncio.get_running_loop().time()
    line.connection.watch(now + 5)
    assert alarm.due == now + 5
    line.connection.watch(now + 9)
    assert alarm.due == now + 5
    line.connection.watch(now + 3)
    assert alarm.due == now + 3
    (stream,) = line.connection.streams.values()
    for due, expected in [(now + 1, now + 1), (now + WATCH_TICK_S / 2, now + WATCH_TICK_S)]:
        stream.due = due
        line.connection._on_alarm(now)  # pyright: ignore[reportPrivateUsage]
        assert alarm.due == expected
        assert stream.due == due
    stream.due = now
    line.connection._on_alarm(now)  # pyright: ignore[reportPrivateUsage]
    assert stream.due == inf
    line.connection.close()
    assert alarm.due == inf
    stream.due = now + 1
    line.connection._on_alarm(now)  # pyright: ignore[reportPrivateUsage]
    assert alarm.due == inf
