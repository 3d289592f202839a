"""Whether a request may go out again because a kept-alive connection turned out to be dead.

The server may close an idle connection at the very moment we use it (RFC 9112 9.3.1, 9.5). Pure: it
is told what was sent and what came back.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hyperhttp._generated.exceptions import (
    ReadError,
    RemoteProtocolError,
    TimeoutException,
    WriteError,
)

if TYPE_CHECKING:
    from hyperhttp._generated.exceptions import TransportError
    from hyperhttp._message.request import Request


def connection_died(error: TransportError) -> bool:
    """Whether the connection ended under the request. One that is silent is not dead."""
    lost = isinstance(error, (ReadError, WriteError, RemoteProtocolError))
    return lost and not isinstance(error, TimeoutException)


def only_once(request: Request) -> bool:
    """Whether it cannot be sent again once it has gone out."""
    return not (request.is_idempotent and request.is_replayable)


def may_replay(
    request: Request,
    *,
    reused: bool,
    sent_bytes: int,
    received_bytes: int,
    stream_begun: bool,
    replayed: bool = False,
) -> bool:
    """True if nothing of it can have been worked on, or if doing it twice is the same as once.

    `replayed`: it was sent again before. Kept connections that took nothing do not count.
    """
    if received_bytes:
        return False
    if not sent_bytes:
        return reused or not replayed
    if replayed or not reused or (stream_begun and not request.is_replayable):
        return False
    return request.is_idempotent
