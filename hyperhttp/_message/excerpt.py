"""How an error shows the body of a response: its beginning, if that is text, on one line.

What cannot be printed is replaced, so that a server cannot write to the reader's terminal.
"""

from __future__ import annotations

from typing import Final

from hyperhttp._message.text import TextDecoder

__all__ = ["EXCERPT_BYTES_MAX", "EXCERPT_CHARS_MAX", "excerpt_of"]

EXCERPT_CHARS_MAX: Final = 400
"""Enough for a sentence, or for the start of a JSON problem."""

EXCERPT_BYTES_MAX: Final = 4 * EXCERPT_CHARS_MAX
"""How much of a body has so many characters: no usual charset has more than four bytes in one."""

_REPLACEMENT: Final = "\ufffd"
# Text has hardly any characters that cannot be shown; an image, or what is still compressed, has
# them everywhere.
_ODD_SHARE_MAX: Final = 0.1


def excerpt_of(start: bytes, content_type: str | None, default: str) -> str:
    """At most 400 characters, white space collapsed; empty for what is no text.

    excerpt_of(b'{"error":\\n  "no such user"}', "application/json", "utf-8")
    # '{"error": "no such user"}'
    """
    # Fed but not finished: half a character at the end is left out.
    text = TextDecoder(content_type, default).feed(start[:EXCERPT_BYTES_MAX])
    line = " ".join(text.split())[:EXCERPT_CHARS_MAX]
    shown = "".join([char if char.isprintable() else _REPLACEMENT for char in line])
    return shown if shown.count(_REPLACEMENT) <= _ODD_SHARE_MAX * len(shown) else ""
