"""A preallocated buffer for the body of a response whose length is known.

A large body that is read whole is received directly into it. Otherwise it would be copied twice,
out of the receive buffer and into one piece, and allocating that much memory is expensive.
"""

from __future__ import annotations

import sys
from io import BytesIO
from typing import Final, final

BODY_BUFFER_BYTES_MIN: Final = 1 << 17
"""Shorter bodies are joined from their pieces."""
BODY_BUFFER_BYTES_MAX: Final = 1 << 24
"""The most memory that is allocated for a length that only the server states."""

# The end of a body goes through the receive buffer, so that bytes after the body are noticed.
_TAIL_BYTES: Final = 1 << 14
_FREE_BYTES_MIN: Final = 1 << 14


@final
class MovableBytes(bytearray):
    """The methods of a BytesIO, for PyPy: its `ssl` can't receive into the buffer of one."""

    def getbuffer(self) -> memoryview:
        """Return a view of the bytes."""
        return memoryview(self)

    def getvalue(self) -> bytes:
        """Return a copy of the bytes."""
        return bytes(self)


_MEMORY: Final = BytesIO if sys.implementation.name == "cpython" else MovableBytes


@final
class BodyBuffer:
    """A buffer for `length` bytes; pages that aren't filled take no memory."""

    __slots__ = ("_bytes", "_filled", "_view")

    def __init__(self, length: int) -> None:
        # Filling a bytes object otherwise needs a copy into it. BytesIO takes over the only
        # reference to these, and returns them as they are.
        self._bytes = _MEMORY(bytes(length))
        self._view = self._bytes.getbuffer()
        self._filled = 0

    def free_space(self) -> memoryview | None:
        """Return where to receive the next bytes, or None if they have to be passed to `add`."""
        end = len(self._view) - _TAIL_BYTES
        return None if end - self._filled < _FREE_BYTES_MIN else self._view[self._filled : end]

    def received(self, size: int) -> None:
        """Note that `size` bytes were received into the last `free_space`."""
        self._filled += size

    def add(self, piece: bytes) -> None:
        """Append bytes that were received elsewhere."""
        end = self._filled + len(piece)
        self._view[self._filled : end] = piece
        self._filled = end

    def take(self) -> bytes:
        """Return the whole body; the buffer can't be used afterwards."""
        self.close()
        return self._bytes.getvalue()

    def close(self) -> None:
        """Release the view, because Python can't free a buffer with an open view. Idempotent."""
        self._view.release()
