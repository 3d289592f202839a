"""Request items (the words after the URL) and curl's form parts: fields, files, query, headers.

Reads text into values; what becomes of them is decided in `asking`.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final, cast

from hyperhttp import MultipartFile
from hyperhttp._cli.exit_codes import UsageError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._message.content.json_text import JSONInput

__all__ = ["Items", "Verbatim", "header", "pair", "read_form", "read_items", "text_of"]

# The separator that begins first counts; of two that begin at the same place, the longer one.
_ITEM: Final = re.compile(r"((?:\\.|[^\\:=@])+)(:=@|:=|==|=@|=|:|@)(.*)", re.DOTALL)
_ESCAPED: Final = re.compile(r"\\([:=@\\])")
_EXAMPLES: Final = "name=value, name:=3, name==value, Name:value or name@file"


class Verbatim(str):
    """A value that is text, even if it begins like the name of a file."""

    __slots__ = ()


@dataclass(slots=True)
class Items:
    """The parsed items by kind, each in its order."""

    headers: list[tuple[str, str]] = field(default_factory=list["tuple[str, str]"])
    params: list[tuple[str, str]] = field(default_factory=list["tuple[str, str]"])
    fields: list[tuple[str, JSONInput]] = field(default_factory=list["tuple[str, JSONInput]"])
    files: list[tuple[str, MultipartFile]] = field(
        default_factory=list["tuple[str, MultipartFile]"]
    )


def read_items(words: Sequence[str]) -> Items:
    """Parse items. Raises UsageError, and OSError for a file that can't be read."""
    items = Items()
    for word in words:
        found = _ITEM.fullmatch(word)
        if found is None:
            raise UsageError(f"invalid item {word!r}; expected {_EXAMPLES}")
        name, value = _ESCAPED.sub(r"\1", found[1]), found[3]
        match found[2]:
            case ":":
                items.headers.append((name, value.strip()))
            case "==":
                items.params.append((name, value))
            case "=":
                items.fields.append((name, value))
            case "=@":
                items.fields.append((name, text_of(value)))
            case ":=":
                items.fields.append((name, _json(value, word)))
            case ":=@":
                items.fields.append((name, _json(text_of(value), word)))
            case _:
                items.files.append((name, _file(value)))
    return items


def read_form(parts: Sequence[str]) -> Items:
    """Parse form parts in curl's syntax: `name=value`, `name=@path;type=text/csv`."""
    items = Items()
    for part in parts:
        name, value = pair(part, "-F")
        if isinstance(part, Verbatim):
            items.fields.append((name, value))
        elif value.startswith("@"):
            items.files.append((name, _file(value[1:])))
        elif value.startswith("<"):
            items.fields.append((name, text_of(value[1:])))
        else:
            items.fields.append((name, value))
    return items


def header(text: str) -> tuple[str, str]:
    """Parse `Name: value`. Raises UsageError."""
    name, colon, value = text.partition(":")
    if not colon:
        raise UsageError(f"invalid header {text!r}; expected 'Name: value'")
    return name.strip(), value.strip()


def pair(text: str, flag: str) -> tuple[str, str]:
    """Parse `name=value`. Raises UsageError."""
    name, equals, value = text.partition("=")
    if not equals or not name:
        raise UsageError(f"invalid {flag} {text!r}; expected name=value")
    return name, value


def text_of(path: str) -> str:
    """Return the content of a text file. Raises UsageError."""
    try:
        return Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read {path} as text: {error}") from error


def _json(text: str, word: str) -> JSONInput:
    try:
        return cast("JSONInput", json.loads(text))
    except ValueError as error:
        raise UsageError(f"invalid JSON after ':=' in {word!r}: {error}") from error


def _file(text: str) -> MultipartFile:
    """Return a file with curl's `;type=` and `;filename=` suffixes applied."""
    path, *more = text.split(";")
    options = dict(pair(one.strip(), f"@{path};") for one in more)
    if unknown := set(options) - {"type", "filename"}:
        raise UsageError(
            f"invalid file @{text}: unknown {min(unknown)!r}; expected type or filename"
        )
    if not Path(path).is_file():
        raise UsageError(f"cannot read @{path}: no such file")
    kind = options.get("type")
    if "filename" in options:
        return MultipartFile(Path(path), filename=options["filename"], content_type=kind)
    return MultipartFile(Path(path), content_type=kind)
