"""Request bodies: what `json=`, `data=` and `content=` become before a byte is sent.

Decides once whether a body is bytes, pieces or asynchronous pieces, whether it can be sent twice,
and how long it is. Knows nothing of framing, and reads no file before its turn.
"""

from __future__ import annotations

import inspect
import io
import os
from collections.abc import (
    AsyncGenerator,
    AsyncIterable,
    AsyncIterator,
    Generator,
    Iterable,
    Iterator,
)
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar, Final, TypeAlias, cast

from hyperhttp._generated.exceptions import BodyNotReplayable, ConfigError
from hyperhttp._generated.unset import UNSET, Unset
from hyperhttp._message.json_text import encode_json
from hyperhttp._message.pairs import is_buffer, is_mapping, shown
from hyperhttp._message.query import join_form, text_pairs

if TYPE_CHECKING:
    from hyperhttp._message.inputs import ContentInput, DataInput, JSONInput

__all__ = [
    "AsyncBody",
    "BytesBody",
    "IterableBody",
    "RequestBody",
    "encode_form",
    "encode_json",
    "prepare_body",
]

FILE_BLOCK_BYTES: Final = 65_536
"""How much of a file is read at a time: what a socket takes in one or two writes."""

_CONTENT_ALLOWED: Final = (
    "bytes, str, a file opened in binary mode, or a sync or async iterable of bytes"
)


_ONE_BODY: Final = "one of json=, data= and content="


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
    """A body that comes in pieces from an iterable or a file; `length` is None when unknown."""

    __slots__ = ("_iterable", "_started", "length", "replayable")

    content_type: ClassVar[None] = None

    def __init__(
        self, iterable: Iterable[object], *, replayable: bool, length: int | None = None
    ) -> None:
        self._iterable = iterable
        self._started = False
        self.replayable: Final = replayable
        self.length: Final = length

    def chunks(self) -> Generator[bytes, None, None]:
        """The pieces from the start, empty ones left out; closing it closes what it reads from.

        Raises `BodyNotReplayable` when a one-shot body is asked for a second time, and
        `ConfigError` for a piece that is not bytes. Errors of the iterable come out as they are.
        """
        if self._started and not self.replayable:
            raise BodyNotReplayable(detail=_used_up(self._iterable))
        self._started = True
        return _pieces(iter(self._iterable))


class AsyncBody:
    """A body that comes in pieces from an async iterable; its length is unknown."""

    __slots__ = ("_iterable", "_started", "replayable")

    content_type: ClassVar[None] = None
    length: ClassVar[None] = None

    def __init__(self, iterable: AsyncIterable[object], *, replayable: bool) -> None:
        self._iterable = iterable
        self._started = False
        self.replayable: Final = replayable

    def chunks(self) -> AsyncGenerator[bytes, None]:
        """The pieces from the start, with the rules of `IterableBody.chunks`."""
        if self._started and not self.replayable:
            raise BodyNotReplayable(detail=_used_up(self._iterable))
        self._started = True
        return _async_pieces(aiter(self._iterable))


RequestBody: TypeAlias = BytesBody | IterableBody | AsyncBody


def encode_form(data: DataInput) -> bytes:
    """Form fields as application/x-www-form-urlencoded, by the rules of `encode_params`."""
    return join_form(text_pairs(data, option="data")).encode("ascii")


def prepare_body(
    *,
    json: JSONInput | Unset = UNSET,
    data: DataInput | Unset | None = UNSET,
    content: ContentInput | Unset | None = UNSET,
) -> RequestBody | None:
    """The one body that was given; None when there is none.

    None means "no body" for each of the three, so that a wrapper may pass on what it was not given;
    a JSON `null` is sent with `content=b"null"`. Raises `ConfigError` for two bodies and for values
    that cannot be sent.
    """
    if json is UNSET and data is UNSET and content is UNSET:
        return None
    given = {"json": json, "data": data, "content": content}
    names = [name for name, value in given.items() if value is not UNSET and value is not None]
    if len(names) > 1:
        together = " and ".join([f"{name}=" for name in names])
        raise ConfigError(option=names[0], given=f"{together} together", allowed=_ONE_BODY)
    if json is not UNSET and json is not None:
        return BytesBody(encode_json(json), "application/json")
    if data is not UNSET and data is not None:
        return BytesBody(encode_form(data), "application/x-www-form-urlencoded")
    return None if content is None or content is UNSET else _raw_body(content)


