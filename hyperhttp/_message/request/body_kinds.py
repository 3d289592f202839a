"""The plain types of request bodies: complete bytes, pieces, and asynchronous pieces.

Each has a length, and a flag if it can be sent twice.
"""

from __future__ import annotations

from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Generator,
    Iterable,
    Iterator,
)
from dataclasses import dataclass
from typing import ClassVar, Final, TypeAlias, TypeGuard

from hyperhttp._base._generated.errors import BodyNotReplayable, ConfigError
from hyperhttp._base.input_pairs import is_buffer, shown

__all__ = ["AsyncBody", "Buffer", "BytesBody", "IterableBody", "checked_piece", "is_fixed", "once"]

Buffer: TypeAlias = bytes | memoryview
"""Bytes that do not change any more."""


@dataclass(frozen=True, slots=True)
class BytesBody:
    """A body that is all there."""

    data: bytes
    content_type: str | None = None
    replayable: ClassVar[bool] = True

    @property
    def length(self) -> int:
        """How many bytes."""
        return len(self.data)


class IterableBody:
    """A body that comes in pieces from an iterable; `length` is None when unknown."""

    __slots__ = ("_iterable", "_option", "_started", "length", "replayable")

    content_type: ClassVar[None] = None

    def __init__(
        self,
        iterable: Iterable[object],
        *,
        replayable: bool,
        length: int | None = None,
        option: str = "content",
    ) -> None:
        self._iterable = iterable
        self._option = option
        self._started = False
        self.replayable: Final = replayable
        self.length: Final = length

    def chunks(self) -> Generator[Buffer, None, None]:
        """Yield the pieces from the start, without empty ones; closing it closes the source.

        Raises `BodyNotReplayable` when a one-shot body is asked for a second time, and
        `ConfigError` for a piece that is not bytes. Errors of the iterable come out as they are.
        """
        if self._started and not self.replayable:
            raise once(shown(self._iterable))
        self._started = True
        return _pieces(iter(self._iterable), self._option)


class AsyncBody:
    """A body that comes in pieces from an async iterable; its length is unknown."""

    __slots__ = ("_iterable", "_option", "_started", "replayable")

    content_type: ClassVar[None] = None
    length: ClassVar[None] = None

    def __init__(
        self, iterable: AsyncIterable[object], *, replayable: bool, option: str = "content"
    ) -> None:
        self._iterable = iterable
        self._option = option
        self._started = False
        self.replayable: Final = replayable

    def chunks(self) -> AsyncGenerator[Buffer, None]:
        """Yield the pieces from the start, with the rules of `IterableBody.chunks`."""
        if self._started and not self.replayable:
            raise once(shown(self._iterable))
        self._started = True
        return _async_pieces(aiter(self._iterable), self._option)


def checked_piece(piece: object, option: str) -> Buffer:
    """Return a piece as immutable bytes; a mutable buffer is copied."""
    if isinstance(piece, bytes):
        return piece
    if is_buffer(piece):
        return piece.cast("B") if is_fixed(piece) else bytes(piece)
    given = f"a piece that is {shown(piece)}"
    raise ConfigError(option=option, given=given, allowed="pieces that are bytes")


def is_fixed(buffer: bytes | bytearray | memoryview) -> TypeGuard[memoryview]:
    """Return True for a contiguous view of bytes, which are immutable."""
    return isinstance(buffer, memoryview) and type(buffer.obj) is bytes and buffer.c_contiguous


def once(what: str) -> BodyNotReplayable:
    """Return the error for the second use of such a body."""
    return BodyNotReplayable(detail=f"the body was {what}, which can be read only once")


def _pieces(iterator: Iterator[object], option: str) -> Generator[Buffer, None, None]:
    try:
        for piece in iterator:
            if data := piece if type(piece) is bytes else checked_piece(piece, option):
                yield data
    finally:
        if isinstance(iterator, Generator):
            iterator.close()


async def _async_pieces(
    iterator: AsyncIterator[object], option: str
) -> AsyncGenerator[Buffer, None]:
    try:
        async for piece in iterator:
            if data := piece if type(piece) is bytes else checked_piece(piece, option):
                yield data
    finally:
        if isinstance(iterator, AsyncGenerator):
            await iterator.aclose()
