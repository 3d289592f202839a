"""Sends the body of a request over an HTTP/1.1 connection, as fast as the peer takes it.

Runs in a task of the exchange, which cancels it when the answer makes the rest pointless. Counts
the bytes: a body is never shorter or longer than its Content-Length says (RFC 9112 6.3).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from hyperhttp._base._generated.errors import LocalProtocolError
from hyperhttp._message.request.body import (
    AsyncBody,
    BytesBody,
    FileBody,
    IterableBody,
    MultipartBody,
    RequestBody,
)
from hyperhttp._message.request.body_kinds import Buffer
from hyperhttp._message.request.progress import Progress, ProgressCallback
from hyperhttp._message.request.raw_body import flow

if TYPE_CHECKING:
    from hyperhttp._protocol.h1.request_writer import WireRequest
    from hyperhttp._transport.exchange import Exchange

# A source that never waits must let the loop turn now and then.
_TURN_BYTES: Final = 1 << 20
# Larger ones cost more: what TLS makes of them is memory that the system gives and takes each time.
_BLOCK_BYTES: Final = 1 << 17
_LAST_CHUNK: Final = b"0\r\n\r\n"


class Backpressure(Protocol):
    """Tells whether the peer keeps up."""

    @property
    def write_paused(self) -> bool:
        """Whether to wait before the next write."""
        ...


async def send_body(
    request: WireRequest,
    transport: asyncio.WriteTransport,
    exchange: Exchange,
    backpressure: Backpressure,
) -> None:
    """Send `request.stream` to its end. What the caller's own source raises comes out as it is."""
    await _wait_for_turn(request, exchange, backpressure)
    if request.stream is None:
        return
    length = request.content_length
    turn_bytes = 0
    exchange.streams_body = True
    reporter = progress_reporter(request.on_upload, length)
    async with aclosing(pieces(request.stream)) as body:
        async for piece in body:
            if length is not None:
                length -= len(piece)
                if length < 0:
                    raise mismatch(request.content_length, "longer")
            for block in _blocks(piece):
                framed = block if length is not None else _as_chunk(block)
                exchange.sent_bytes += len(framed)
                turn_bytes += len(framed)
                transport.write(framed)
                if reporter is not None:
                    reporter.add(len(block))
                if backpressure.write_paused or transport.is_closing():
                    # When it is closing, what became of it is told in the next turn of the loop.
                    await exchange.wait_drained()
                elif turn_bytes >= _TURN_BYTES:
                    turn_bytes = 0
                    await asyncio.sleep(0)
    if length is None:
        exchange.sent_bytes += len(_LAST_CHUNK)
        transport.write(_LAST_CHUNK)
    elif length > 0:
        raise mismatch(request.content_length, f"{length} bytes shorter")


async def _wait_for_turn(
    request: WireRequest, exchange: Exchange, backpressure: Backpressure
) -> None:
    if backpressure.write_paused:
        await exchange.wait_drained()  # A long head goes out first.
    if request.expects_continue:
        await exchange.wait_go_ahead()


def _as_chunk(block: Buffer) -> bytes:
    # Not writelines: Python 3.12.0 to 3.12.8 forgets to push back (CVE-2024-12254).
    return b"".join((b"%x\r\n" % len(block), block, b"\r\n"))


class ProgressReporter:
    """Tells a caller how much of his body has been handed to the wire."""

    __slots__ = ("_callback", "_sent_bytes", "_total_bytes")

    def __init__(self, callback: ProgressCallback, total_bytes: int | None) -> None:
        self._callback = callback
        self._total_bytes = total_bytes
        self._sent_bytes = 0
        self.add(0)

    def add(self, sent_bytes: int) -> None:
        """So much more. What the callback raises comes out as it is."""
        self._sent_bytes += sent_bytes
        self._callback(Progress(self._sent_bytes, self._total_bytes))


def progress_reporter(
    callback: ProgressCallback | None, total_bytes: int | None
) -> ProgressReporter | None:
    """One for who wants to be told; he is told at once that nothing has been sent."""
    return None if callback is None else ProgressReporter(callback, total_bytes)


def mismatch(content_length: int | None, how: str) -> LocalProtocolError:
    """The error for a body that is not as long as it was said to be."""
    return LocalProtocolError(
        detail=f"the body is {how} than its Content-Length {content_length}",
        field="Content-Length",
    )


def pieces(body: RequestBody) -> AsyncGenerator[Buffer, None]:
    """The body piece by piece, none of them empty, whatever kind it is of."""
    match body:
        case AsyncBody() | FileBody() | MultipartBody():
            return body.chunks()
        case IterableBody():
            return flow(body)
        case BytesBody():
            return _whole(body.data)
        case _:
            assert_never(body)


async def _whole(data: bytes) -> AsyncGenerator[Buffer, None]:
    if data:
        yield data


def _blocks(piece: Buffer) -> Iterable[Buffer]:
    """What is long goes out bit by bit, so that no copy of the whole lies in a buffer."""
    if len(piece) <= _BLOCK_BYTES:
        return (piece,)
    view = memoryview(piece)
    return (view[start : start + _BLOCK_BYTES] for start in range(0, len(view), _BLOCK_BYTES))
