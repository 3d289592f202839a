"""What a codec says about the bytes it was fed: one closed union for HTTP/1.1 and HTTP/2.

A broken stream is an event too, not an exception: the events before it stay valid however the bytes
were cut into reads, and the one who waits for the next event gets the error.
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
    """An interim response (1xx); the final head is still to come."""

    head: Head


@dataclass(slots=True)
class Chunk:
    """Some bytes of the body, as they came; where they are cut has no meaning."""

    data: bytes


@dataclass(slots=True)
class Trailers:
    """Fields after the body."""

    fields: Sequence[tuple[bytes, bytes]]


@dataclass(slots=True)
class End:
    """The response is complete; `reusable` says whether the connection may serve another."""

    reusable: bool


@dataclass(slots=True)
class Broken:
    """The peer broke the protocol or left early; nothing can follow."""

    error: HyperHTTPError
    unprocessed: bool = False
    """Whether the server said that it has not worked on the request (RFC 9113 8.7)."""


Event: TypeAlias = Informational | Head | Chunk | Trailers | End | Broken

END_REUSABLE: Final = End(reusable=True)
END_CLOSE: Final = End(reusable=False)
