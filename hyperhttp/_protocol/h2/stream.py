"""A stream of an HTTP/2 connection: its state as a table, its windows, the length of its body.

It validates the frames that the peer sends on the stream.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, Final

from h2.errors import ErrorCodes

from hyperhttp._protocol.events import Head, Informational
from hyperhttp._protocol.h2.frame_writer import WINDOW_MAX

if TYPE_CHECKING:
    from collections.abc import Mapping

_LENGTH_UNKNOWN: Final = -1


class State(IntEnum):
    """The states of RFC 9113 5.1, without those of server push. An idle stream has no object."""

    OPEN = 0
    HALF_CLOSED_LOCAL = 1
    HALF_CLOSED_REMOTE = 2
    CLOSED = 3


class Signal(IntEnum):
    """A cause for a change of state."""

    END_SENT = 0
    END_RECEIVED = 1
    RESET = 2


NEXT: Final[Mapping[State, Mapping[Signal, State]]] = {
    State.OPEN: {
        Signal.END_SENT: State.HALF_CLOSED_LOCAL,
        Signal.END_RECEIVED: State.HALF_CLOSED_REMOTE,
        Signal.RESET: State.CLOSED,
    },
    State.HALF_CLOSED_LOCAL: {Signal.END_RECEIVED: State.CLOSED, Signal.RESET: State.CLOSED},
    State.HALF_CLOSED_REMOTE: {Signal.END_SENT: State.CLOSED, Signal.RESET: State.CLOSED},
    State.CLOSED: {},
}


class StreamFault(Exception):
    """A violation by the peer that ends the stream (RFC 9113 5.4.2)."""

    def __init__(self, code: ErrorCodes, detail: str) -> None:
        super().__init__(detail)
        self.code: ErrorCodes = code
        self.detail: str = detail


class ReceiveWindow:
    """The peer's window, and the credit to return in halves (RFC 9113 6.9)."""

    __slots__ = ("due", "half", "left")

    def __init__(self, size: int) -> None:
        self.left: int = size
        """Bytes that may still arrive; negative if more have arrived."""
        self.due: int = 0
        """Bytes that were read and not yet returned as credit; readers add to it."""
        self.half: int = (size + 1) // 2
        """The credit that is worth a frame."""

    def return_credit(self) -> int:
        """Return all credit that is due, as the increment of a WINDOW_UPDATE."""
        due = self.due
        self.due = 0
        self.left += due
        return due


class Stream:
    """A request and its response. `bodyless`: the request was a HEAD."""

    __slots__ = (
        "_bodyless",
        "_informational",
        "_length_left",
        "completed_before",
        "held",
        "received_bytes",
        "responding",
        "send_window",
        "state",
        "stream_id",
        "window",
    )

    def __init__(
        self, stream_id: int, bodyless: bool, send_window: int, receive_window: int, ended: bool
    ) -> None:
        self.stream_id: int = stream_id
        self.state: State = State.HALF_CLOSED_LOCAL if ended else State.OPEN
        self.send_window: int = send_window
        self.window: ReceiveWindow = ReceiveWindow(receive_window)
        self.held: bool = False
        self.responding: bool = False
        """True if the final headers have come, so that the body or trailers follow."""
        self.received_bytes: int = 0
        self.completed_before: int = 0
        """How many responses of the connection were complete when it was opened."""
        self._bodyless = bodyless
        self._informational = 0
        self._length_left = _LENGTH_UNKNOWN

    @property
    def takes_body(self) -> bool:
        """True if the peer still wants the body: neither it nor the response is complete."""
        return self.state is State.OPEN

    @property
    def response_ended(self) -> bool:
        """True if the whole response has come."""
        return self.state >= State.HALF_CLOSED_REMOTE

    def advance(self, signal: Signal) -> State:
        """Return the next state; a pair outside the table is a bug (KeyError)."""
        state = self.state = NEXT[self.state][signal]
        return state

    def head(
        self, head: Head, content_length: int | None, ended: bool, max_informational: int
    ) -> Head | Informational:
        """Handle response headers and return their event; raise StreamFault."""
        status_code = head.status_code
        if status_code < 200:
            self._informational += 1
            if ended:
                raise _malformed(f"the stream ends with the informational response {status_code}")
            if self._informational > max_informational:
                raise _malformed(f"more than {max_informational} informational responses")
            return Informational(head)
        self.responding = True
        # RFC 9110 8.6: Content-Length of HEAD and 304 isn't the length of this response.
        if status_code in {204, 304} or self._bodyless:
            self._bodyless = True
            self._length_left = 0
        elif content_length is not None:
            self._length_left = content_length
        return head

    def data(self, length: int, body_bytes: int) -> None:
        """Handle the start of DATA; `length` includes padding. Raises StreamFault."""
        left = self.window.left = self.window.left - length
        if left < 0:
            raise StreamFault(ErrorCodes.FLOW_CONTROL_ERROR, "more data than the stream's window")
        if not self.responding:
            raise _malformed("DATA before the response headers")
        if self._length_left >= 0:
            self._length_left -= body_bytes
            if self._length_left < 0:
                raise self._too_long()

    def takes(self, length: int) -> bool:
        """Handle so many bytes of the body; return False, and do nothing, if they aren't allowed.

        `data` has the reason.
        """
        window, length_left = self.window, self._length_left
        if length > window.left or not self.responding or 0 <= length_left < length:
            return False
        if self.state is State.HALF_CLOSED_REMOTE:
            return False
        if length_left > 0:
            self._length_left = length_left - length
        self.received_bytes += length
        window.left -= length
        window.due += length
        return True

    def check_length(self) -> None:
        """Check that the body is complete (RFC 9113 8.1.1); raise StreamFault."""
        if self._length_left > 0:
            raise _malformed(f"the stream ended with {self._length_left} bytes missing")

    def grow(self, increment: int) -> bool:
        """Handle WINDOW_UPDATE; return whether the stream may send. Raises StreamFault."""
        if not increment:
            raise _malformed("WINDOW_UPDATE by 0")
        window = self.send_window + increment
        if window > WINDOW_MAX:
            raise StreamFault(
                ErrorCodes.FLOW_CONTROL_ERROR, f"a stream's window of more than {WINDOW_MAX}"
            )
        self.send_window = window
        return window > 0

    def _too_long(self) -> StreamFault:
        if self._bodyless:
            return _malformed("a body where none is possible")
        return _malformed("a body longer than its Content-Length")


def _malformed(detail: str) -> StreamFault:
    return StreamFault(ErrorCodes.PROTOCOL_ERROR, detail)
