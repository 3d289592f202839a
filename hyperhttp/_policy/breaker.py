"""Circuit breakers: refuse requests to an origin that keeps failing.

One per origin, each a small state table. Pure: it is called with the time and the results of the
attempts that it permitted; it has no timer.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from enum import Enum
from typing import TYPE_CHECKING, Final, Literal, TypeAlias, final

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

# Statuses from here on count as failures of the server.
SERVER_ERROR: Final = 500
# The phases of a request before the server is involved.
_OWN_PHASES: Final = frozenset({"build", "pool"})


class State(Enum):
    """The state of a breaker."""

    CLOSED = "requests go through"
    OPEN = "requests are refused"
    HALF_OPEN = "one request at a time goes through, as a probe"


class Signal(Enum):
    """The events that change the state of a breaker."""

    TRIPPED = "as many failures as the policy allows, close together"
    RESTED = "the recovery timeout has passed"
    RELAPSED = "a probe failed"
    RECOVERED = "as many probes as the policy asks for succeeded"


NEXT: Final[Mapping[State, Mapping[Signal, State]]] = {
    State.CLOSED: {Signal.TRIPPED: State.OPEN},
    State.OPEN: {Signal.RESTED: State.HALF_OPEN},
    State.HALF_OPEN: {Signal.RELAPSED: State.OPEN, Signal.RECOVERED: State.CLOSED},
}

BreakerState: TypeAlias = Literal["closed", "open", "half_open"]
"""The state of a circuit breaker, as hooks and `client.stats()` show it."""

STATE_NAMES: Final[Mapping[State, BreakerState]] = {
    State.CLOSED: "closed",
    State.OPEN: "open",
    State.HALF_OPEN: "half_open",
}

OnChange: TypeAlias = "Callable[[str, BreakerState, BreakerState], None]"
"""Called with an origin, its previous state, and its new state."""


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
        """The current state."""
        self.life: int = 0
        """The number of state changes; results of permits from before a change don't count."""
        self._origin = origin
        self._policy = policy
        self._on_change = on_change
        # Times of the failures since the last success, at most as many as it takes to open.
        self._failures: deque[float] = deque(maxlen=policy.failure_threshold)
        self._opened_at = 0.0
        self._successes = 0
        self._probe: Permit | None = None

    def admit(self, host: str, now: float) -> Permit:
        """Permit a request. Raises CircuitBreakerOpen if it is refused."""
        if self.state is State.OPEN and self.remaining(now) <= 0:
            self._change(Signal.RESTED)
        if self.state is State.CLOSED:
            return Permit(self)
        if self.state is State.OPEN or self._probe is not None:
            raise CircuitBreakerOpen(
                host=host, port=port_of(self._origin), remaining=self.remaining(now)
            )
        self._probe = Permit(self)
        return self._probe

    def remaining(self, now: float) -> float:
        """Return the seconds until a probe is permitted; 0 if the breaker isn't open."""
        if self.state is not State.OPEN:
            return 0.0
        return max(0.0, self._opened_at + self._policy.recovery_timeout - now)

    def succeeded(self, permit: Permit) -> None:
        """Record a success: the server responded."""
        self._failures.clear()
        if self._took_back(permit):
            self._successes += 1
            if self._successes >= self._policy.success_threshold:
                self._change(Signal.RECOVERED)

    def failed(self, permit: Permit, now: float) -> None:
        """Record a failure: no response, or a server error."""
        if self._took_back(permit):
            self._open(Signal.RELAPSED, now)
            return
        self._failures.append(now)
        is_full = len(self._failures) == self._policy.failure_threshold
        if is_full and now - self._failures[0] <= self._policy.window:
            self._open(Signal.TRIPPED, now)

    def dropped(self, permit: Permit) -> None:
        """Record an attempt without a result about the server."""
        self._took_back(permit)

    def _took_back(self, permit: Permit) -> bool:
        """Return whether it was the probe, and permit the next one."""
        if self._probe is not permit:
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
            self._on_change(self._origin, STATE_NAMES[before], STATE_NAMES[self.state])


