"""Multipart forms: a strict parser reads back what was given.

The parts of an input are divided by "%%%" and a line feed. The first line of each is the name of
the field, perhaps "|" and a file name, perhaps "|" and a content type; the rest is the content.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._message.request.body_kinds import BytesBody
from hyperhttp._message.request.multipart import encode_multipart
from tests.message.forms import parsed
from tests.message.request.test_multipart import escaped

SEPARATOR: Final = b"%%%\n"
# An escaped character has three bytes; a part has a delimiter and the names of its headers.
BYTES_PER_BYTE: Final = 3
BYTES_PER_PART: Final = 400


def check(data: bytes) -> None:
    """Encode the parts as a form, and parse it."""
    given = [part(text) for text in data.split(SEPARATOR)]
    fields = [(one.name, one.content.decode("latin-1")) for one in given if one.filename is None]
    files = [(one.name, one) for one in given if one.filename is not None]
    try:
        body = encode_multipart(
            fields, [(name, (one.filename, one.content, one.kind)) for name, one in files]
        )
    except ConfigError as error:
        assert str(error).isprintable()
        return
    assert isinstance(body, BytesBody)
    assert len(body.data) <= BYTES_PER_BYTE * len(data) + BYTES_PER_PART * (len(given) + 1)
    found = parsed(body.data, body.content_type)
    assert [(one.name, one.filename, one.content) for one in found] == [
        *((escaped(name), None, text.encode()) for name, text in fields),
        *((escaped(name), escaped(one.filename or ""), one.content) for name, one in files),
    ]
    kinds = [one.headers.get("content-type") for one in found[len(fields) :]]
    for kind, (_, one) in zip(kinds, files, strict=True):
        assert kind is not None
        assert one.kind is None or kind == one.kind.strip(" \t")


class Part(NamedTuple):
    """A part as it is given."""

    name: str
    filename: str | None
    kind: str | None
    content: bytes


def part(text: bytes) -> Part:
    """The part that a piece of an input describes."""
    line, _, content = text.partition(b"\n")
    name, *rest = line.decode("utf-8", "surrogateescape").split("|", 2)
    filename, kind = (*rest, None, None)[:2]
    # The parser that reads it back takes headers for UTF-8, and a media type is ASCII.
    kind = kind if kind and kind.isascii() else None
    return Part(name, filename, kind, content)
