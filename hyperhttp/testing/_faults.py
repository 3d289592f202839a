"""Faults of a response, each as a value, and their effects on a conversation.

A fault replaces a response, or breaks the response of an application. The client receives bytes,
ends and resets, and raises the errors that it would raise on a network.
"""

from __future__ import annotations

import asyncio
import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, assert_never, cast, final

from h2.errors import ErrorCodes

from hyperhttp._base._generated.errors import ConnectError
from hyperhttp.testing._conversation import Disconnected

if TYPE_CHECKING:
    from hyperhttp._network.transport import Endpoint
    from hyperhttp.testing._conversation import (
        Application,
        Conversation,
        Fields,
        Inbox,
        RequestLine,
    )

Place: TypeAlias = "Literal['response', 'head'] | int"
"""Before the response, in the middle of its headers, or after a number of bytes of its body.

A shorter body is complete.
"""

_BLOCK_BYTES: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Fault:
    """A fault of a response. Each kind is a class."""


@final
@dataclass(frozen=True, slots=True)
class RefuseConnection(Fault):
    """The connection is refused: ConnectError. On an open connection, the request fails at once."""


@final
@dataclass(frozen=True, slots=True)
class Reset(Fault):
    """The connection is reset: ReadError (WriteError while the request still goes out)."""

    at: Place = "response"


@final
@dataclass(frozen=True, slots=True)
class Truncate(Fault):
    """The connection is closed in order, too early: RemoteProtocolError or ReadError."""

    at: Place = "head"


@final
@dataclass(frozen=True, slots=True)
class Hang(Fault):
    """Nothing more comes: ReadTimeout or TotalTimeout, or whatever the caller does about it."""

    at: Place = "response"


@final
@dataclass(frozen=True, slots=True)
class Delay(Fault):
    """The response is delayed, but complete."""

    delay_s: float


@final
@dataclass(frozen=True, slots=True)
class SlowBody(Fault):
    """The body comes in pieces of `size` bytes, `every_s` apart; well, but slow."""

    size: int = 1
    every_s: float = 0.0


@final
@dataclass(frozen=True, slots=True)
class Garbage(Fault):
    """The response consists of bytes that aren't HTTP: RemoteProtocolError."""

    data: bytes = b"\xff\xfe\x00garbage\r\n\r\n"


@final
@dataclass(frozen=True, slots=True)
class BadChunk(Fault):
    """The framing of the body is broken after the headers: RemoteProtocolError."""


@final
@dataclass(frozen=True, slots=True)
class Bomb(Fault):
    """A small gzip body that grows to `decoded_bytes`: ResponseTooLarge or DecompressionError."""

    decoded_bytes: int = 300 << 20


@final
@dataclass(frozen=True, slots=True)
class GoAway(Fault):
    """HTTP/2: the server sends GOAWAY. Requests that it hasn't `processed` can be retried."""

    processed: bool = False


@final
@dataclass(frozen=True, slots=True)
class RefuseStream(Fault):
    """HTTP/2: the server sends REFUSED_STREAM, and the client retries the request."""


@final
@dataclass(frozen=True, slots=True)
class ResetStream(Fault):
    """HTTP/2: the stream alone is reset: StreamReset."""

    code: int = ErrorCodes.INTERNAL_ERROR


_AnyFault: TypeAlias = (
    RefuseConnection
    | Reset
    | Truncate
    | Hang
    | Delay
    | SlowBody
    | Garbage
    | BadChunk
    | Bomb
    | GoAway
    | RefuseStream
    | ResetStream
)


async def spoil(fault: Fault, conversation: Conversation, application: Application) -> None:
    """Apply `fault` to the response of `application`, or replace it."""
    await _spoil(cast("_AnyFault", fault), conversation, application)


async def _spoil(fault: _AnyFault, conversation: Conversation, application: Application) -> None:
    match fault:
        case RefuseConnection():
            endpoint = conversation.endpoint
            conversation.fail(
                ConnectError(detail="connection refused", host=endpoint.host, port=endpoint.port)
            )
        case Reset() | Truncate() | Hang() if fault.at == "response":
            await _break_off(fault, conversation)
        case Reset() | Truncate() | Hang():
            await application(Spoiled(conversation, fault))
        case Delay():
            await asyncio.sleep(fault.delay_s)
            await application(conversation)
        case SlowBody():
            await application(Spoiled(conversation, fault))
        case Garbage():
            conversation.write_raw(fault.data)
            conversation.hang_up()
        case BadChunk():
            head = conversation.head_bytes(200, [(b"transfer-encoding", b"chunked")])
            # An invalid chunk size; as an HTTP/2 frame it is too long (RFC 9113 4.2).
            conversation.write_raw(head + b"\xff\xff\xffno size\r\n")
            conversation.hang_up()
        case Bomb():
            await _explode(fault, conversation)
        case GoAway():
            conversation.go_away(processed=fault.processed)
        case RefuseStream():
            conversation.reset_stream(ErrorCodes.REFUSED_STREAM)
        case ResetStream():
            conversation.reset_stream(fault.code)
        case _:
            assert_never(fault)


