"""The inbox of one response: what waits, what wakes, and that the lease ends exactly once."""

from __future__ import annotations

import asyncio
from math import inf
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.bounds import ERROR_BODY_BYTES_MAX, ERROR_BODY_WAIT_S
from hyperhttp._base._generated.config import Timeout
from hyperhttp._base._generated.errors import (
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    TotalTimeout,
    WriteError,
    WriteTimeout,
)
from hyperhttp._protocol.events import (
    END_CLOSE,
    END_REUSABLE,
    Broken,
    Chunk,
    Head,
    Informational,
    Trailers,
)
from hyperhttp._transport.body_buffer import BODY_BUFFER_BYTES_MAX, BODY_BUFFER_BYTES_MIN
from hyperhttp._transport.deadline import Deadline
from hyperhttp._transport.exchange import Exchange

if TYPE_CHECKING:
    from hyperhttp._network.connect_trace import ConnectTrace

HEAD = Head(200, "OK", "HTTP/1.1", b"")


class FakeConnection:
    """A connection that only notes what the exchange asks of it."""

    cuts_uploads = True
    connect_trace: ConnectTrace | None = None

    def __init__(self) -> None:
        self.due = 0.0
        self.ends: list[str] = []
        self.paused = False
        self.unsent = 0
        self.rest = 0

    def watch(self, due: float) -> None:
        self.due = due

    def response_ended(self, exchange: Exchange, reusable: bool) -> None:
        self.ends.append("reusable" if reusable else "close")

    def abandoned(self, exchange: Exchange) -> None:
        self.ends.append("abandoned")

    def pause(self) -> None:
        assert not self.paused
        self.paused = True

    def resume(self) -> None:
        assert self.paused
        self.paused = False

    def unsent_bytes(self) -> int:
        return self.unsent

    def rest_bytes(self) -> int:
        return self.rest


def exchange(
    timeout: Timeout | None = None, held: int = 100, *, alone: bool = False
) -> tuple[FakeConnection, Exchange]:
    connection, loop = FakeConnection(), asyncio.get_running_loop()
    deadline = Deadline(timeout or Timeout(), loop.time())
    inbox = Exchange(connection, deadline, loop, held_bytes_max=held, reused=False, alone=alone)
    return connection, inbox


async def turns(count: int = 3) -> None:
    for _ in range(count):
        await asyncio.sleep(0)


LARGE = BODY_BUFFER_BYTES_MIN


async def test_a_large_body_that_is_wanted_whole_is_received_where_it_stays() -> None:
    connection, inbox = exchange(held=LARGE)
    inbox.deliver([HEAD, Chunk(b"abc")])
    connection.rest = LARGE - 3
    reading = asyncio.ensure_future(inbox.read(whole=True))
    await turns()
    free_space = inbox.free_space()
    assert free_space is not None
    size = len(free_space)
    free_space[:] = b"x" * size
    free_space.release()  # as a loop lets go of it, once it is filled
    inbox.received(size)
    assert inbox.free_space() is None
    await turns()
    assert not reading.done()
    inbox.deliver([Chunk(b"y" * (LARGE - 3 - size)), END_REUSABLE])
    assert await reading == b"abc" + b"x" * size + b"y" * (LARGE - 3 - size)
    assert await inbox.read(whole=True) == b""
    assert inbox.free_space() is None


@pytest.mark.parametrize("rest", [0, LARGE - 4, BODY_BUFFER_BYTES_MAX - 2])
async def test_what_is_short_or_beyond_measure_comes_in_pieces(rest: int) -> None:
    connection, inbox = exchange()
    inbox.deliver([HEAD, Chunk(b"abc")])
    connection.rest = rest
    assert await inbox.read(whole=True) == b"abc"
    assert inbox.free_space() is None


async def test_a_large_body_of_unknown_length_comes_in_pieces() -> None:
    _, inbox = exchange(held=3 * LARGE)
    inbox.deliver([HEAD, Chunk(b"a" * LARGE)])
    reading = asyncio.ensure_future(inbox.read(whole=True))
    await turns()
    inbox.deliver([Chunk(b"b" * LARGE), END_REUSABLE])
    assert await reading == b"a" * LARGE
    assert await inbox.read(whole=True) == b"b" * LARGE


