"""Header compression (RFC 7541) with a memory: nothing is decoded or encoded twice.

Decides which memories stay true while the dynamic table changes, which fields of ours enter the
peer's table, and where a list of fields is too large. Tables, integers and Huffman codes are those
of the `hpack` library; knows nothing of frames and streams.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from hpack import HPACKError
from hpack.hpack import decode_integer, encode_integer
from hpack.huffman_table import decode_huffman
from hpack.table import HeaderTable

from hyperhttp._base._generated.headers import SENSITIVE_BYTES, VARYING
from hyperhttp._protocol.h2.head import (
    DecodedHead,
    Field,
    MalformedFields,
    read_head,
    read_trailers,
)
from hyperhttp._protocol.h2.hpack_table import (
    ENTRY_OVERHEAD,
    TABLE_BYTES_MAX,
    Decoded,
    DecoderTable,
)
from hyperhttp._protocol.uncacheable import UNCACHEABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base._generated.config import Limits

__all__ = ["DecodedHead", "HeadDecoder", "HeadEncoder", "HpackError", "MalformedFields"]

# A memory is one connection's: values are often secrets, and must not be told to another peer by
# the time that something takes. Full, it is emptied: what still comes is soon there again, and
# values that never come twice cost no bookkeeping. Lists over the limit are rare and seldom repeat.
_KEPT_LISTS: Final = 128
_KEPT_LIST_BYTES_MAX: Final = 4096
_KEPT_TEXTS: Final = 512
_KEPT_TEXT_BYTES_MAX: Final = 256
# A list that is too large is read on, unkept, so that only its stream fails; but not for ever.
_BOMB_RATIO: Final = 4

_STATIC: Final = HeaderTable.STATIC_TABLE
_STATIC_LENGTH: Final = len(_STATIC)
_STATIC_INDEXES: Final = HeaderTable.STATIC_TABLE_MAPPING

# What differs in each request would only take up the room of what doesn't.
_VARYING: Final = VARYING | {b":path"}
# A field that takes more than a quarter of the table is not worth its place.
_ENTRY_BYTES_MAX: Final = TABLE_BYTES_MAX // 4
_CANDIDATES: Final = 128
# RFC 7541 6.2: how the index of a literal's name begins, and how many bits it has.
_INCREMENTAL: Final = (0x40, 6)
_WITHOUT_INDEXING: Final = (0x00, 4)
_NEVER_INDEXED: Final = (0x10, 4)


@final
class HpackError(Exception):
    """The state of the compression is lost, and the connection with it (RFC 9113 4.3)."""


@final
class HeadDecoder:
    """Reads the blocks of one connection, each of them whole and in their order.

    Every method raises HpackError, after which nothing more can be read, and all but `skip` raise
    MalformedFields, which concerns one stream only.
    """

    __slots__ = ("_bytes_max", "_fields_max", "_known", "_limits", "_table", "_texts")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bytes_max = limits.max_head_bytes
        self._fields_max = limits.max_head_fields + 1  # :status is the status line of HTTP/1.1.
        self._table = DecoderTable()
        self._known: dict[bytes, Decoded] = {}
        self._texts: dict[bytes, bytes] = {}

    def head(self, block: bytes) -> DecodedHead:
        """The validated head of a response, interim ones included."""
        decoded = self._decoded(block)
        if decoded.head is None:
            decoded.head = read_head(_complete(decoded))
        return decoded.head

    def trailers(self, block: bytes) -> Sequence[Field]:
        """The validated fields after a body, within the limits for trailers."""
        fields = read_trailers(_complete(self._decoded(block)))
        limits = self._limits
        if len(fields) > limits.max_trailer_fields:
            raise MalformedFields(f"more than {limits.max_trailer_fields} fields in trailers")
        # Measured as in HTTP/1.1, where each has a colon, a space and a line end.
        if sum(len(name) + len(value) + 4 for name, value in fields) > limits.max_trailer_bytes:
            raise MalformedFields(f"trailers of more than {limits.max_trailer_bytes} bytes")
        return fields

    def skip(self, block: bytes) -> None:
        """Read a block that nobody waits for: the table must learn of it all the same."""
        self._decoded(block)

    def decode(self, block: bytes) -> Sequence[Field]:
        """The fields as they came, within the limits for heads; it is not to be changed."""
        return _complete(self._decoded(block))

    def _decoded(self, block: bytes) -> Decoded:
        known = self._known.get(block)
        if known is not None and (
            known.generation is None or known.generation == self._table.generation
        ):
            if known.insertions:
                self._table.insert(known.insertions, known.inserted_bytes)
            return known
        decoded = Decoded()
        try:
            self._read(block, decoded)
        except HPACKError as error:
            raise HpackError(str(error)) from error
        except IndexError as error:
            # The only thing that is looked up without a check is the next byte of the block.
            raise HpackError("a header block ends in the middle of a field") from error
        return decoded

    def _read(self, block: bytes, decoded: Decoded) -> None:
        position, end = 0, len(block)
        size = count = 0
        while position < end:
            first = block[position]
            if first & 0x80:
                index, position = _integer(block, position, 7)
                field = self._field(index, decoded)
            elif first & 0x40:
                field, position = self._literal(block, position, 6, decoded)
                decoded.insert(field)
            elif first & 0x20:
                if count:
                    raise HpackError("a change of the table's size after a field")
                position = self._resize(block, position, decoded)
                continue
            else:
                field, position = self._literal(block, position, 4, decoded)
            count += 1
            if field[0] in UNCACHEABLE:
                decoded.is_lasting = False
            size += len(field[0]) + len(field[1]) + ENTRY_OVERHEAD
            if size <= self._bytes_max and count <= self._fields_max:
                decoded.fields.append(field)
            else:
                decoded.excess = self._excess(size, count)
        self._place(decoded)
        # A block that changes the table which it refers to never means the same again.
        if decoded.generation is not None and decoded.insertions:
            return
        if decoded.is_lasting and size <= _KEPT_LIST_BYTES_MAX and end <= _KEPT_LIST_BYTES_MAX:
            if len(self._known) >= _KEPT_LISTS:
                self._known.clear()
            self._known[block] = decoded

    def _resize(self, block: bytes, position: int, decoded: Decoded) -> int:
        size, position = _integer(block, position, 5)
        if size > TABLE_BYTES_MAX:
            raise HpackError(f"a table of {size} bytes, {TABLE_BYTES_MAX} are allowed")
        self._table.resize(size)
        decoded.is_lasting = False
        return position

    def _field(self, index: int, decoded: Decoded) -> Field:
        if 0 < index <= _STATIC_LENGTH:
            return _STATIC[index - 1]
        self._place(decoded)  # The block may refer to what it inserted itself.
        decoded.generation = self._table.generation
        return self._table.field(index)

    def _place(self, decoded: Decoded) -> None:
        """Put into the table what the block inserted since the last time."""
        fields = decoded.insertions
        if decoded.placed:
            fields = fields[decoded.placed :]
        if fields:
            size = sum(len(name) + len(value) + ENTRY_OVERHEAD for name, value in fields)
            self._table.insert(fields, size)
            decoded.placed += len(fields)

    def _literal(
        self, block: bytes, position: int, prefix_bits: int, decoded: Decoded
    ) -> tuple[Field, int]:
        index, position = _integer(block, position, prefix_bits)
        if index:
            name = self._field(index, decoded)[0]
        else:
            name, position = self._text(block, position)
        value, position = self._text(block, position, is_kept=name not in UNCACHEABLE)
        return (name, value), position

    def _text(self, block: bytes, position: int, *, is_kept: bool = True) -> tuple[bytes, int]:
        is_huffman = block[position] & 0x80
        length, start = _integer(block, position, 7)
        end = start + length
        coded = block[start:end]
        if len(coded) != length:
            raise HpackError("a header block ends in the middle of a text")
        return (self._plain(coded, is_kept=is_kept) if is_huffman else coded), end

    def _plain(self, coded: bytes, *, is_kept: bool) -> bytes:
        text = self._texts.get(coded)
        if text is None:
            text = decode_huffman(coded)
            if is_kept and len(coded) <= _KEPT_TEXT_BYTES_MAX:
                if len(self._texts) >= _KEPT_TEXTS:
                    self._texts.clear()
                self._texts[coded] = text
        return text

    def _excess(self, size: int, count: int) -> str:
        """Why a list so large is too large. Raises HpackError for what is made to do harm."""
        if size > self._bytes_max * _BOMB_RATIO or count > self._fields_max * _BOMB_RATIO:
            raise HpackError(f"a header block that expands to more than {size} bytes")
        if size > self._bytes_max:
            return f"a head of more than {self._bytes_max} bytes"
        return f"more than {self._fields_max - 1} fields"


def _complete(decoded: Decoded) -> Sequence[Field]:
    if decoded.excess is not None:
        raise MalformedFields(decoded.excess)
    return decoded.fields


def _integer(block: bytes, position: int, prefix_bits: int) -> tuple[int, int]:
    """The number whose prefix stands at `position`, and where the next thing stands."""
    mask = (1 << prefix_bits) - 1
    number = block[position] & mask
    if number != mask:
        return number, position + 1
    # The library reads five more bytes at most (RFC 7541 5.1 wants a bound).
    number, used = decode_integer(block[position : position + 6], prefix_bits)
    return number, position + used


@final
class HeadEncoder:
    """Writes the blocks of one connection, in the order in which they go out.

    A field that comes a second time enters the peer's table, if it is one that will come again
    and there is room; nothing is ever pushed out. So the table soon stays as it is, and with it the
    encoding of every field and of every whole list, which is remembered. Texts are not
    Huffman-coded: that saves a quarter of what is sent once and costs more than all the rest.
    """

    __slots__ = ("_blocks", "_known", "_room", "_seen", "_size", "_table", "_update")

    def __init__(self) -> None:
        self._size = TABLE_BYTES_MAX
        self._update = b""
        self._seen: set[Field] = set()
        self._known: dict[Field, bytes] = {}
        self._blocks: dict[tuple[Field, ...], bytes] = {}
        self._table: dict[Field, int] = {}
        self._room = TABLE_BYTES_MAX

    def encode(self, fields: Sequence[Field]) -> bytes:
        """The block of these fields, which must be the next one that is sent."""
        key = tuple(fields)
        block = self._blocks.get(key)
        return self._write(key) if block is None else block

    def set_table_size(self, size: int) -> None:
        """Obey the peer's SETTINGS_HEADER_TABLE_SIZE; the next block will say so.

        The table begins anew by way of size 0, which covers whatever RFC 7541 4.2 wants signalled:
        the smallest size there was, and the last.
        """
        size = min(size, TABLE_BYTES_MAX)
        if size == self._size:
            return
        self._size = self._room = size
        self._update = _prefixed(0, 0x20, 5) + (_prefixed(size, 0x20, 5) if size else b"")
        self._table.clear()
        self._forget()

    def _write(self, fields: tuple[Field, ...]) -> bytes:
        pieces = [self._update]
        is_lasting = not self._update
        self._update = b""
        known = self._known
        for field in fields:
            piece = known.get(field)
            if piece is None:
                piece, is_settled = self._field(field)
                if is_settled and len(piece) <= _KEPT_TEXT_BYTES_MAX:
                    if len(known) >= _KEPT_TEXTS:
                        known.clear()
                    known[field] = piece
                is_lasting = is_lasting and is_settled
            pieces.append(piece)
        block = b"".join(pieces)
        if is_lasting and len(block) <= _KEPT_LIST_BYTES_MAX:
            if len(self._blocks) >= _KEPT_LISTS:
                self._blocks.clear()
            self._blocks[fields] = block
        return block

    def _field(self, field: Field) -> tuple[bytes, bool]:
        """The encoding of a field, and whether it is the same until the table changes."""
        name, value = field
        if name in SENSITIVE_BYTES:
            return _literal(field, _NEVER_INDEXED), True
        static_index = _STATIC_INDEXES.get(name, (0, {}))[1].get(value)
        if static_index is not None:
            return _prefixed(static_index, 0x80, 7), True
        place = self._table.get(field)
        if place is not None:
            # RFC 7541 2.3.3: the newest entry comes first.
            return _prefixed(_STATIC_LENGTH + len(self._table) - place, 0x80, 7), True
        size = len(name) + len(value) + ENTRY_OVERHEAD
        if name in _VARYING or size > min(self._room, _ENTRY_BYTES_MAX):
            return _literal(field, _WITHOUT_INDEXING), True
        if field in self._seen:
            return self._insert(field, size), False
        if len(self._seen) >= _CANDIDATES:
            self._seen.clear()
        self._seen.add(field)
        return _literal(field, _WITHOUT_INDEXING), False

    def _insert(self, field: Field, size: int) -> bytes:
        self._seen.discard(field)
        self._forget()
        self._table[field] = len(self._table)
        self._room -= size
        return _literal(field, _INCREMENTAL)

    def _forget(self) -> None:
        """Every index into the table has moved."""
        self._known.clear()
        self._blocks.clear()


def _literal(field: Field, form: tuple[int, int]) -> bytes:
    """A field with its value as it is, its name too unless the static table has it."""
    name, value = field
    pattern, prefix_bits = form
    index = _STATIC_INDEXES[name][0] if name in _STATIC_INDEXES else 0
    start = _prefixed(index, pattern, prefix_bits)
    if not index:
        start += _prefixed(len(name), 0, 7) + name
    return start + _prefixed(len(value), 0, 7) + value


def _prefixed(number: int, pattern: int, prefix_bits: int) -> bytes:
    """A number behind the bits that say what it is (RFC 7541 5.1)."""
    if number < (1 << prefix_bits) - 1:
        return bytes((pattern | number,))
    coded = encode_integer(number, prefix_bits)
    coded[0] |= pattern
    return bytes(coded)
