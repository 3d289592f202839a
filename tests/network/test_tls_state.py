"""The table of TLS on a socket, and its decisions without a socket."""

from __future__ import annotations

import errno
import ssl

import pytest

from hyperhttp._network.tls_state import (
    NEXT,
    RECORD_BYTES_MAX,
    End,
    Signal,
    State,
    after,
    end_of,
    is_reset,
    reads_on,
)


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("signal", Signal)
def test_a_pair_leads_where_the_table_says_or_cannot_happen(state: State, signal: Signal) -> None:
    if signal in NEXT[state]:
        assert after(state, signal) is NEXT[state][signal]
    else:
        with pytest.raises(KeyError):
            after(state, signal)


def test_whatever_is_not_closed_can_be_closed_and_stays_so() -> None:
    for state in State:
        if state is State.CLOSED:
            assert NEXT[state] == {}
        else:
            assert after(state, Signal.ENDED) is State.CLOSED


def test_every_state_can_be_reached() -> None:
    reached = {State.HANDSHAKE}
    for _ in State:
        reached |= {following for state in reached for following in NEXT[state].values()}
    assert reached == set(State)


@pytest.mark.parametrize(
    ("received", "space", "is_eager", "expected"),
    [
        (1, 100, False, False),
        (RECORD_BYTES_MAX - 1, 100, False, False),
        (RECORD_BYTES_MAX, 100, False, True),
        (RECORD_BYTES_MAX, 0, False, False),
        (1, 100, True, True),
        (1, 0, True, False),
    ],
)
def test_another_record_is_read_after_a_full_one_or_if_more_is_usual(
    received: int, space: int, is_eager: bool, expected: bool
) -> None:
    assert reads_on(received, space, is_eager=is_eager) is expected


def eof(reason: str | None) -> ssl.SSLEOFError:
    error = ssl.SSLEOFError(8, "EOF occurred in violation of protocol")
    if reason is not None:
        error.reason = reason
    return error


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (ssl.SSLZeroReturnError(6, "TLS/SSL connection has been closed"), End.CLOSE_NOTIFY),
        (eof("UNEXPECTED_EOF_WHILE_READING"), End.TRUNCATED),
        (eof(None), End.RESET),
        (ssl.SSLError(errno.ECONNRESET, "Connection reset by peer"), End.RESET),  # PyPy
        (ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED]"), End.FAILED),
        (ConnectionResetError(errno.ECONNRESET, "reset"), End.RESET),
        (OSError(errno.ETIMEDOUT, "timed out"), End.RESET),
    ],
)
def test_an_error_says_how_the_connection_ended(error: OSError, expected: End) -> None:
    if (
        ssl.OPENSSL_VERSION_INFO < (3,)
        and expected is End.RESET
        and isinstance(error, ssl.SSLError)
    ):
        expected = End.TRUNCATED
    assert end_of(error) is expected


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (eof(None), True),
        (ssl.SSLError(errno.EPIPE, "Broken pipe"), True),
        (ssl.SSLError(5, "[SSL: RECORD_LAYER_FAILURE]"), False),
        (BrokenPipeError(errno.EPIPE, "Broken pipe"), False),  # it has its number already
    ],
)
def test_a_write_to_a_closed_socket_is_recognized(error: OSError, *, expected: bool) -> None:
    assert is_reset(error) is expected
