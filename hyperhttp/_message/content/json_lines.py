"""JSON records in a body: JSON Lines, and JSON text sequences (RFC 7464).

The first character determines the format: a record separator (0x1E) can't begin anything else.
This module finds the start and end of records and limits their length. `json_text` parses them.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final, Generic, TypeVar, final

from hyperhttp._base._generated.errors import DecodeError, ResponseTooLarge
from hyperhttp._message.content.json_text import decode_json
from hyperhttp._message.content.json_typed import adapter_of, validate_json

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from typing_extensions import TypeForm

__all__ = ["JSONRecords", "records_of"]

T = TypeVar("T")

_LINE_FEED: Final = b"\n"
_SEPARATOR: Final = b"\x1e"
_SPACE: Final = b" \t\r\n"
# The last character of a complete record. A number or a word could be incomplete.
_CLOSED: Final = b'"]} \t\r\n'


@final
class JSONRecords(Generic[T]):
    """The records of a body in UTF-8, each read once its end has come; blank ones are skipped.

    `read` is given the bytes of a record and the number of its first line.
    """

    __slots__ = ("_held", "_held_bytes", "_line", "_mark", "_read", "_size_max", "_start")

    def __init__(self, read: Callable[[bytes, int], T], size_max: int | None = None) -> None:
        self._read: Callable[[bytes, int], T] = read
        self._size_max = size_max
        self._start = b""
        self._mark: bytes | None = None
        self._held: list[bytes] = []
        self._held_bytes = 0
        self._line = 1

    def feed(self, piece: bytes, /) -> Iterator[T]:
        """Return the records that it completes. Raises DecodeError or ResponseTooLarge."""
        if self._mark is None:
            piece = self._begun(self._start + piece)
        if self._mark is None:
            self._start = piece
            return
        self._start = b""
        *whole, rest = piece.split(self._mark)
        for part in whole:
            self._hold(part)
            yield from self._record()
        self._hold(rest)

    def finish(self) -> Iterator[T]:
        """Return the last record, if its end wasn't marked. Raises DecodeError for a part."""
        self._hold(self._start)
        yield from self._record()

    def _begun(self, start: bytes) -> bytes:
        """Return the body from its first record on; undecided bytes are held."""
        if len(start) < len(codecs.BOM_UTF8) and codecs.BOM_UTF8.startswith(start):
            return start
        start = start.removeprefix(codecs.BOM_UTF8)
        text = start.lstrip(_SPACE)
        self._line += start.count(_LINE_FEED, 0, len(start) - len(text))
        if text:
            self._mark = _SEPARATOR if text.startswith(_SEPARATOR) else _LINE_FEED
        return text

    def _hold(self, part: bytes) -> None:
        if part:
            self._held.append(part)
            self._held_bytes += len(part)
        if self._size_max is not None and self._held_bytes > self._size_max:
            raise ResponseTooLarge(limit="max_line_bytes", limit_bytes=self._size_max)

    def _record(self) -> Iterator[T]:
        record, line = b"".join(self._held), self._line
        self._held = []
        self._held_bytes = 0
        is_line = self._mark is not _SEPARATOR
        self._line += 1 if is_line else record.count(_LINE_FEED)
        if record.strip(_SPACE):
            if not is_line and record[-1] not in _CLOSED:
                # RFC 7464 2.4: without a line feed, `1234` can be the start of 12345.
                raise DecodeError(detail=f"the record of line {line} may be cut off", line=line)
            yield self._read(record, line)


def records_of(model: TypeForm[T] | None, size_max: int | None) -> JSONRecords[object]:
    """Return the records as plain values or `model` objects. Raises ConfigError for a non-type."""
    if model is None:
        return JSONRecords(lambda record, line: decode_json(record, line=line), size_max)
    adapter_of(model)  # raise for an invalid type before the body is read
    return JSONRecords(lambda record, line: validate_json(record, model, line=line), size_max)
