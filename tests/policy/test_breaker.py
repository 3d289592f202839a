"""Circuit breakers: the table, each rule both ways, and random lives beside a plain model."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.bounds import BREAKER_ORIGINS_MAX
from hyperhttp._base._generated.config import CircuitBreakerPolicy
from hyperhttp._base._generated.errors import (
    CircuitBreakerOpen,
    ClientClosed,
    ConnectError,
    ConnectTimeout,
    DecodeError,
    DNSError,
    LocalProtocolError,
    PoolTimeout,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    TLSError,
    TotalTimeout,
    WriteTimeout,
)
from hyperhttp._message.request.request import Request
from hyperhttp._message.response._generated.status_errors import HTTPStatusError
from hyperhttp._policy.breaker import (
    NEXT,
    STATE_NAMES,
    Breaker,
    Breakers,
    BreakerState,
    Permit,
    Signal,
    State,
    is_failure,
)
from tests.policy.conversation import reply

if TYPE_CHECKING:
    from collections.abc import Callable

ORIGIN: Final = "https://example.com"
HOST: Final = "example.com"
POLICY: Final = CircuitBreakerPolicy(
    failure_threshold=3, window=10.0, recovery_timeout=5.0, success_threshold=2
)
Changes = list[tuple[str, BreakerState, BreakerState]]


def made(policy: CircuitBreakerPolicy = POLICY) -> tuple[Breakers, Changes]:
    changes: Changes = []

    def note(origin: str, before: BreakerState, after: BreakerState) -> None:
        changes.append((origin, before, after))

    return Breakers(policy, note), changes


def admit(breakers: Breakers, now: float) -> Permit:
    return breakers.admit(ORIGIN, HOST, now)


def refused(breakers: Breakers, now: float) -> CircuitBreakerOpen:
    with pytest.raises(CircuitBreakerOpen) as caught:
        admit(breakers, now)
    return caught.value


def opened(policy: CircuitBreakerPolicy = POLICY) -> tuple[Breakers, Changes]:
    """Breakers of which one has opened at 0."""
    breakers, changes = made(policy)
    for _ in range(policy.failure_threshold):
        admit(breakers, 0.0).failed(0.0)
    return breakers, changes


def test_only_what_the_table_holds_can_happen() -> None:
    pairs = {(state, signal) for state, row in NEXT.items() for signal in row}
    assert set(NEXT) == set(State)
    assert pairs == {
        (State.CLOSED, Signal.TRIPPED),
        (State.OPEN, Signal.RESTED),
        (State.HALF_OPEN, Signal.RELAPSED),
        (State.HALF_OPEN, Signal.RECOVERED),
    }
    assert {signal for _, signal in pairs} == set(Signal)


def test_failures_close_together_open_the_breaker_of_their_origin_alone() -> None:
    breakers, changes = opened()
    assert changes == [(ORIGIN, "closed", "open")]
    assert breakers.states(0.0) == {ORIGIN: "open"}
    breakers.admit("https://example.com:8443", HOST, 0.0)
    error = refused(breakers, 2.0)
    assert (error.host, error.remaining) == (HOST, 3.0)
    assert str(error) == (
        "the circuit breaker of example.com:443 is open after too many failures; retry in 3 s"
    )


@pytest.mark.parametrize(("last", "opens"), [(10.0, True), (10.1, False)])
def test_failures_far_apart_do_not_open_it(last: float, opens: bool) -> None:
    breakers, changes = made()
    for now in (0.0, 5.0, last):
        admit(breakers, now).failed(now)
    assert bool(changes) == opens


def test_a_success_forgives_the_failures_before_it() -> None:
    breakers, changes = made()
    for outcome in "ffsffs":
        ticket = admit(breakers, 0.0)
        ticket.failed(0.0) if outcome == "f" else ticket.succeeded(0.0)
    assert changes == []


def test_one_probe_at_a_time_goes_through_when_it_has_rested() -> None:
    breakers, changes = opened()
    assert refused(breakers, 4.9).remaining == pytest.approx(0.1)
    assert breakers.states(5.0) == {ORIGIN: "half_open"}
    probe = admit(breakers, 5.0)
    error = refused(breakers, 5.0)
    assert error.remaining == 0.0
    assert str(error) == "the circuit breaker of example.com:443 is open after too many failures"
    probe.succeeded(5.1)
    second = admit(breakers, 5.2)
    refused(breakers, 5.2)
    second.succeeded(5.3)
    assert [after for _, _, after in changes] == ["open", "half_open", "closed"]
    admit(breakers, 5.4)
    admit(breakers, 5.4)


@pytest.mark.parametrize("good_probes", [0, 1])
def test_a_probe_that_fails_opens_it_for_the_whole_time_again(good_probes: int) -> None:
    breakers, changes = opened()
    for _ in range(good_probes):
        admit(breakers, 6.0).succeeded(6.0)
    admit(breakers, 6.0).failed(7.0)
    assert changes[-1] == (ORIGIN, "half_open", "open")
    assert refused(breakers, 7.0).remaining == 5.0
    admit(breakers, 12.0).succeeded(12.0)
    # The good probe of before counts no more.
    assert breakers.states(12.0) == {ORIGIN: "half_open"}


def test_a_cancelled_probe_makes_room_for_the_next_and_says_nothing() -> None:
    breakers, changes = opened()
    admit(breakers, 5.0).dropped(5.0)
    admit(breakers, 5.0).raised(asyncio.CancelledError(), 5.0)
    admit(breakers, 5.0)
    assert len(changes) == 2


def test_what_was_let_through_before_a_change_is_of_no_account_after_it() -> None:
    breakers, changes = made()
    late = [admit(breakers, 0.0) for _ in range(9)]
    for ticket in late[:3]:
        ticket.failed(0.0)
    late[3].failed(1.0)
    late[4].succeeded(1.0)
    assert refused(breakers, 1.0).remaining == 4.0
    probe = admit(breakers, 5.0)
    late[5].failed(5.0)
    late[6].succeeded(5.0)
    late[7].dropped(5.0)
    refused(breakers, 5.0)
    probe.succeeded(5.0)
    admit(breakers, 5.0).succeeded(5.0)
    late[8].failed(5.0)
    assert changes[-1][2] == "closed"
    for _ in range(2):
        admit(breakers, 5.0).failed(5.0)
    assert changes[-1][2] == "closed"


def test_a_ticket_counts_once() -> None:
    breakers, changes = made()
    ticket = admit(breakers, 0.0)
    for _ in range(9):
        ticket.failed(0.0)
    assert changes == []


@pytest.mark.parametrize(
    ("status", "opens"), [(500, True), (503, True), (599, True), (404, False), (200, False)]
)
def test_a_status_from_500_on_is_a_failure(status: int, opens: bool) -> None:
    breakers, changes = made(CircuitBreakerPolicy(failure_threshold=1))
    admit(breakers, 0.0).responded(status, 0.0)
    assert bool(changes) == opens


@pytest.mark.parametrize(("status", "opens"), [(503, True), (404, False)])
def test_a_status_that_a_hook_made_an_error_of_counts_as_the_status(
    status: int, opens: bool
) -> None:
    breakers, changes = made(CircuitBreakerPolicy(failure_threshold=2))
    error = HTTPStatusError(response=reply(Request("GET", ORIGIN), status))
    admit(breakers, 0.0).failed(0.0)
    admit(breakers, 0.0).raised(error, 0.0)
    assert bool(changes) == opens
    if not opens:
        # It was a success: the failure before it is forgiven.
        admit(breakers, 0.0).failed(0.0)
        assert changes == []


@pytest.mark.parametrize(
    ("error", "fails"),
    [
        (ConnectError(detail="x"), True),
        (DNSError(detail="x"), True),
        (TLSError(detail="x"), True),
        (ConnectTimeout(timeout_s=1), True),
        (ReadTimeout(timeout_s=1), True),
        (WriteTimeout(timeout_s=1), True),
        (ReadError(detail="x"), True),
        (RemoteProtocolError(detail="x"), True),
        (TotalTimeout(timeout_s=1, during="read"), True),
        (TotalTimeout(timeout_s=1, during="connect"), True),
        (TotalTimeout(timeout_s=1, during="pool"), False),
        (PoolTimeout(timeout_s=1, max_connections=1, waiting=1), False),
        (LocalProtocolError(detail="x"), False),
        (DecodeError(detail="x"), False),
        (ClientClosed(), False),
        (asyncio.CancelledError(), False),
        (KeyError("x"), False),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, BaseException) else str(value),
)
def test_an_error_is_a_failure_when_it_tells_of_the_server(
    error: BaseException, fails: bool
) -> None:
    assert is_failure(error) == fails
    breakers, changes = made(CircuitBreakerPolicy(failure_threshold=1))
    admit(breakers, 0.0).raised(error, 0.0)
    assert bool(changes) == fails


def test_the_number_of_remembered_origins_is_bounded() -> None:
    breakers, _ = opened()
    for number in range(BREAKER_ORIGINS_MAX + 5):
        refused(breakers, 1.0)
        breakers.admit(f"https://example.com:{number}", HOST, 1.0)
    assert len(breakers.states(1.0)) == BREAKER_ORIGINS_MAX
    # The one that is asked all the time is not the one that is forgotten.
    assert breakers.states(1.0)[ORIGIN] == "open"
    assert f"https://example.com:{BREAKER_ORIGINS_MAX + 4}" in breakers.states(1.0)
    assert "https://example.com:0" not in breakers.states(1.0)


def test_what_remains_is_never_less_than_nothing() -> None:
    breaker = Breaker(ORIGIN, CircuitBreakerPolicy(failure_threshold=1), None)
    assert breaker.remaining(0.0) == 0.0
    breaker.admit(HOST, 0.0).failed(0.0)
    assert [breaker.remaining(now) for now in (0.0, 29.0, 30.0, 99.0)] == [30.0, 1.0, 0.0, 0.0]


def test_nobody_has_to_watch() -> None:
    breakers = Breakers(CircuitBreakerPolicy(failure_threshold=1))
    admit(breakers, 0.0).failed(0.0)
    assert breakers.states(0.0) == {ORIGIN: "open"}


@dataclass
class Model:
    """The same rules, said plainly: a list of what happened since the last change."""

    policy: CircuitBreakerPolicy
    state: State = State.CLOSED
    life: int = 0
    opened_at: float = 0.0
    failures: list[float] = field(default_factory=list[float])
    successes: int = 0
    probing: bool = False

    def admits(self, now: float) -> bool:
        if self.state is State.OPEN and now >= self.opened_at + self.policy.recovery_timeout:
            self.turn(State.HALF_OPEN)
        if self.state is State.HALF_OPEN and not self.probing:
            self.probing = True
            return True
        return self.state is State.CLOSED

    def ended(self, outcome: str, life: int, now: float) -> None:
        if life != self.life:
            return
        half_open = self.state is State.HALF_OPEN
        self.probing = False
        if outcome == "succeeded":
            self.failures = []
            self.successes += 1
            if half_open and self.successes == self.policy.success_threshold:
                self.turn(State.CLOSED)
        elif outcome == "failed":
            self.failures.append(now)
            recent = [at for at in self.failures if now - at <= self.policy.window]
            if half_open or len(recent) >= self.policy.failure_threshold:
                self.opened_at = now
                self.turn(State.OPEN)

    def turn(self, state: State) -> None:
        self.state, self.life = state, self.life + 1
        self.failures, self.successes, self.probing = [], 0, False


STEPS: Final = st.lists(
    st.tuples(
        st.sampled_from(["admit", "succeeded", "failed", "dropped"]),
        st.integers(0, 5),
        st.sampled_from([0.0, 0.5, 1.0, 4.0, 5.0]),
    ),
    max_size=80,
)


@given(
    steps=STEPS, failures=st.integers(1, 4), successes=st.integers(1, 3), window=st.integers(1, 6)
)
def test_a_random_life_is_that_of_the_plain_model(
    steps: list[tuple[str, int, float]], failures: int, successes: int, window: int
) -> None:
    policy = CircuitBreakerPolicy(
        failure_threshold=failures,
        success_threshold=successes,
        window=float(window),
        recovery_timeout=4.0,
    )
    breakers, changes = made(policy)
    model = Model(policy)
    under_way: list[tuple[Permit, int]] = []
    now = 0.0
    for what, which, passed in steps:
        now += passed
        if what == "admit":
            if model.admits(now):
                under_way.append((admit(breakers, now), model.life))
            else:
                remaining = model.opened_at + 4.0 - now if model.state is State.OPEN else 0.0
                assert refused(breakers, now).remaining == pytest.approx(remaining)
        elif under_way:
            ticket, life = under_way.pop(which % len(under_way))
            end: Callable[[float], None] = getattr(ticket, what)
            end(now)
            model.ended(what, life, now)
        assert len(changes) == model.life
        assert not changes or changes[-1][2] == STATE_NAMES[model.state]
    states = {name: state for state, name in STATE_NAMES.items()}
    assert all(states[after] in NEXT[states[before]].values() for _, before, after in changes)


@pytest.mark.parametrize(
    ("origin", "port"),
    [
        ("https://example.com", 443),
        ("http://example.com", 80),
        ("https://example.com:8443", 8443),
        ("http://[::1]", 80),
        ("http://[::1]:8080", 8080),
        ("http://127.0.0.1:1", 1),
    ],
)
def test_a_refusal_has_the_port_of_the_origin(origin: str, port: int) -> None:
    breakers = Breakers(CircuitBreakerPolicy(failure_threshold=1))
    breakers.admit(origin, "host", 0.0).failed(0.0)
    with pytest.raises(CircuitBreakerOpen) as caught:
        breakers.admit(origin, "host", 1.0)
    assert (caught.value.host, caught.value.port) == ("host", port)
    assert str(caught.value).startswith(f"the circuit breaker of host:{port} is open")