@final
class Permit:
    """A permitted attempt; call exactly one of its methods when the attempt ends.

    A second call has no effect, and neither has a call after the breaker has changed its state.
    """

    __slots__ = ("_breaker", "_life")

    def __init__(self, breaker: Breaker) -> None:
        self._breaker: Breaker | None = breaker
        self._life = breaker.life

    def responded(self, status_code: int, now: float) -> None:
        """Record a response: a status of 500 or above is a failure, any other a success."""
        if status_code >= SERVER_ERROR:
            self.failed(now)
        else:
            self.succeeded(now)

    def raised(self, error: BaseException, now: float) -> None:
        """Record an error: a failure of the server, or neither failure nor success."""
        if isinstance(error, HTTPStatusError):  # from a hook or middleware
            self.responded(error.response.status_code, now)
        elif is_failure(error):
            self.failed(now)
        else:
            self.dropped(now)

    def succeeded(self, now: float) -> None:  # noqa: ARG002 - the three are called alike
        """Record a success: the server responded."""
        breaker = self._current()
        if breaker is not None:
            breaker.succeeded(self)

    def failed(self, now: float) -> None:
        """Record a failure: no response, or a server error."""
        breaker = self._current()
        if breaker is not None:
            breaker.failed(self, now)

    def dropped(self, now: float) -> None:  # noqa: ARG002 - the three are called alike
        """Record an attempt without a result about the server, such as a canceled one."""
        breaker = self._current()
        if breaker is not None:
            breaker.dropped(self)

    def _current(self) -> Breaker | None:
        """Return the breaker at the first call, unless it has changed its state since."""
        breaker, self._breaker = self._breaker, None
        return breaker if breaker is not None and breaker.life == self._life else None


@final
class Breakers:
    """The breakers of all origins of a client.

    breakers = Breakers(policy)
    permit = breakers.admit("https://example.com", "example.com", now)
    """

    __slots__ = ("_breakers", "_policy", "on_change")

    def __init__(self, policy: CircuitBreakerPolicy, on_change: OnChange | None = None) -> None:
        self.on_change: OnChange | None = on_change
        """Called with every state change."""
        self._policy = policy
        self._breakers: OrderedDict[str, Breaker] = OrderedDict()

    def admit(self, origin: str, host: str, now: float) -> Permit:
        """Permit an attempt. Raises CircuitBreakerOpen if it is refused.

        `now` is in seconds of a monotonic clock.
        """
        breaker = self._breakers.get(origin)
        if breaker is None:
            breaker = self._breakers[origin] = Breaker(origin, self._policy, self._changed)
            if len(self._breakers) > BREAKER_ORIGINS_MAX:
                self._breakers.popitem(last=False)
        else:
            self._breakers.move_to_end(origin)
        return breaker.admit(host, now)

    def states(self, now: float) -> Mapping[str, BreakerState]:
        """Return the state of each breaker; half open once the recovery timeout has passed."""
        return {
            origin: "half_open"
            if breaker.state is State.OPEN and breaker.remaining(now) <= 0
            else STATE_NAMES[breaker.state]
            for origin, breaker in self._breakers.items()
        }

    def _changed(self, origin: str, before: BreakerState, after: BreakerState) -> None:
        if self.on_change is not None:
            self.on_change(origin, before, after)


def port_of(origin: str) -> int:
    """Return the port of an origin, or the default one of its scheme.

    port_of("https://example.com:8443")    # 8443
    """
    scheme, _, authority = origin.partition("://")
    _, colon, port = authority.rpartition("]")[2].rpartition(":")
    if colon:
        return int(port)
    return 443 if scheme == "https" else 80


def is_failure(error: BaseException) -> bool:
    """Return whether an error counts as a failure of the server.

    Failed and broken connections, protocol errors and timeouts do. Errors of the request itself, a
    full pool and a cancellation don't.
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
