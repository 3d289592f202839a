"""Text for a terminal: colors, indented JSON, and escaped control characters."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TextIO, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = [
    "ColorName",
    "Colors",
    "escape_controls",
    "indented_json",
    "is_short_indented",
    "use_color",
]

ColorName: TypeAlias = Literal[
    "good", "other", "wrong", "bad", "name", "text", "number", "word", "dim"
]

_CODES: Final[Mapping[ColorName, str]] = {
    "good": "32",
    "other": "36",
    "wrong": "33",
    "bad": "31",
    "name": "34",
    "text": "32",
    "number": "36",
    "word": "35",
    "dim": "2",
}
# Control characters, C1 included, except line breaks and tabs.
_COMMANDS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+')
_OPENING: Final = {"{": "}", "[": "]"}
_STEP: Final = "  "


@dataclass(frozen=True, slots=True)
class Colors:
    """Colors text, if colors are enabled."""

    is_colored: bool

    def __call__(self, name: ColorName, text: str) -> str:
        """Return the text in a color."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.is_colored and text else text

    def status(self, code: int, text: str) -> str:
        """Return the text in the color of a status."""
        names: tuple[ColorName, ...] = ("other", "good", "other", "wrong", "bad")
        return self(names[min(max(code // 100 - 1, 0), 4)], text)

    def json(self, text: str) -> str:
        """Return JSON text, indented; its tokens stay as they are."""
        return "".join(self._token(token) for token in indented_json(text))

    def _token(self, token: str) -> str:
        if token.startswith('"'):
            return self("name", token[:-2]) + ": " if token.endswith(": ") else self("text", token)
        if token[0].isspace() or token[0] in "{}[],":
            return token
        return self("word" if token[0].isalpha() else "number", token)


def is_short_indented(text: str, chars_max: int) -> bool:
    """Return whether valid JSON text, once it is indented, has at most so many characters."""
    size = 0
    for token in indented_json(text):
        size += len(token)
        if size > chars_max:
            return False
    return True


def indented_json(text: str) -> Iterator[str]:
    """Yield the tokens of valid JSON text and the space between them; names include the colon."""
    depth, tokens = 0, [found[0] for found in _TOKEN.finditer(text)]
    for at, token in enumerate(tokens):
        following = tokens[at + 1] if at + 1 < len(tokens) else ""
        if token in _OPENING:
            yield token
            if following != _OPENING[token]:
                depth += 1
                yield "\n" + _STEP * depth
        elif token in {"}", "]"}:
            yield token
        elif token == ",":
            yield token
            yield "\n" + _STEP * depth
        elif token != ":":
            yield f"{token}: " if following == ":" else token
        if following in {"}", "]"} and _OPENING.get(token) != following:
            depth -= 1
            yield "\n" + _STEP * depth


def escape_controls(text: str) -> str:
    r"""Return the text with control characters escaped, such as \x1b."""
    return _COMMANDS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def use_color(when: Literal["auto", "always", "never"], stream: TextIO) -> bool:
    """Return whether a stream gets colors (no-color.org: a nonempty NO_COLOR disables them)."""
    if when != "auto":
        return when == "always"
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not refused
