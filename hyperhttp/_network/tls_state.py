"""The decisions of TLS on a socket, without the socket: its states, and what follows a record.

`docs/reference/states.md` draws the table; `test_tls_state.py` tries every pair.
"""

from __future__ import annotations

import errno
import ssl
from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

# RFC 8446 5.1: the most that one record holds. A sender with more data fills its records.
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


def reads_on(received: int, space: int, *, is_eager: bool) -> bool:
    """Return whether to read another record before the data is delivered.

    A short record doesn't prove that nothing follows. But an attempt that finds nothing costs an
    exception, and the event loop reports what comes later.

    Args:
        received: The size of the last read.
        space: What is left of the buffer.
        is_eager: Whether more records usually follow a short one.
    """
    return space > 0 and (is_eager or received >= RECORD_BYTES_MAX)


class End(Enum):
    """How a connection ended."""

    CLOSE_NOTIFY = "the peer closed TLS (RFC 8446 6.1)"
    TRUNCATED = "the peer closed the socket without close_notify"
    RESET = "the connection was reset"
    FAILED = "an error of TLS, such as an alert"


_RESET_NUMBERS: Final = (errno.ECONNRESET, errno.EPIPE)
# OpenSSL 1.1.1 reports a closed socket and a reset alike.
_HAS_REASON: Final = ssl.OPENSSL_VERSION_INFO >= (3,)


def is_reset(error: OSError) -> bool:
    """Return whether an error of a write, which `ssl` reports, is that of a closed socket."""
    if isinstance(error, ssl.SSLEOFError):
        return True
    # PyPy reports the number of the socket's error with the type of TLS errors.
    return isinstance(error, ssl.SSLError) and error.errno in _RESET_NUMBERS


def end_of(error: OSError) -> End:
    """Return how a connection ended, by the error of a read or of the handshake."""
    match error:
        case ssl.SSLZeroReturnError():
            return End.CLOSE_NOTIFY
        case ssl.SSLEOFError():
            # Python reports the errors of the socket with this type, too, without a reason.
            reason: str | None = getattr(error, "reason", None)
            is_end = reason == "UNEXPECTED_EOF_WHILE_READING" or not _HAS_REASON
            return End.TRUNCATED if is_end else End.RESET
        case ssl.SSLError():
            return End.RESET if is_reset(error) else End.FAILED
        case _:
            return End.RESET
