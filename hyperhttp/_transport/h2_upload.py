"""Sends the body of a request on an HTTP/2 stream, within the peer's flow control windows.

It runs in a task of the exchange, as `upload` does for HTTP/1.1, and lets other tasks run after a
few blocks.
"""

from __future__ import annotations

import asyncio
from contextlib import aclosing
from typing import TYPE_CHECKING, Final, Protocol

from hyperhttp._message.request.body import BytesBody
from hyperhttp._transport.upload import mismatch, pieces, progress_reporter

if TYPE_CHECKING:
    from hyperhttp._protocol.h2.request_writer import H2Request
    from hyperhttp._transport.exchange import Exchange

_BLOCK_BYTES: Final = 1 << 16
# A turn of the loop costs as much as sending a block.
_BLOCKS_PER_TURN: Final = 8


class BodyWriter(Protocol):
    """The stream that a body is written to."""

    def sendable_bytes(self) -> int:
        """Return how many bytes may be sent now; 0 without credit, or while the peer lags."""
        ...

    def send(self, data: bytes | memoryview, *, ended: bool) -> None:
        """Send bytes; `ended`: they are the last of the body."""
        ...


async def send_stream_body(request: H2Request, writer: BodyWriter, exchange: Exchange) -> None:
    """Send the whole body. Errors of the caller's source are raised unchanged."""
    if request.expects_continue:
        await exchange.wait_go_ahead()
    source, length, blocks = request.stream, request.content_length, 0
    if source is None:  # a short body may have to wait for credit too
        source, length = BytesBody(request.body), len(request.body)
    exchange.streams_body = True
    reporter = await progress_reporter(request.on_upload, length)
    async with aclosing(pieces(source)) as body:
        async for piece in body:
            if length is not None:
                length -= len(piece)
                if length < 0:
                    raise mismatch(request.content_length, "longer")
            rest = memoryview(piece)
            while rest:
                sent_bytes = _send_block(rest, writer, exchange, length == 0)
                if not sent_bytes:
                    await exchange.wait_drained()
                    continue
                rest = rest[sent_bytes:]
                if reporter is not None:
                    await reporter.add(sent_bytes)
                blocks += 1
                if blocks % _BLOCKS_PER_TURN == 0:
                    await asyncio.sleep(0)
    if length:
        raise mismatch(request.content_length, f"{length} bytes shorter")
    if not (length == 0 and blocks):
        writer.send(b"", ended=True)


def _send_block(rest: memoryview, writer: BodyWriter, exchange: Exchange, is_last: bool) -> int:
    """Send the start of `rest`, as much as the windows allow, and return its length.

    `is_last`: nothing follows `rest`. The last frame ends the stream, because some servers refuse
    an empty frame.
    """
    size = min(writer.sendable_bytes(), _BLOCK_BYTES, len(rest))
    if size:
        exchange.sent_bytes += size
        writer.send(rest[:size], ended=is_last and size == len(rest))
    return size
