"""The states of a connection and the changes between them, as a table.

`docs/reference/states.md` draws the table; `test_connection_state.py` tries every pair.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(Enum):
    """A state of a connection."""

    # Enum's own hash is computed from the name in Python code at each lookup in the table.
    __hash__ = object.__hash__

    DIALING = "being opened"
    IDLE = "open and idle"
    BUSY = "leased, with running exchanges"
    DRAINING = "completes its exchanges and accepts no new ones"
    CLOSED = "closed"


class Signal(Enum):
    """A cause for a change of state."""

    __hash__ = object.__hash__

    DIALED = "the dial succeeded"
    LEASED = "the pool leased it"
    RETURNED = "its exchanges are complete, and it is reusable"
    LEAVING = "one side accepts no new exchanges"
    CLOSED = "either side closed it, or it must not be reused"


NEXT: Final[Mapping[State, Mapping[Signal, State]]] = {
    State.DIALING: {Signal.DIALED: State.IDLE, Signal.CLOSED: State.CLOSED},
    State.IDLE: {Signal.LEASED: State.BUSY, Signal.CLOSED: State.CLOSED},
    State.BUSY: {
        Signal.RETURNED: State.IDLE,
        Signal.LEAVING: State.DRAINING,
        Signal.CLOSED: State.CLOSED,
    },
    State.DRAINING: {Signal.CLOSED: State.CLOSED},
    State.CLOSED: {},
}


def after(state: State, signal: Signal) -> State:
    """Return the next state; a pair outside the table is a bug (KeyError)."""
    return NEXT[state][signal]
