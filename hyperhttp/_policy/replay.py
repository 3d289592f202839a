"""Replays: if a request is sent once more because its connection failed.

A server can close an idle connection when it is being reused (RFC 9112 9.3.1, 9.5). It can also
report that it hasn't processed a request (RFC 9113 8.7). The functions are pure: their arguments
are the sent and received data.
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
    from hyperhttp._base._generated.errors import HyperHTTPError, TransportError
    from hyperhttp._message.request.request import Request


def connection_died(error: TransportError) -> bool:
    """Return whether the connection ended during the request; a timeout doesn't count."""
    lost = isinstance(error, (ReadError, WriteError, RemoteProtocolError))
    return lost and not isinstance(error, (TimeoutException, StreamReset))


def is_unprocessed(error: HyperHTTPError) -> bool:
    """Return whether the server reported that it didn't process the request (RFC 9113 8.7)."""
    return isinstance(error, ReadError) and error.is_unprocessed


def only_once(request: Request) -> bool:
    """Return whether the request can't be repeated once it was sent."""
    return not (request.is_idempotent and request.is_replayable)


class Sending(Protocol):
    """The state of a request that was sent and failed."""

    @property
    def reused(self) -> bool:
        """True if its connection was reused."""
        ...

    @property
    def sent_bytes(self) -> int:
        """How many bytes of it were sent."""
        ...

    @property
    def received_bytes(self) -> int:
        """How many bytes of a response were received."""
        ...

    @property
    def streams_body(self) -> bool:
        """True if its body may have been read from its source."""
        ...

    @property
    def progressed(self) -> bool:
        """True if the connection processed other requests, but not this one."""
        ...


@final
class Replay:
    """The replay decisions about one request, from its first failure on."""

    __slots__ = ("_refusals", "needs_new")

    def __init__(self) -> None:
        self.needs_new: bool = False
        """True if the next attempt needs a new connection; it is the last one."""
        self._refusals = 0

    def allows(self, request: Request, error: TransportError, failed: Sending) -> bool:
        """Return whether to send it once more; True counts as a replay."""
        if is_unprocessed(error):
            # A server that processes some requests of each connection comes to this one too.
            self._refusals = 0 if failed.progressed else self._refusals + 1
            if failed.streams_body and not request.is_replayable:
                error.detail += (
                    "; the client can't retry it, because its body can be read only once"
                )
                return False
            return self._refusals <= REFUSALS_MAX
        if not (connection_died(error) and self._is_safe(request, failed)):
            return False
        self.needs_new = self.needs_new or failed.sent_bytes > 0 or not failed.reused
        return True

    def _is_safe(self, request: Request, failed: Sending) -> bool:
        """Return True if the server can't have processed it, or if it is idempotent."""
        if failed.received_bytes:
            return False
        if not failed.sent_bytes:
            # Reused connections that accepted no byte don't count.
            return failed.reused or not self.needs_new
        if self.needs_new or not failed.reused:
            return False
        if failed.streams_body and not request.is_replayable:
            return False
        return request.is_idempotent
