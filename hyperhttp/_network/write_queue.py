"""The unsent data of a transport, and when writers have to pause."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, TypeAlias, final

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["Piece", "WriteQueue"]

Piece: TypeAlias = bytes | bytearray | memoryview

# asyncio's default.
HIGH_WATER_BYTES: Final = 1 << 16


@final
class WriteQueue:
    """Unsent pieces in order. The first one stays the same until it's sent."""

    __slots__ = ("_high_water", "_is_full", "_low_water", "_pieces", "_pieces_max", "size")

    def __init__(self, piece_bytes_max: int) -> None:
        self._pieces: deque[Piece] = deque()
        self._pieces_max = piece_bytes_max
        self._high_water = HIGH_WATER_BYTES
        self._low_water = HIGH_WATER_BYTES // 4
        self._is_full = False
        self.size = 0
        """The number of unsent bytes."""

    def __bool__(self) -> bool:
        """Return whether anything is unsent."""
        return bool(self._pieces)

    @property
    def limits(self) -> tuple[int, int]:
        """The low and the high limit."""
        return self._low_water, self._high_water

    def set_limits(self, high: int | None, low: int | None) -> None:
        """Set the limits as `asyncio.WriteTransport.set_write_buffer_limits` does."""
        if high is None:
            high = HIGH_WATER_BYTES if low is None else 4 * low
        if low is None:
            low = high // 4
        if not high >= low >= 0:
            raise ValueError(f"high ({high}) must be >= low ({low}) must be >= 0")
        self._high_water, self._low_water = high, low

    def add(self, data: Piece) -> None:
        """Add data; a copy, if the caller could change it."""
        self.size += len(data)
        self._pieces.extend(_split(_lasting(data), self._pieces_max))

    def head(self) -> Piece:
        """Return the piece to send next."""
        return self._pieces[0]

    def sent(self, size: int) -> None:
        """Remove what was sent of the first piece."""
        self.size -= size
        head = self._pieces.popleft()
        if size < len(head):
            self._pieces.appendleft(memoryview(head)[size:])

    def clear(self) -> None:
        """Drop everything."""
        self._pieces.clear()
        self.size = 0

    def became_full(self) -> bool:
        """Return whether writers have to pause now; once, until `became_free` is true."""
        if self._is_full or self.size <= self._high_water:
            return False
        self._is_full = True
        return True

    def became_free(self) -> bool:
        """Return whether paused writers may resume now."""
        if not self._is_full or self.size > self._low_water:
            return False
        self._is_full = False
        return True


def _lasting(data: Piece) -> Piece:
    is_fixed = isinstance(data.obj if isinstance(data, memoryview) else data, bytes)
    return data if is_fixed else bytes(data)


def _split(data: Piece, size: int) -> Iterator[Piece]:
    if len(data) <= size:
        yield data
        return
    view = memoryview(data)
    for start in range(0, len(view), size):
        yield view[start : start + size]
