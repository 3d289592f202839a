"""Multipart forms (RFC 7578) with files, which are streamed.

This module determines names, types and boundaries of the parts, and the length of the body. Nothing
in a name can end a line or a quoted string. Files are read only while they are sent.
"""

from __future__ import annotations

import os
import re
from collections.abc import AsyncGenerator, AsyncIterable, Iterable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass
from functools import cache
from mimetypes import MimeTypes
from os import PathLike
from typing import Final, TypeAlias, cast, final

from hyperhttp._base._generated.errors import ConfigError, LocalProtocolError
from hyperhttp._base.input_pairs import pairs_of, shown
from hyperhttp._base.input_types import BufferInput
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.headers.grammar import QUOTED_STRING, unquoted
from hyperhttp._message.headers.headers import Headers, HeadersInput, encoded_headers
from hyperhttp._message.request.body_kinds import AsyncBody, Buffer, BytesBody, once
from hyperhttp._message.request.file_body import FileBody, FileSlice, ReadableFile
from hyperhttp._message.request.raw_body import RawBody, StreamedBody, flow, raw_body

__all__ = [
    "FileContent",
    "FileInput",
    "FileTuple",
    "FilesInput",
    "MultipartBody",
    "MultipartFile",
    "SyncFilesInput",
    "encode_multipart",
]

FileContent: TypeAlias = (
    BufferInput
    | str
    | PathLike[str]
    | FileSlice
    | Iterable[BufferInput]
    | AsyncIterable[BufferInput]
    | ReadableFile
)
"""The content of a file: as `ContentInput`, or a path. Text is the content of the file."""

FileTuple: TypeAlias = (
    tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, HeadersInput | None]
)
"""A file with its attributes: file name, content, content type, headers."""

SyncFileContent: TypeAlias = (
    BufferInput | str | PathLike[str] | FileSlice | Iterable[BufferInput] | ReadableFile
)
"""A file's content for a synchronous client, which doesn't take async iterables."""

SyncFileTuple: TypeAlias = (
    tuple[str | None, SyncFileContent]
    | tuple[str | None, SyncFileContent, str | None]
    | tuple[str | None, SyncFileContent, str | None, HeadersInput | None]
)
"""A file of a synchronous client: file name, content, content type, headers."""


_ALLOWED: Final = (
    "bytes, str, a path, a binary file, an iterable of bytes, MultipartFile(...), "
    "or a tuple (file name, content, content type, headers) of two to four"
)
_UNNAMED: Final = "upload"
_UNTYPED: Final = "application/octet-stream"
_CODED_TYPES: Final = {
    "gzip": "application/gzip",
    "bzip2": "application/x-bzip2",
    "xz": "application/x-xz",
}
# What WHATWG's multipart/form-data escapes in names, and the other controls, which no field value
# may hold (RFC 9110 5.5).
_ESCAPES: Final = {code: f"%{code:02X}" for code in (*range(0x09), *range(0x0A, 0x20), 0x22, 0x7F)}
# RFC 2046 5.1.1
_BOUNDARY: Final = re.compile(r"[0-9A-Za-z'()+_,\-./:=? ]{0,69}[0-9A-Za-z'()+_,\-./:=?]")
_BOUNDARY_PARAMETER: Final = re.compile(
    rf';[ \t]*+boundary=({QUOTED_STRING}|[^\s;"]++)[ \t]*+(?:;|\Z)', re.IGNORECASE
)
# A copy of less costs less than a separate write.
_JOINED_BYTES_MAX: Final = 1 << 16


