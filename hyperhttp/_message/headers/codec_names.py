"""From the label of a text encoding in a header to the codec that Python has for it."""

from __future__ import annotations

import codecs
import encodings
import pkgutil
import re
from encodings import aliases, normalize_encoding
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
# Listed at import, because listing them reads a directory: in the event loop that would block it.
_MODULES: Final = frozenset(module.name for module in pkgutil.iter_modules(encodings.__path__))


@lru_cache(maxsize=64)
def codec_name(label: str) -> str | None:
    """Return the codec that Python has for a label; None for a label of no text encoding."""
    module = None if _LABEL.fullmatch(label) is None else _module(label)
    if module is None:
        return None
    try:
        name = codecs.lookup(module).name
        # The public way to ask whether a codec is one between text and bytes.
        "".encode(module)
    except (LookupError, UnicodeError):
        return None
    if name in _REFUSED:
        return None
    return DEFAULT_CHARSET if name == "utf-8-sig" else name


def _module(label: str) -> str | None:
    """Return the module of Python's codec for a label; None if there is none.

    `codecs.lookup` keeps every label that it was ever asked for, unknown ones too.
    """
    name = normalize_encoding(label).lower()
    module = aliases.aliases.get(name) or aliases.aliases.get(name.replace(".", "_")) or name
    return module if module in _MODULES else None
