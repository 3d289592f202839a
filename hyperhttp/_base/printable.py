"""Text from outside, made safe to show: on one line, and unable to control a terminal."""

from __future__ import annotations

from typing import Final

__all__ = ["REPLACEMENT", "printable"]

REPLACEMENT: Final = "\ufffd"


def printable(text: str) -> str:
    """Return the text with every character replaced that a terminal or a log could act on.

    These are the C0 and C1 controls, line and paragraph separators, bidirectional overrides and
    other invisible characters. Spaces stay.

        printable("\\x1b[31mred\\r\\n")    # "\ufffd[31mred\ufffd\ufffd"
    """
    if text.isprintable():
        return text
    return "".join([char if char.isprintable() else REPLACEMENT for char in text])
