"""Reads the body of a response once, whole or in pieces, and counts and decodes it.

A body that was read whole is kept.
"""

from __future__ import annotations

import asyncio
import warnings
from contextlib import suppress
from enum import Enum
from typing import TYPE_CHECKING, Final, NoReturn, TypeVar, final

from hyperhttp._base._generated.bounds import DECODE_AT_ONCE_BYTES_MAX, FRAME_WORK_BYTES
from hyperhttp._base._generated.errors import (
    DecompressionError,
    HyperHTTPError,
    ResponseClosed,
    ResponseNotRead,
    ResponseTooLarge,
    StreamConsumed,
    in_context,
)
from hyperhttp._message.content.decoders import decoder_for
from hyperhttp._message.content.transforms import Decoding

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable, Generator

    from hyperhttp._base._generated.config import Limits
    from hyperhttp._message.content.transforms import Transform
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.source import BodySource

__all__ = ["BodyReader"]

T = TypeVar("T")
E = TypeVar("E", bound=HyperHTTPError)

_TURN_BYTES: Final = 4 << 20
"""Decoded bytes after which the event loop runs other tasks: about 10 ms of work."""


class _Stream(Enum):
    """The state of the bytes of the source."""

    UNREAD = "unread"
    TAKEN = "read, or being read"
    CLOSED = "closed"


