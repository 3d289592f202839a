"""Decoding of response bodies: chains of content encodings, within limits.

This module selects the decoders and their order, and enforces the limits. Single decoders are in
`encodings`. Compression libraries are imported here; all but zlib are extras.
"""

from __future__ import annotations

import sys
from functools import partial
from typing import TYPE_CHECKING, Final, Protocol

from hyperhttp._base._generated.bounds import FRAME_WORK_BYTES, RATIO_FREE_BYTES
from hyperhttp._base._generated.errors import DecompressionError, ResponseTooLarge
from hyperhttp._base.optional_modules import optional_module
from hyperhttp._message.content.encodings import SLICE_BYTES, Brotli, Coding, Deflate, Gzip, Zstd

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hyperhttp._base._generated.config import Limits
    from hyperhttp._message.content.encodings import BrotliDecompressor, BrotliLibrary, ZstdLibrary

__all__ = ["ACCEPT_ENCODING", "CODINGS", "Decoder", "decoder_for"]

# RFC 9659: a decoder must support windows of 8 MiB, and an encoder of HTTP must not use more.
_ZSTD_WINDOW_LOG_MAX: Final = 23


class Decoder(Protocol):
    """A decoder of a body, which is fed piece by piece."""

    def steps(self, data: bytes) -> Iterator[bytes]:
        """Decode these bytes, in pieces of at most 256 KiB.

        A piece is empty where work was done and nothing came of it, so that the caller regains
        control. To be iterated to its end before the next call. Raises `DecompressionError` for
        corrupt data and for data that grows, or takes work, beyond `Limits.max_decode_ratio`, and
        `ResponseTooLarge` beyond `Limits.max_decoded_bytes`.
        """
        ...

    @property
    def decoded_bytes(self) -> int:
        """The size of what was decoded so far."""
        ...

    def finish(self) -> None:
        """Raise `DecompressionError` if the data is incomplete. No data is allowed."""
        ...


def decoder_for(content_encoding: str, limits: Limits) -> Decoder | None:
    """Return the decoder for a Content-Encoding; None if the body must stay unchanged.

    A body stays unchanged for "identity" and for unsupported content encodings. Raises
    `DecompressionError` for more content encodings than `Limits.max_codings`.
    """
    names = [part.strip(" \t").lower() for part in content_encoding.split(",")]
    names = [name for name in names if name not in {"", "identity"}]
    if not names:
        return None
    if len(names) > limits.max_codings:
        detail = f"{len(names)} content encodings; at most {limits.max_codings} are allowed"
        raise DecompressionError(detail=detail, coding=", ".join(names)[:80])
    makers = [CODINGS.get(name) for name in reversed(names)]
    stages = [make() for make in makers if make is not None]
    return _Chain(stages, limits) if len(stages) == len(names) else None


class _Chain:
    """The content encodings of a body, the outermost first."""

    __slots__ = ("_given_bytes", "_limits", "_made_bytes", "_stages")

    def __init__(self, stages: Sequence[Coding], limits: Limits) -> None:
        self._stages = stages
        self._limits = limits
        self._given_bytes = 0
        self._made_bytes = [0] * len(stages)

    def steps(self, data: bytes) -> Iterator[bytes]:
        """See `Decoder.steps`."""
        for part in (data,) if len(data) <= SLICE_BYTES else _slices(data):
            # Counted during use, so that a decompression bomb is detected whatever the size of a
            # piece.
            self._given_bytes += len(part)
            yield from self._through(0, part)

    @property
    def decoded_bytes(self) -> int:
        """See `Decoder.decoded_bytes`."""
        return self._made_bytes[-1]

    def finish(self) -> None:
        """See `Decoder.finish`."""
        for stage in self._stages:
            stage.finish()

    def _through(self, number: int, data: bytes) -> Iterator[bytes]:
        is_last = number == len(self._stages) - 1
        for piece in self._stages[number].steps(data):
            self._count(number, len(piece))
            if is_last or not piece:
                yield piece
            else:
                for part in (piece,) if len(piece) <= SLICE_BYTES else _slices(piece):
                    yield from self._through(number + 1, part)

    def _count(self, number: int, made_bytes: int) -> None:
        # Every stage is held to the ratio: what is large in the middle is work, even if it becomes
        # small again.
        self._made_bytes[number] += made_bytes
        work_bytes = self._made_bytes[number] + self._stages[number].frames * FRAME_WORK_BYTES
        ratio = self._limits.max_decode_ratio
        if work_bytes > RATIO_FREE_BYTES and work_bytes > ratio * self._given_bytes:
            is_large = self._made_bytes[number] > ratio * self._given_bytes
            much = "many" if is_large else "much work"
            detail = f"{self._given_bytes} bytes became more than {ratio:g} times as {much}"
            raise DecompressionError(detail=detail, coding=self._stages[number].name)
        if number < len(self._stages) - 1:
            return
        limit = self._limits.max_decoded_bytes
        if limit is not None and self._made_bytes[number] > limit:
            raise ResponseTooLarge(limit="max_decoded_bytes", limit_bytes=limit)


def _slices(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), SLICE_BYTES):
        yield data[start : start + SLICE_BYTES]


def _load_brotli() -> BrotliLibrary | None:
    # brotlicffi is the same extra, for PyPy.
    library = optional_module("brotli") or optional_module("brotlicffi")
    return None if library is None else _if_bounded(library.Decompressor, library.error)


def _if_bounded(
    make: Callable[[], BrotliDecompressor], error: type[Exception]
) -> BrotliLibrary | None:
    # Before 1.2 neither library could bound its output, and 14 bytes may become gigabytes.
    return (make, error) if hasattr(make, "can_accept_more_data") else None


def _load_zstd() -> ZstdLibrary | None:
    # `compression.zstd` is left out of some builds of Python.
    zstd = optional_module("compression.zstd" if sys.version_info >= (3, 14) else "backports.zstd")
    if zstd is None:
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
"""Functions that create the decoders of the supported content encodings, by lower-case name."""

ACCEPT_ENCODING: Final = ", ".join([name for name in CODINGS if name != "x-gzip"])
"""The supported content encodings, as in the Accept-Encoding header."""
