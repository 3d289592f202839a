"""The life of one connection as a table: what is not in it cannot happen.

`docs/architecture.md` draws the same table; `tests/transport/test_state.py` tries every pair.
"""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping


class State(Enum):
    """Where a connection stands."""

    DIALING = "being opened"
    IDLE = "open, and no one's"
    BUSY = "leased to one exchange"
    CLOSED = "gone for good"


class Signal(Enum):
    """What can happen to a connection."""

    DIALED = "the dial succeeded"
    LEASED = "the pool gave it away"
    RETURNED = "its exchange was complete on both sides, or never began"
    CLOSED = "either side ended it, or it must not be used again"


NEXT: Final[Mapping[State, Mapping[Signal, State]]] = {
    State.DIALING: {Signal.DIALED: State.IDLE, Signal.CLOSED: State.CLOSED},
    State.IDLE: {Signal.LEASED: State.BUSY, Signal.CLOSED: State.CLOSED},
    State.BUSY: {Signal.RETURNED: State.IDLE, Signal.CLOSED: State.CLOSED},
    State.CLOSED: {},
}


def after(state: State, signal: Signal) -> State:
    """The state that follows; a pair that is not in the table is a defect of ours (KeyError)."""
    return NEXT[state][signal]