@final
class BodyReader:
    """Reads, counts, decodes and keeps a body; `coding` is the Content-Encoding, or empty."""

    __slots__ = ("_request", "_stream", "coding", "downloaded_bytes", "kept", "limits", "source")

    kept: bytes | None
    """The decoded body, once `read_all` has read it."""
    downloaded_bytes: int
    """The number of received bytes, before decoding."""

    def __init__(self, source: BodySource, request: Request, coding: str, limits: Limits) -> None:
        self.source = source
        self.coding = coding
        self.limits = limits
        self.downloaded_bytes = 0
        self.kept = None
        self._request = request
        self._stream = _Stream.UNREAD

    @property
    def content(self) -> bytes:
        """The kept body. Raises ResponseNotRead, StreamConsumed or ResponseClosed."""
        return self._refuse() if self.kept is None else self.kept

    async def read_all(self) -> bytes:
        """Read the whole body, decode it and keep it.

        Raises what broke it, DecompressionError, ResponseTooLarge, StreamConsumed, ResponseClosed.
        """
        if self.kept is not None:
            return self.kept
        if self.source.ended and (not self.coding or self._is_short):
            return self._take_all()
        self._begin()
        try:
            kept = self.kept = await self._gather()
        except BaseException as error:  # a canceled read also leaves a partial body
            self._give_up(error)
            raise
        return kept

    async def read_within(self, bytes_max: int) -> bytes:
        """Read as `read_all`, but at most so many bytes, before and after decoding."""
        limits = self.limits
        within = {
            "max_body_bytes": min(bytes_max, limits.max_body_bytes or bytes_max),
            "max_decoded_bytes": min(bytes_max, limits.max_decoded_bytes or bytes_max),
        }
        self.limits = limits.model_copy(update=within)
        try:
            return await self.read_all()
        finally:
            self.limits = limits

    def read_early(self) -> bytes | None:
        """Return the kept body, or one that has come whole, unless it is large and encoded.

        Raises as `read_all`.
        """
        is_whole = self._stream is _Stream.UNREAD and self.source.ended
        if is_whole and (not self.coding or self._is_short):
            return self._take_all()
        return self.kept

    async def each(self, way: Transform[bytes, T], *, raw: bool = False) -> AsyncGenerator[T, None]:
        """Yield what `way` returns for the kept body, or for each piece as it arrives.

        `raw` is the body before decoding. Raises as `read_all`.
        """
        if self.kept is not None and not (raw and self._decodes):
            for part in way.feed(self.kept):
                yield part
            for part in way.finish():
                yield part
            return
        self._begin()
        decodes = self.coding and not raw
        decoding = self.source.decoding = Decoding(self.coding, self.limits) if decodes else None
        try:
            while piece := await self.source.read():
                self._count(piece)
                work_bytes = 0
                for decoded in (piece,) if decoding is None else decoding.steps(piece):
                    for part in way.feed(decoded) if decoded else ():
                        yield part
                        if self._stream is _Stream.CLOSED:
                            self._refuse()
                    work_bytes += len(decoded) or FRAME_WORK_BYTES
                    if work_bytes >= _TURN_BYTES:  # other tasks get their turn
                        work_bytes = 0
                        await asyncio.sleep(0)
            if decoding is not None:
                decoding.finish()
            for part in way.finish():
                yield part
        except BaseException as error:  # GeneratorExit too: the caller has left the loop
            self._give_up(error)
            raise

    def each_now(
        self, way: Transform[bytes, T], read: Callable[[], bytes], *, raw: bool = False
    ) -> Generator[T, None, None]:
        """Yield as `each`, for synchronous callers; `read` waits for the next piece."""
        if self.kept is not None and not (raw and self._decodes):
            yield from way.feed(self.kept)
            yield from way.finish()
            return
        self._begin()
        decodes = self.coding and not raw
        decoding = self.source.decoding = Decoding(self.coding, self.limits) if decodes else None
        try:
            while piece := read():
                self._count(piece)
                for decoded in (piece,) if decoding is None else decoding.steps(piece):
                    for part in way.feed(decoded) if decoded else ():
                        yield part
                        if self._stream is _Stream.CLOSED:
                            self._refuse()
            if decoding is not None:
                decoding.finish()
            yield from way.finish()
        except BaseException as error:  # GeneratorExit too: the caller has left the loop
            self._give_up(error)
            raise

    def beginning(self, size: int) -> bytes:
        """Return the first bytes of the body, if they were received and need no decoding."""
        if self.kept is not None:
            return self.kept[:size]
        if self._stream is _Stream.UNREAD and not self._decodes:
            return self.source.peek(size)
        return b""

    def close(self) -> None:
        """Close the source; a kept body stays."""
        self._stream = _Stream.CLOSED
        self.source.abandon()

    async def discard(self) -> None:
        """Close the source, but keep its connection if the rest of the body arrives soon."""
        self._stream = _Stream.CLOSED
        with suppress(HyperHTTPError):  # of a body that doesn't matter any more
            await self.source.discard()

    def restore(self, kept: bytes | None, downloaded_bytes: int) -> None:
        """Restore the state of a copied response; a body that wasn't kept is closed."""
        self._stream = _Stream.TAKEN if kept is not None else _Stream.CLOSED
        self.kept = kept
        self.downloaded_bytes = downloaded_bytes

    def own(self, error: E) -> E:
        """Add the request to an error."""
        return in_context(error, request=self._request, origin=self._request.url.origin)

    def __del__(self) -> None:
        source = self.source
        if source.over:
            return
        try:
            warnings.warn(
                f"the response of {self._request!r} was dropped before its body was read: read it, "
                "or use `async with` or `aclose()`",
                ResourceWarning,
                stacklevel=2,
                source=self,
            )
        finally:  # where warnings are errors, too
            source.abandon()

    # --- inside ---

    def _begin(self) -> None:
        if self._stream is not _Stream.UNREAD:
            self._refuse()
        self._stream = _Stream.TAKEN

    def _refuse(self) -> NoReturn:
        match self._stream:
            case _Stream.UNREAD:
                raise self.own(ResponseNotRead())
            case _Stream.TAKEN:
                raise self.own(StreamConsumed())
            case _Stream.CLOSED:
                raise self.own(ResponseClosed())

    def _give_up(self, error: BaseException) -> None:
        """Close the source of a body that wasn't read to its end."""
        was_closed = self._stream is _Stream.CLOSED
        self.source.abandon()
        if not isinstance(error, GeneratorExit):
            self._stream = _Stream.CLOSED
        if isinstance(error, HyperHTTPError):
            if was_closed:  # by the caller, while a task of theirs was reading
                raise self.own(ResponseClosed()) from error
            self.own(error)

    async def _gather(self) -> bytes:
        # Decoded piece by piece, so that a body over the limit is refused before it is complete.
        decoding = Decoding(self.coding, self.limits) if self.coding else None
        self.source.decoding = decoding
        parts: list[bytes] = []
        # A piece without a size limit would be useless for a decoder and for progress.
        whole = decoding is None and self.limits.max_body_bytes is None
        while piece := await self.source.read(whole=whole):
            self._count(piece)
            if decoding is None:
                parts.append(piece)
                continue
            work_bytes = 0
            for decoded in decoding.steps(piece):
                parts.append(decoded)
                work_bytes += len(decoded) or FRAME_WORK_BYTES
                if work_bytes >= _TURN_BYTES:
                    work_bytes = 0
                    await asyncio.sleep(0)
        if decoding is not None:
            decoding.finish()
        return b"".join(parts)

    def _take_all(self) -> bytes:
        """Return the body of a source that has ended, without waiting."""
        self._begin()
        try:
            body = self.source.take()
            self._count(body)
            if self.coding and body:
                decoding = self.source.decoding = Decoding(self.coding, self.limits)
                body = b"".join(decoding.steps(body))
                decoding.finish()
        except HyperHTTPError as error:
            self._give_up(error)
            raise
        self.kept = body
        return body

    def _count(self, piece: bytes) -> None:
        self.downloaded_bytes += len(piece)
        limit = self.limits.max_body_bytes
        if limit is not None and self.downloaded_bytes > limit:
            raise ResponseTooLarge(limit="max_body_bytes", limit_bytes=limit)

    @property
    def _is_short(self) -> bool:
        """True if the body that has come can be decoded without holding up other tasks."""
        return len(self.source.peek(DECODE_AT_ONCE_BYTES_MAX + 1)) <= DECODE_AT_ONCE_BYTES_MAX

    @property
    def _decodes(self) -> bool:
        """True if the received bytes have to be decoded."""
        if not self.coding:
            return False
        try:
            return decoder_for(self.coding, self.limits) is not None
        except DecompressionError:  # there are more content encodings than the limit allows
            return True