@final
class MultipartFile:
    """A file for `files=`, with its attributes.

        files = {"photo": MultipartFile(Path("me.jpg"), filename="portrait.jpg")}

    `content` has the types of `content=`, or is the path of a file, which is opened when it is
    sent. Text is the content of the file. `filename` defaults to the name of the path or of the
    open file, or to "upload". With None, the part has no file name, as a plain form field.
    `content_type` defaults to the type of the file name's extension. `headers` are further headers
    of the part. `length` is the size in bytes of content without a known size, so that a
    Content-Length can be sent.
    """

    __slots__ = ("content", "content_type", "filename", "headers", "length")

    content: Final[FileContent]
    """The content of the file."""
    filename: Final[str | Unset | None]
    """The name that is sent; UNSET for that of the content."""
    content_type: Final[str | None]
    """Its type; None for that of the name's ending."""
    headers: Final[HeadersInput | None]
    """Further fields of this part."""
    length: Final[int | None]
    """The size in bytes, for content whose size isn't known."""

    def __init__(
        self,
        content: FileContent,
        *,
        filename: str | Unset | None = UNSET,
        content_type: str | None = None,
        headers: HeadersInput | None = None,
        length: int | None = None,
    ) -> None:
        self.content = content
        self.filename = filename
        self.content_type = content_type
        self.headers = headers
        self.length = length

    def __repr__(self) -> str:
        name = "" if self.filename is UNSET else f", filename={self.filename!r}"
        return f"MultipartFile({shown(self.content)}{name})"


FileInput: TypeAlias = FileContent | FileTuple | MultipartFile
"""A file to be sent."""


FilesInput: TypeAlias = Mapping[str, FileInput] | Sequence[tuple[str, FileInput]]
"""Files by the name of their form field, or as pairs where a name may come twice."""

SyncFileInput: TypeAlias = SyncFileContent | SyncFileTuple | MultipartFile
"""A file to be sent by a synchronous client."""

SyncFilesInput: TypeAlias = Mapping[str, SyncFileInput] | Sequence[tuple[str, SyncFileInput]]
"""Files of a synchronous client, by the name of their form field, or as pairs."""


@dataclass(frozen=True, slots=True)
class _StreamedPart:
    """The streamed content of a part; `length` is its declared size, if any."""

    name: str
    body: StreamedBody
    length: int | None

    async def chunks(self) -> AsyncGenerator[Buffer, None]:
        rest = self.length
        async with aclosing(flow(self.body)) as pieces:
            async for piece in pieces:
                if rest is not None:
                    rest -= len(piece)
                    if rest < 0:
                        raise self._mismatch("longer")
                yield piece
        if rest:
            raise self._mismatch(f"{rest} bytes shorter")

    def _mismatch(self, how: str) -> LocalProtocolError:
        # Else the bytes of one part could be taken for those of the next.
        return LocalProtocolError(
            detail=f"the file {self.name[:80]!a} is {how} than its length {self.length}",
            field="Content-Length",
        )


_Segment: TypeAlias = bytes | _StreamedPart


class MultipartBody:
    """A body of several parts; its length is known when that of each part is."""

    __slots__ = ("_segments", "_started", "content_type", "is_async", "length", "replayable")

    content_type: Final[str | None]
    length: Final[int | None]
    replayable: Final[bool]
    is_async: Final[bool]
    """True if a part has to be awaited."""

    def __init__(self, segments: Sequence[_Segment], content_type: str | None) -> None:
        self._segments = segments
        self._started = False
        streamed = [segment for segment in segments if isinstance(segment, _StreamedPart)]
        lengths = [part.length for part in streamed]
        known = [length for length in lengths if length is not None]
        plain = sum(len(segment) for segment in segments if isinstance(segment, bytes))
        self.content_type = content_type
        self.length = plain + sum(known) if len(known) == len(lengths) else None
        self.replayable = all(part.body.replayable for part in streamed)
        self.is_async = any(isinstance(part.body, AsyncBody) for part in streamed)

    def without_content_type(self) -> MultipartBody:
        """Return the same body for a request without a Content-Type."""
        return MultipartBody(self._segments, None)

    def chunks(self) -> AsyncGenerator[Buffer, None]:
        """Yield the pieces from the start, with the rules of `IterableBody.chunks`.

        Raises `LocalProtocolError` if a part doesn't have its declared size.
        """
        if self._started and not self.replayable:
            raise once("a form with a file that cannot be read again")
        self._started = True
        return self._chunks()

    async def _chunks(self) -> AsyncGenerator[Buffer, None]:
        for segment in self._segments:
            if isinstance(segment, bytes):
                yield segment
                continue
            async with aclosing(segment.chunks()) as pieces:
                async for piece in pieces:
                    yield piece


