"""How an error shows the body of a response: its beginning, if that is text, on one line.

What cannot be printed is replaced, so that a server cannot write to the reader's terminal.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hyperhttp._base._generated.bounds import EXCERPT_CHARS_MAX
from hyperhttp._base.printable import REPLACEMENT, printable
from hyperhttp._message.content.charset import choose_charset
from hyperhttp._message.content.text import TextDecoder

if TYPE_CHECKING:
    from hyperhttp._message.content.charset import EncodingInput

__all__ = ["EXCERPT_BYTES_MAX", "excerpt_of", "on_one_line"]

EXCERPT_BYTES_MAX: Final = 4 * EXCERPT_CHARS_MAX
"""How much of a body has so many characters: no usual charset has more than four bytes in one."""

# Text has hardly any characters that cannot be shown; an image, or what is still compressed, has
# them everywhere.
_ODD_SHARE_MAX: Final = 0.1


def excerpt_of(start: bytes, content_type: str | None, default: EncodingInput) -> str:
    """Return at most 400 characters with collapsed white space; empty if the body isn't text.

    excerpt_of(b'{"error":\n  "no such user"}', "application/json", "utf-8")
    # '{"error": "no such user"}'
    """
    # Fed but not finished: half a character at the end is left out.
    charset = choose_charset(content_type, start, default)
    text = TextDecoder(content_type, charset).feed(start[:EXCERPT_BYTES_MAX])
    shown = on_one_line(text, EXCERPT_CHARS_MAX)
    return shown if shown.count(REPLACEMENT) <= _ODD_SHARE_MAX * len(shown) else ""


def on_one_line(text: str, size: int) -> str:
    """Return at most `size` characters, with collapsed white space and no unprintable ones."""
    line = " ".join(text.split())[:size]
    return printable(line)
