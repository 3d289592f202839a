"""Circuit breakers: whether an origin that keeps failing is asked at all.

One per origin, each a small table of states. Pure: it is told the time, and what became of the
attempts that it let through; it holds no timer.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from enum import Enum
from typing import TYPE_CHECKING, Final, TypeAlias, final

from hyperhttp._base._generated.bounds import BREAKER_ORIGINS_MAX
from hyperhttp._base._generated.errors import (
    CircuitBreakerOpen,
    LocalProtocolError,
    PoolTimeout,
    TimeoutException,
    TotalTimeout,
    TransportError,
)
from hyperhttp._message.response._generated.status_errors import HTTPStatusError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hyperhttp._base._generated.config import CircuitBreakerPolicy

# From this status on the server says that it failed itself.
SERVER_ERROR: Final = 500
# The phases of a request in which its server has no part yet.
_OWN_PHASES: Final = frozenset({"build", "pool"})


class State(Enum):
    """Where a breaker stands."""

    CLOSED = "requests go through"
    OPEN = "requests are refused"
    HALF_OPEN = "one request at a time goes through, as a probe"


class Signal(Enum):
    """What can happen to a breaker."""

    TRIPPED = "as many failures as the policy allows, close together"
    RESTED = "the recovery timeout has passed"
    RELAPSED = "a probe failed"
    RECOVERED = "as many probes as the policy asks for succeeded"


NEXT: Final[Mapping[State, Mapping[Signal, State]]] = {
    State.CLOSED: {Signal.TRIPPED: State.OPEN},
    State.OPEN: {Signal.RESTED: State.HALF_OPEN},
    State.HALF_OPEN: {Signal.RELAPSED: State.OPEN, Signal.RECOVERED: State.CLOSED},
}

OnChange: TypeAlias = "Callable[[str, State, State], None]"
"""Is told of an origin, the state it was in, and the one it is in now."""


@final
class Breaker:
    """The breaker of one origin."""

    __slots__ = (
        "_failures",
        "_on_change",
        "_opened_at",
        "_origin",
        "_policy",
        "_probe",
        "_successes",
        "life",
        "state",
    )

    def __init__(
        self, origin: str, policy: CircuitBreakerPolicy, on_change: OnChange | None
    ) -> None:
        self.state: State = State.CLOSED
        """Where it stands."""
        self.life: int = 0
        """How often it has changed; what was let through in an earlier life is of no account."""
        self._origin = origin
        self._policy = policy
        self._on_change = on_change
        # When it failed since the last success. As many as it takes to open are all that counts.
        self._failures: deque[float] = deque(maxlen=policy.failure_threshold)
        self._opened_at = 0.0
        self._successes = 0
        self._probe: Permit | None = None

    def admit(self, host: str, now: float) -> Permit:
        """Let a request through; raises CircuitBreakerOpen when it must not go."""
        if self.state is State.OPEN and self.remaining(now) <= 0:
            self._change(Signal.RESTED)
        if self.state is State.CLOSED:
            return Permit(self)
        if self.state is State.OPEN or self._probe is not None:
            raise CircuitBreakerOpen(host=host, remaining=self.remaining(now))
        self._probe = Permit(self)
        return self._probe

    def remaining(self, now: float) -> float:
        """Seconds until a probe may go; 0 when the breaker is not open."""
        if self.state is not State.OPEN:
            return 0.0
        return max(0.0, self._opened_at + self._policy.recovery_timeout - now)

    def succeeded(self, ticket: Permit) -> None:
        """The server answered."""
        self._failures.clear()
        if self._took_back(ticket):
            self._successes += 1
            if self._successes >= self._policy.success_threshold:
                self._change(Signal.RECOVERED)

    def failed(self, ticket: Permit, now: float) -> None:
        """The server did not answer, or said that it failed."""
        if self._took_back(ticket):
            self._open(Signal.RELAPSED, now)
            return
        self._failures.append(now)
        is_full = len(self._failures) == self._policy.failure_threshold
        if is_full and now - self._failures[0] <= self._policy.window:
            self._open(Signal.TRIPPED, now)

    def dropped(self, ticket: Permit) -> None:
        """The attempt ended before it told anything about the server."""
        self._took_back(ticket)

    def _took_back(self, ticket: Permit) -> bool:
        """Whether it was the probe; the next one may go then."""
        if self._probe is not ticket:
            return False
        self._probe = None
        return True

    def _open(self, signal: Signal, now: float) -> None:
        self._opened_at = now
        self._change(signal)

    def _change(self, signal: Signal) -> None:
        before, self.state = self.state, NEXT[self.state][signal]
        self.life += 1
        self._successes = 0
        self._probe = None
        if self._on_change is not None:
            self._on_change(self._origin, before, self.state)


@final
class Permit:
    """One attempt that was let through; exactly one of its methods is to be called, at its end.

    A second call does nothing, and so does one that comes after the breaker has changed.
    """

    __slots__ = ("_breaker", "_life")

    def __init__(self, breaker: Breaker) -> None:
        self._breaker: Breaker | None = breaker
        self._life = breaker.life

    def answered(self, status_code: int, now: float) -> None:
        """There is an answer: one from 500 on is a failure, any other a success."""
        if status_code >= SERVER_ERROR:
            self.failed(now)
        else:
            self.succeeded(now)

    def raised(self, error: BaseException, now: float) -> None:
        """The attempt ended with an error; what it tells about the server is decided here."""
        if isinstance(error, HTTPStatusError):  # a hook or middleware made it of an answer
            self.answered(error.response.status_code, now)
        elif is_failure(error):
            self.failed(now)
        else:
            self.dropped(now)

    def succeeded(self, now: float) -> None:  # noqa: ARG002 - the three are called alike
        """The server answered."""
        breaker = self._current()
        if breaker is not None:
            breaker.succeeded(self)

    def failed(self, now: float) -> None:
        """The server did not answer, or said that it failed."""
        breaker = self._current()
        if breaker is not None:
            breaker.failed(self, now)

    def dropped(self, now: float) -> None:  # noqa: ARG002 - the three are called alike
        """The attempt ended before it told anything about the server, such as by cancellation."""
        breaker = self._current()
        if breaker is not None:
            breaker.dropped(self)

    def _current(self) -> Breaker | None:
        """The breaker, once, and only while it has not changed since."""
        breaker, self._breaker = self._breaker, None
        return breaker if breaker is not None and breaker.life == self._life else None


@final
class Breakers:
    """The breakers of all origins that a client asks.

    breakers = Breakers(policy)
    ticket = breakers.admit("https://example.com", "example.com", now)
    """

    __slots__ = ("_breakers", "_policy", "on_change")

    def __init__(self, policy: CircuitBreakerPolicy, on_change: OnChange | None = None) -> None:
        self.on_change: OnChange | None = on_change
        """Is told of every change of state."""
        self._policy = policy
        self._breakers: OrderedDict[str, Breaker] = OrderedDict()

    def admit(self, origin: str, host: str, now: float) -> Permit:
        """Let an attempt through; raises CircuitBreakerOpen when it must not go.

        `now` is in seconds of any clock that never goes back.
        """
        breaker = self._breakers.get(origin)
        if breaker is None:
            breaker = self._breakers[origin] = Breaker(origin, self._policy, self._changed)
            if len(self._breakers) > BREAKER_ORIGINS_MAX:
                self._breakers.popitem(last=False)
        else:
            self._breakers.move_to_end(origin)
        return breaker.admit(host, now)

    def states(self, now: float) -> Mapping[str, State]:
        """Where each breaker stands; one that has rested long enough counts as half open."""
        return {
            origin: State.HALF_OPEN
            if breaker.state is State.OPEN and breaker.remaining(now) <= 0
            else breaker.state
            for origin, breaker in self._breakers.items()
        }

    def _changed(self, origin: str, before: State, after: State) -> None:
        if self.on_change is not None:
            self.on_change(origin, before, after)


def is_failure(error: BaseException) -> bool:
    """Whether an error tells that the server is not well.

    Connections that fail or break, what is not HTTP, and silence do. What is wrong with the request
    itself, a full pool and a cancellation tell nothing about the server.
    """
    match error:
        case LocalProtocolError() | PoolTimeout():
            return False
        case TotalTimeout():
            return error.during not in _OWN_PHASES
        case TransportError() | TimeoutException():
            return True
        case _:
            return False
