"""From the label of a text encoding in a header to the codec that Python has for it."""

from __future__ import annotations

import codecs
import re
from functools import lru_cache
from typing import Final

__all__ = ["DEFAULT_CHARSET", "codec_name"]

DEFAULT_CHARSET: Final = "utf-8"

_LABEL: Final = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:+\-]{0,39}")
# Text encodings to Python, but for names or source code, or for one system only: no page is in
# them, and some cannot replace what they cannot read.
_REFUSED: Final = frozenset(
    {"idna", "mbcs", "oem", "punycode", "raw-unicode-escape", "undefined", "unicode-escape"}
)


@lru_cache(maxsize=64)
def codec_name(label: str) -> str | None:
    """The codec that Python has for a label; None for a label of no text encoding."""
    if _LABEL.fullmatch(label) is None:
        return None
    try:
        name = codecs.lookup(label).name
        # The public way to ask whether a codec is one between text and bytes.
        "".encode(label)
    except (LookupError, UnicodeError):
        return None
    if name in _REFUSED:
        return None
    return DEFAULT_CHARSET if name == "utf-8-sig" else name
