"""The types of what callers may hand in: one alias for each kind of argument.

Inputs are `Mapping` and `Sequence`, never `dict` and `list`, so that callers' own narrower types
fit. What the aliases cannot say, because a checker cannot see it, the module that takes the value
checks at run time.
"""

from __future__ import annotations

from collections.abc import AsyncIterable, Callable, Iterable, Mapping, Sequence
from enum import Enum
from os import PathLike
from typing import TYPE_CHECKING, Any, ClassVar, Protocol, TypeAlias
from uuid import UUID

if TYPE_CHECKING:
    import ssl

    from hyperhttp._generated.config import Timeout
    from hyperhttp._message.multipart import MultipartFile
    from hyperhttp._message.url import URL

__all__ = [
    "BufferInput",
    "CertInput",
    "ContentInput",
    "CookiesInput",
    "DataInput",
    "DataclassLike",
    "EncodingDetector",
    "EncodingInput",
    "Extensions",
    "ExtensionsInput",
    "FileContent",
    "FileInput",
    "FileTuple",
    "FilesInput",
    "HeadersInput",
    "JSONInput",
    "ModelLike",
    "ParamsInput",
    "PathInput",
    "PrimitiveInput",
    "ReadableFile",
    "TimeoutInput",
    "TypedDictLike",
    "URLInput",
    "VerifyInput",
]


class TypedDictLike(Protocol):
    """An instance of a TypedDict: its keys are declared, so a checker has seen its values."""

    __required_keys__: ClassVar[frozenset[str]]
    __optional_keys__: ClassVar[frozenset[str]]


class DataclassLike(Protocol):
    """An instance of a dataclass; its fields become the members of a JSON object."""

    # `Any`, because typeshed and other stubs disagree on the type of a field's description.
    __dataclass_fields__: ClassVar[dict[str, Any]]


class ModelLike(Protocol):
    """A pydantic model, or whatever dumps itself in the same way."""

    def model_dump(self, *, mode: str = "python") -> dict[str, Any]:
        """The fields as plain values; with `mode="json"` only such as JSON knows."""
        ...


class ReadableFile(Protocol):
    """A file opened in binary mode."""

    def read(self, size: int = -1, /) -> bytes:
        """At most `size` bytes; none at the end."""
        ...


JSONInput: TypeAlias = (
    Mapping[str, "JSONInput"]
    | Sequence["JSONInput"]
    | str
    | int
    | float
    | bool
    | TypedDictLike
    | DataclassLike
    | ModelLike
    | Enum
    | UUID
    | None
)
"""What `json=` takes. A set or a datetime inside is a type error."""

PrimitiveInput: TypeAlias = str | int | float | bool | None
"""One value of a query parameter or a form field; None leaves the key out."""

ParamsInput: TypeAlias = (
    Mapping[str, PrimitiveInput | Sequence[PrimitiveInput]]
    | Sequence[tuple[str, PrimitiveInput | Sequence[PrimitiveInput]]]
)
"""Query parameters, by name or as pairs; a sequence of values repeats its key."""

DataInput: TypeAlias = ParamsInput
"""Form fields: the same shapes and rules as `ParamsInput`."""

HeadersInput: TypeAlias = Mapping[str, str] | Sequence[tuple[str, str]]
"""Header fields by name, or as pairs where a name may come twice. `Headers` is a mapping too."""

CookiesInput: TypeAlias = Mapping[str, str] | Sequence[tuple[str, str]]
"""Cookies by name. `Cookies` is a mapping too."""

BufferInput: TypeAlias = bytes | bytearray | memoryview
"""Bytes, in whichever of the three types."""

ContentInput: TypeAlias = (
    BufferInput | str | Iterable[BufferInput] | AsyncIterable[BufferInput] | ReadableFile
)
"""A raw body: bytes, text (sent as UTF-8), pieces of bytes sync or async, or a binary file."""

FileContent: TypeAlias = (
    BufferInput
    | str
    | PathLike[str]
    | Iterable[BufferInput]
    | AsyncIterable[BufferInput]
    | ReadableFile
)
"""What a file holds: as `ContentInput`, or the path of a file; text is what is in the file."""

FileTuple: TypeAlias = (
    tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, HeadersInput | None]
)
"""A file and what is told of it: file name, content, content type, headers."""

FileInput: TypeAlias = "FileContent | FileTuple | MultipartFile"
"""A file to be sent."""

FilesInput: TypeAlias = "Mapping[str, FileInput] | Sequence[tuple[str, FileInput]]"
"""Files by the name of their form field, or as pairs where a name may come twice."""

EncodingDetector: TypeAlias = Callable[[bytes], str | None]
"""Says the encoding of a body by its beginning, at most 16 KiB of it; None if it does not know."""

EncodingInput: TypeAlias = str | EncodingDetector
"""The name of a text encoding, or a function that says it."""

Extensions: TypeAlias = dict[str, object]
"""What code of the caller's own keeps with a request or a response."""

ExtensionsInput: TypeAlias = Mapping[str, object]
"""The same, as it is handed in."""

URLInput: TypeAlias = "str | URL"
"""An address, as text or parsed."""

TimeoutInput: TypeAlias = "float | Timeout | None"
"""Seconds for each phase, None for no limit, or a `Timeout`."""

PathInput: TypeAlias = "str | PathLike[str]"
"""A path, as text or as an object that has one."""

CertInput: TypeAlias = (
    "PathInput | tuple[PathInput, PathInput] | tuple[PathInput, PathInput | None, str] | None"
)
"""A client certificate: a PEM file; it and the file of its key; both and the key's password."""

VerifyInput: TypeAlias = "bool | str | PathLike[str] | ssl.SSLContext"
"""Whom to trust: the usual CAs, anybody, a file or folder of CAs, or a ready context."""
