"""One class for each content coding: compressed bytes in, bounded pieces out.

The one place that imports compression libraries; a coding whose library is missing is not there.
Every step is bounded by the size of its output, and all work is linear in the input. Knows nothing
of chains and of limits on the whole body.
"""

from __future__ import annotations

import sys
import zlib
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias

from hyperhttp._generated.exceptions import DecompressionError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ["CODINGS", "PIECE_BYTES_MAX", "SLICE_BYTES", "Coding"]

PIECE_BYTES_MAX: Final = 262_144
"""The most that one step gives: enough for speed, little enough for a thousand bodies at once."""

SLICE_BYTES: Final = 16_384
"""The most that one step may be fed: zlib copies what it leaves over, so this bounds the copying."""

# brotli doubles its buffer until it has reached the limit, and may overshoot by less than a factor
# of two.
_BROTLI_LIMIT: Final = PIECE_BYTES_MAX // 2
# RFC 9659: a decoder must support windows of 8 MiB, and an encoder of HTTP must not use more.
_ZSTD_WINDOW_LOG_MAX: Final = 23

_GZIP_WBITS: Final = 31
_ZLIB_WBITS: Final = 15
_RAW_WBITS: Final = -15


class Coding(Protocol):
    """The decoder of one coding, for one body."""

    @property
    def name(self) -> str:
        """The name of the coding as fields have it."""
        ...

    def steps(self, data: bytes) -> Iterator[bytes]:
        """What these bytes (at most `SLICE_BYTES`) decode to, in pieces of `PIECE_BYTES_MAX`.

        Raises `DecompressionError` for corrupt data.
        """
        ...

    def finish(self) -> None:
        """Raises `DecompressionError` when the data so far is not complete."""
        ...


class _Brotli(Protocol):
    def process(self, data: bytes, output_buffer_limit: int = ...) -> bytes: ...
    def is_finished(self) -> bool: ...


class _Zstd(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def needs_input(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = -1) -> bytes: ...


_BrotliLibrary: TypeAlias = "tuple[Callable[[], _Brotli], type[Exception]]"
_ZstdLibrary: TypeAlias = "tuple[Callable[[], _Zstd], type[Exception]]"


class Gzip:
    """RFC 1952: any number of members, one after the other."""

    __slots__ = ("_inflater", "_members")

    name: Final = "gzip"

    def __init__(self) -> None:
        self._inflater: zlib._Decompress | None = None
        self._members = 0

    def steps(self, data: bytes) -> Iterator[bytes]:
        """See `Coding.steps`."""
        while data:
            if self._inflater is None:
                # gzip itself allows zeros after a member, to fill a block of a tape.
                data = data.lstrip(b"\0") if self._members else data
                if not data:
                    return
                self._inflater = zlib.decompressobj(_GZIP_WBITS)
            inflater = self._inflater
            yield from _inflated(inflater, data, self.name)
            if not inflater.eof:
                return
            data = inflater.unused_data
            self._inflater = None
            self._members += 1

    def finish(self) -> None:
        """See `Coding.finish`."""
        if self._inflater is not None:
            raise _truncated(self.name)


class Deflate:
    """RFC 9110 8.4.1.2: the zlib format; and the raw one, which some servers send instead."""

    __slots__ = ("_inflater", "_start")

    name: Final = "deflate"

    def __init__(self) -> None:
        self._inflater: zlib._Decompress | None = None
        self._start = b""

    def steps(self, data: bytes) -> Iterator[bytes]:
        """See `Coding.steps`."""
        if self._inflater is None:
            data = self._start + data
            self._start = data
            if len(data) < 2:
                return
            self._inflater = zlib.decompressobj(_ZLIB_WBITS if _is_zlib(data) else _RAW_WBITS)
        if self._inflater.eof and data:
            raise _trailing(self.name)
        yield from _inflated(self._inflater, data, self.name)
        if self._inflater.unused_data:
            raise _trailing(self.name)

    def finish(self) -> None:
        """See `Coding.finish`."""
        if self._start and (self._inflater is None or not self._inflater.eof):
            raise _truncated(self.name)


class Brotli:
    """RFC 7932."""

    __slots__ = ("_decoder", "_error", "_is_empty")

    name: Final = "br"

    def __init__(self, library: _BrotliLibrary) -> None:
        make, self._error = library
        self._decoder = make()
        self._is_empty = True

    def steps(self, data: bytes) -> Iterator[bytes]:
        """See `Coding.steps`."""
        if self._decoder.is_finished():
            raise _trailing(self.name)
        self._is_empty = False
        piece = self._process(data)
        yield piece
        # Less than the limit means that nothing is left; asking for more would be an error at the end.
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

    __slots__ = ("_error", "_frame", "_make")

    name: Final = "zstd"

    def __init__(self, library: _ZstdLibrary) -> None:
        self._make, self._error = library
        self._frame: _Zstd | None = None

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

    def finish(self) -> None:
        """See `Coding.finish`."""
        if self._frame is not None:
            raise _truncated(self.name)

    def _decompress(self, frame: _Zstd, data: bytes) -> bytes:
        try:
            return frame.decompress(data, PIECE_BYTES_MAX)
        except self._error as error:
            raise _corrupt(self.name, error) from error


def _inflated(inflater: zlib._Decompress, data: bytes, coding: str) -> Iterator[bytes]:
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


def _load_brotli() -> _BrotliLibrary | None:
    try:
        import brotli  # noqa: PLC0415 - an extra
    except ImportError:
        pass
    else:
        return _if_bounded(brotli.Decompressor, brotli.error)
    try:
        import brotlicffi  # noqa: PLC0415 - the same extra, for PyPy
    except ImportError:
        return None
    return _if_bounded(brotlicffi.Decompressor, brotlicffi.error)


def _if_bounded(make: Callable[[], _Brotli], error: type[Exception]) -> _BrotliLibrary | None:
    # Before 1.2 neither library could bound its output, and 14 bytes may become gigabytes.
    return (make, error) if hasattr(make, "can_accept_more_data") else None


def _load_zstd() -> _ZstdLibrary | None:
    try:
        if sys.version_info >= (3, 14):
            from compression import zstd  # noqa: PLC0415 - left out of some builds
        else:
            from backports import zstd  # noqa: PLC0415 - an extra
    except ImportError:
        return None
    options = {int(zstd.DecompressionParameter.window_log_max): _ZSTD_WINDOW_LOG_MAX}
    return partial(zstd.ZstdDecompressor, options=options), zstd.ZstdError


def _available() -> dict[str, Callable[[], Coding]]:
    codings: dict[str, Callable[[], Coding]] = {
        "gzip": Gzip,
        "x-gzip": Gzip,  # RFC 9110 8.4.1.3: the same
        "deflate": Deflate,
    }
    if (brotli := _load_brotli()) is not None:
        codings["br"] = partial(Brotli, brotli)
    if (zstd := _load_zstd()) is not None:
        codings["zstd"] = partial(Zstd, zstd)
    return codings


CODINGS: Final = _available()
"""How to make the decoder of each coding that can be decoded here, by its lower-case name."""
