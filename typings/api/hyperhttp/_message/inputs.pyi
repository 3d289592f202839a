# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/inputs.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

import ssl
from collections.abc import AsyncIterable, Iterable, Mapping, Sequence
from os import PathLike
from typing import Any, ClassVar, Protocol, TypeAlias

from hyperhttp._generated.config import Timeout
from hyperhttp._message.url import URL

__all__ = [
    "BufferInput",
    "CertInput",
    "ContentInput",
    "CookiesInput",
    "DataclassLike",
    "DataInput",
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

URLInput: TypeAlias = "str | URL"

TimeoutInput: TypeAlias = "float | Timeout | None"

PathInput: TypeAlias = "str | PathLike[str]"

CertInput: TypeAlias = (
    "PathInput | tuple[PathInput, PathInput] | tuple[PathInput, PathInput | None, str] | None"
)

VerifyInput: TypeAlias = "bool | str | PathLike[str] | ssl.SSLContext"
