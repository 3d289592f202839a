"""Sends the body of a request on an HTTP/1.1 connection, as fast as the peer reads it.

It runs in a task of the exchange, which cancels it if the response makes the rest pointless. A body
that doesn't match its Content-Length is refused (RFC 9112 6.3).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Iterable
from contextlib import aclosing
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from hyperhttp._base._generated.errors import LocalProtocolError
from hyperhttp._base.caller_thread import in_caller
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

# A source that never waits must let other tasks run now and then.
_TURN_BYTES: Final = 1 << 20
# Larger blocks are slower: TLS allocates the encrypted copy anew each time.
_BLOCK_BYTES: Final = 1 << 17
_LAST_CHUNK: Final = b"0\r\n\r\n"


class Backpressure(Protocol):
    """Reports whether the peer keeps up."""

    @property
    def write_paused(self) -> bool:
        """True if to wait before the next write."""
        ...


async def send_body(
    request: WireRequest,
    transport: asyncio.WriteTransport,
    exchange: Exchange,
    backpressure: Backpressure,
) -> None:
    """Send `request.stream` whole. Errors of the caller's source are raised unchanged.

    Sets `exchange.sent` with the last byte: a fast server can respond before this returns.
    """
    await _wait_for_turn(request, exchange, backpressure)
    if request.stream is None:
        return
    length = request.content_length
    turn_bytes = 0
    exchange.streams_body = True
    exchange.sent = length == 0
    reporter = await progress_reporter(request.on_upload, length)
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
                    await reporter.add(len(block))
                if backpressure.write_paused or transport.is_closing():
                    # A closing transport reports the cause in the next iteration of the loop.
                    await exchange.wait_drained()
                elif turn_bytes >= _TURN_BYTES:
                    turn_bytes = 0
                    await asyncio.sleep(0)
            exchange.sent = length == 0
    if length is None:
        exchange.sent_bytes += len(_LAST_CHUNK)
        exchange.sent = True
        transport.write(_LAST_CHUNK)
    elif length > 0:
        raise mismatch(request.content_length, f"{length} bytes shorter")


async def _wait_for_turn(
    request: WireRequest, exchange: Exchange, backpressure: Backpressure
) -> None:
    if backpressure.write_paused:
        await exchange.wait_drained()  # long headers are sent first
    if request.expects_continue:
        await exchange.wait_go_ahead()


def _as_chunk(block: Buffer) -> bytes:
    # Not writelines: Python 3.12.0 to 3.12.8 lose backpressure with it (CVE-2024-12254).
    return b"".join((b"%x\r\n" % len(block), block, b"\r\n"))


class ProgressReporter:
    """Calls the caller's progress callback."""

    __slots__ = ("_callback", "_sent_bytes", "_total_bytes")

    def __init__(self, callback: ProgressCallback, total_bytes: int | None) -> None:
        self._callback = callback
        self._total_bytes = total_bytes
        self._sent_bytes = 0

    async def add(self, sent_bytes: int) -> None:
        """Report that `sent_bytes` more were sent. Errors of the callback are raised unchanged."""
        self._sent_bytes += sent_bytes
        await in_caller(partial(self._callback, Progress(self._sent_bytes, self._total_bytes)))


async def progress_reporter(
    callback: ProgressCallback | None, total_bytes: int | None
) -> ProgressReporter | None:
    """Return a reporter if there is a callback, which is called at once with 0 bytes."""
    if callback is None:
        return None
    reporter = ProgressReporter(callback, total_bytes)
    await reporter.add(0)
    return reporter


def mismatch(content_length: int | None, how: str) -> LocalProtocolError:
    """Return the error for a body that doesn't match its Content-Length."""
    return LocalProtocolError(
        detail=f"the body is {how} than its Content-Length {content_length}",
        field="Content-Length",
    )


def pieces(body: RequestBody) -> AsyncGenerator[Buffer, None]:
    """Return the body in pieces, none of them empty."""
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
    """Split a long piece, so that no buffer holds a copy of the whole."""
    if len(piece) <= _BLOCK_BYTES:
        return (piece,)
    view = memoryview(piece)
    return (view[start : start + _BLOCK_BYTES] for start in range(0, len(view), _BLOCK_BYTES))
