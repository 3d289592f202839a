"""The events of a codec, the same for HTTP/1.1 and HTTP/2.

A protocol error is an event too, not an exception. So the events before it stay valid however the
bytes were split into reads, and the error is raised when the next event is awaited.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from hyperhttp._message.headers.response_head import ResponseHead as Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._base._generated.errors import HyperHTTPError

__all__ = [
    "END_CLOSE",
    "END_REUSABLE",
    "Broken",
    "Chunk",
    "End",
    "Event",
    "Head",
    "Informational",
    "Trailers",
]


@dataclass(slots=True)
class Informational:
    """An informational response (1xx); the final headers are still to come."""

    head: Head


@dataclass(slots=True)
class Chunk:
    """Bytes of the body; how they are split has no meaning."""

    data: bytes | memoryview
    """A view is valid until the next bytes are received."""


@dataclass(slots=True)
class Trailers:
    """Headers after the body."""

    fields: Sequence[tuple[bytes, bytes]]


@dataclass(slots=True)
class End:
    """The end of the response; `reusable`: the connection may be used again."""

    reusable: bool


@dataclass(slots=True)
class Broken:
    """A protocol error or an early end; no event follows."""

    error: HyperHTTPError
    progressed: bool = False
    """True if the connection processed other requests meanwhile; for a request that it did not."""
    is_response: bool = False
    """True if the server has sent it for this very request, on a stream of HTTP/2."""


Event: TypeAlias = Informational | Head | Chunk | Trailers | End | Broken

END_REUSABLE: Final = End(reusable=True)
END_CLOSE: Final = End(reusable=False)
