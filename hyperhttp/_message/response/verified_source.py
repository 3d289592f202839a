"""A source that checks the bytes of a body against a proof, at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._message.content.transforms import Decoding
    from hyperhttp._message.response.connection_info import ConnectionInfo
    from hyperhttp._message.response.source import BodySource

__all__ = ["BodyCheck", "VerifiedSource"]


class BodyCheck(Protocol):
    """Is called with each piece of a body as it was received, then once at its end."""

    def update(self, piece: bytes, /) -> None:
        """Take the next piece."""
        ...

    def finish(self) -> None:
        """Raise an error if the body isn't what it should be."""
        ...


@final
class VerifiedSource:
    """Passes on what another source reads, and checks it before the end is reported."""

    __slots__ = ("_check", "_source")

    def __init__(self, source: BodySource, check: BodyCheck) -> None:
        self._source = source
        self._check: BodyCheck | None = check

    @property
    def decoding(self) -> Decoding | None:
        """The decoder of the body."""
        return self._source.decoding

    @decoding.setter
    def decoding(self, decoding: Decoding | None) -> None:
        self._source.decoding = decoding

    @property
    def ended(self) -> bool:
        """True if the last byte was received."""
        return self._source.ended

    @property
    def over(self) -> bool:
        """True if nothing more will be received."""
        return self._source.over

    @property
    def trailers(self) -> Sequence[tuple[bytes, bytes]]:
        """The headers after the body."""
        return self._source.trailers

    @property
    def connection(self) -> ConnectionInfo | None:
        """The connection of the source."""
        return self._source.connection

    async def read(self, *, whole: bool = False) -> bytes:
        """Return the next piece. Raises what broke the body, and what the check raises."""
        piece = await self._source.read(whole=whole)
        self._pass_on(piece, is_end=not piece)
        return piece

    def take(self) -> bytes:
        """Return the whole body that was received. Raises what the check raises."""
        body = self._source.take()
        self._pass_on(body, is_end=True)
        return body

    def peek(self, size: int) -> bytes:
        """Return the first bytes that were received, unchecked."""
        return self._source.peek(size)

    async def settle(self) -> None:
        """Wait for a short body, for a short time."""
        await self._source.settle()

    async def discard(self) -> None:
        """Drop the body, unchecked."""
        await self._source.discard()

    def abandon(self) -> None:
        """Drop the body, unchecked."""
        self._source.abandon()

    def _pass_on(self, piece: bytes, *, is_end: bool) -> None:
        check = self._check
        if check is None:
            return
        check.update(piece)
        if is_end:
            self._check = None
            check.finish()
