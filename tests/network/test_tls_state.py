"""The table of TLS on a socket, and its decisions without a socket."""

from __future__ import annotations

import errno
import ssl

import pytest

from hyperhttp._network.tls_state import (
    NEXT,
    End,
    Signal,
    State,
    after,
    end_of,
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
    ("error", "expected"),
    [
        (ssl.SSLZeroReturnError(6, "TLS/SSL connection has been closed"), End.CLOSE_NOTIFY),
        (ssl.SSLEOFError(8, "EOF occurred in violation of protocol"), End.TRUNCATED),
        (ssl.SSLError(1, "[SSL: TLSV13_ALERT_CERTIFICATE_REQUIRED]"), End.FAILED),
        (ConnectionResetError(errno.ECONNRESET, "reset"), End.RESET),
        (OSError(errno.ETIMEDOUT, "timed out"), End.RESET),
    ],
)
def test_an_error_says_how_the_connection_ended(error: OSError, expected: End) -> None:
    assert end_of(error) is expected
