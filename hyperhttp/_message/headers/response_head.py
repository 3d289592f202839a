"""The status line and headers of a response, as received.

The header lines are stored as the received block of bytes, and are split only when they are used.
The parser that creates a `ResponseHead` has validated it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

from hyperhttp._base.sensitive import is_sensitive_header, mask_parameters

if TYPE_CHECKING:
    from collections.abc import Sequence

HTTPVersion: TypeAlias = Literal["HTTP/1.0", "HTTP/1.1", "HTTP/2"]

_FIELD: Final = re.compile(rb"([^:]+):[ \t]*+([^\r]*+)\r\n")
_TRAILING_SPACE: Final = re.compile(rb"[ \t]\r\n")


class ResponseHead:
    """The status line and headers; `block` contains the validated header lines, each ended by CRLF.

    Two objects are equal if they have the same content, ignoring white space around the values.
    """

    __slots__ = (
        "_coding",
        "_fields",
        "_found",
        "_lowered",
        "block",
        "http_version",
        "reason_phrase",
        "status_code",
    )

    def __init__(
        self, status_code: int, reason_phrase: str, http_version: HTTPVersion, block: bytes
    ) -> None:
        self.status_code: int = status_code
        self.reason_phrase: str = reason_phrase
        self.http_version: HTTPVersion = http_version
        self.block: bytes = block
        self._fields: Sequence[tuple[bytes, bytes]] | None = None
        self._lowered: bytes | None = None
        self._coding: str | None = None
        # The results of `has`, because parsers return the same object for the same block.
        self._found: dict[bytes, bool] = {}

    @property
    def fields(self) -> Sequence[tuple[bytes, bytes]]:
        """Name and value of each field, in wire order, surrounding white space removed."""
        if self._fields is None:
            block = self.block
            if _TRAILING_SPACE.search(block):
                self._fields = [
                    (name, value.rstrip(b" \t")) for name, value in _FIELD.findall(block)
                ]
            else:
                self._fields = _FIELD.findall(block)
        return self._fields

    @property
    def coding(self) -> str:
        """The content encodings, separated by commas; empty without one (RFC 9110 8.4)."""
        coding = self._coding
        if coding is None:
            coding = b", ".join(self.values(b"content-encoding")).decode("latin-1")
            self._coding = coding
        return coding

    def has(self, name: bytes) -> bool:
        """Return whether a field of this lower-case name is there, without splitting the block."""
        found = self._found.get(name)
        if found is None:
            if self._lowered is None:
                self._lowered = b"\n" + self.block.lower()
            found = self._found[name] = self._lowered.find(b"\n" + name + b":") >= 0
        return found

    def values(self, name: bytes) -> list[bytes]:
        """Return every value of the header with this lower-case name, in order."""
        if not self.has(name):
            return []
        return [value for field, value in self.fields if field.lower() == name]

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, ResponseHead):
            return NotImplemented
        return self._facts() == other._facts()

    def __hash__(self) -> int:
        return hash(self._facts())

    def __reduce__(self) -> tuple[object, ...]:
        # Pickles are stored and sent: secrets are left out, those in the query of a URL are masked.
        block = b"".join(
            b"%s: %s\r\n" % (name, mask_parameters(value.decode("latin-1")).encode("latin-1"))
            for name, value in self.fields
            if not is_sensitive_header(name.decode("ascii").lower())
        )
        return ResponseHead, (self.status_code, self.reason_phrase, self.http_version, block)

    def __copy__(self) -> ResponseHead:
        return self

    def __deepcopy__(self, memo: object) -> ResponseHead:
        return self

    def __repr__(self) -> str:
        return f"ResponseHead({self.http_version} {self.status_code}, {len(self.fields)} fields)"

    def _facts(self) -> tuple[int, str, str, tuple[tuple[bytes, bytes], ...]]:
        return (self.status_code, self.reason_phrase, self.http_version, tuple(self.fields))
