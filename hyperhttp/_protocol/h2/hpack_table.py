"""The peer's dynamic table (RFC 7541 2.3.2), and what one header block said about it.

Decides when insertions are carried out, and which of them nobody can ever ask for. Knows nothing of
how a block is written.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING, Final, final

from hpack.table import HeaderTable

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._protocol.h2.head import DecodedHead, Field

TABLE_BYTES_MAX: Final = HeaderTable.DEFAULT_SIZE
"""What we let a peer's table grow to, and ours at most: the 4096 bytes of RFC 9113 6.5.2."""

ENTRY_OVERHEAD: Final = 32
"""What a field counts beyond its text, in tables (RFC 7541 4.1) and lists (RFC 9113 6.5.2)."""


@final
class DecoderTable:
    """The dynamic table of the peer's encoder, brought up to date when somebody looks into it.

    `generation` grows with every change. Many peers insert fields in each response and never
    refer to them: for those only the newest insertions are remembered, a table's worth of them.
    """

    __slots__ = ("_pending", "_pending_bytes", "_table", "generation")

    def __init__(self) -> None:
        self._table = HeaderTable()
        self._pending: deque[tuple[Sequence[Field], int]] = deque()
        self._pending_bytes = 0
        self.generation = 0

    def insert(self, fields: Sequence[Field], size: int) -> None:
        """Put fields of `size` bytes, overhead included, into the table, one after the other."""
        pending = self._pending
        self.generation += 1
        self._pending_bytes += size
        pending.append((fields, size))
        # RFC 7541 4.4: whatever a table's worth of newer entries follows has been evicted.
        while self._pending_bytes - pending[0][1] >= TABLE_BYTES_MAX:
            self._pending_bytes -= pending.popleft()[1]

    def field(self, index: int) -> Field:
        """The field of an index. Raises HPACKError when there is none."""
        if self._pending:
            self._catch_up()
        return self._table.get_by_index(index)

    def resize(self, size: int) -> None:
        """Make the table that large; the oldest entries go (RFC 7541 4.3)."""
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
    """What one block said, and did to the table."""

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
        """Why the list is too large, if it is; `fields` is not all of it then."""
        self.insertions: list[Field] = []
        self.inserted_bytes = 0
        self.placed = 0
        """How many insertions are in the table."""
        self.generation: int | None = None
        """The only state of the table in which the block says this; None: in all."""
        self.is_lasting = True
        """Whether the same block may ever say, and do, the same."""
        self.head: DecodedHead | None = None

    def insert(self, field: Field) -> None:
        """Note that the block puts this field in the table."""
        self.insertions.append(field)
        self.inserted_bytes += len(field[0]) + len(field[1]) + ENTRY_OVERHEAD
