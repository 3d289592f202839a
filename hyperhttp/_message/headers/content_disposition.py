"""Content-Disposition (RFC 6266): the disposition of a body and its filename.

A server can send any name. Join only `safe_filename` to a directory.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, final

from hyperhttp._message.headers.grammar import TOKEN_WITH_PARAMETERS, parameters, preferred_text

__all__ = ["ContentDisposition", "parse_content_disposition", "safe_name"]

# Control characters, and what turns the direction of text or cannot be seen: "exe.txt" must not
# look like "txt.exe".
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_NOT_IN_NAMES: Final = re.compile(r'[<>:"|?*]')
_RESERVED: Final = re.compile(
    r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?:\..*)?", re.IGNORECASE
)
# What the usual file systems allow in one name.
_NAME_BYTES_MAX: Final = 255
_SUFFIX_CHARS_MAX: Final = 20


@final
@dataclass(frozen=True, slots=True)
class ContentDisposition:
    """The disposition of the body."""

    type: str
    """"inline", "attachment", or another type, in lower case."""
    filename: str | None = None
    """The name that the server gives, as it gives it: it may hold a path. `filename*` if there."""

    @property
    def safe_filename(self) -> str | None:
        """A name for a file in your own directory, valid on any system; None if no name is left.

        It has no path, no control or invisible characters, and no leading or trailing dots and
        spaces. It has no characters or names that Windows reserves, and at most 255 bytes.
        """
        return None if self.filename is None else safe_name(self.filename)


def parse_content_disposition(value: str) -> ContentDisposition | None:
    """Parse a disposition; None if it is invalid. The first of equal parameters is used."""
    match = TOKEN_WITH_PARAMETERS.fullmatch(value)
    pairs = None if match is None else parameters(match[2])
    if match is None or pairs is None:
        return None
    filename = preferred_text(dict(reversed(pairs)), "filename")
    return ContentDisposition(match[1].lower(), filename or None)


def safe_name(filename: str) -> str | None:
    """Return a name that is safe to create; None if nothing is left of it."""
    name = re.split(r"[/\\]", filename)[-1]
    name = "".join([char for char in name if unicodedata.category(char) not in _UNSEEN])
    name = _NOT_IN_NAMES.sub("_", name).strip(". \u00a0")
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return _shortened(name) or None


def _shortened(name: str) -> str:
    """Return at most 255 bytes of UTF-8, with the suffix."""
    if len(name.encode()) <= _NAME_BYTES_MAX:
        return name
    stem, dot, suffix = name.rpartition(".")
    if not stem or len(suffix) > _SUFFIX_CHARS_MAX:
        stem, dot, suffix = name, "", ""
    room = _NAME_BYTES_MAX - len(f"{dot}{suffix}".encode())
    return stem.encode()[:room].decode(errors="ignore").rstrip(". ") + dot + suffix
