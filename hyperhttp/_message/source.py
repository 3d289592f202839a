"""Where the bytes of a response come from, as a `Response` sees it, and how they are decoded.

The transport implements `BodySource`; this module counts, decodes and regroups what it gives. It
waits only where the source does.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, final

from hyperhttp._generated.exceptions import ConfigError, ResponseTooLarge
from hyperhttp._message.decoders import Decoder, decoder_for
from hyperhttp._message.pairs import shown

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterable, Iterator, Sequence

    from hyperhttp._generated.config import Limits


class BodySource(Protocol):
    """The body of one response on its way; the transport gives the connection back at its end."""

    @property
    def ended(self) -> bool:
        """Whether the last byte has come."""
        ...

    @property
    def over(self) -> bool:
        """Whether nothing more will come: it has ended, failed, or was abandoned."""
        ...

    @property
    def trailers(self) -> Sequence[tuple[bytes, bytes]]:
        """Fields after the body; empty until it has ended."""
        ...

    async def read(self) -> bytes:
        """The next piece, as it came; `b""` at the end. Raises what broke the body."""
        ...

    def take(self) -> bytes:
        """All that has come and was not read yet, at once."""
        ...

    def peek(self, size: int) -> bytes:
        """The first bytes that have come and were not read yet; they stay."""
        ...

    def abandon(self) -> None:
        """No more is wanted; harmless at the end."""
        ...


@final
class NoSource:
    """The source of a body that is not on its way: the response was made from what is known."""

    ended = over = True
    trailers: Sequence[tuple[bytes, bytes]] = ()

    async def read(self) -> bytes:
        """Nothing."""
        return b""

    def take(self) -> bytes:
        """Nothing."""
        return b""

    def peek(self, size: int) -> bytes:
        """Nothing of any size."""
        return b""[:size]

    def abandon(self) -> None:
        """There is nothing to let go of."""


@final
class Intake:
    """Counts and decodes the body of one response."""

    __slots__ = ("_coding", "_limits", "_source", "downloaded_bytes")

    def __init__(self, source: BodySource, coding: str, limits: Limits) -> None:
        self._source = source
        self._coding = coding
        self._limits = limits
        self.downloaded_bytes = 0

    async def read_all(self) -> bytes:
        """The whole body, decoded. Raises ResponseTooLarge, DecompressionError, what broke it."""
        source = self._source
        if source.ended:
            return self.take_all()
        pieces: list[bytes] = []
        while piece := await source.read():
            self._count(piece)
            pieces.append(piece)
        return self._decoded(b"".join(pieces))

    def take_all(self) -> bytes:
        """The whole body of a source that has ended, without waiting."""
        body = self._source.take()
        self._count(body)
        return self._decoded(body)

    async def raw(self) -> AsyncIterator[bytes]:
        """The pieces as they came."""
        while piece := await self._source.read():
            self._count(piece)
            yield piece

    async def decoded(self) -> AsyncIterator[bytes]:
        """The pieces, decoded; each as soon as it can be."""
        decoder = self._decoder()
        while piece := await self._source.read():
            self._count(piece)
            if decoder is None:
                yield piece
                continue
            for part in decoder.feed(piece):
                yield part
        if decoder is not None:
            for part in _rest(decoder):
                yield part

    def _decoder(self) -> Decoder | None:
        return decoder_for(self._coding, self._limits) if self._coding else None

    def _decoded(self, body: bytes) -> bytes:
        decoder = self._decoder() if body else None
        if decoder is None:
            return body
        parts = list(decoder.feed(body))
        parts.extend(_rest(decoder))
        return b"".join(parts)

    def _count(self, piece: bytes) -> None:
        self.downloaded_bytes += len(piece)
        limit = self._limits.max_body_bytes
        if limit is not None and self.downloaded_bytes > limit:
            self._source.abandon()
            raise ResponseTooLarge(limit="max_body_bytes", limit_bytes=limit)


def _rest(decoder: Decoder) -> Iterable[bytes]:
    decoder.finish()
    return ()


def check_chunk_size(chunk_size: int | None) -> None:
    """Raises ConfigError for a size that no piece can have."""
    if chunk_size is not None and (type(chunk_size) is not int or chunk_size < 1):
        raise ConfigError(
            option="chunk_size", given=shown(chunk_size), allowed="a whole number >= 1 or None"
        )


async def regrouped(pieces: AsyncIterator[bytes], size: int) -> AsyncIterator[bytes]:
    """The same bytes in pieces of exactly `size`, the last one shorter."""
    held = bytearray()
    async for piece in pieces:
        held += piece
        start = 0
        while len(held) - start >= size:
            yield bytes(held[start : start + size])
            start += size
        del held[:start]
    if held:
        yield bytes(held)


def cut_text(text: str, size: int) -> Iterator[str]:
    """`text` in pieces of `size` characters."""
    return (text[start : start + size] for start in range(0, len(text), size))
