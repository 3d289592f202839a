"""A file as a body: read in blocks, from its position, without blocking the event loop.

A file that is opened here by its path is always closed. A file of the caller is never closed.
"""

from __future__ import annotations

import asyncio
import errno
import inspect
import io
import os
import stat
import sys
from contextlib import closing
from threading import Lock
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, cast, final

from hyperhttp._base._generated.errors import ConfigError, LocalProtocolError
from hyperhttp._base.input_pairs import shown
from hyperhttp._base.input_types import PathInput
from hyperhttp._message.request.body_kinds import Buffer, checked_piece, once

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Callable


__all__ = ["FILE_BLOCK_BYTES", "FileBody", "FileSlice", "ReadableFile"]


class ReadableFile(Protocol):
    """A file opened in binary mode."""

    def read(self, size: int = -1, /) -> bytes:
        """Return at most `size` bytes; none at the end."""
        ...


@final
class FileSlice:
    """A part of a file, for `content=`: `length` bytes from `offset`, or all bytes from there.

        part = hyperhttp.FileSlice("video.mp4", offset=1_000_000, length=500_000)
        await client.put("https://example.com/parts/3", content=part)

    Retries and redirects can repeat it. It is sent with its exact Content-Length.

    Args:
        file: A path, or a seekable binary file, which stays open.
        offset: The first byte, counted from the start of the file.
        length: The number of bytes; None for all until the end of the file.

    Raises:
        ConfigError: `offset` or `length` isn't a whole number >= 0. When the request is built: the
            file is shorter, or isn't seekable.
    """

    __slots__ = ("file", "length", "offset")

    file: Final[PathInput | ReadableFile]
    """The path, or the open file."""
    offset: Final[int]
    """The first byte."""
    length: Final[int | None]
    """How many bytes; None for all until the end of the file."""

    def __init__(
        self, file: PathInput | ReadableFile, *, offset: int = 0, length: int | None = None
    ) -> None:
        self.file = file
        self.offset = _checked_size(offset, "an offset")
        self.length = None if length is None else _checked_size(length, "a length")

    def __repr__(self) -> str:
        return f"FileSlice({shown(self.file)}, offset={self.offset}, length={self.length})"


FILE_BLOCK_BYTES: Final = 1 << 20
"""How much is read at a time in a thread: going there costs what reading 300 KiB does."""

NEAR_BLOCK_BYTES: Final = 1 << 17
"""How much is read at a time of what is in memory: it stays in the cache until it is sent."""


class _Pass(Protocol):
    """A single pass over a file from its start to its end."""

    def is_near(self, size: int) -> bool:
        """Return True if the next bytes are in memory: reading them needs no thread."""
        ...

    def read(self, size: int) -> object:
        """Return the next block; one call at a time."""
        ...

    def close(self) -> None:
        """Stop reading, without waiting for a thread that still reads."""
        ...


