"""Bodies on their way, and responses that have them, without a connection."""

from __future__ import annotations

import asyncio
from collections import deque
from typing import TYPE_CHECKING, Final, TypeVar

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import WriteError
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response

if TYPE_CHECKING:
    from collections.abc import AsyncIterable, Coroutine, Sequence

    from hyperhttp._message.content.charset import EncodingInput
    from hyperhttp._message.content.transforms import Decoding

T = TypeVar("T")

URL: Final = "https://example.com/data?page=2"
ORIGIN: Final = "https://example.com"


class Pieces:
    """A `BodySource` that has its pieces ready, and behaves as an exchange does.

    An error among the pieces breaks the body there. `come`: all of it was there before anybody
    asked. `stalls`: after the pieces nothing comes, neither more nor the end.
    """

    connection = None

    def __init__(
        self,
        *pieces: bytes | BaseException,
        come: bool = False,
        stalls: bool = False,
        trailers: Sequence[tuple[bytes, bytes]] = (),
    ) -> None:
        self._pieces = deque(pieces)
        self._stalls = stalls
        self.decoding: Decoding | None = None
        self._trailers = trailers
        self._error: BaseException | None = None
        self._waiter: asyncio.Future[None] | None = None
        self.ended = come
        self.abandoned = False
        self.settled = False
        self.reads = 0

    @property
    def over(self) -> bool:
        return self.ended or self._error is not None

    @property
    def trailers(self) -> Sequence[tuple[bytes, bytes]]:
        return self._trailers if self.ended else ()

    async def read(self, *, whole: bool = False) -> bytes:
        self.reads += 1
        if self._pieces:
            piece = self._pieces.popleft()
            if isinstance(piece, bytes):
                self.ended = self.ended or not (self._pieces or self._stalls)
                return piece
            self._error = piece
        if self._error is None and self._stalls:
            await self._stalled()
        if self._error is not None:
            raise self._error
        self.ended = True
        return b""

    def take(self) -> bytes:
        taken = b"".join(piece for piece in self._pieces if isinstance(piece, bytes))
        self._pieces.clear()
        return taken

    def peek(self, size: int) -> bytes:
        return b"".join(piece for piece in self._pieces if isinstance(piece, bytes))[:size]

    async def settle(self) -> None:
        self.settled = True

    async def discard(self) -> None:
        while not self.over:
            await self.read()

    def abandon(self) -> None:
        if not self.over:
            self.abandoned = True
            self._error = WriteError(detail="the exchange was abandoned")
            if self._waiter is not None and not self._waiter.done():
                self._waiter.set_result(None)

    async def _stalled(self) -> None:
        self._waiter = asyncio.get_running_loop().create_future()
        await self._waiter


def block_of(**fields: str) -> bytes:
    """Field lines as they lie on the wire: `block_of(content_type="text/plain")`."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in fields.items()]
    return "".join(lines).encode("latin-1")


def reply(
    source: Pieces | bytes = b"",
    status: int = 200,
    *,
    reason: str = "OK",
    request: Request | None = None,
    limits: Limits | None = None,
    default_encoding: EncodingInput = "utf-8",
    **fields: str,
) -> Response:
    """A response whose body is on its way, or, given as bytes, has come already."""
    return Response(
        ResponseHead(status, reason, "HTTP/1.1", block_of(**fields)),
        request or Request("GET", URL),
        Pieces(source, come=True) if isinstance(source, bytes) else source,
        elapsed=0.25,
        limits=limits or Limits(),
        default_encoding=default_encoding,
    )


def at_once(coroutine: Coroutine[object, object, T]) -> T:
    """What a coroutine returns that waits for nothing; for tests that run very often."""
    try:
        coroutine.send(None)
    except StopIteration as stop:
        value: T = stop.value
        return value
    coroutine.close()
    raise AssertionError("it waited")


async def all_of(pieces: AsyncIterable[T]) -> list[T]:
    """Everything that an iterator gives."""
    return [piece async for piece in pieces]
