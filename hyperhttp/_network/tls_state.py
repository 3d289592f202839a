"""The decisions of TLS on a socket, without the socket: its states, and how it ends.

`docs/reference/states.md` draws the table; `test_tls_state.py` tries every pair.
"""

from __future__ import annotations

import ssl
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# RFC 8446 5.1: the most data that one record holds.
RECORD_BYTES_MAX: Final = 1 << 14


class State(Enum):
    """A state of TLS on a socket."""

    # Enum's own hash is computed from the name in Python code at each lookup in the table.
    __hash__ = object.__hash__

    HANDSHAKE = "the handshake is running"
    OPEN = "data flows in both directions"
    FLUSHING = "sends the rest, and then close_notify"
    CLOSING = "has sent close_notify, and waits for that of the peer"
    BROKEN = "can't send any more, and delivers what was received before"
    CLOSED = "closed"


class Signal(Enum):
    """A cause for a change of state."""

    __hash__ = object.__hash__

    ESTABLISHED = "the handshake is complete"
    CLOSE = "this side closes it, or the peer has"
    FLUSHED = "everything is sent"
    WRITE_FAILED = "the socket accepts no more data"
    ENDED = "the socket is closed"


NEXT: Final[Mapping[State, Mapping[Signal, State]]] = {
    State.HANDSHAKE: {
        Signal.ESTABLISHED: State.OPEN,
        Signal.ENDED: State.CLOSED,
    },
    State.OPEN: {
        Signal.CLOSE: State.FLUSHING,
        Signal.WRITE_FAILED: State.BROKEN,
        Signal.ENDED: State.CLOSED,
    },
    State.FLUSHING: {
        Signal.FLUSHED: State.CLOSING,
        Signal.ENDED: State.CLOSED,
    },
    State.CLOSING: {Signal.ENDED: State.CLOSED},
    State.BROKEN: {Signal.ENDED: State.CLOSED},
    State.CLOSED: {},
}


def after(state: State, signal: Signal) -> State:
    """Return the next state; a pair outside the table is a bug (KeyError)."""
    return NEXT[state][signal]


class End(Enum):
    """How a connection ended."""

    CLOSE_NOTIFY = "the peer closed TLS (RFC 8446 6.1)"
    TRUNCATED = "the peer closed the socket without close_notify"
    RESET = "the connection was reset"
    FAILED = "an error of TLS, such as an alert"


def end_of(error: OSError) -> End:
    """Return how a connection ended, by the error of a read or of the handshake."""
    match error:
        case ssl.SSLZeroReturnError():
            return End.CLOSE_NOTIFY
        case ssl.SSLEOFError():
            return End.TRUNCATED
        case ssl.SSLError():
            return End.FAILED
        case _:
            return End.RESET