class FileBody:
    """A body that is read from a file; `length` is None when unknown."""

    __slots__ = ("_begin", "_is_slice", "_option", "_started", "_what", "length", "replayable")

    content_type: ClassVar[None] = None

    def __init__(
        self,
        begin: Callable[[], _Pass],
        *,
        replayable: bool,
        length: int | None,
        what: str,
        option: str,
        is_slice: bool = False,
    ) -> None:
        self._begin = begin
        self._is_slice = is_slice
        self._option = option
        self._started = False
        self._what = what
        self.replayable: Final = replayable
        self.length: Final = length

    @classmethod
    def of_path(cls, path: str, *, option: str) -> FileBody:
        """Return the file at a path, which is opened when it is sent. Raises OSError."""
        status = os.stat(path)
        if stat.S_ISDIR(status.st_mode):
            raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), path)
        is_plain = stat.S_ISREG(status.st_mode)  # A pipe is neither measured nor read twice.
        return cls(
            lambda: _OwnFile(path),
            replayable=is_plain,
            length=status.st_size if is_plain else None,
            what=os.path.basename(path),
            option=option,
        )

    @classmethod
    def of_file(cls, file: object, *, option: str, allowed: str) -> FileBody:
        """Return the body of the caller's open file, from its position. Raises ConfigError."""
        if fault := _fault(file):
            raise ConfigError(option=option, given=fault, allowed=allowed)
        readable, what = cast("ReadableFile", file), shown(file)
        lock = Lock()
        if not _is_seekable(file):
            return cls(
                lambda: _TheirFile(readable, None, lock),
                replayable=False,
                length=None,
                what=what,
                option=option,
            )
        binary = cast("io.BufferedIOBase", file)
        start = binary.tell()
        end = binary.seek(0, os.SEEK_END)
        binary.seek(start)
        return cls(
            lambda: _TheirFile(binary, start, lock),
            replayable=True,
            length=max(0, end - start),
            what=what,
            option=option,
        )

    @classmethod
    def of_slice(cls, part: FileSlice, *, option: str) -> FileBody:
        """Return a part of a file. Raises OSError, and ConfigError if the file is shorter."""
        file, start = part.file, part.offset
        if isinstance(file, (str, os.PathLike)):
            path = os.fspath(file)
            status = os.stat(path)
            size, what = status.st_size, os.path.basename(path)
            length = _length_within(part, size if stat.S_ISREG(status.st_mode) else None, option)
            return cls(
                lambda: _OwnFile(path, start),
                replayable=True,
                length=length,
                what=what,
                option=option,
                is_slice=True,
            )
        if fault := _fault(file) or ("" if hasattr(file, "read") else shown(file)):
            raise ConfigError(option=option, given=f"a slice of {fault}", allowed=_SLICED)
        lock, what = Lock(), shown(file)
        length = _length_within(part, _size_of(file) if _is_seekable(file) else None, option)
        return cls(
            lambda: _TheirFile(file, start, lock),
            replayable=True,
            length=length,
            what=what,
            option=option,
            is_slice=True,
        )

    def chunks(self) -> AsyncGenerator[Buffer, None]:
        """Yield the blocks from the start, with the rules of `IterableBody.chunks`.

        Raises `LocalProtocolError` when there are more or fewer bytes than there were.
        """
        if self._started and not self.replayable:
            raise once(self._what)
        self._started = True
        return self._blocks()

    async def _blocks(self) -> AsyncGenerator[Buffer, None]:
        rest = self.length
        with closing(self._begin()) as reading:
            while not (self._is_slice and rest == 0):
                asked, block = await self._next(reading, rest)
                if rest is not None:
                    rest -= len(block)
                    if rest < 0 or (rest and not block):
                        raise self._changed("longer" if rest < 0 else f"{rest} bytes shorter")
                if not block:
                    return
                yield block
                if rest == 0 and len(block) < asked:
                    return

    async def _next(self, reading: _Pass, rest: int | None) -> tuple[int, Buffer]:
        """Return the requested size, and the bytes that were read.

        At the end of the file, one byte more is requested. This detects a file that has grown, and
        the end of one that hasn't, without another read.
        """
        near = NEAR_BLOCK_BYTES if rest is None else min(rest, NEAR_BLOCK_BYTES)
        if reading.is_near(near):
            size = self._size(NEAR_BLOCK_BYTES, rest)
            return size, checked_piece(reading.read(size), self._option)
        size = self._size(FILE_BLOCK_BYTES, rest)
        loop = asyncio.get_running_loop()
        read = await loop.run_in_executor(None, reading.read, size)
        return size, checked_piece(read, self._option)

    def _size(self, block_bytes: int, rest: int | None) -> int:
        if rest is None:
            return block_bytes
        return min(rest if self._is_slice else rest + 1, block_bytes)

    def _changed(self, how: str) -> LocalProtocolError:
        file = "slice of" if self._is_slice else "file"
        return LocalProtocolError(
            detail=f"the {file} {self._what} is {how} than the {self.length} bytes it had",
            field="Content-Length",
        )


_SLICED: Final = "a path, or a file opened in binary mode that can seek"


def _checked_size(given: object, what: str) -> int:
    if type(given) is int and given >= 0:
        return given
    raise ConfigError(
        option="content", given=f"{what} of {shown(given)}", allowed="a whole number >= 0"
    )


