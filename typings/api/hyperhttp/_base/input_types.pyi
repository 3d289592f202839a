# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_base/input_types.py and run the command again.

import ssl
from collections.abc import KeysView, Sequence
from os import PathLike
from typing import Protocol, TypeAlias

from typing_extensions import TypeAliasType

from hyperhttp._base._generated.config import Timeout

BufferInput: TypeAlias = bytes | bytearray | memoryview

TimeoutInput = TypeAliasType("TimeoutInput", "float | Timeout | None")

PathInput: TypeAlias = str | PathLike[str]

CertInput: TypeAlias = (
    PathInput | tuple[PathInput, PathInput] | tuple[PathInput, PathInput | None, str] | None
)

VerifyInput = TypeAliasType("VerifyInput", "bool | str | PathLike[str] | ssl.SSLContext")

class ObjectDict(Protocol):
    def __setitem__(self, key: str, value: Sequence[str], /) -> None: ...
    def keys(self) -> KeysView[str]: ...

class ObjectList(Protocol):
    def append(self, value: Sequence[str], /) -> None: ...
    def reverse(self) -> None: ...

class PairList(Protocol):
    def append(self, value: tuple[str, str], /) -> None: ...
    def reverse(self) -> None: ...
