"""A server without a network: the same response to each request, in the next turn of the loop.

What a request costs then is what our own code does, and nothing of kernels and clocks.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Final, TypeVar

from hyperhttp._protocol.h2.frame_writer import DATA, END_HEADERS, END_STREAM, HEADERS, SETTINGS

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp import Endpoint

P = TypeVar("P", bound=asyncio.BaseProtocol)

# RFC 7541: the index of `:status: 200` in the static table.
_STATUS_200: Final = b"\x88"

FIELDS: Final = (
    b"Server: nginx\r\nDate: Mon, 23 Nov 2026 03:30:00 GMT\r\nContent-Type: text/html\r\n"
    b"Last-Modified: Mon, 23 Nov 2026 03:00:00 GMT\r\nConnection: keep-alive\r\n"
)


def reply(body: bytes = b"x" * 200, fields: bytes = FIELDS) -> bytes:
    """A whole response of HTTP/1.1 with a length."""
    return b"HTTP/1.1 200 OK\r\n%sContent-Length: %d\r\n\r\n%s" % (fields, len(body), body)


class Wire(asyncio.Transport):
    """The client's end of a connection; the other end says `reply` to whatever is written."""

    def __init__(self, protocol: asyncio.BaseProtocol, reply: bytes) -> None:
        super().__init__()
        self._protocol = protocol
        self._reply = reply
        self._loop = asyncio.get_running_loop()
        self._is_closing = False
        # Something for who asks the kernel whether a connection has ended.
        self._socket, self._other = socket.socketpair()

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self._socket if name == "socket" else default

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self._protocol = protocol

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Nothing is buffered."""

    def get_write_buffer_size(self) -> int:
        return 0

    def is_closing(self) -> bool:
        return self._is_closing

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._loop.call_soon(self._say, self._reply)

    def _say(self, reply: bytes) -> None:
        protocol, rest = self._protocol, memoryview(reply)
        assert isinstance(protocol, asyncio.BufferedProtocol)
        while rest:
            buffer = memoryview(protocol.get_buffer(-1))
            size = min(len(rest), len(buffer))
            buffer[:size] = rest[:size]
            protocol.buffer_updated(size)
            rest = rest[size:]

    def close(self) -> None:
        if not self._is_closing:
            self._is_closing = True
            self._socket.close()
            self._other.close()
            self._loop.call_soon(self._protocol.connection_lost, None)

    def abort(self) -> None:
        self.close()

    def pause_reading(self) -> None:
        """All of it comes at once."""

    def resume_reading(self) -> None:
        """All of it has come."""


class H2Wire(Wire):
    """The same over HTTP/2: the body is `reply`, once in each of the frames."""

    def __init__(self, protocol: asyncio.BaseProtocol, reply: bytes, frames: int) -> None:
        super().__init__(protocol, b"")
        self._frames = frames
        self._body = reply
        self._settled = False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        if not self._settled:
            self._settled = True
            self._loop.call_soon(self._say, _frame(SETTINGS, 0, 0))
            return
        kind, stream_id = data[3], int.from_bytes(data[5:9], "big")
        if kind == HEADERS:
            more = _frame(DATA, 0, stream_id, self._body) * (self._frames - 1)
            last = _frame(DATA, END_STREAM, stream_id, self._body)
            head = _frame(HEADERS, END_HEADERS, stream_id, _STATUS_200)
            self._loop.call_soon(self._say, head + more + last)


def _frame(kind: int, flags: int, stream_id: int, payload: bytes = b"") -> bytes:
    # Not by the function of the client, whose calls are counted.
    return (
        len(payload).to_bytes(3, "big")
        + bytes((kind, flags))
        + stream_id.to_bytes(4, "big")
        + payload
    )


class Canned:
    """A transport for `hyperhttp.Client` with one response for all requests."""

    def __init__(self, reply: bytes) -> None:
        self.reply = reply

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        protocol = make_protocol()
        protocol.connection_made(Wire(protocol, self.reply))
        return protocol

    async def aclose(self) -> None:
        """Connections are closed by whoever has them."""


class H2Canned(Canned):
    """The same over HTTP/2, with prior knowledge: `frames` times `piece` is the body."""

    def __init__(self, piece: bytes, frames: int = 1) -> None:
        super().__init__(piece)
        self.frames = frames

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        protocol = make_protocol()
        protocol.connection_made(H2Wire(protocol, self.reply, self.frames))
        return protocol
