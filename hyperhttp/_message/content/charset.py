"""The character encoding of a body, from its Content-Type, its first bytes, or a default.

A label that isn't a text encoding of Python is ignored. Incremental decoding is in `text`.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable
from functools import lru_cache
from typing import Final, TypeAlias

from hyperhttp._base._generated.bounds import CHARSET_SAMPLE_BYTES
from hyperhttp._message.headers.codec_names import DEFAULT_CHARSET, codec_name
from hyperhttp._message.headers.grammar import QUOTED_STRING, TOKEN, unquoted

__all__ = [
    "DEFAULT_CHARSET",
    "EncodingDetector",
    "EncodingInput",
    "charset_of",
    "choose_charset",
    "is_undecided",
]

EncodingDetector: TypeAlias = Callable[[bytes], str | None]
"""A function that detects an encoding from at most 16 KiB of a body; None if it can't."""

EncodingInput: TypeAlias = str | EncodingDetector
"""The name of a text encoding, or a function that detects it."""


# RFC 9110 5.6.6, where a value should be a token or a quoted string.
_PARAMETER: Final = re.compile(
    rf';[ \t]*+(?:({TOKEN})[ \t]*+=[ \t]*+({QUOTED_STRING}|[^;"]*+))?+', re.DOTALL
)
# The longer marks first: UTF-32-LE starts like UTF-16-LE.
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Little-endian is what Windows writes and what the WHATWG takes "utf-16" for.
_ORDERLESS: Final = frozenset({"utf-16", "utf-32"})


def charset_of(content_type: str | None) -> str | None:
    """Return the charset parameter of a Content-Type, in lower case; None without one.

    charset_of('text/html; charset="UTF-8"')    # "utf-8"
    """
    if content_type is None or ";" not in content_type:
        return None
    start = content_type.find(";")
    while match := _PARAMETER.match(content_type, start):
        name, value = match.groups()
        if name is not None and name.lower() == "charset":
            return unquoted(value).strip(" \t'").lower() or None
        start = content_type.find(";", max(match.end(), start + 1))
        if start < 0:
            return None
    return None


def choose_charset(content_type: str | None, data: bytes, default: EncodingInput) -> str:
    """Return an existing codec: as declared, by byte order mark, or the default.

    Of a body whose beginning is longer than `CHARSET_SAMPLE_BYTES` no more than that is looked at.
    """
    declared = None if content_type is None else _declared_codec(content_type)
    if declared is not None:
        return _with_byte_order(declared, data)
    marked = _codec_of_bom(data)
    if marked is not None:
        return marked
    label = default if isinstance(default, str) else default(data[:CHARSET_SAMPLE_BYTES])
    return _with_byte_order((label and codec_name(label)) or DEFAULT_CHARSET, data)


def is_undecided(content_type: str | None, start: bytes, default: EncodingInput) -> bool:
    """Return True if more bytes could change the result of `choose_charset`."""
    if any(len(start) < len(bom) and bom.startswith(start) for bom, _ in _BOMS):
        return True
    if isinstance(default, str) or len(start) >= CHARSET_SAMPLE_BYTES:
        return False
    declared = None if content_type is None else _declared_codec(content_type)
    return declared is None and _codec_of_bom(start) is None


def _codec_of_bom(start: bytes) -> str | None:
    return next((name for bom, name in _BOMS if start.startswith(bom)), None)


def _with_byte_order(name: str, start: bytes) -> str:
    """UTF-16 and UTF-32 in their order: Python's decoders of unknown order fail without a mark."""
    if name not in _ORDERLESS:
        return name
    marked = _codec_of_bom(start)
    return marked if marked is not None and marked.startswith(name) else f"{name}-le"


@lru_cache(maxsize=64)
def _declared_codec(content_type: str) -> str | None:
    label = charset_of(content_type)
    return None if label is None else codec_name(label)
