"""Content-Range (RFC 9110 14.4): which part of the content a 206 carries, or a 416 could have.

Only ranges of bytes are known. Asks for nothing and joins nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, final

__all__ = ["ContentRange", "parse_content_range"]

_RANGE: Final = re.compile(
    r"bytes[ \t]+(?:([0-9]{1,19})-([0-9]{1,19})/([0-9]{1,19}|\*)|\*/([0-9]{1,19}))", re.IGNORECASE
)


@final
@dataclass(frozen=True, slots=True)
class ContentRange:
    """A part of the content: `content[start:end]` of `size` bytes."""

    start: int | None
    """The place of the first byte, counted from 0; None when no range was sent (416)."""
    end: int | None
    """The place after the last byte: one more than on the wire, as slices count."""
    size: int | None
    """The length of the whole content in bytes; None when the server does not know it."""


def parse_content_range(value: str) -> ContentRange | None:
    """Parse a range; None for an invalid one, and for units other than bytes."""
    match = _RANGE.fullmatch(value.strip(" \t"))
    if match is None:
        return None
    first, last, whole, unsatisfied = match.groups()
    if unsatisfied is not None:
        return ContentRange(None, None, int(unsatisfied))
    start, end = int(first), int(last) + 1
    size = None if whole == "*" else int(whole)
    # RFC 9110 14.4: these are invalid, and must not be joined with anything.
    if start >= end or (size is not None and end > size):
        return None
    return ContentRange(start, end, size)
