"""Whether a request may go out again, because its connection turned out to be of no use for it.

The server may close an idle connection at the very moment we use it (RFC 9112 9.3.1, 9.5), or say
that it has not looked at a request (RFC 9113 8.7). Pure: it is told what was sent and what came
back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, final

from hyperhttp._base._generated.bounds import REFUSALS_MAX
from hyperhttp._base._generated.errors import (
    ReadError,
    RemoteProtocolError,
    StreamReset,
    TimeoutException,
    WriteError,
)

if TYPE_CHECKING:
    from hyperhttp._base._generated.errors import TransportError
    from hyperhttp._message.request.request import Request


def connection_died(error: TransportError) -> bool:
    """Whether the connection ended under the request. One that is silent is not dead."""
    lost = isinstance(error, (ReadError, WriteError, RemoteProtocolError))
    return lost and not isinstance(error, (TimeoutException, StreamReset))


def only_once(request: Request) -> bool:
    """Whether it cannot be sent again once it has gone out."""
    return not (request.is_idempotent and request.is_replayable)


class Sending(Protocol):
    """What is known of a request that was sent and failed."""

    @property
    def reused(self) -> bool:
        """Whether its connection had carried others before."""
        ...

    @property
    def sent_bytes(self) -> int:
        """How much of it has gone out."""
        ...

    @property
    def received_bytes(self) -> int:
        """How much of an answer has come."""
        ...

    @property
    def streams_body(self) -> bool:
        """Whether its body may have been taken from its source."""
        ...

    @property
    def unprocessed(self) -> bool:
        """Whether the server said that it has not worked on it (RFC 9113 8.7)."""
        ...


@final
class Replay:
    """The decisions about one request, from its first failure on."""

    __slots__ = ("_refusals", "needs_new")

    def __init__(self) -> None:
        self.needs_new: bool = False
        """Whether it goes out on a new connection; after that it is not sent again."""
        self._refusals = 0

    def allows(self, request: Request, error: TransportError, failed: Sending) -> bool:
        """Whether to send it once more; True counts as done."""
        if failed.unprocessed:
            self._refusals += 1
            is_whole = request.is_replayable or not failed.streams_body
            return is_whole and self._refusals <= REFUSALS_MAX
        if not (connection_died(error) and self._is_safe(request, failed)):
            return False
        self.needs_new = self.needs_new or failed.sent_bytes > 0 or not failed.reused
        return True

    def _is_safe(self, request: Request, failed: Sending) -> bool:
        """True if nothing can have been worked on, or if doing it twice is the same as once."""
        if failed.received_bytes:
            return False
        if not failed.sent_bytes:
            # Kept connections that took nothing do not count.
            return failed.reused or not self.needs_new
        if self.needs_new or not failed.reused:
            return False
        if failed.streams_body and not request.is_replayable:
            return False
        return request.is_idempotent
