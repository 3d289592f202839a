"""Text for the eyes: colours, JSON on several lines, and nothing that commands the terminal.

Everything here turns text into text; whether there is a terminal is asked in one place only.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Literal, TextIO, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ["ColorName", "Colors", "escape_controls", "indented_json", "use_color"]

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
# What a terminal would obey, C1 included; line breaks and tabs are text.
_COMMANDS: Final = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_TOKEN: Final = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\],:]|[^\s{}\[\],:"]+')
_OPENING: Final = {"{": "}", "[": "]"}
_STEP: Final = "  "


@dataclass(frozen=True, slots=True)
class Colors:
    """Colours, or none."""

    is_colored: bool

    def __call__(self, name: ColorName, text: str) -> str:
        """The text in a tone."""
        return f"\x1b[{_CODES[name]}m{text}\x1b[0m" if self.is_colored and text else text

    def status(self, code: int, text: str) -> str:
        """A text in the tone of a status."""
        tones: tuple[ColorName, ...] = ("other", "good", "other", "wrong", "bad")
        return self(tones[min(max(code // 100 - 1, 0), 4)], text)

    def json(self, text: str) -> str:
        """A JSON text on several lines; what its tokens are stays as it is written."""
        return "".join(self._token(token) for token in indented_json(text))

    def _token(self, token: str) -> str:
        if token.startswith('"'):
            return self("name", token[:-2]) + ": " if token.endswith(": ") else self("text", token)
        if token[0].isspace() or token[0] in "{}[],":
            return token
        return self("word" if token[0].isalpha() else "number", token)


def indented_json(text: str) -> Iterator[str]:
    """The tokens of a valid JSON text with the space between them; a name has its colon with it."""
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
    r"""The text with what a terminal would obey made visible, such as \x1b."""
    return _COMMANDS.sub(lambda found: f"\\x{ord(found[0]):02x}", text)


def use_color(when: Literal["auto", "always", "never"], stream: TextIO) -> bool:
    """Whether a stream is to be coloured (see no-color: any NO_COLOR that is not empty)."""
    if when != "auto":
        return when == "always"
    refused = os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return stream.isatty() and not refused