def _length_within(part: FileSlice, size: int | None, option: str) -> int:
    """Return the length of the slice; None if the file can't seek. Raises ConfigError."""
    if size is None:
        raise ConfigError(option=option, given="a slice of what can't seek", allowed=_SLICED)
    length = size - part.offset if part.length is None else part.length
    if part.offset + length > size or length < 0:
        end = part.offset if part.length is None else part.offset + length
        given = f"a slice up to byte {end} of a file of {size} bytes"
        raise ConfigError(option=option, given=given, allowed="a slice within the file")
    return length


def _size_of(file: object) -> int:
    binary = cast("io.BufferedIOBase", file)
    start = binary.tell()
    size = binary.seek(0, os.SEEK_END)
    binary.seek(start)
    return size


class _OwnFile:
    """A file that is opened for one pass, and closed at its end."""

    __slots__ = ("_at", "_file", "_is_busy", "_is_closed", "_lock", "_path")

    def __init__(self, path: str, start: int = 0) -> None:
        self._path = path
        self._file: io.FileIO | None = None
        self._at = start
        # Held for a moment only, so that the event loop never waits for a disk.
        self._lock = Lock()
        self._is_busy = False
        self._is_closed = False

    def is_near(self, size: int) -> bool:
        return self._file is not None and _is_cached(self._file.fileno(), self._at, size)

    def read(self, size: int) -> object:
        with self._lock:
            if self._is_closed:
                return b""
            self._is_busy = True
        try:
            if self._file is None:
                self._file = open(self._path, "rb", buffering=0)  # noqa: SIM115 - see `close`
                if self._at:
                    self._file.seek(self._at)
            block = self._file.read(size)
            self._at += len(block)
            return block
        finally:
            with self._lock:
                self._is_busy = False
                self._settle()

    def close(self) -> None:
        with self._lock:
            self._is_closed = True
            self._settle()

    def _settle(self) -> None:
        """Close the file once it isn't needed and no read is running."""
        if self._file is not None and self._is_closed and not self._is_busy:
            self._file.close()


class _TheirFile:
    """A pass over a file of the caller's, which another one may be about to end in a thread.

    Each block is read from the pass's own place, if the file can go there.
    """

    __slots__ = ("_at", "_file", "_lock")

    def __init__(self, file: ReadableFile, start: int | None, lock: Lock) -> None:
        self._file = file
        self._at = start
        self._lock = lock

    def is_near(self, size: int) -> bool:
        if self._at is None or self._lock.locked():
            return False
        if type(self._file) is io.BytesIO:
            return True
        descriptor = _descriptor(self._file)
        return descriptor is not None and _is_cached(descriptor, self._at, size)

    def read(self, size: int) -> object:
        with self._lock:
            if self._at is None:
                return self._file.read(size)
            cast("io.BufferedIOBase", self._file).seek(self._at)
            block = self._file.read(size)
            self._at += len(block)
            return block

    def close(self) -> None:
        """Do nothing: the caller who opened the file closes it."""


def _descriptor(file: object) -> int | None:
    """Return the descriptor of a plain file; other objects may decompress or fetch."""
    if isinstance(file, (io.BufferedReader, io.BufferedRandom)):
        file = cast("io.BufferedReader[io.RawIOBase]", file).raw
    if type(file) is not io.FileIO or file.closed:
        return None
    return file.fileno()


def _is_cached(descriptor: int, at: int, size: int) -> bool:
    """Return True if the first and last of these bytes are in the page cache of the kernel.

    Only Linux supports this, and not for every file system.
    """
    if sys.platform != "linux":
        return False
    byte = bytearray(1)
    try:
        os.preadv(descriptor, [byte], at, os.RWF_NOWAIT)
        os.preadv(descriptor, [byte], at + max(size, 1) - 1, os.RWF_NOWAIT)
    except OSError:
        return False
    return True


def _fault(file: object) -> str | None:
    """Return the fault of the slice before a byte is read."""
    if isinstance(file, io.TextIOBase):
        return "a file opened in text mode"
    if getattr(file, "closed", False):
        return "a closed file"
    if inspect.iscoroutinefunction(getattr(file, "read", None)):
        return f"{shown(file)} whose read() is a coroutine"
    return None


def _is_seekable(file: object) -> bool:
    seekable = getattr(file, "seekable", None)
    return seekable is not None and bool(seekable())
