"""A request and its response as the in-memory server sees them, in both versions of HTTP.

Mock handlers, ASGI applications and faults use a `Conversation`. `_h1_server` and `_h2_server`
implement the protocols.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from hyperhttp._transport.h1_connection import H1Connection
from hyperhttp._transport.h2_connection import H2Connection

if TYPE_CHECKING:
    from hyperhttp._message.headers.response_head import HTTPVersion
    from hyperhttp._network.transport import Endpoint

Fields: TypeAlias = Sequence[tuple[bytes, bytes]]
# How much of a request's body may lie here unread before its sender has to wait.
HELD_BYTES_MAX: Final = 1 << 18


class Disconnected(OSError):
    """The client has gone, or this end has cut it off."""


@dataclass(frozen=True, slots=True)
class RequestLine:
    """The request line: method, target and version."""

    method: str
    scheme: str
    authority: str
    target: str
    """Path and query as they were sent."""
    http_version: HTTPVersion


class Conversation(Protocol):
    """A request that waits for its response."""

    endpoint: Endpoint
    line: RequestLine
    fields: Fields
    """The header fields of the request, names in lower case."""
    inbox: Inbox

    async def receive(self) -> bytes:
        """Return the next piece of the request's body; `b""` at its end. Raises Disconnected."""
        ...

    async def send_head(self, status_code: int, fields: Fields) -> None:
        """Send the status line and headers. Raises Disconnected."""
        ...

    async def send(self, data: bytes) -> None:
        """Send a piece of the body, at the client's pace. Raises Disconnected."""
        ...

    async def end(self, trailers: Fields = ()) -> None:
        """Nothing more follows."""
        ...

    @property
    def is_begun(self) -> bool:
        """True if the response headers were sent."""
        ...

    @property
    def is_ended(self) -> bool:
        """True if the response is complete."""
        ...

    # --- what only faults do ---

    def fail(self, error: BaseException) -> None:
        """Have the client's call raise `error` as it is."""
        ...

    def head_bytes(self, status_code: int, fields: Fields) -> bytes:
        """Return the encoded status line and headers; the response counts as started."""
        ...

    def write_raw(self, data: bytes) -> None:
        """Send bytes without validation."""
        ...

    def hang_up(self) -> None:
        """Close the connection in order, whatever is missing."""
        ...

    def cut(self) -> None:
        """Reset the connection."""
        ...

    def reset_stream(self, code: int) -> None:
        """Reset the stream alone. Raises NeedsHTTP2."""
        ...

    def go_away(self, *, processed: bool) -> None:
        """Send GOAWAY, with this request among those worked on or not. Raises NeedsHTTP2."""
        ...


Application: TypeAlias = Callable[[Conversation], Coroutine[None, None, None]]
"""The application that responds."""


class NeedsHTTP2(ValueError):
    """A fault that HTTP/1.1 does not have."""


class Inbox:
    """The body of a request on its way to the application."""

    def __init__(self) -> None:
        self._pieces: deque[bytes] = deque()
        self.held_bytes: int = 0
        self._ended = False
        self.when_lost: Callable[[], object] | None = None
        """The callback for a disconnected client."""
        self._gone = asyncio.Event()
        self._news = asyncio.Event()

    def feed(self, data: bytes) -> None:
        """Add a received piece."""
        self._pieces.append(data)
        self.held_bytes += len(data)
        self._news.set()

    def end(self) -> None:
        """Mark the end of the body."""
        self._ended = True
        self._news.set()

    def lose(self) -> None:
        """Handle a disconnected client."""
        self._gone.set()
        self._news.set()
        if self.when_lost is not None:
            self.when_lost()

    @property
    def is_complete(self) -> bool:
        """True if all has come."""
        return self._ended

    @property
    def is_drained(self) -> bool:
        """True if all has come, and was taken."""
        return self._ended and not self._pieces

    @property
    def is_lost(self) -> bool:
        """True if the client has gone."""
        return self._gone.is_set()

    async def take(self) -> bytes:
        """Return the next piece; `b""` at the end. Raises Disconnected."""
        while not self._pieces:
            if self._ended:
                return b""
            if self._gone.is_set():
                raise Disconnected("the client has gone")
            self._news.clear()
            await self._news.wait()
        piece = self._pieces.popleft()
        self.held_bytes -= len(piece)
        return piece

    async def lost(self) -> None:
        """Wait until the client has gone."""
        await self._gone.wait()


class Gate:
    """Writers wait at it while the other end does not keep up."""

    def __init__(self) -> None:
        self._is_open = asyncio.Event()
        self._is_open.set()

    def shut(self) -> None:
        """Wait from now on."""
        self._is_open.clear()

    def open(self) -> None:
        """Resume reading."""
        self._is_open.set()

    async def passed(self) -> None:
        """Wait until it is open."""
        await self._is_open.wait()


def raise_in(protocol: asyncio.BaseProtocol, stream_id: int, error: BaseException) -> None:
    """Have one request on a client's connection end with `error`, as if the wire had brought it."""
    exchange = None
    if isinstance(protocol, H2Connection) and stream_id in protocol.streams:
        exchange = protocol.streams[stream_id].exchange
    elif isinstance(protocol, H1Connection):
        exchange = protocol.exchange
    if exchange is not None:
        # The server has sent data: the client must not retry the request on its own.
        exchange.has_response = True
        exchange.fail(error)
