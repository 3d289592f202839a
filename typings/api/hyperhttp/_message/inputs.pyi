# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/inputs.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

import ssl
from collections.abc import AsyncIterable, Callable, Iterable, Mapping, Sequence
from enum import Enum
from os import PathLike
from typing import Any, ClassVar, Protocol, TypeAlias
from uuid import UUID

from hyperhttp._generated.config import Timeout
from hyperhttp._message.multipart import MultipartFile
from hyperhttp._message.url import URL

__all__ = [
    "BufferInput",
    "CertInput",
    "ContentInput",
    "CookiesInput",
    "DataclassLike",
    "DataInput",
    "EncodingDetector",
    "EncodingInput",
    "Extensions",
    "ExtensionsInput",
    "FileContent",
    "FileInput",
    "FilesInput",
    "FileTuple",
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
    __required_keys__: ClassVar[frozenset[str]]
    __optional_keys__: ClassVar[frozenset[str]]

class DataclassLike(Protocol):
    __dataclass_fields__: ClassVar[dict[str, Any]]

class ModelLike(Protocol):
    def model_dump(self, *, mode: str = "python") -> dict[str, Any]: ...

class ReadableFile(Protocol):
    def read(self, size: int = -1, /) -> bytes: ...

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

PrimitiveInput: TypeAlias = str | int | float | bool | None

ParamsInput: TypeAlias = (
    Mapping[str, PrimitiveInput | Sequence[PrimitiveInput]]
    | Sequence[tuple[str, PrimitiveInput | Sequence[PrimitiveInput]]]
)

DataInput: TypeAlias = ParamsInput

HeadersInput: TypeAlias = Mapping[str, str] | Sequence[tuple[str, str]]

CookiesInput: TypeAlias = Mapping[str, str] | Sequence[tuple[str, str]]

BufferInput: TypeAlias = bytes | bytearray | memoryview

ContentInput: TypeAlias = (
    BufferInput | str | Iterable[BufferInput] | AsyncIterable[BufferInput] | ReadableFile
)

FileContent: TypeAlias = (
    BufferInput
    | str
    | PathLike[str]
    | Iterable[BufferInput]
    | AsyncIterable[BufferInput]
    | ReadableFile
)

FileTuple: TypeAlias = (
    tuple[str | None, FileContent]
    | tuple[str | None, FileContent, str | None]
    | tuple[str | None, FileContent, str | None, HeadersInput | None]
)

FileInput: TypeAlias = "FileContent | FileTuple | MultipartFile"

FilesInput: TypeAlias = "Mapping[str, FileInput] | Sequence[tuple[str, FileInput]]"

EncodingDetector: TypeAlias = Callable[[bytes], str | None]

EncodingInput: TypeAlias = str | EncodingDetector

Extensions: TypeAlias = dict[str, object]

ExtensionsInput: TypeAlias = Mapping[str, object]

URLInput: TypeAlias = "str | URL"

TimeoutInput: TypeAlias = "float | Timeout | None"

PathInput: TypeAlias = "str | PathLike[str]"

CertInput: TypeAlias = (
    "PathInput | tuple[PathInput, PathInput] | tuple[PathInput, PathInput | None, str] | None"
)

VerifyInput: TypeAlias = "bool | str | PathLike[str] | ssl.SSLContext"
