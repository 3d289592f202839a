"""The table of a connection's life: every pair, and that there is a way out of every state."""

from __future__ import annotations

import pytest

from hyperhttp._transport.connection_state import NEXT, Signal, State, after


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("signal", Signal)
def test_a_pair_leads_where_the_table_says_or_cannot_happen(state: State, signal: Signal) -> None:
    if signal in NEXT[state]:
        assert after(state, signal) is NEXT[state][signal]
    else:
        with pytest.raises(KeyError):
            after(state, signal)


def test_every_connection_that_is_not_closed_can_be_closed_and_stays_so() -> None:
    for state in State:
        if state is State.CLOSED:
            assert NEXT[state] == {}
        else:
            assert after(state, Signal.CLOSED) is State.CLOSED


def test_every_state_can_be_reached() -> None:
    reached = {State.DIALING}
    for _ in State:
        reached |= {following for state in reached for following in NEXT[state].values()}
    assert reached == set(State)