async def test_a_piece_that_waits_is_put_in_before_more_is_received() -> None:
    connection, inbox = exchange(held=LARGE)
    inbox.deliver([HEAD])
    connection.rest = LARGE
    reading = asyncio.ensure_future(inbox.read(whole=True))
    await turns()
    inbox.deliver([Chunk(b"abc")])
    assert inbox.free_space() is None
    await turns()
    assert inbox.free_space() is not None
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading


async def test_a_view_is_copied_before_the_next_bytes_are_received() -> None:
    _, inbox = exchange()
    buffer = bytearray(b"abc")
    inbox.deliver([HEAD, Chunk(memoryview(buffer))])
    buffer[:] = b"xyz"
    inbox.deliver([Chunk(memoryview(buffer)), END_REUSABLE])
    assert await inbox.read() + await inbox.read() == b"abcxyz"


async def test_a_large_body_that_breaks_is_told_of() -> None:
    connection, inbox = exchange()
    inbox.deliver([HEAD])
    connection.rest = LARGE
    reading = asyncio.ensure_future(inbox.read(whole=True))
    await turns()
    inbox.received(10_000)
    inbox.fail(ReadError(detail="gone", received_bytes=0))
    with pytest.raises(ReadError, match="gone"):
        await reading
    assert inbox.free_space() is None


async def test_bytes_that_are_received_in_place_end_the_silence() -> None:
    connection, inbox = exchange(Timeout(read=5.0))
    inbox.deliver([HEAD])
    connection.rest = LARGE
    reading = asyncio.ensure_future(inbox.read(whole=True))
    await turns()
    connection.due = 0.0
    inbox.received(10_000)
    assert connection.due > 0.0
    inbox.expire(asyncio.get_running_loop().time() + 6.0)
    with pytest.raises(ReadTimeout):
        await reading


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("at_once", [True, False])
async def test_who_waits_alone_goes_on_within_the_delivery(alone: bool, at_once: bool) -> None:
    _, inbox = exchange(alone=alone)
    waiting = asyncio.ensure_future(inbox.wait_head())
    await turns()
    done = asyncio.get_running_loop().create_future()

    def deliver() -> None:
        inbox.deliver([HEAD, END_REUSABLE], at_once=at_once)
        done.set_result(waiting.done())

    asyncio.get_running_loop().call_soon(deliver)
    assert await done is (alone and at_once)
    assert await waiting is HEAD


@pytest.mark.parametrize("alone", [True, False])
async def test_an_error_is_told_in_the_next_turn(alone: bool) -> None:
    _, inbox = exchange(alone=alone)
    waiting = asyncio.ensure_future(inbox.wait_head())
    await turns()
    asyncio.get_running_loop().call_soon(inbox.fail, ReadError(detail="gone", received_bytes=0))
    with pytest.raises(ReadError, match="gone"):
        await waiting


@pytest.mark.parametrize("alone", [True, False])
async def test_a_task_that_is_cancelled_while_it_waits_ends_the_exchange(alone: bool) -> None:
    connection, inbox = exchange(alone=alone)
    waiting = asyncio.ensure_future(inbox.wait_head())
    await turns()
    waiting.cancel("enough")
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert connection.ends == ["abandoned"]


async def test_a_whole_response_in_one_delivery_ends_the_lease_before_anyone_reads() -> None:
    connection, inbox = exchange()
    waiting = asyncio.ensure_future(inbox.wait_head())
    await turns()
    inbox.deliver([HEAD, Chunk(b"abc"), END_REUSABLE])
    assert connection.ends == ["reusable"]
    assert await waiting is HEAD
    assert (inbox.ended, inbox.over) == (True, True)
    assert inbox.take() == b"abc"
    assert await inbox.read() == b""
    inbox.abandon()
    inbox.fail(ReadError(detail="late"))
    assert connection.ends == ["reusable"]


