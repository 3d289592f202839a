"""The template language of error messages: attributes in braces, optional parts in brackets.

An example is `"no response[ from {origin}|]"`. A part in brackets is used if every name directly in
it is truthy; otherwise the text after `|` is used. This module converts a message to the body of a
Python method. `rules` checks the names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, TypeAlias


@dataclass(frozen=True, slots=True)
class Words:
    """Literal text."""

    text: str


@dataclass(frozen=True, slots=True)
class Fact:
    """The value of an attribute, with its format: `timeout_s`, `:g`."""

    path: str
    conversion: str

    @property
    def name(self) -> str:
        """Return the attribute without its path."""
        return self.path.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Part:
    """Optional parts: the first alternative whose attributes are all truthy is used."""

    alternatives: tuple[Message, ...]


Piece: TypeAlias = Words | Fact | Part
Message: TypeAlias = tuple[Piece, ...]

_TOKEN: Final = re.compile(
    r"\{(?P<path>[a-z_][\w.]*)(?P<conversion>(?:![rs])?(?::[^{}\[\]|]*)?)\}|(?P<mark>[\[\]|])|(?P<text>[^{}\[\]|]+)"
)


def parse_message(text: str) -> Message:
    """Parse a message. Raises ValueError with the mistake."""
    tokens = list(_tokens(text))
    message, rest = _sequence(tokens, 0, top=True)
    if rest != len(tokens):
        raise ValueError('a "]" has no "["')
    return message


def facts_of(message: Message) -> Iterator[Fact]:
    """Return every attribute in the message, in order."""
    for piece in message:
        match piece:
            case Fact():
                yield piece
            case Part(alternatives):
                for alternative in alternatives:
                    yield from facts_of(alternative)
            case Words():
                pass


def template(message: Message) -> str:
    """Return the message for readers, with `<name>` for each attribute."""
    return "".join(_shown(piece) for piece in message)


def _shown(piece: Piece) -> str:
    match piece:
        case Words(text):
            return text
        case Fact(path):
            return f"<{path}>"
        case Part(alternatives):
            return template(alternatives[0])


def method_body(message: Message) -> list[str]:
    """The lines that build the message from `self`."""
    if not any(isinstance(piece, Part) for piece in message):
        return [f"return {_literal(message)}"]
    lines: list[str] = []
    _assign(message, lines, indent="", first=True)
    start = "text += "
    if lines[-1].startswith(start):
        return [*lines[:-1], f"return text + {lines[-1].removeprefix(start)}"]
    return [*lines, "return text"]


def _tokens(text: str) -> Iterator[re.Match[str]]:
    at = 0
    while at < len(text):
        found = _TOKEN.match(text, at)
        if found is None:
            raise ValueError(f"cannot read {text[at : at + 20]!r}")
        yield found
        at = found.end()


def _sequence(tokens: list[re.Match[str]], at: int, *, top: bool) -> tuple[Message, int]:
    pieces: list[Piece] = []
    while at < len(tokens):
        token = tokens[at]
        if token["mark"] in ("]", "|") and not (top and token["mark"] == "|"):
            break
        if token["mark"] == "[":
            part, at = _part(tokens, at + 1)
            pieces.append(part)
            continue
        if token["path"]:
            pieces.append(Fact(token["path"], token["conversion"]))
        else:
            pieces.append(Words(token["text"] or token["mark"]))
        at += 1
    return tuple(pieces), at


def _part(tokens: list[re.Match[str]], at: int) -> tuple[Part, int]:
    alternatives: list[Message] = []
    while True:
        message, at = _sequence(tokens, at, top=False)
        alternatives.append(message)
        if at == len(tokens):
            raise ValueError('a "[" has no "]"')
        if tokens[at]["mark"] == "]":
            return Part(tuple(alternatives)), at + 1
        at += 1


def _assign(message: Message, lines: list[str], indent: str, *, first: bool) -> None:
    run: list[Piece] = []
    for piece in (*message, None):
        if piece is not None and not isinstance(piece, Part):
            run.append(piece)
            continue
        if run or (first and piece is not None):
            lines.append(f"{indent}text {'=' if first else '+='} {_literal(tuple(run))}")
            first = False
        run = []
        if isinstance(piece, Part):
            _branches(piece, lines, indent)


def _branches(part: Part, lines: list[str], indent: str) -> None:
    keyword = "if"
    for alternative in part.alternatives:
        needed = list(dict.fromkeys(p.path for p in alternative if isinstance(p, Fact)))
        if needed:
            lines.append(f"{indent}{keyword} {' and '.join(f'self.{path}' for path in needed)}:")
        else:
            lines.append(f"{indent}else:")
        _assign(alternative, lines, indent + "    ", first=False)
        keyword = "elif"


def _literal(pieces: Message) -> str:
    has_facts = any(isinstance(piece, Fact) for piece in pieces)
    body = "".join(_escaped(piece, braces=has_facts) for piece in pieces)
    return f'{"f" if has_facts else ""}"{body}"'


def _escaped(piece: Piece, *, braces: bool) -> str:
    match piece:
        case Fact(path, conversion):
            return f"{{self.{path}{conversion}}}"
        case Words(text):
            escaped = text.replace("\\", "\\\\").replace('"', '\\"')
            return escaped.replace("{", "{{").replace("}", "}}") if braces else escaped
        case Part():
            raise TypeError("a part is not a literal")
