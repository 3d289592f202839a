"""Types of options that several parts read: paths, certificates, timeouts, buffers."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, Protocol, TypeAlias

from typing_extensions import TypeAliasType

if TYPE_CHECKING:
    import ssl
    from collections.abc import KeysView, Sequence

    from hyperhttp._base._generated.config import Timeout

__all__ = [
    "BufferInput",
    "CertInput",
    "ObjectDict",
    "ObjectList",
    "PairList",
    "PathInput",
    "TimeoutInput",
    "VerifyInput",
]

BufferInput: TypeAlias = bytes | bytearray | memoryview
"""Bytes, in whichever of the three types."""

# A named type alias, because its target is imported later and a string can't be used in `X | None`.
TimeoutInput = TypeAliasType("TimeoutInput", "float | Timeout | None")
"""Seconds for each phase, None for no limit, or a `Timeout`."""

PathInput: TypeAlias = str | PathLike[str]
"""A path, as text or as an object that has one."""

CertInput: TypeAlias = (
    PathInput | tuple[PathInput, PathInput] | tuple[PathInput, PathInput | None, str] | None
)
"""A client certificate: a PEM file; it and the file of its key; both and the key's password."""

VerifyInput = TypeAliasType("VerifyInput", "bool | str | PathLike[str] | ssl.SSLContext")
"""The CAs to trust: True for the usual ones, False for none, a file or directory, or a context."""


# For variables such as `{"id": 1, "name": "Ann"}`, mypy infers types such as `dict[str, object]`,
# and pyright infers the union of the values. The protocols accept these. Their methods make the
# type of the values invariant: a dict of sets isn't an `ObjectDict`.


class ObjectDict(Protocol):
    """A dict whose values are objects, or collections of them, in the view of mypy."""

    def __setitem__(self, key: str, value: Sequence[str], /) -> None: ...
    def keys(self) -> KeysView[str]: ...


class ObjectList(Protocol):
    """A list whose items are objects, or collections of them, in the view of mypy."""

    def append(self, value: Sequence[str], /) -> None: ...
    def reverse(self) -> None: ...


class PairList(Protocol):
    """A list of pairs whose second items are objects, in the view of mypy."""

    def append(self, value: tuple[str, str], /) -> None: ...
    def reverse(self) -> None: ...
