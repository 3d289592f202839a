"""The unsent data of a transport, and when writers have to pause."""

from __future__ import annotations

from collections import deque
from itertools import islice
from typing import TYPE_CHECKING, Final, TypeAlias, final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ["Piece", "WriteQueue"]

Piece: TypeAlias = bytes | bytearray | memoryview

# asyncio's default.
HIGH_WATER_BYTES: Final = 1 << 16
# How many pieces are sent at a time. Systems allow 1,024 at least.
PIECES_MAX: Final = 64


@final
class WriteQueue:
    """Encrypted pieces in order, and behind them data that can't be encrypted yet."""

    __slots__ = ("_held", "_high_water", "_is_full", "_low_water", "_pieces", "size")

    def __init__(self) -> None:
        self._pieces: deque[Piece] = deque()
        self._held: list[bytes] = []
        self._high_water = HIGH_WATER_BYTES
        self._low_water = HIGH_WATER_BYTES // 4
        self._is_full = False
        self.size = 0
        """The number of unsent bytes."""

    def __bool__(self) -> bool:
        """Return whether pieces are unsent."""
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

    def add(self, piece: bytes) -> None:
        """Add an encrypted piece."""
        self.size += len(piece)
        self._pieces.append(piece)

    def extend(self, pieces: Iterable[bytes]) -> None:
        """Add encrypted pieces; those before an error are added too."""
        added: list[bytes] = []
        try:
            added.extend(pieces)
        finally:
            self._pieces.extend(added)
            self.size += sum(map(len, added))

    def hold(self, data: Piece) -> None:
        """Add a copy of data that can't be encrypted yet."""
        self.size += len(data)
        self._held.append(bytes(data))

    def take_held(self) -> bytes:
        """Remove and return the data that couldn't be encrypted."""
        data = b"".join(self._held)
        self._held.clear()
        self.size -= len(data)
        return data

    def heads(self) -> list[Piece]:
        """Return the pieces to send next."""
        return list(islice(self._pieces, PIECES_MAX))

    def sent(self, size: int) -> None:
        """Remove what was sent of the first pieces."""
        self.size -= size
        pieces = self._pieces
        if not self.size:
            pieces.clear()
            return
        while size:
            head = pieces.popleft()
            if size < len(head):
                pieces.appendleft(memoryview(head)[size:])
                return
            size -= len(head)

    def clear(self) -> None:
        """Drop everything."""
        self._pieces.clear()
        self._held.clear()
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
