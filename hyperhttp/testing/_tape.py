"""The file of a cassette: requests and responses as readable JSON that can be compared.

This module defines the format and writes it. `_cassette` selects the responses.
"""

from __future__ import annotations

import base64
import json
import os
import tempfile
from pathlib import Path
from typing import Annotated, Final, Literal, TypeAlias, final

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.headers.response_head import HTTPVersion

VERSION: Final = 1
Fields: TypeAlias = tuple[tuple[str, str], ...]


class _Written(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


@final
class Text(_Written):
    """A body that is text, by lines, so that a change of one line is a change of one line."""

    text: tuple[str, ...]


@final
class Binary(_Written):
    """A body that isn't text, as lines of base64."""

    base64: tuple[str, ...]


@final
class RecordedRequest(_Written):
    """A request as it is kept, without its secrets."""

    method: str
    url: str
    headers: Fields = ()
    body: Text | Binary | None = None
    streamed: bool = False
    """True if its body came in pieces, and so is not kept."""


@final
class RecordedResponse(_Written):
    """A recorded response, with its encoded body as received."""

    status_code: int
    reason_phrase: str = ""
    http_version: HTTPVersion = "HTTP/1.1"
    headers: Fields = ()
    body: Text | Binary | None = None
    trailers: Fields = ()


@final
class Interaction(_Written):
    """A request and its response."""

    request: RecordedRequest
    response: RecordedResponse


@final
class _Tape(_Written):
    format: Literal["hyperhttp cassette"] = "hyperhttp cassette"
    version: Annotated[int, Field(ge=1, le=VERSION)] = VERSION
    interactions: tuple[Interaction, ...] = ()


def body_of(data: bytes) -> Text | Binary | None:
    """Return bytes in recorded form: text if they are UTF-8 without control characters."""
    if not data:
        return None
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = "\0"
    if any(ord(mark) < 32 and mark not in "\t\r\n" for mark in text):
        encoded = base64.encodebytes(data).decode("ascii")
        return Binary(base64=tuple(encoded.splitlines()))
    return Text(text=tuple(text.splitlines(keepends=True)))


def bytes_of(body: Text | Binary | None) -> bytes:
    """Return the recorded bytes. Raises ValueError for invalid base64."""
    match body:
        case None:
            return b""
        case Text():
            return "".join(body.text).encode()
        case Binary():
            return base64.b64decode("".join(body.base64), validate=True)


def load(path: Path) -> list[Interaction]:
    """Read a file; empty if there is none. Raises ConfigError for another kind of file."""
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return []
    try:
        return list(_Tape.model_validate_json(text).interactions)
    except ValidationError as error:
        problem = error.errors(include_url=False, include_input=False)[0]
        place = ".".join(map(str, problem["loc"])) or "the whole"
        raise ConfigError(
            option="cassette",
            given=f"{path.name}: {place}: {problem['msg']}",
            allowed=f"a cassette of version {VERSION}",
        ) from error


def save(path: Path, interactions: list[Interaction]) -> None:
    """Write the whole file or nothing: an existing file is replaced at once."""
    tape = _Tape(interactions=tuple(interactions)).model_dump(mode="json", exclude_none=True)
    text = json.dumps(tape, indent=1, ensure_ascii=False) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    written = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        written.replace(path)
    finally:
        written.unlink(missing_ok=True)
