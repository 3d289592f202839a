"""The grammar of header values: tokens, quoted strings, lists, parameters, numbers, month names.

RFC 9110 5.6 and RFC 8187 in one place, parsed in linear time: the patterns are possessive. The
modules that parse a certain header build their patterns from these.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final
from urllib.parse import unquote_to_bytes

from hyperhttp._message.headers.codec_names import codec_name
from hyperhttp._message.url.url import reference_from_wire

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "CONTROL",
    "MONTHS",
    "QUOTED_STRING",
    "TOKEN",
    "TOKEN_CHAR",
    "TOKEN_ONLY",
    "TOKEN_WITH_PARAMETERS",
    "digits",
    "elements",
    "extended_text",
    "parameters",
    "preferred_text",
    "unquoted",
]

TOKEN_CHAR: Final = r"[!#$%&'*+\-.^_`|~0-9A-Za-z]"
"""Pattern of a character of a token (RFC 9110 5.6.2)."""
TOKEN: Final = rf"{TOKEN_CHAR}++"
"""Pattern of a token, such as a header name."""
QUOTED_STRING: Final = r'"(?:[^"\\]|\\.)*+"'
"""Pattern of a quoted string with its quotes (RFC 9110 5.6.4); `unquoted` returns its text."""
TOKEN_ONLY: Final = re.compile(TOKEN)
"""For `fullmatch`: a text that is a token."""
TOKEN_WITH_PARAMETERS: Final = re.compile(rf"[ \t]*+({TOKEN})[ \t]*+(;.*+|)", re.DOTALL)
"""For `fullmatch`: a token, and the text of its parameters, which may be empty."""
CONTROL: Final = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
"""A character that a header value can't contain (RFC 9110 5.5); tabs may be in one."""
MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""The names of the months in dates (RFC 9110 5.6.7)."""

# Angle brackets hold the address of a Link. What is never closed goes to the end, so that nothing
# is looked at twice.
_ELEMENT: Final = re.compile(
    r'(?:[^",<]++|"(?:[^"\\]|\\.)*+(?:"|\\?\Z)|<[^>]*+(?:>|\Z))++', re.DOTALL
)
# A value that is not quoted should be a token; spaces and other characters are seen in the wild.
_PARAMETER: Final = re.compile(
    rf";[ \t]*+(?:(?P<name>{TOKEN})[ \t]*+"
    rf'(?:=[ \t]*+(?P<value>{QUOTED_STRING}|[^;"]*+))?+)?+[ \t]*+',
    re.DOTALL,
)
_EXTENDED: Final = re.compile(r"(?P<charset>[^']*+)'[^']*+'(?P<value>[\x21-\x7e]*+)")
_BAD_ESCAPE: Final = re.compile(r"%(?![0-9A-Fa-f]{2})")
_ESCAPE: Final = re.compile(r"\\(.)", re.DOTALL)
# More digits than anything countable has; a longer number is refused before Python converts it.
_DIGITS: Final = re.compile(r"[0-9]{1,19}")


def elements(value: str) -> Iterator[str]:
    """Return the elements of a list (RFC 9110 5.6.1), stripped and without empty ones.

    elements('a, "b, c",')    # 'a' and '"b, c"'
    """
    for match in _ELEMENT.finditer(value):
        if element := match.group().strip(" \t"):
            yield element


def parameters(text: str) -> list[tuple[str, str | None]] | None:
    """Parse `;name=value;name="value"` into lower-case names and values; None for other text.

    A name without `=` has the value None. Names can occur twice.
    """
    found: list[tuple[str, str | None]] = []
    at, text = 0, text.strip(" \t")
    while at < len(text):
        match = _PARAMETER.match(text, at)
        if match is None:
            return None
        name, value = match["name"], match["value"]
        if name is not None:
            found.append((name.lower(), None if value is None else unquoted(value)))
        at = match.end()
    return found


def unquoted(value: str) -> str:
    """Return the text of a token or of a quoted string, without escapes."""
    value = value.strip(" \t")
    if len(value) < 2 or value[0] != '"' or value[-1] != '"':
        return value
    return _ESCAPE.sub(r"\1", value[1:-1])


def extended_text(value: str) -> str | None:
    """Return the text of an extended value such as `UTF-8''na%C3%AFve` (RFC 8187), or None."""
    match = _EXTENDED.fullmatch(value)
    if match is None or _BAD_ESCAPE.search(match["value"]):
        return None
    charset = codec_name(match["charset"])
    if charset is None:
        return None
    try:
        return unquote_to_bytes(match["value"]).decode(charset)
    except UnicodeError:
        return None


def preferred_text(given: Mapping[str, str | None], name: str) -> str | None:
    """Return a parameter as text: a valid `name*`, or else `name`, possibly in UTF-8."""
    extended = given.get(f"{name}*")
    text = None if extended is None else extended_text(extended)
    if text is not None:
        return text
    plain = given.get(name)
    return None if plain is None else reference_from_wire(plain)


def digits(value: str | None) -> int | None:
    """Parse a number of at most 19 digits; None for anything else."""
    return int(value) if value is not None and _DIGITS.fullmatch(value) else None
