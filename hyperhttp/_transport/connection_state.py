"""The life of one connection as a table: what is not in it cannot happen.

`docs/architecture.md` draws the same table; `test_connection_state.py` tries every pair.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(Enum):
    """Where a connection stands."""

    # Enum's own goes by the name, in Python, which the table would pay for at each change.
    __hash__ = object.__hash__

    DIALING = "being opened"
    IDLE = "open, and no one's"
    BUSY = "carries what it was leased for"
    DRAINING = "carries what it has, and takes nothing new"
    CLOSED = "gone for good"


class Signal(Enum):
    """What can happen to a connection."""

    __hash__ = object.__hash__

    DIALED = "the dial succeeded"
    LEASED = "the pool gave it away"
    RETURNED = "all that it carried is over, and it is good for more"
    LEAVING = "one side wants nothing new on it"
    CLOSED = "either side ended it, or it must not be used again"


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
    """The state that follows; a pair that is not in the table is a defect of ours (KeyError)."""
    return NEXT[state][signal]