async def _break_off(fault: Reset | Truncate | Hang, conversation: Conversation) -> None:
    match fault:
        case Reset():
            conversation.cut()
        case Truncate():
            conversation.hang_up()
        case Hang():
            await conversation.inbox.lost()
    raise Disconnected("the fault has ended the response")


async def _explode(fault: Bomb, conversation: Conversation) -> None:
    await conversation.send_head(200, [(b"content-encoding", b"gzip")])
    whole, rest = divmod(fault.decoded_bytes, _BLOCK_BYTES)
    # gzip allows for members in a row (RFC 1952 2.2): one is made, and sent many times.
    block = gzip.compress(bytes(_BLOCK_BYTES), mtime=0)
    for _ in range(whole):
        await conversation.send(block)
    if rest:
        await conversation.send(gzip.compress(bytes(rest), mtime=0))
    await conversation.end()


@final
class Spoiled:
    """A `Conversation` whose response is cut off, or sent slowly."""

    def __init__(
        self, conversation: Conversation, fault: Reset | Truncate | Hang | SlowBody
    ) -> None:
        self.endpoint: Endpoint = conversation.endpoint
        self.line: RequestLine = conversation.line
        self.fields: Fields = conversation.fields
        self.inbox: Inbox = conversation.inbox
        self._inner = conversation
        self._fault = fault
        self._sent_bytes = 0

    @property
    def is_begun(self) -> bool:
        """True if the response headers were sent."""
        return self._inner.is_begun

    @property
    def is_ended(self) -> bool:
        """True if the response is complete."""
        return self._inner.is_ended

    async def receive(self) -> bytes:
        """Return the next piece of the request's body."""
        return await self._inner.receive()

    async def send_head(self, status_code: int, fields: Fields) -> None:
        """Start the response, possibly with only half of its headers."""
        fault = self._fault
        if not isinstance(fault, SlowBody) and fault.at == "head":
            head = self._inner.head_bytes(status_code, fields)
            await self._break_off_after(head[: len(head) // 2], fault)
        await self._inner.send_head(status_code, fields)

    async def _break_off_after(self, data: bytes, fault: Reset | Truncate | Hang) -> None:
        self._inner.write_raw(data)
        # Let it arrive: a reset takes what is on its way with it.
        await arrived()
        await _break_off(fault, self._inner)

    async def send(self, data: bytes) -> None:
        """Send a piece of the body, or what the fault lets through."""
        match self._fault:
            case SlowBody(size, every_s):
                for start in range(0, len(data), size):
                    await self._inner.send(data[start : start + size])
                    await asyncio.sleep(every_s)
            case fault:
                left = int(fault.at) - self._sent_bytes
                if data[:left]:
                    await self._inner.send(data[:left])
                self._sent_bytes += len(data[:left])
                if len(data) > left:
                    await arrived()
                    await _break_off(fault, self._inner)

    async def end(self, trailers: Fields = ()) -> None:
        """Nothing more follows."""
        await self._inner.end(trailers)

    def fail(self, error: BaseException) -> None:
        """Have the client's call raise `error` as it is."""
        self._inner.fail(error)

    def head_bytes(self, status_code: int, fields: Fields) -> bytes:
        """Return the encoded status line and headers."""
        return self._inner.head_bytes(status_code, fields)

    def write_raw(self, data: bytes) -> None:
        """Send bytes without validation."""
        self._inner.write_raw(data)

    def hang_up(self) -> None:
        """Close the connection in order."""
        self._inner.hang_up()

    def cut(self) -> None:
        """Reset the connection."""
        self._inner.cut()

    def reset_stream(self, code: int) -> None:
        """Reset the stream alone."""
        self._inner.reset_stream(code)

    def go_away(self, *, processed: bool) -> None:
        """Send GOAWAY."""
        self._inner.go_away(processed=processed)


async def arrived() -> None:
    """Give what was written the turns of the loop that it takes to arrive."""
    for _ in range(8):
        await asyncio.sleep(0)
