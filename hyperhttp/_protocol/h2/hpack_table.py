"""The peer's dynamic table (RFC 7541 2.3.2), and the result of decoding one block."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, final

from hpack.table import HeaderTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._protocol.h2.head import DecodedHead, Field

TABLE_BYTES_MAX: Final = HeaderTable.DEFAULT_SIZE
"""The size of the peer's table, and the limit for the client's: 4096 bytes (RFC 9113 6.5.2)."""

ENTRY_OVERHEAD: Final = 32
"""Added to the size of each header, in tables (RFC 7541 4.1) and lists (RFC 9113 6.5.2)."""


@final
class DecoderTable:
    """The dynamic table of the peer's encoder, updated only when it is read.

    `generation` grows with every change. Many peers insert headers with each response and never
    refer to them. Of those only the newest are kept, as many as fit the table.
    """

    __slots__ = ("_pending", "_pending_bytes", "_table", "generation")

    def __init__(self) -> None:
        self._table = HeaderTable()
        self._pending: deque[tuple[Sequence[Field], int]] = deque()
        self._pending_bytes = 0
        self.generation = 0

    def insert(self, fields: Sequence[Field], size: int) -> None:
        """Insert headers of `size` bytes, overhead included."""
        pending = self._pending
        pending.append((fields, size))
        self.generation += 1
        size += self._pending_bytes
        # RFC 7541 4.4: entries are evicted once newer ones fill the table.
        while size - pending[0][1] >= TABLE_BYTES_MAX:
            size -= pending.popleft()[1]
        self._pending_bytes = size

    def field(self, index: int) -> Field:
        """Return the header at an index; raise HPACKError if there is none."""
        if self._pending:
            self._catch_up()
        return self._table.get_by_index(index)

    def resize(self, size: int) -> None:
        """Change the size; the oldest entries are evicted (RFC 7541 4.3)."""
        self._catch_up()
        self.generation += 1
        self._table.maxsize = size

    def _catch_up(self) -> None:
        for fields, _ in self._pending:
            for name, value in fields:
                self._table.add(name, value)
        self._pending.clear()
        self._pending_bytes = 0


@final
class Decoded:
    """The result of decoding one block, and its effect on the table."""

    __slots__ = (
        "excess",
        "fields",
        "generation",
        "head",
        "inserted_bytes",
        "insertions",
        "is_lasting",
        "placed",
    )

    def __init__(self) -> None:
        self.fields: list[Field] = []
        self.excess: str | None = None
        """Why the headers are too large, if they are; `fields` is incomplete then."""
        self.insertions: list[Field] = []
        self.inserted_bytes = 0
        self.placed = 0
        """How many insertions are in the table."""
        self.generation: int | None = None
        """The only generation of the table in which the block has this meaning; None: all."""
        self.is_lasting = True
        """True if the same block may be decoded from the cache."""
        self.head: DecodedHead | None = None

    def insert(self, field: Field) -> None:
        """Note that the block inserts a header."""
        self.insertions.append(field)
        self.inserted_bytes += len(field[0]) + len(field[1]) + ENTRY_OVERHEAD
