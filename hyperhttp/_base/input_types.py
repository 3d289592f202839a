"""Types of options that several parts read: paths, certificates, timeouts, buffers."""

from __future__ import annotations

from os import PathLike
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    import ssl

    from hyperhttp._base._generated.config import Timeout

__all__ = ["BufferInput", "CertInput", "PathInput", "TimeoutInput", "VerifyInput"]

BufferInput: TypeAlias = bytes | bytearray | memoryview
"""Bytes, in whichever of the three types."""

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
