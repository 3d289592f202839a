"""The body of a response whose length is known, received right where it is going to stay.

A large body that is wanted whole would otherwise be copied twice, out of the receive buffer and
into one piece, and memory of that size is not cheap to come by. Knows no bytes of HTTP.
"""

from __future__ import annotations

from io import BytesIO
from typing import Final, final

BODY_BUFFER_BYTES_MIN: Final = 1 << 17
"""What is shorter is put together from its pieces."""
BODY_BUFFER_BYTES_MAX: Final = 1 << 24
"""How much memory is taken on the word of a server alone."""

# The end of a body goes through the receive buffer, where what follows it is seen.
_TAIL_BYTES: Final = 1 << 14
_FREE_BYTES_MIN: Final = 1 << 14


@final
class BodyBuffer:
    """Room for a body of `length` bytes; as long as nothing fills it, it costs no memory."""

    __slots__ = ("_bytes", "_filled", "_view")

    def __init__(self, length: int) -> None:
        # The only other way to fill an object of bytes would be to copy into it: BytesIO takes
        # these over, as nobody else has them, and gives them back as they are.
        self._bytes = BytesIO(bytes(length))
        self._view = self._bytes.getbuffer()
        self._filled = 0

    def free_space(self) -> memoryview | None:
        """Where the next bytes may be received to; None when they are to come as a piece."""
        end = len(self._view) - _TAIL_BYTES
        return None if end - self._filled < _FREE_BYTES_MIN else self._view[self._filled : end]

    def received(self, size: int) -> None:
        """So many bytes lie in the room that was given last."""
        self._filled += size

    def add(self, piece: bytes) -> None:
        """Bytes that came elsewhere."""
        end = self._filled + len(piece)
        self._view[self._filled : end] = piece
        self._filled = end

    def take(self) -> bytes:
        """The whole body; the vessel is of no use after that."""
        self.close()
        return self._bytes.getvalue()

    def close(self) -> None:
        """Nothing more is received; idempotent. Without it Python complains of the view."""
        self._view.release()
