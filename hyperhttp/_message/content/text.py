"""Bodies as text: whole, in pieces, and line by line.

The text and the lines don't depend on how the bytes were split into pieces.
"""

from __future__ import annotations

import codecs
from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.errors import ResponseTooLarge
from hyperhttp._message.content.charset import (
    DEFAULT_CHARSET,
    charset_of,
    choose_charset,
    is_undecided,
)

if TYPE_CHECKING:
    from hyperhttp._message.content.charset import EncodingInput

__all__ = [
    "LineSplitter",
    "TextDecoder",
    "charset_of",
    "choose_charset",
    "decode_text",
]

_BOM: Final = "\ufeff"


def decode_text(
    data: bytes, content_type: str | None, default: EncodingInput = DEFAULT_CHARSET
) -> str:
    """Return the body as text. Undecodable bytes become U+FFFD, and nothing raises.

    The charset of the Content-Type is used first, then a byte order mark, then `default`. The text
    doesn't contain the mark.
    """
    name = choose_charset(content_type, data, default)
    return data.decode(name, errors="replace").removeprefix(_BOM)


class TextDecoder:
    """Decodes a body in pieces, to the same text that `decode_text` gives for the whole."""

    __slots__ = ("_at_start", "_content_type", "_decoder", "_default", "_held")

    def __init__(self, content_type: str | None, default: EncodingInput = DEFAULT_CHARSET) -> None:
        self._content_type = content_type
        self._default = default
        self._decoder: codecs.IncrementalDecoder | None = None
        self._held = b""
        self._at_start = True

    def feed(self, data: bytes) -> str:
        """Return the text that these bytes complete."""
        if self._decoder is None:
            self._held += data
            if is_undecided(self._content_type, self._held, self._default):
                return ""
            data, self._held = self._held, b""
            self._decoder = self._chosen(data)
        return self._without_bom(self._decoder.decode(data))

    def finish(self) -> str:
        """Return the rest at the end of the bytes."""
        held, self._held = self._held, b""
        if self._decoder is None:
            self._decoder = self._chosen(held)
        return self._without_bom(self._decoder.decode(held, final=True))

    def _chosen(self, start: bytes) -> codecs.IncrementalDecoder:
        name = choose_charset(self._content_type, start, self._default)
        return codecs.getincrementaldecoder(name)(errors="replace")

    def _without_bom(self, text: str) -> str:
        if self._at_start and text:
            self._at_start = False
            return text.removeprefix(_BOM)
        return text


class LineSplitter:
    r"""Splits text into lines, without their endings: \n, \r\n and \r, and no others.

    None may be longer than `size_max` characters, whether or not its end has come.
    """

    __slots__ = ("_after_cr", "_partial", "_partial_size", "_size_max")

    def __init__(self, size_max: int | None = None) -> None:
        self._partial: list[str] = []
        self._partial_size = 0
        self._after_cr = False
        self._size_max = size_max

    def feed(self, text: str, /) -> list[str]:
        """Return the lines that this text completes. Raises ResponseTooLarge for a long line."""
        if self._after_cr and text:
            # A line was ended by \r at the end of the last piece; \n here belongs to it.
            self._after_cr = False
            text = text.removeprefix("\n")
        if "\r" in text:
            self._after_cr = text.endswith("\r")
            text = text.replace("\r\n", "\n").replace("\r", "\n")
        if "\n" not in text:
            if text:
                self._partial.append(text)
                self._partial_size += len(text)
                self._check(self._partial_size)
            return []
        lines = text.split("\n")
        lines[0] = "".join([*self._partial, lines[0]])
        self._check(max(map(len, lines)))
        last = lines.pop()
        self._partial = [last] if last else []
        self._partial_size = len(last)
        return lines

    def finish(self) -> list[str]:
        """Return the last line, if it had no ending."""
        last = "".join(self._partial)
        self._partial = []
        self._partial_size = 0
        self._after_cr = False
        return [last] if last else []

    def _check(self, size: int) -> None:
        if self._size_max is not None and size > self._size_max:
            raise ResponseTooLarge(limit="max_line_bytes", limit_bytes=self._size_max)
