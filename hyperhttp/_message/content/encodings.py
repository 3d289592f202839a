"""A class for each content encoding: compressed bytes in, bounded pieces out.

The output of every step is bounded, and the work is linear in the input. Chains and limits are in
`decoders`.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, ClassVar, Final, Protocol, TypeAlias

from hyperhttp._base._generated.errors import DecompressionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = [
    "PIECE_BYTES_MAX",
    "SLICE_BYTES",
    "Brotli",
    "BrotliDecompressor",
    "BrotliLibrary",
    "Coding",
    "Deflate",
    "Gzip",
    "Zstd",
    "ZstdDecompressor",
    "ZstdLibrary",
]

PIECE_BYTES_MAX: Final = 262_144
"""The most that one step gives: enough for speed, little enough for a thousand bodies at once."""

SLICE_BYTES: Final = 16_384
"""The most that one step may be fed: zlib copies what it leaves over, and this bounds that."""

# brotli doubles its buffer until it has reached the limit, and may overshoot by less than a factor
# of two.
_BROTLI_LIMIT: Final = PIECE_BYTES_MAX // 2

_GZIP_WBITS: Final = 31
_GZIP_MAGIC: Final = b"\x1f\x8b"
_ZLIB_WBITS: Final = 15
_RAW_WBITS: Final = -15


class Coding(Protocol):
    """The decoder of a content encoding, for one body."""

    name: ClassVar[str]
    """The name of the content encoding in headers."""
    frames: int
    """Frames or members that have ended; each costs time, even if it decodes to nothing."""

    def steps(self, data: bytes) -> Iterator[bytes]:
        """Decode these bytes (at most `SLICE_BYTES`), in pieces of at most `PIECE_BYTES_MAX`.

        Gives a piece, which may be empty, at least once for each frame or member.

        Raises `DecompressionError` for corrupt data.
        """
        ...

    def finish(self) -> None:
        """Raise `DecompressionError` if the data so far is incomplete."""
        ...


class _Inflater(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    @property
    def unconsumed_tail(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int, /) -> bytes: ...


class BrotliDecompressor(Protocol):
    """The used functions of brotli and brotlicffi."""

    def process(self, data: bytes, output_buffer_limit: int = ...) -> bytes:
        """Some output; at least the limit when there is more."""
        ...

    def is_finished(self) -> bool:
        """Return whether all output was given."""
        ...


class ZstdDecompressor(Protocol):
    """The used attributes of compression.zstd and backports.zstd."""

    @property
    def eof(self) -> bool:
        """True if the frame has ended."""
        ...

    @property
    def needs_input(self) -> bool:
        """True if all output of the input so far was given."""
        ...

    @property
    def unused_data(self) -> bytes:
        """The bytes after the frame."""
        ...

    def decompress(self, data: bytes, max_length: int = -1) -> bytes:
        """Some output, at most that much."""
        ...


BrotliLibrary: TypeAlias = "tuple[Callable[[], BrotliDecompressor], type[Exception]]"
"""How to make a decompressor, and the error that it raises."""

ZstdLibrary: TypeAlias = "tuple[Callable[[], ZstdDecompressor], type[Exception]]"
"""How to make a decompressor, and the error that it raises."""


class Gzip:
    """RFC 1952: any number of members, one after the other.

    What follows the last member and isn't the start of another is ignored, as browsers do.
    """

    __slots__ = ("_has_ended", "_inflater", "_start", "frames")

    name: ClassVar[str] = "gzip"

    def __init__(self) -> None:
        self._inflater: _Inflater | None = None
        self._start: bytes = b""
        self._has_ended = False
        self.frames: int = 0

    def steps(self, data: bytes) -> Iterator[bytes]:
        """See `Coding.steps`."""
        while data and not self._has_ended:
            if self._inflater is None:
                data = self._member_start(data) if self.frames else data
                if not data:
                    return
                self._inflater = zlib.decompressobj(_GZIP_WBITS)
            inflater = self._inflater
            yield from _inflated(inflater, data, self.name)
            if not inflater.eof:
                return
            data = inflater.unused_data
            self._inflater = None
            self.frames += 1

    def finish(self) -> None:
        """See `Coding.finish`."""
        if self._inflater is not None or self._start:
            raise _truncated(self.name)

    def _member_start(self, data: bytes) -> bytes:
        """Return the data from the start of a further member; empty if it isn't here yet."""
        # Zeros may follow a member, to fill a block of a tape.
        data = (self._start + data).lstrip(b"\0")
        self._start = b""
        if not data:
            return b""
        if len(data) >= len(_GZIP_MAGIC):
            self._has_ended = not data.startswith(_GZIP_MAGIC)
        elif data == _GZIP_MAGIC[:1]:
            self._start = data
            return b""
        else:
            self._has_ended = True
        return b"" if self._has_ended else data