async def test_pieces_come_in_order_and_then_the_end() -> None:
    connection, inbox = exchange()
    inbox.deliver([Informational(HEAD), HEAD, Chunk(b"a")])
    inbox.deliver([Chunk(b"b")])
    assert [await inbox.read(), await inbox.read()] == [b"a", b"b"]
    waiting = asyncio.ensure_future(inbox.read())
    await turns()
    inbox.deliver([Trailers([(b"T", b"v")]), END_CLOSE])
    assert await waiting == b""
    assert inbox.trailers == [(b"T", b"v")]
    assert connection.ends == ["close"]


async def test_what_came_before_an_error_is_delivered_before_it() -> None:
    connection, inbox = exchange()
    inbox.deliver([HEAD, Chunk(b"a"), Broken(RemoteProtocolError(detail="cut"))])
    assert await inbox.wait_head() is HEAD
    assert await inbox.read() == b"a"
    for _ in range(2):
        with pytest.raises(RemoteProtocolError, match="cut"):
            await inbox.read()
    assert connection.ends == ["abandoned"]


async def test_a_cancelled_wait_abandons_the_exchange() -> None:
    for wait in (Exchange.wait_head, Exchange.read):
        connection, inbox = exchange()
        waiting = asyncio.ensure_future(wait(inbox))
        await turns()
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
        assert connection.ends == ["abandoned"]
        assert inbox.over


async def test_a_slow_reader_pauses_the_server_and_resumes_it_at_half() -> None:
    connection, inbox = exchange(held=100)
    inbox.deliver([HEAD, Chunk(b"x" * 60)])
    seen = [connection.paused]
    inbox.deliver([Chunk(b"x" * 60)])
    seen.append(connection.paused)
    for _ in range(2):
        await inbox.read()
        seen.append(connection.paused)
    assert seen == [False, True, True, False]


async def test_taking_everything_resumes_the_server() -> None:
    connection, inbox = exchange(held=10)
    inbox.deliver([HEAD, Chunk(b"x" * 60)])
    seen = [connection.paused]
    assert inbox.take() == b"x" * 60
    seen.append(connection.paused)
    assert seen == [True, False]


async def test_a_complete_body_never_pauses() -> None:
    connection, inbox = exchange(held=10)
    inbox.deliver([HEAD, Chunk(b"x" * 60), END_REUSABLE])
    assert not connection.paused
    assert inbox.peek(3) == b"xxx"
    assert await inbox.read() == b"x" * 60


async def test_silence_is_a_read_timeout_only_while_someone_waits() -> None:
    connection, inbox = exchange(Timeout(5.0))
    now = asyncio.get_running_loop().time()
    inbox.deliver([HEAD])
    inbox.expire(now + 100)
    assert not inbox.over
    waiting = asyncio.ensure_future(inbox.read())
    await turns()
    assert now + 5 <= connection.due <= now + 6
    inbox.expire(connection.due)
    with pytest.raises(ReadTimeout) as caught:
        await waiting
    assert caught.value.timeout_s == 5.0
    assert connection.ends == ["abandoned"]


async def test_each_byte_of_an_unfinished_head_breaks_the_silence() -> None:
    connection, inbox = exchange(Timeout(5.0))
    waiting = asyncio.ensure_future(inbox.wait_head())
    await turns()
    first, connection.due = connection.due, 0.0
    inbox.deliver([])
    assert connection.due >= first
    inbox.abandon()
    with pytest.raises(WriteError):
        await waiting


async def test_the_total_limit_holds_while_nobody_reads() -> None:
    connection, inbox = exchange(Timeout(5.0, total=10.0))
    inbox.deliver([HEAD])
    inbox.expire(asyncio.get_running_loop().time() + 11)
    assert connection.ends == ["abandoned"]
    with pytest.raises(TotalTimeout) as caught:
        await inbox.read()
    assert caught.value.during == "read"


