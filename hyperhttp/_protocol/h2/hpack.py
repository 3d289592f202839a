"""Header compression (RFC 7541) with caches, so that nothing is decoded or encoded twice.

It invalidates the caches when the dynamic table changes, decides which request headers enter the
peer's table, and limits the size of decoded headers. Tables, integers and Huffman codes are those
of the `hpack` library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, final

from hpack import HPACKError
from hpack.hpack import decode_integer, encode_integer
from hpack.huffman_table import decode_huffman
from hpack.table import HeaderTable

from hyperhttp._base._generated.headers import SENSITIVE_BYTES, VARYING
from hyperhttp._base.sensitive import ADDED_HEADERS
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
from hyperhttp._protocol.repeat_cache import RepeatCache
from hyperhttp._protocol.uncacheable import UNCACHEABLE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base._generated.config import Limits

__all__ = ["DecodedHead", "HeadDecoder", "HeadEncoder", "HpackError", "MalformedFields"]

# A cache belongs to one connection: values are often secrets, and another peer could detect them by
# the time that a lookup takes. Headers over the limit are rare and seldom repeat.
_KEPT_LISTS: Final = 128
_KEPT_LIST_BYTES_MAX: Final = 4096
_KEPT_TEXTS: Final = 256
_KEPT_TEXT_BYTES_MAX: Final = 256
_ONCE_MAX: Final = 64
# Headers over the limit are decoded but not kept, so that only their stream fails, up to this
# ratio.
_BOMB_RATIO: Final = 4

_STATIC: Final = HeaderTable.STATIC_TABLE
_STATIC_LENGTH: Final = len(_STATIC)
_STATIC_INDEXES: Final = HeaderTable.STATIC_TABLE_MAPPING

# Headers that differ in each request would only fill the table.
_VARYING: Final = VARYING | {b":path"}
# A header that takes more than a quarter of the table isn't inserted.
_ENTRY_BYTES_MAX: Final = TABLE_BYTES_MAX // 4
_CANDIDATES: Final = 128
# RFC 7541 6.2: the pattern of a literal's name index, and its number of bits.
_INCREMENTAL: Final = (0x40, 6)
_WITHOUT_INDEXING: Final = (0x00, 4)
_NEVER_INDEXED: Final = (0x10, 4)


@final
class HpackError(Exception):
    """The compression state is lost, and the connection with it (RFC 9113 4.3)."""


@final
class HeadDecoder:
    """Decodes the header blocks of one connection, each of them whole and in order.

    Every method raises HpackError, after which nothing more can be decoded. All but `skip` raise
    MalformedFields, which concerns one stream only.
    """

    __slots__ = ("_bytes_max", "_fields_max", "_known", "_limits", "_table", "_texts")

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._bytes_max = limits.max_head_bytes
        self._fields_max = (
            limits.max_head_fields + 1
        )  # :status counts like the status line of HTTP/1.1
        self._table = DecoderTable()
        self._known = RepeatCache[bytes, Decoded](_KEPT_LISTS, _ONCE_MAX)
        self._texts = RepeatCache[bytes, bytes](_KEPT_TEXTS, _ONCE_MAX)

    def head(self, block: bytes) -> DecodedHead:
        """Return the validated headers of a response, informational ones included."""
        decoded = self._decoded(block)
        if decoded.head is None:
            decoded.head = read_head(_complete(decoded))
        return decoded.head

    def trailers(self, block: bytes) -> Sequence[Field]:
        """Return the validated trailers, within their limits."""
        fields = read_trailers(_complete(self._decoded(block)))
        limits = self._limits
        if len(fields) > limits.max_trailer_fields:
            raise MalformedFields(f"more than {limits.max_trailer_fields} fields in trailers")
        # Measured as in HTTP/1.1, where each has a colon, a space and a line end.
        if sum(len(name) + len(value) + 4 for name, value in fields) > limits.max_trailer_bytes:
            raise MalformedFields(f"trailers of more than {limits.max_trailer_bytes} bytes")
        return fields

    def skip(self, block: bytes) -> None:
        """Decode a block of a stream that was reset, because the table must be updated."""
        self._decoded(block)

    def decode(self, block: bytes) -> Sequence[Field]:
        """Return the headers as they were sent, within the limits; the list must not be changed."""
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
            # Only the next byte of the block is looked up without a check.
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
            if field[0] in UNCACHEABLE or field[0] in ADDED_HEADERS:
                decoded.is_lasting = False
            size += len(field[0]) + len(field[1]) + ENTRY_OVERHEAD
            if size <= self._bytes_max and count <= self._fields_max:
                decoded.fields.append(field)
            else:
                decoded.excess = self._excess(size, count)
        self._place(decoded)
        # A block that changes the table which it refers to never has the same meaning again.
        if decoded.generation is not None and decoded.insertions:
            return
        if decoded.is_lasting and size <= _KEPT_LIST_BYTES_MAX and end <= _KEPT_LIST_BYTES_MAX:
            self._known.offer(block, decoded)

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
        self._place(decoded)  # the block may refer to its own insertions
        decoded.generation = self._table.generation
        return self._table.field(index)

    def _place(self, decoded: Decoded) -> None:
        """Insert the block's new entries into the table."""
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
        is_secret = name in UNCACHEABLE or name in ADDED_HEADERS
        value, position = self._text(block, position, is_kept=not is_secret)
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
                self._texts.offer(coded, text)
        return text

    def _excess(self, size: int, count: int) -> str:
        """Return why headers are too large; raise HpackError for a decompression bomb."""
        if size > self._bytes_max * _BOMB_RATIO or count > self._fields_max * _BOMB_RATIO:
            raise HpackError(f"a header block that expands to more than {size} bytes")
        if size > self._bytes_max:
            return f"headers of more than {self._bytes_max} bytes"
        return f"more than {self._fields_max - 1} fields"


