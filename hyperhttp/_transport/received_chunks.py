"""The received part of a body that hasn't been read yet: the base of `Exchange`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from hyperhttp._message.content.transforms import Decoding

_READ_CHUNKS_MAX: Final = 256


class ReceivedChunks:
    """Received chunks and a read position, because an empty deque takes 760 bytes.

    The class that receives them fills and counts them.
    """

    __slots__ = ("_chunks", "_chunks_read", "_held_bytes", "body_bytes", "decoding")

    _chunks: list[bytes]
    _chunks_read: int
    _held_bytes: int
    body_bytes: int
    """The received bytes of the body, without framing and before decoding."""
    decoding: Decoding | None
    """The decoder of the body; None while nothing decodes it."""

    def peek(self, size: int) -> bytes:
        """Return the first bytes of the received part of the body, without consuming them."""
        return b"".join(self._chunks)[:size]

    def _next_chunk(self) -> bytes:
        chunks, at = self._chunks, self._chunks_read
        piece = chunks[at]
        if at + 1 < len(chunks):
            chunks[at] = b""
            self._chunks_read = at + 1
            if self._chunks_read == _READ_CHUNKS_MAX:
                # The list must not grow without limit while the reader lags behind.
                del chunks[:_READ_CHUNKS_MAX]
                self._chunks_read = 0
        else:
            chunks.clear()
            self._chunks_read = 0
        return piece