def encode_multipart(
    fields: Sequence[tuple[str, str]], files: FilesInput, *, content_type: str | None = None
) -> BytesBody | MultipartBody:
    """Return the form fields, then the files, each in order.

    Raises `ConfigError`, which contains the name of the part. `content_type` is the caller's
    Content-Type, whose boundary is used.
    """
    boundary = os.urandom(16).hex() if content_type is None else _boundary_in(content_type)
    form = _Form(boundary)
    for name, text in fields:
        form.add(_disposition(name, None), BytesBody(text.encode()), name)
    for given, file in pairs_of(files, option="files"):
        _add_file(form, _checked_name(given), file)
    return form.body(content_type or f"multipart/form-data; boundary={boundary}")


class _Form:
    """A body in the making; what is short is joined."""

    def __init__(self, boundary: str) -> None:
        self._delimiter = f"--{boundary}".encode("ascii")
        self._segments: list[_Segment] = []
        self._short: list[bytes] = []

    def add(self, head: bytes, body: RawBody, name: str, length: int | None = None) -> None:
        """Return a part."""
        self._short += (self._delimiter, b"\r\n", head, b"\r\n")
        if not isinstance(body, BytesBody):
            self._add_long(
                _StreamedPart(name, body, length if body.length is None else body.length)
            )
        elif len(body.data) > _JOINED_BYTES_MAX:
            self._add_long(body.data)
        else:
            self._short.append(body.data)
        self._short.append(b"\r\n")

    def body(self, content_type: str) -> BytesBody | MultipartBody:
        """Return the whole body."""
        self._short += (self._delimiter, b"--\r\n")
        last = b"".join(self._short)
        if not self._segments:
            return BytesBody(last, content_type)
        return MultipartBody([*self._segments, last], content_type)

    def _add_long(self, segment: _Segment) -> None:
        self._segments += (b"".join(self._short), segment)
        self._short = []


def _add_file(form: _Form, name: str, given: object) -> None:
    file = _file_of(name, given)
    body, known_as = _content(name, file.content)
    if file.length is not None and body.length not in {None, file.length}:
        what = f"length {file.length} for a content of {body.length} bytes"
        raise _refused(name, what, "the length that it has, or none")
    filename = known_as or _UNNAMED if file.filename is UNSET else file.filename
    head = _disposition(name, filename) + _own_fields(name, file, filename, body)
    form.add(head, body, name, file.length)


def _checked_name(name: object) -> str:
    if isinstance(name, str):
        return name
    given = f"a name that is {shown(name)}"
    raise ConfigError(option="files", given=given, allowed="names that are str")


def _file_of(name: str, value: object) -> MultipartFile:
    """Return the file of a value, and check the types of its attributes."""
    if isinstance(value, tuple):
        file = _file_of_tuple(name, cast("tuple[object, ...]", value))
    elif isinstance(value, MultipartFile):
        file = value
    else:
        file = MultipartFile(cast("FileContent", value))
    for what, given in (("file name", file.filename), ("content type", file.content_type)):
        if not isinstance(given, str) and given is not None and given is not UNSET:
            raise _refused(name, f"a {what} that is {shown(given)}", "str or None")
    if file.length is not None and (type(file.length) is not int or file.length < 0):
        raise _refused(name, f"length {shown(file.length)}", "a whole number >= 0, or None")
    return file


def _file_of_tuple(name: str, value: tuple[object, ...]) -> MultipartFile:
    if not 2 <= len(value) <= 4:
        raise _refused(name, f"a tuple of {len(value)}", _ALLOWED)
    filename, content, content_type, headers = (*value, None, None)[:4]
    return MultipartFile(
        cast("FileContent", content),
        filename=cast("str | None", filename),
        content_type=cast("str | None", content_type),
        headers=cast("HeadersInput | None", headers),
    )


