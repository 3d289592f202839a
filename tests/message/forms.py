"""Reads forms with files (multipart/form-data) by a parser that others keep."""

from __future__ import annotations

import re
from typing import NamedTuple

from python_multipart import MultipartParser
from python_multipart.multipart import parse_options_header


class Part(NamedTuple):
    """One part as the parser has read it."""

    name: str | None
    filename: str | None
    content: bytes
    headers: dict[str, str]


class Reader:
    """What the parser tells, put together."""

    def __init__(self, content_type: str | None) -> None:
        _, options = parse_options_header(content_type)
        self.parts: list[Part] = []
        self.has_ended = False
        self._field = self._value = self._content = b""
        self._headers: dict[str, str] = {}
        self.parser = MultipartParser(
            options[b"boundary"],
            {
                "on_part_begin": self._begin,
                "on_header_field": self._add_field,
                "on_header_value": self._add_value,
                "on_header_end": self._end_header,
                "on_part_data": self._add_content,
                "on_part_end": self._end_part,
                "on_end": self._end,
            },
        )

    def _begin(self) -> None:
        self._content, self._headers = b"", {}

    def _add_field(self, data: bytes, start: int, end: int) -> None:
        self._field += data[start:end]

    def _add_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _end_header(self) -> None:
        name = self._field.decode("ascii").lower()
        assert name not in self._headers, f"{name} comes twice"
        self._headers[name] = self._value.decode()
        self._field = self._value = b""

    def _add_content(self, data: bytes, start: int, end: int) -> None:
        self._content += data[start:end]

    def _end_part(self) -> None:
        # The parameters as WHATWG writes them: nothing is escaped but what is percent-encoded.
        found = re.fullmatch(
            r'form-data; name="([^"\r\n]*)"(?:; filename="([^"\r\n]*)")?',
            self._headers.pop("content-disposition"),
        )
        assert found is not None
        self.parts.append(Part(found[1], found[2], self._content, self._headers))

    def _end(self) -> None:
        self.has_ended = True


def parsed(data: bytes, content_type: str | None) -> list[Part]:
    """The parts of a form; it fails for whatever is not one, to its end."""
    reader = Reader(content_type)
    assert reader.parser.write(data) == len(data)
    reader.parser.finalize()
    assert reader.has_ended
    return reader.parts