def _complete(decoded: Decoded) -> Sequence[Field]:
    if decoded.excess is not None:
        raise MalformedFields(decoded.excess)
    return decoded.fields


def _integer(block: bytes, position: int, prefix_bits: int) -> tuple[int, int]:
    """Return the integer at `position`, and the position after it."""
    mask = (1 << prefix_bits) - 1
    number = block[position] & mask
    if number != mask:
        return number, position + 1
    # The library reads five more bytes at most (RFC 7541 5.1 requires a limit).
    number, used = decode_integer(block[position : position + 6], prefix_bits)
    return number, position + used


@final
class HeadEncoder:
    """Encodes the header blocks of one connection, in the order in which they are sent.

    A header that is sent a second time enters the peer's table, if it is likely to repeat and there
    is space; nothing is evicted. So the table soon stays the same, and with it the encoding of
    every header and block, which is cached. Strings aren't Huffman-coded, because that costs more
    CPU time than all the rest.
    """

    __slots__ = ("_blocks", "_known", "_room", "_seen", "_size", "_table", "_update")

    def __init__(self) -> None:
        self._size = TABLE_BYTES_MAX
        self._update = b""
        self._seen: set[Field] = set()
        self._known = RepeatCache[Field, bytes](_KEPT_TEXTS, _ONCE_MAX)
        self._blocks = RepeatCache[tuple[Field, ...], bytes](_KEPT_LISTS, _ONCE_MAX)
        self._table: dict[Field, int] = {}
        self._room = TABLE_BYTES_MAX

    def encode(self, fields: Sequence[Field]) -> bytes:
        """Return the block of these headers, which must be the next one that is sent."""
        key = tuple(fields)
        block = self._blocks.get(key)
        return self._write(key) if block is None else block

    def set_table_size(self, size: int) -> None:
        """Apply the peer's SETTINGS_HEADER_TABLE_SIZE; the next block announces it.

        The table is emptied by a size of 0 first, which covers what RFC 7541 4.2 requires: the
        smallest size there was, and the last.
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
                    known.offer(field, piece)
                is_lasting = is_lasting and is_settled
            pieces.append(piece)
        block = b"".join(pieces)
        if is_lasting and len(block) <= _KEPT_LIST_BYTES_MAX:
            self._blocks.offer(fields, block)
        return block

    def _field(self, field: Field) -> tuple[bytes, bool]:
        """Return the encoding of a header, and whether it is valid until the table changes."""
        name, value = field
        if name in SENSITIVE_BYTES or name in ADDED_HEADERS:
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
        """Empty the caches, because every index into the table has changed."""
        self._known.clear()
        self._blocks.clear()


def _literal(field: Field, form: tuple[int, int]) -> bytes:
    """Return a literal header; its name is indexed if the static table has it."""
    name, value = field
    pattern, prefix_bits = form
    index = _STATIC_INDEXES[name][0] if name in _STATIC_INDEXES else 0
    start = _prefixed(index, pattern, prefix_bits)
    if not index:
        start += _prefixed(len(name), 0, 7) + name
    return start + _prefixed(len(value), 0, 7) + value


def _prefixed(number: int, pattern: int, prefix_bits: int) -> bytes:
    """Return an integer with a prefix pattern (RFC 7541 5.1)."""
    if number < (1 << prefix_bits) - 1:
        return bytes((pattern | number,))
    coded = encode_integer(number, prefix_bits)
    coded[0] |= pattern
    return bytes(coded)