def _raw_body(content: object) -> RequestBody:
    if isinstance(content, bytes):
        return BytesBody(content)
    if isinstance(content, str):
        return BytesBody(_utf_8(content), "text/plain; charset=utf-8")
    if is_buffer(content):
        return BytesBody(bytes(content))
    if isinstance(content, AsyncIterable):
        pieces = cast("AsyncIterable[object]", content)
        return AsyncBody(pieces, replayable=not isinstance(pieces, AsyncIterator))
    if hasattr(content, "read"):
        return _file_body(content)
    if not is_mapping(content) and isinstance(content, Iterable):
        return _pieces_body(cast("Iterable[object]", content))
    raise ConfigError(option="content", given=shown(content), allowed=_CONTENT_ALLOWED)


class _FileBlocks:
    """The blocks of a file from where it stood; each iteration starts there again if it can."""

    __slots__ = ("_file", "_start")

    def __init__(self, file: io.BufferedIOBase, start: int | None) -> None:
        self._file = file
        self._start = start

    def __iter__(self) -> Iterator[object]:
        if self._start is not None:
            self._file.seek(self._start)
        while block := self._file.read(FILE_BLOCK_BYTES):
            yield block


def _file_body(file: object) -> IterableBody:
    if isinstance(file, io.TextIOBase):
        raise _not_a_file("a file opened in text mode")
    if getattr(file, "closed", False):
        raise _not_a_file("a closed file")
    binary = cast("io.BufferedIOBase", file)
    if inspect.iscoroutinefunction(binary.read):
        raise _not_a_file(f"{shown(file)} whose read() is a coroutine")
    if not _is_seekable(file):
        return IterableBody(_FileBlocks(binary, None), replayable=False)
    start = binary.tell()
    end = binary.seek(0, os.SEEK_END)
    binary.seek(start)
    return IterableBody(_FileBlocks(binary, start), replayable=True, length=max(0, end - start))


def _is_seekable(file: object) -> bool:
    seekable = getattr(file, "seekable", None)
    return seekable is not None and bool(seekable())


def _not_a_file(what: str) -> ConfigError:
    return ConfigError(option="content", given=what, allowed=_CONTENT_ALLOWED)


def _pieces_body(pieces: Iterable[object]) -> IterableBody:
    if isinstance(pieces, (list, tuple)):
        kept = [_checked_piece(piece) for piece in cast("Iterable[object]", pieces)]
        return IterableBody(kept, replayable=True, length=sum(map(len, kept)))
    return IterableBody(pieces, replayable=not isinstance(pieces, Iterator))


def _pieces(iterator: Iterator[object]) -> Generator[bytes, None, None]:
    try:
        for piece in iterator:
            if data := _checked_piece(piece):
                yield data
    finally:
        if isinstance(iterator, Generator):
            iterator.close()


async def _async_pieces(iterator: AsyncIterator[object]) -> AsyncGenerator[bytes, None]:
    try:
        async for piece in iterator:
            if data := _checked_piece(piece):
                yield data
    finally:
        if isinstance(iterator, AsyncGenerator):
            await iterator.aclose()


def _checked_piece(piece: object) -> bytes:
    if isinstance(piece, bytes):
        return piece
    if is_buffer(piece):
        return bytes(piece)
    given = f"a piece that is {shown(piece)}"
    raise ConfigError(option="content", given=given, allowed="pieces that are bytes")


def _used_up(iterable: object) -> str:
    return f"the body was {shown(iterable)}, which can be read only once"


def _utf_8(text: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        given = "text with a lone surrogate"
        raise ConfigError(option="content", given=given, allowed="valid Unicode text") from None
