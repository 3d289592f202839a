"""Bodies from raw content: bytes, text, pieces or a file, for `content=` and for files.

The methods of a value, not its class, determine its length and if it can be read twice. Nothing is
read yet.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, AsyncIterable, AsyncIterator, Iterable, Iterator
from contextlib import aclosing, closing
from functools import partial
from os import PathLike
from typing import Final, TypeAlias, cast

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.caller_thread import CALLER, GuardedGenerator
from hyperhttp._base.input_pairs import is_buffer, is_mapping, shown
from hyperhttp._base.input_types import BufferInput
from hyperhttp._message.request.body_kinds import (
    AsyncBody,
    Buffer,
    BytesBody,
    IterableBody,
    checked_piece,
    is_fixed,
)
from hyperhttp._message.request.file_body import FileBody, FileSlice, ReadableFile

__all__ = [
    "TEXT_TYPE",
    "ContentInput",
    "RawBody",
    "StreamedBody",
    "SyncContentInput",
    "flow",
    "raw_body",
]

ContentInput: TypeAlias = (
    BufferInput
    | str
    | PathLike[str]
    | FileSlice
    | Iterable[BufferInput]
    | AsyncIterable[BufferInput]
    | ReadableFile
)
"""A raw body: bytes, text (sent as UTF-8), a path, a `FileSlice`, pieces of bytes, or a file."""

SyncContentInput: TypeAlias = (
    BufferInput | str | PathLike[str] | FileSlice | Iterable[BufferInput] | ReadableFile
)
"""A raw body for a synchronous client, which doesn't take async iterables."""


StreamedBody: TypeAlias = IterableBody | AsyncBody | FileBody
"""Content that is read in pieces."""

RawBody: TypeAlias = BytesBody | StreamedBody

TEXT_TYPE: Final = "text/plain; charset=utf-8"
"""The default Content-Type of text."""

_ALLOWED: Final = (
    "bytes, str, a pathlib.Path, FileSlice(...), a file opened in binary mode, or a sync or async"
    " iterable of bytes"
)
# Copying less costs almost nothing, and the body is sent in one write with the headers.
_COPIED_BYTES_MAX: Final = 1 << 16


def raw_body(content: object, *, option: str, allowed: str = _ALLOWED) -> RawBody:
    """Return the body of `content`. Raises `ConfigError` if it can't be sent."""
    if isinstance(content, bytes):
        return BytesBody(content)
    if isinstance(content, str):
        return BytesBody(_utf_8(content, option), TEXT_TYPE)
    if is_buffer(content):
        return _buffer_body(content, option)
    if isinstance(content, (FileSlice, PathLike)):
        return _file_on_disk(cast("FileSlice | PathLike[str]", content), option)
    if isinstance(content, AsyncIterable):
        pieces = cast("AsyncIterable[object]", content)
        return AsyncBody(pieces, replayable=not isinstance(pieces, AsyncIterator), option=option)
    if hasattr(content, "read"):
        return FileBody.of_file(content, option=option, allowed=allowed)
    if not is_mapping(content) and isinstance(content, Iterable):
        return _pieces_body(cast("Iterable[object]", content), option)
    raise ConfigError(option=option, given=shown(content), allowed=allowed)


def _file_on_disk(content: FileSlice | PathLike[str], option: str) -> FileBody:
    try:
        if isinstance(content, FileSlice):
            return FileBody.of_slice(content, option=option)
        return FileBody.of_path(os.fsdecode(content), option=option)
    except OSError as error:
        given = f"a path: {error.strerror or type(error).__name__}"
        raise ConfigError(
            option=option, given=given, allowed="the path of a file that is there"
        ) from error


async def flow(body: StreamedBody) -> AsyncGenerator[Buffer, None]:
    """Yield the pieces of a body, sync or async; closing it closes the source."""
    if isinstance(body, IterableBody):
        caller = CALLER.get()
        if caller is not None:
            pieces = body.chunks()
            following = partial(next, pieces, b"")
            with closing(GuardedGenerator(caller, pieces)) as guarded:
                while piece := await guarded.run(following):
                    yield piece
            return
        with closing(body.chunks()) as pieces:
            for piece in pieces:
                yield piece
    else:
        async with aclosing(body.chunks()) as coming:
            async for piece in coming:
                yield piece


def _buffer_body(buffer: bytes | bytearray | memoryview, option: str) -> RawBody:
    """Return a view of bytes, which are immutable, without a copy; copy everything else."""
    if is_fixed(buffer):
        whole = cast("bytes", buffer.obj)
        if buffer.nbytes == len(whole):
            return BytesBody(whole)
        if buffer.nbytes > _COPIED_BYTES_MAX:
            return IterableBody([buffer], replayable=True, length=buffer.nbytes, option=option)
    return BytesBody(bytes(buffer))


def _pieces_body(pieces: Iterable[object], option: str) -> IterableBody:
    if isinstance(pieces, (list, tuple)):
        kept = [checked_piece(piece, option) for piece in cast("Iterable[object]", pieces)]
        length = sum(map(len, kept))
        return IterableBody(kept, replayable=True, length=length, option=option)
    return IterableBody(pieces, replayable=not isinstance(pieces, Iterator), option=option)


def _utf_8(text: str, option: str) -> bytes:
    try:
        return text.encode()
    except UnicodeEncodeError:
        given = "text with a lone surrogate"
        raise ConfigError(option=option, given=given, allowed="valid Unicode text") from None
