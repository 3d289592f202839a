"""The body of a stream: as much as there is room for at a time, to its end and not beyond it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.config import Timeout
from hyperhttp._base._generated.errors import LocalProtocolError
from hyperhttp._message.request.body import AsyncBody, BytesBody, IterableBody
from hyperhttp._message.url.url import URL
from hyperhttp._protocol.events import Head, Informational
from hyperhttp._protocol.h2.request_writer import H2Request
from hyperhttp._transport.deadline import Deadline
from hyperhttp._transport.exchange import Exchange
from hyperhttp._transport.h2_upload import send_stream_body
from tests.clock import until

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp import Progress
    from hyperhttp._message.request.body import RequestBody

BODY = bytes(range(256)) * 1000
PIECES = [BODY[start : start + 999] for start in range(0, len(BODY), 999)]
BLOCK_BYTES = 1 << 16


class FakeConnection:
    """What an exchange asks of its connection does not matter here."""

    cuts_uploads = True
    connect_trace = None

    def watch(self, due: float) -> None: ...
    def response_ended(self, exchange: Exchange, reusable: bool) -> None: ...
    def abandoned(self, exchange: Exchange) -> None: ...
    def pause(self) -> None: ...
    def resume(self) -> None: ...

    def rest_bytes(self) -> int:
        return 0

    def unsent_bytes(self) -> int:
        return 0


class FakeBodyWriter:
    """Takes `credit` bytes, and more once it is asked in vain `grants` times."""

    def __init__(self, credit: int, grants: int = 0) -> None:
        self.credit = credit
        self.grants = grants
        self.granted = credit
        self.sent: list[tuple[bytes, bool]] = []
        self.exchange = Exchange(
            FakeConnection(),
            Deadline(Timeout(), asyncio.get_running_loop().time()),
            asyncio.get_running_loop(),
            held_bytes_max=100,
            reused=False,
        )

    def sendable_bytes(self) -> int:
        if not self.credit and self.grants:
            self.grants -= 1
            asyncio.get_running_loop().call_soon(self.grant)
        return self.credit

    def grant(self) -> None:
        self.credit = self.granted
        self.exchange.drained()

    def send(self, data: bytes | memoryview, *, ended: bool) -> None:
        assert len(data) <= self.credit
        assert not (self.sent and self.sent[-1][1]), "sent after the end"
        self.credit -= len(data)
        self.sent.append((bytes(data), ended))

    @property
    def body(self) -> bytes:
        """All that was sent."""
        return b"".join(data for data, _ in self.sent)

    @property
    def has_ended(self) -> bool:
        """Whether the end was sent."""
        return self.sent[-1][1] if self.sent else False


def request_of(
    body: bytes | RequestBody, length: int | None = None, *, expects_continue: bool = False
) -> H2Request:
    if isinstance(body, bytes):
        return H2Request("POST", URL("https://example.com/"), True, b"", b"", body)
    return H2Request(
        "POST",
        URL("https://example.com/"),
        True,
        b"",
        b"",
        stream=body,
        content_length=length,
        expects_continue=expects_continue,
    )


async def pieces() -> AsyncIterator[bytes]:
    for piece in PIECES:
        yield piece
        yield b""


KINDS: dict[str, Callable[[], H2Request]] = {
    "short": lambda: request_of(BODY),
    "bytes": lambda: request_of(BytesBody(BODY), len(BODY)),
    "iterable": lambda: request_of(IterableBody(PIECES, replayable=True)),
    "iterable with its length": lambda: request_of(
        IterableBody(PIECES, replayable=True), len(BODY)
    ),
    "async": lambda: request_of(AsyncBody(pieces(), replayable=False)),
}


@pytest.mark.parametrize(
    ("credit", "grants"), [(1 << 20, 0), (65_535, 10), (999, 300), (100, 2600)]
)
@pytest.mark.parametrize("kind", KINDS)
async def test_the_body_goes_out_whole_as_there_is_room(
    kind: str, credit: int, grants: int
) -> None:
    writer = FakeBodyWriter(credit, grants)
    await send_stream_body(KINDS[kind](), writer, writer.exchange)
    assert writer.body == BODY
    assert writer.has_ended
    assert writer.exchange.sent_bytes == len(BODY)
    assert max(len(data) for data, _ in writer.sent) <= min(credit, BLOCK_BYTES)


TURNS: dict[str, Callable[[], H2Request]] = {
    "bytes": lambda: request_of(BytesBody(bytes(20 * BLOCK_BYTES)), 20 * BLOCK_BYTES),
    "iterable": lambda: request_of(IterableBody([bytes(BLOCK_BYTES)] * 20, replayable=True)),
    "small pieces": lambda: request_of(IterableBody([b"small"] * 20, replayable=True)),
}


@pytest.mark.parametrize("kind", TURNS)
async def test_other_tasks_run_after_every_eight_blocks(kind: str) -> None:
    writer = FakeBodyWriter(1 << 21)
    sent_by_then: list[int] = []

    async def watch() -> None:
        while True:
            sent_by_then.append(sum(bool(data) for data, _ in writer.sent))
            await asyncio.sleep(0)

    watching = asyncio.ensure_future(watch())
    await asyncio.sleep(0)
    await send_stream_body(TURNS[kind](), writer, writer.exchange)
    watching.cancel()
    assert sent_by_then[:3] == [0, 8, 16]


@pytest.mark.parametrize("kind", ["short", "bytes", "iterable with its length"])
async def test_the_last_piece_says_that_it_is_the_last_where_that_is_known(kind: str) -> None:
    writer = FakeBodyWriter(1 << 20)
    await send_stream_body(KINDS[kind](), writer, writer.exchange)
    assert all(data for data, _ in writer.sent), "some servers refuse an empty frame"


@pytest.mark.parametrize("length", [None, 0])
async def test_a_body_of_nothing_is_an_end_alone(length: int | None) -> None:
    writer = FakeBodyWriter(0)
    empty = IterableBody([b"", b""], replayable=True)
    await send_stream_body(request_of(empty, length), writer, writer.exchange)
    assert writer.sent == [(b"", True)]


@pytest.mark.parametrize(
    ("length", "says"),
    [(len(BODY) + 1, "1 bytes shorter"), (len(BODY) - 1, "longer"), (0, "longer")],
)
async def test_a_body_that_is_not_as_long_as_announced_has_no_end(length: int, says: str) -> None:
    writer = FakeBodyWriter(1 << 20)
    request = request_of(IterableBody(PIECES, replayable=True), length)
    with pytest.raises(LocalProtocolError, match=says) as caught:
        await send_stream_body(request, writer, writer.exchange)
    assert caught.value.field == "Content-Length"
    assert not writer.has_ended
    assert BODY.startswith(writer.body)
    assert len(writer.body) <= length


async def test_an_error_of_the_source_comes_out_as_it_is_and_leaves_the_body_open() -> None:
    def failing() -> Iterator[bytes]:
        yield b"half"
        raise ZeroDivisionError

    writer = FakeBodyWriter(1 << 20)
    request = request_of(IterableBody(failing(), replayable=False))
    with pytest.raises(ZeroDivisionError):
        await send_stream_body(request, writer, writer.exchange)
    assert writer.sent == [(b"half", False)]


async def test_a_source_is_closed_when_its_upload_is_cancelled_for_want_of_room() -> None:
    closed: list[bool] = []

    async def source() -> AsyncIterator[bytes]:
        try:
            yield BODY
        finally:
            closed.append(True)

    writer = FakeBodyWriter(10)
    request = request_of(AsyncBody(source(), replayable=False))
    upload = asyncio.ensure_future(send_stream_body(request, writer, writer.exchange))
    await until(lambda: bool(writer.sent))
    assert not upload.done()
    upload.cancel()
    await asyncio.wait([upload])
    assert upload.cancelled()
    assert closed == [True]
    assert writer.sent == [(BODY[:10], False)]


async def test_a_body_that_waits_for_the_go_ahead_is_not_even_asked_for_before() -> None:
    asked: list[bool] = []

    def source() -> Iterator[bytes]:
        asked.append(True)
        yield b"body"

    writer = FakeBodyWriter(100)
    body = IterableBody(source(), replayable=False)
    request = request_of(body, 4, expects_continue=True)
    upload = asyncio.ensure_future(send_stream_body(request, writer, writer.exchange))
    for _ in range(5):
        await asyncio.sleep(0)
    assert (asked, writer.sent) == ([], [])
    writer.exchange.deliver([Informational(Head(100, "", "HTTP/2", b""))])
    await upload
    assert writer.sent == [(b"body", True)]


@pytest.mark.parametrize("kind", KINDS)
async def test_who_wants_to_be_told_is_told_of_each_block(kind: str) -> None:
    writer = FakeBodyWriter(40_000, grants=10)
    told: list[Progress] = []

    def tell(progress: Progress) -> None:
        assert progress.transferred_bytes == len(writer.body)
        told.append(progress)

    request = KINDS[kind]()
    request.on_upload = tell
    await send_stream_body(request, writer, writer.exchange)
    known = kind in {"short", "bytes", "iterable with its length"}
    assert {progress.total_bytes for progress in told} == {len(BODY) if known else None}
    counts = [progress.transferred_bytes for progress in told]
    assert (counts[0], counts[-1]) == (0, len(BODY))
    assert all(0 < more - less <= 40_000 for less, more in pairwise(counts))


async def test_an_error_of_who_is_told_comes_out_as_it_is_and_leaves_the_body_open() -> None:
    def stop(progress: Progress) -> None:
        if progress.transferred_bytes:
            raise ZeroDivisionError

    writer = FakeBodyWriter(1 << 20)
    request = request_of(IterableBody([b"one", b"two"], replayable=True), 6)
    request.on_upload = stop
    with pytest.raises(ZeroDivisionError):
        await send_stream_body(request, writer, writer.exchange)
    assert writer.sent == [(b"one", False)]


async def test_other_uploads_get_their_turn_while_there_is_room_for_all() -> None:
    writers = [FakeBodyWriter(1 << 24) for _ in range(2)]
    body = BytesBody(bytes(1 << 20))
    uploads = [
        asyncio.ensure_future(
            send_stream_body(request_of(body, body.length), writer, writer.exchange)
        )
        for writer in writers
    ]
    seen: list[tuple[int, ...]] = []
    while not all(upload.done() for upload in uploads):
        await asyncio.sleep(0)
        seen.append(tuple(len(writer.body) for writer in writers))
    assert [writer.has_ended for writer in writers] == [True, True]
    assert max(abs(one - other) for one, other in seen) <= 8 * BLOCK_BYTES
    assert all(before <= after for before, after in pairwise(seen))