def _content(name: str, content: object) -> tuple[RawBody, str | None]:
    """Return the content of a part, and its own file name."""
    if isinstance(content, os.PathLike):
        path = os.fsdecode(cast("os.PathLike[str]", content))
        try:
            return FileBody.of_path(path, option="files"), _last_of(path)
        except OSError as error:
            why = error.strerror or type(error).__name__
            raise _refused(name, f"a path: {why}", "the path of a file that is there") from error
    try:
        body = raw_body(content, option="files", allowed=_ALLOWED)
    except ConfigError as error:
        raise _refused(name, error.given, error.allowed) from None
    if isinstance(content, FileSlice):
        content = content.file
        if isinstance(content, (str, os.PathLike)):
            return body, _last_of(os.fsdecode(cast("os.PathLike[str]", content)))
    own = getattr(content, "name", None) if isinstance(body, FileBody) else None
    # Pipes have names such as "<stdin>", and files of a bare descriptor have its number.
    return body, _last_of(own) if isinstance(own, str) and not own.startswith("<") else None


def _last_of(path: str) -> str:
    """Return the name of a file without its directories. Invalid characters are replaced."""
    return os.fsencode(os.path.basename(path)).decode("utf-8", "replace")


def _disposition(name: str, filename: str | None) -> bytes:
    told = "" if filename is None else f'; filename="{_escaped(name, filename)}"'
    return f'Content-Disposition: form-data; name="{_escaped(name, name)}"{told}\r\n'.encode()


def _escaped(part: str, name: str) -> str:
    try:
        name.encode()
    except UnicodeEncodeError:
        raise _refused(part, "a name with a lone surrogate", "valid Unicode text") from None
    name = str.__str__(name).translate(_ESCAPES)
    # Some parsers would take the quote behind it for a part of the name.
    return f"{name[:-1]}%5C" if name.endswith("\\") else name


def _own_fields(name: str, file: MultipartFile, filename: str | None, body: RawBody) -> bytes:
    """Content-Type and the caller's own fields."""
    kind = file.content_type or _guessed_type(filename, body)
    try:
        fields = Headers(file.headers)
        has_kind = "content-type" in fields
        if kind is not None and not has_kind:
            fields.add("Content-Type", kind)
    except LocalProtocolError as error:
        raise _refused(name, error.detail, "header fields that HTTP can carry") from None
    except ConfigError as error:
        raise _refused(name, f"headers: {error.given}", error.allowed) from None
    if "content-disposition" in fields:
        raise _refused(name, "a field Content-Disposition", "the name and the file name")
    if has_kind and file.content_type is not None:
        raise _refused(name, "two content types", "one of them")
    return encoded_headers(fields)


def _guessed_type(filename: str | None, body: RawBody) -> str | None:
    """Guess the type from the name; a part without a name needs none."""
    if filename is None:
        return None
    # The ending alone: a whole name might be read as a URL that brings its own type.
    kind, coding = _known_types().guess_type("x" + os.path.splitext(filename)[1])
    if coding is not None:
        return _CODED_TYPES.get(coding, _UNTYPED)
    return kind or body.content_type or _UNTYPED


@cache
def _known_types() -> MimeTypes:
    """Return the type from Python's built-in table, so that it doesn't depend on the machine."""
    return MimeTypes()


def _boundary_in(content_type: str) -> str:
    found = _BOUNDARY_PARAMETER.search(content_type)
    boundary = "" if found is None else unquoted(found[1])
    if not content_type.lower().startswith("multipart/") or not _BOUNDARY.fullmatch(boundary):
        raise ConfigError(
            option="files",
            given=f"a Content-Type of {content_type[:80]!a}",
            allowed="a multipart type with a boundary, or leave it out",
        )
    return boundary


def _refused(name: str, what: str, allowed: str) -> ConfigError:
    given = f"part {name[:40]!a} with {what}"
    return ConfigError(option="files", given=given, allowed=allowed)