class Deflate:
    """RFC 9110 8.4.1.2: the zlib format; and the raw one, which some servers send instead.

    What follows the end of the stream is ignored, as browsers do.
    """

    __slots__ = ("_inflater", "_start", "frames")

    name: ClassVar[str] = "deflate"

    def __init__(self) -> None:
        self._inflater: _Inflater | None = None
        self._start = b""
        self.frames: int = 0

    def steps(self, data: bytes) -> Iterator[bytes]:
        """See `Coding.steps`."""
        if self._inflater is None:
            data = self._start + data
            self._start = data
            if len(data) < 2:
                return
            self._inflater = zlib.decompressobj(_ZLIB_WBITS if _is_zlib(data) else _RAW_WBITS)
        if not self._inflater.eof:
            yield from _inflated(self._inflater, data, self.name)

    def finish(self) -> None:
        """See `Coding.finish`."""
        if self._start and (self._inflater is None or not self._inflater.eof):
            raise _truncated(self.name)


class Brotli:
    """RFC 7932."""

    __slots__ = ("_decoder", "_error", "_is_empty", "frames")

    name: ClassVar[str] = "br"

    def __init__(self, library: BrotliLibrary) -> None:
        make, self._error = library
        self._decoder = make()
        self._is_empty = True
        self.frames: int = 0

    def steps(self, data: bytes) -> Iterator[bytes]:
        """See `Coding.steps`."""
        if self._decoder.is_finished():
            raise _trailing(self.name)
        self._is_empty = False
        piece = self._process(data)
        yield piece
        # Less than the limit means that nothing is left; to ask then is an error at the end.
        while len(piece) >= _BROTLI_LIMIT and not self._decoder.is_finished():
            piece = self._process(b"")
            yield piece

    def finish(self) -> None:
        """See `Coding.finish`."""
        if not self._is_empty and not self._decoder.is_finished():
            raise _truncated(self.name)

    def _process(self, data: bytes) -> bytes:
        try:
            return self._decoder.process(data, output_buffer_limit=_BROTLI_LIMIT)
        except self._error as error:
            raise _corrupt(self.name, error) from error


class Zstd:
    """RFC 8878: any number of frames, one after the other."""

    __slots__ = ("_error", "_frame", "_make", "frames")

    name: ClassVar[str] = "zstd"

    def __init__(self, library: ZstdLibrary) -> None:
        self._make, self._error = library
        self._frame: ZstdDecompressor | None = None
        self.frames: int = 0

    def steps(self, data: bytes) -> Iterator[bytes]:
        """See `Coding.steps`."""
        while data:
            frame = self._frame = self._frame or self._make()
            yield self._decompress(frame, data)
            while not (frame.eof or frame.needs_input):
                yield self._decompress(frame, b"")
            if not frame.eof:
                return
            data = frame.unused_data
            self._frame = None
            self.frames += 1

    def finish(self) -> None:
        """See `Coding.finish`."""
        if self._frame is not None:
            raise _truncated(self.name)

    def _decompress(self, frame: ZstdDecompressor, data: bytes) -> bytes:
        try:
            return frame.decompress(data, PIECE_BYTES_MAX)
        except self._error as error:
            raise _corrupt(self.name, error) from error


def _inflated(inflater: _Inflater, data: bytes, coding: str) -> Iterator[bytes]:
    while True:
        try:
            piece = inflater.decompress(data, PIECE_BYTES_MAX)
        except zlib.error as error:
            raise _corrupt(coding, error) from error
        yield piece
        data = inflater.unconsumed_tail
        # A full piece may have more behind it, although all input is used.
        if inflater.eof or (not data and len(piece) < PIECE_BYTES_MAX):
            return


def _is_zlib(start: bytes) -> bool:
    # RFC 1950 2.2: method 8, and a check of the first two bytes. In a raw stream the first byte
    # would start a stored block whose padding is not zero, which no encoder writes.
    return start[0] & 0x0F == 8 and int.from_bytes(start[:2], "big") % 31 == 0


def _corrupt(coding: str, error: Exception) -> DecompressionError:
    return DecompressionError(detail=f"the data is corrupt: {error}", coding=coding)


def _truncated(coding: str) -> DecompressionError:
    return DecompressionError(detail="the data ends before its end", coding=coding)


def _trailing(coding: str) -> DecompressionError:
    return DecompressionError(detail="there is more data after the end", coding=coding)