async def test_an_early_end_of_the_clock_looks_again_at_the_total() -> None:
    connection, inbox = exchange(Timeout(5.0, total=10.0))
    inbox.deliver([HEAD])
    connection.due = 0.0
    inbox.expire(asyncio.get_running_loop().time() + 1)
    assert connection.due > 0
    assert not inbox.over


async def test_an_upload_that_makes_progress_is_not_timed_out() -> None:
    connection, inbox = exchange(Timeout(5.0))
    connection.unsent = 100
    inbox.start_upload(inbox.wait_drained())
    waiting = asyncio.ensure_future(inbox.wait_head())
    await turns()
    connection.unsent = 40
    inbox.expire(connection.due)
    assert not inbox.over
    inbox.expire(connection.due)
    with pytest.raises(WriteTimeout):
        await waiting
    assert connection.ends == ["abandoned"]


async def test_an_upload_that_is_drained_goes_on_and_then_the_server_must_speak() -> None:
    connection, inbox = exchange(Timeout(5.0))
    inbox.start_upload(inbox.wait_drained())
    waiting = asyncio.ensure_future(inbox.wait_head())
    await turns()
    assert inbox.sending
    assert not inbox.sent
    inbox.drained()
    inbox.drained()
    await turns()
    assert (inbox.sending, inbox.sent) == (False, True)
    inbox.expire(connection.due)
    with pytest.raises(ReadTimeout):
        await waiting


async def test_our_own_slow_source_is_charged_to_nobody_but_the_total() -> None:
    async def source() -> None:
        await asyncio.get_running_loop().create_future()

    connection, inbox = exchange(Timeout(5.0))
    inbox.start_upload(source())
    waiting = asyncio.ensure_future(inbox.wait_head())
    await turns()
    inbox.expire(asyncio.get_running_loop().time() + 100)
    assert not inbox.over
    inbox.abandon()
    with pytest.raises(WriteError):
        await waiting
    assert connection.ends == ["abandoned"]


@pytest.mark.parametrize(
    ("status", "goes_on"), [(200, True), (299, True), (301, False), (413, False)]
)
async def test_an_early_response_stops_the_upload_unless_it_is_a_success(
    status: int, goes_on: bool
) -> None:
    connection, inbox = exchange()
    inbox.start_upload(inbox.wait_drained())
    await turns()
    inbox.deliver([Head(status, "", "HTTP/1.1", b"")])
    await turns()
    assert inbox.sending == goes_on
    inbox.deliver([END_REUSABLE])
    await turns()
    assert not inbox.sending
    assert not inbox.sent
    assert connection.ends == ["reusable"]


async def test_what_the_callers_source_raises_is_what_the_caller_gets() -> None:
    error = ZeroDivisionError("mine")

    async def source() -> None:
        raise error

    connection, inbox = exchange()
    inbox.start_upload(source())
    with pytest.raises(ZeroDivisionError) as caught:
        await inbox.wait_head()
    assert caught.value is error
    assert connection.ends == ["abandoned"]


async def test_a_source_that_cancels_itself_is_a_write_error() -> None:
    async def source() -> None:
        raise asyncio.CancelledError

    _, inbox = exchange()
    inbox.start_upload(source())
    with pytest.raises(WriteError, match="canceled"):
        await inbox.wait_head()


def errored(block: bytes, held: int = 1 << 20) -> tuple[FakeConnection, Exchange]:
    connection, inbox = exchange(held=held)
    inbox.deliver([Head(404, "", "HTTP/1.1", block)])
    return connection, inbox


CHUNKED = b"Transfer-Encoding: chunked\r\n"


@pytest.mark.parametrize(
    ("block", "waits"),
    [
        (b"Content-Length: 5\r\n", True),
        (b"Content-Length: 65536\r\n", True),
        (b"Content-Length: 65537\r\n", False),
        (CHUNKED, True),
        (b"", True),
    ],
)
async def test_a_short_body_of_an_error_is_waited_for(block: bytes, waits: bool) -> None:
    _, inbox = errored(block)
    settling = asyncio.ensure_future(inbox.settle())
    await turns()
    assert settling.done() != waits
    inbox.deliver([Chunk(b"12345"), END_REUSABLE])
    await settling
    assert inbox.take() == b"12345"


