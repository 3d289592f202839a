"""Sends the body of a request over an HTTP/1.1 connection, as fast as the peer takes it.

Runs in a task of the exchange, which cancels it when the answer makes the rest pointless. Counts
the bytes: a body is never shorter or longer than its Content-Length says (RFC 9112 6.3).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from typing import TYPE_CHECKING, Final, Protocol, assert_never

from hyperhttp._generated.exceptions import LocalProtocolError
from hyperhttp._message.body import AsyncBody, BytesBody, IterableBody, RequestBody

if TYPE_CHECKING:
    from hyperhttp._protocol.h1_request import WireRequest
    from hyperhttp._transport.exchange import Exchange

# A source that never waits must let the loop turn now and then; 16 blocks of 64 KiB are a megabyte.
_BLOCKS_PER_TURN: Final = 16
_BLOCK_BYTES: Final = 1 << 16
_LAST_CHUNK: Final = b"0\r\n\r\n"


class Pressure(Protocol):
    """Tells whether the peer keeps up."""

    @property
    def write_paused(self) -> bool:
        """Whether to wait before the next write."""
        ...


async def send_body(
    request: WireRequest,
    transport: asyncio.WriteTransport,
    exchange: Exchange,
    pressure: Pressure,
) -> None:
    """Send `request.stream` to its end. What the caller's own source raises comes out as it is."""
    if pressure.write_paused:
        await exchange.wait_drained()  # A long head goes out first.
    if request.stream is None:
        return
    length = request.content_length
    blocks = 0
    if request.expects_continue:
        await exchange.wait_go_ahead()
    exchange.streams_body = True
    async with aclosing(pieces(request.stream)) as body:
        async for piece in body:
            if not piece:
                continue
            framed: bytes | memoryview = piece
            if length is None:
                # Not writelines: Python 3.12.0 to 3.12.8 forgets to push back (CVE-2024-12254).
                framed = b"".join((b"%x\r\n" % len(piece), piece, b"\r\n"))
            else:
                length -= len(piece)
                if length < 0:
                    raise mismatch(request.content_length, "longer")
            exchange.sent_bytes += len(framed)
            transport.write(framed)
            blocks += 1
            if pressure.write_paused or transport.is_closing():
                # When it is closing, what became of it is told in the next turn of the loop.
                await exchange.wait_drained()
            elif blocks % _BLOCKS_PER_TURN == 0:
                await asyncio.sleep(0)
    if length is None:
        exchange.sent_bytes += len(_LAST_CHUNK)
        transport.write(_LAST_CHUNK)
    elif length > 0:
        raise mismatch(request.content_length, f"{length} bytes shorter")


def mismatch(content_length: int | None, how: str) -> LocalProtocolError:
    """The error for a body that is not as long as it was said to be."""
    return LocalProtocolError(
        detail=f"the body is {how} than its Content-Length {content_length}",
        field="Content-Length",
    )


async def pieces(body: RequestBody | None) -> AsyncGenerator[bytes | memoryview, None]:
    """The body piece by piece, whatever kind it is of."""
    match body:
        case None:
            return
        case BytesBody():
            whole = memoryview(body.data)
            for start in range(0, len(whole), _BLOCK_BYTES):
                yield whole[start : start + _BLOCK_BYTES]
        case IterableBody():
            for piece in body.chunks():
                yield piece
        case AsyncBody():
            async with aclosing(body.chunks()) as chunks:
                async for piece in chunks:
                    yield piece
        case _:
            assert_never(body)
