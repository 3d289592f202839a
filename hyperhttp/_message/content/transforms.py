"""Transforms of a body between connection and caller: decoding, text, pieces of a fixed size.

A transform is fed a piece and returns the pieces that are complete. It never waits. Iterate over
its pieces to the end before you feed it again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, AnyStr, Generic, Protocol, TypeVar, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import shown
from hyperhttp._message.content.decoders import Decoder, decoder_for
from hyperhttp._message.content.text import TextDecoder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hyperhttp._base._generated.config import Limits
    from hyperhttp._message.content.charset import EncodingInput

__all__ = ["AsText", "Chain", "Decoding", "Identity", "OfSize", "Transform", "sized"]

A = TypeVar("A")
B = TypeVar("B")
C = TypeVar("C")
In_contra = TypeVar("In_contra", contravariant=True)
Out_co = TypeVar("Out_co", covariant=True)


class Transform(Protocol[In_contra, Out_co]):
    """A transform of a body. It returns no empty pieces."""

    def feed(self, piece: In_contra, /) -> Iterable[Out_co]:
        """Return the pieces that this piece completes."""
        ...

    def finish(self) -> Iterable[Out_co]:
        """Return the remaining pieces at the end of the body. Raises for an incomplete body."""
        ...


@final
class Identity(Generic[AnyStr]):
    """Pieces of the received sizes."""

    def feed(self, piece: AnyStr, /) -> Iterable[AnyStr]:
        """Return the piece itself."""
        return (piece,) if piece else ()

    def finish(self) -> Iterable[AnyStr]:
        """Nothing is ever held back."""
        return ()


@final
class OfSize(Generic[AnyStr]):
    """Pieces of exactly `size` bytes or characters; only the last one may be shorter."""

    __slots__ = ("_held", "_join", "_length", "_size")

    def __init__(self, size: int, join: Callable[[list[AnyStr]], AnyStr]) -> None:
        self._size = size
        self._join: Callable[[list[AnyStr]], AnyStr] = join
        self._held: list[AnyStr] = []
        self._length = 0

    def feed(self, piece: AnyStr, /) -> Iterator[AnyStr]:
        """Return every piece that is full."""
        size = self._size
        self._held.append(piece)
        self._length += len(piece)
        if self._length >= size:
            whole = self._join(self._held)
            self._length %= size
            end = len(whole) - self._length
            self._held = [whole[end:]]
            for start in range(0, end, size):
                yield whole[start : start + size]

    def finish(self) -> Iterable[AnyStr]:
        """Return the rest, if there is one."""
        return (self._join(self._held),) if self._length else ()


def sized(
    chunk_size: int | None, join: Callable[[list[AnyStr]], AnyStr]
) -> Transform[AnyStr, AnyStr]:
    """Return pieces of `chunk_size`, or of the received sizes if it is None.

    `join` is `b"".join` or `"".join`. Raises ConfigError for an invalid size.
    """
    if chunk_size is None:
        return Identity[AnyStr]()
    if type(chunk_size) is not int or chunk_size < 1:
        raise ConfigError(
            option="chunk_size", given=shown(chunk_size), allowed="a whole number >= 1 or None"
        )
    return OfSize(chunk_size, join)


@final
class Decoding:
    """The body without its content encodings; see `decoders` for the limits."""

    __slots__ = ("_coding", "_decoder", "_limits", "_started")

    def __init__(self, coding: str, limits: Limits) -> None:
        self._coding = coding
        self._limits = limits
        self._decoder: Decoder | None = None
        self._started = False

    def steps(self, piece: bytes, /) -> Iterable[bytes]:
        """Decode a piece; see `Decoder.steps`. Raises DecompressionError or ResponseTooLarge."""
        if not self._started:
            # Not before there is something to decode: the response to a HEAD request has a
            # Content-Encoding, but no body.
            self._started = True
            self._decoder = decoder_for(self._coding, self._limits)
        return (piece,) if self._decoder is None else self._decoder.steps(piece)

    @property
    def decoded_bytes(self) -> int | None:
        """The size of what was decoded so far; None if the body stays unchanged."""
        if self._decoder is None:
            return None if self._started else 0
        return self._decoder.decoded_bytes

    def finish(self) -> None:
        """Raise DecompressionError if the data is incomplete."""
        if self._decoder is not None:
            self._decoder.finish()


@final
class AsText:
    """The body as text, each character as soon as it is complete."""

    __slots__ = ("_decoder",)

    def __init__(self, content_type: str | None, default: EncodingInput) -> None:
        self._decoder = TextDecoder(content_type, default)

    def feed(self, piece: bytes, /) -> Iterable[str]:
        """Return the text that it completes."""
        text = self._decoder.feed(piece)
        return (text,) if text else ()

    def finish(self) -> Iterable[str]:
        """Return the bytes that were held back, such as half a character, which becomes U+FFFD."""
        text = self._decoder.finish()
        return (text,) if text else ()


@final
class Chain(Generic[A, B, C]):
    """Two stages, one after the other."""

    __slots__ = ("_first", "_second")

    def __init__(self, first: Transform[A, B], second: Transform[B, C]) -> None:
        self._first = first
        self._second = second

    def feed(self, piece: A, /) -> Iterator[C]:
        """Return the pieces of the second transform for those of the first."""
        for part in self._first.feed(piece):
            yield from self._second.feed(part)

    def finish(self) -> Iterator[C]:
        """Return the rest of the first through the second, and the rest of the second."""
        for part in self._first.finish():
            yield from self._second.feed(part)
        yield from self._second.finish()