async def test_a_body_that_is_more_than_is_held_is_not_waited_for() -> None:
    _, inbox = errored(b"Content-Length: 5\r\n", held=4)
    settling = asyncio.ensure_future(inbox.settle())
    await turns()
    assert settling.done()
    await settling
    inbox.abandon()


async def test_a_chunked_body_is_waited_for_up_to_the_bound() -> None:
    connection, inbox = errored(CHUNKED)
    settling = asyncio.ensure_future(inbox.settle())
    await turns()
    inbox.deliver([Chunk(b"x" * ERROR_BODY_BYTES_MAX)])
    await turns()
    assert not settling.done()
    inbox.deliver([Chunk(b"x")])
    await settling
    assert connection.ends == []
    inbox.deliver([END_REUSABLE])
    assert len(inbox.take()) == ERROR_BODY_BYTES_MAX + 1


async def test_a_late_body_is_waited_for_a_short_time_and_can_still_be_read() -> None:
    connection, inbox = errored(CHUNKED)
    started = asyncio.get_running_loop().time()
    settling = asyncio.ensure_future(inbox.settle())
    await turns()
    assert connection.due == pytest.approx(started + ERROR_BODY_WAIT_S, abs=0.05)
    inbox.expire(connection.due)
    await settling
    assert connection.ends == []
    assert connection.due == inf
    reading = asyncio.ensure_future(inbox.read())
    await turns()
    inbox.deliver([Chunk(b"late"), END_REUSABLE])
    assert await reading == b"late"


async def test_a_body_that_came_late_is_not_waited_for_again_when_it_is_discarded() -> None:
    connection, inbox = errored(CHUNKED)
    settling = asyncio.ensure_future(inbox.settle())
    await turns()
    inbox.expire(connection.due)
    await settling
    await inbox.discard()
    assert connection.ends == ["abandoned"]


async def test_the_total_timeout_ends_the_wait_for_the_body_of_an_error() -> None:
    connection, inbox = exchange(Timeout(total=0.1))
    inbox.deliver([Head(404, "", "HTTP/1.1", CHUNKED)])
    settling = asyncio.ensure_future(inbox.settle())
    await turns()
    inbox.expire(connection.due)
    await settling
    with pytest.raises(TotalTimeout):
        await inbox.read()


async def test_an_upload_that_waits_keeps_its_time_limit_after_the_wait_for_an_error() -> None:
    connection, inbox = exchange(Timeout(write=7.0))
    connection.cuts_uploads = False
    connection.unsent = 10

    async def upload() -> None:
        await inbox.wait_drained()

    task = inbox.start_upload(upload())
    await turns()
    inbox.deliver([Head(413, "", "HTTP/1.1", CHUNKED)])
    settling = asyncio.ensure_future(inbox.settle())
    await turns()
    now = connection.due
    inbox.expire(now)
    await settling
    assert connection.due == now + 7.0
    assert not task.done()
    inbox.expire(connection.due)
    with pytest.raises(WriteTimeout):
        await inbox.read()


async def test_a_short_body_that_fails_is_told_when_it_is_read() -> None:
    _, inbox = errored(b"Content-Length: 5\r\n")
    settling = asyncio.ensure_future(inbox.settle())
    await turns()
    inbox.fail(ReadError(detail="gone"))
    await settling
    with pytest.raises(ReadError):
        await inbox.read()


async def test_a_reader_who_never_catches_up_takes_no_more_memory_with_time() -> None:
    _, inbox = exchange(held=1 << 20)
    inbox.deliver([HEAD, Chunk(b"first")])
    for number in range(5_000):
        inbox.deliver([Chunk(b"%d" % number)])
        assert await inbox.read() == (b"first" if number == 0 else b"%d" % (number - 1))
    assert len(inbox._chunks) < 1_000
