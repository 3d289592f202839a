"""Whether a failed attempt is followed by another: every fact, both ways, with the reason."""

from __future__ import annotations

import math
import random
from datetime import UTC, datetime
from itertools import product
from typing import TYPE_CHECKING, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp import exceptions
from hyperhttp._base._generated.config import Backoff, Budget, RetryPolicy
from hyperhttp._base._generated.errors import (
    BadRedirect,
    CircuitBreakerOpen,
    ConfigError,
    ConnectError,
    ConnectTimeout,
    DecodeError,
    DNSError,
    HyperHTTPError,
    InvalidURL,
    LocalProtocolError,
    PoolTimeout,
    ProxyError,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    StreamReset,
    TLSError,
    TotalTimeout,
    WriteError,
    WriteTimeout,
    in_context,
)
from hyperhttp._base.unset import UNSET
from hyperhttp._message.request.request import Request
from hyperhttp._message.response._generated.status_errors import ServerStatusError
from hyperhttp._policy.retry import RetryBudget, Retrying, obstacle_to_retry
from tests.policy.conversation import reply

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hyperhttp._base.unset import Unset

URL: Final = "http://example.com/"
NOW: Final = datetime(2030, 1, 1, 12, 0, 0, tzinfo=UTC)
USUAL: Final = RetryPolicy()


def shortest(low: float, high: float) -> float:
    return low


def longest(low: float, high: float) -> float:
    return high


def retrying(
    policy: RetryPolicy = USUAL, uniform: Callable[[float, float], float] = shortest
) -> Retrying:
    return Retrying(policy, RetryBudget(policy.budget), uniform)


def after_status(
    deciding: Retrying,
    status: int,
    *fields: tuple[str, str],
    request: Request | None = None,
    left_s: float = math.inf,
) -> float | None:
    asked = request or Request("GET", URL)
    response = reply(asked, status, *fields)
    return deciding.after_response(asked, response, elapsed_s=0.1, left_s=left_s, now=NOW)


def after(
    deciding: Retrying,
    error: HyperHTTPError,
    request: Request | None = None,
    left_s: float = math.inf,
) -> float | None:
    asked = request or Request("GET", URL)
    return deciding.after_error(asked, error, elapsed_s=0.1, left_s=left_s)


def verdict(deciding: Retrying) -> str:
    return deciding.attempts[-1].decision


# -- the table -------------------------------------------------------------------------------------

# What came of the attempt: whether the request may have been processed, and whether a part of its
# body may be gone.
UNSENT: Final = (False, False)
REFUSED: Final = (False, True)
SENT: Final = (True, True)
FAILURES: Final[dict[str, tuple[Callable[[], HyperHTTPError] | int, tuple[bool, bool] | None]]] = {
    "ConnectError": (lambda: ConnectError(detail="x"), UNSENT),
    "DNSError": (lambda: DNSError(detail="x"), UNSENT),
    "ConnectTimeout": (lambda: ConnectTimeout(timeout_s=1), UNSENT),
    "ProxyError": (lambda: ProxyError(detail="x"), UNSENT),
    "PoolTimeout": (lambda: PoolTimeout(timeout_s=1, max_connections=1, waiting=1), UNSENT),
    "REFUSED_STREAM": (lambda: StreamReset(detail="x", error_code=7, is_unprocessed=True), REFUSED),
    "StreamReset": (lambda: StreamReset(detail="x", error_code=2), SENT),
    "ReadError": (lambda: ReadError(detail="x"), SENT),
    "ReadTimeout": (lambda: ReadTimeout(timeout_s=1), SENT),
    "WriteError": (lambda: WriteError(detail="x"), SENT),
    "WriteTimeout": (lambda: WriteTimeout(timeout_s=1), SENT),
    "RemoteProtocolError": (lambda: RemoteProtocolError(detail="x"), SENT),
    "TLSError": (lambda: TLSError(detail="x"), None),
    "TotalTimeout": (lambda: TotalTimeout(timeout_s=1), None),
    "CircuitBreakerOpen": (lambda: CircuitBreakerOpen(host="x", remaining=1), None),
    "LocalProtocolError": (lambda: LocalProtocolError(detail="x"), None),
    "InvalidURL": (lambda: InvalidURL(given="x", detail="x"), None),
    "BadRedirect": (lambda: BadRedirect(location="x", detail="x"), None),
    "DecodeError": (lambda: DecodeError(detail="x"), None),
    "ConfigError": (lambda: ConfigError(option="x", given="x", allowed="x"), None),
    "500": (500, SENT),
    "429": (429, SENT),
    "200": (200, None),
    "404": (404, None),
}
METHODS: Final = ("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH", "PURGE")
BODIES: Final[dict[str, Callable[[], bytes | Iterator[bytes] | Unset]]] = {
    "no body": lambda: UNSET,
    "bytes": lambda: b"x",
    "once": lambda: iter([b"x"]),
}
POLICIES: Final = {
    "usual": USUAL,
    "posts too": RetryPolicy(methods={"GET", "POST"}),
    "nothing": RetryPolicy(statuses=set(), errors=set()),
    "connecting": RetryPolicy(errors={"ConnectError"}, statuses={500}),
    "no retries": RetryPolicy(max_retries=0),
}


def is_named(name: str, policy: RetryPolicy) -> bool:
    if name.isdecimal():
        return int(name) in policy.statuses
    kind: type = StreamReset if name == "REFUSED_STREAM" else getattr(exceptions, name)
    return any(issubclass(kind, getattr(exceptions, error)) for error in policy.errors)


def expected(name: str, method: str, body: str, policy: RetryPolicy, *, keyed: bool) -> str:
    """The words that the verdict must hold."""
    facts = FAILURES[name][1]
    if facts is None and not name.isdecimal():
        return "never worth repeating"
    if facts is None or not is_named(name, policy):
        return "to retry"
    worked_on, begun = facts
    if worked_on and method not in policy.methods and not keyed:
        return f"{method} may have been processed"
    if begun and body == "once":
        return "read only once"
    return "retries are used up" if policy.max_retries == 0 else "retry 1 of 3 in 0.1 s"


@pytest.mark.parametrize("policy", POLICIES)
@pytest.mark.parametrize("name", FAILURES)
def test_the_table_of_decisions_and_their_reasons(name: str, policy: str) -> None:
    for method, body, keyed in product(METHODS, BODIES, [False, True]):
        deciding = retrying(POLICIES[policy])
        headers = {"Idempotency-Key": "1"} if keyed else None
        request = Request(method, URL, headers=headers, content=BODIES[body]())
        what = FAILURES[name][0]
        if isinstance(what, int):
            wait_s = after_status(deciding, what, request=request)
        else:
            wait_s = after(deciding, what(), request)
        words = expected(name, method, body, POLICIES[policy], keyed=keyed)
        assert words in verdict(deciding), (method, body, keyed)
        assert (wait_s == 0.1) == words.startswith("retry"), (method, body, keyed)
        assert (wait_s is None) == (not words.startswith("retry"))


def test_every_error_that_may_be_worth_repeating_is_in_the_table() -> None:
    kinds = [getattr(exceptions, name) for name in exceptions.__all__]
    errors = [k for k in kinds if isinstance(k, type) and issubclass(k, HyperHTTPError)]
    repeatable = {kind.__name__ for kind in errors if kind.retryable != "never"}
    assert repeatable - set(FAILURES) == {"TransportError", "ServerStatusError"}


# -- redirects, hooks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "hop",
    [
        Request("GET", "http://example.com/done"),
        Request("GET", URL),
        Request("POST", "http://example.com/token"),
        Request("POST", "https://example.com/"),
    ],
    ids=["elsewhere", "a GET after the POST", "a POST elsewhere", "another origin"],
)
def test_a_later_hop_that_was_not_sent_tells_nothing_of_the_first(hop: Request) -> None:
    posted = Request("POST", URL)
    error = in_context(ConnectError(detail="x"), request=hop)
    assert after(deciding := retrying(), error, posted) is None
    assert "POST may have been processed" in verdict(deciding)
    refused = in_context(StreamReset(detail="x", error_code=7, is_unprocessed=True), request=hop)
    assert after(retrying(), refused, posted) is None
    asked = Request("GET", URL)
    assert after(retrying(), in_context(ConnectError(detail="x"), request=hop), asked) is not None


def test_the_same_request_with_credentials_added_is_still_the_call_s_own() -> None:
    posted = Request("POST", "http://ann:sesame@example.com/")
    sent = Request("POST", URL, headers={"Authorization": "x"})
    assert after(retrying(), in_context(ConnectError(detail="x"), request=sent), posted) == 0.1


@pytest.mark.parametrize(("status", "wait_s"), [(503, 7.0), (501, None), (404, None)])
def test_a_status_that_a_hook_made_an_error_of_counts_as_the_status(
    status: int, wait_s: float | None
) -> None:
    request = Request("GET", URL)
    error = ServerStatusError(response=reply(request, status, ("Retry-After", "7")))
    deciding = retrying()
    found = deciding.after_error(request, error, elapsed_s=0.1, left_s=math.inf, now=NOW)
    assert found == wait_s


@pytest.mark.parametrize(("status", "wait_s"), [(None, 0.1), (502, 0.1), (407, None), (403, None)])
def test_what_a_proxy_refuses_for_good_is_not_asked_again(
    status: int | None, wait_s: float | None
) -> None:
    deciding = retrying()
    assert after(deciding, ProxyError(detail="x", status_code=status)) == wait_s
    assert (f"its status {status}" in verdict(deciding)) == (wait_s is None)


# -- waits -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("value", "wait_s"),
    [
        ("5", 5.0),
        ("60", 60.0),
        ("0", 0.1),
        ("Tue, 01 Jan 2030 12:00:30 GMT", 30.0),
        ("Tue, 01 Jan 2030 11:00:00 GMT", 0.1),
        ("soon", 0.1),
        ("-1", 0.1),
        ("1.5", 2.0),
        ("59.1", 60.0),
        ("60.1", None),
        ("9" * 26, None),
        ("9" * 400, None),
        ("", 0.1),
        ("61", None),
        ("9" * 19, None),
        ("Tue, 01 Jan 2030 13:00:00 GMT", None),
    ],
)
def test_retry_after_is_obeyed_up_to_its_cap(value: str, wait_s: float | None) -> None:
    deciding = retrying()
    assert after_status(deciding, 503, ("Retry-After", value)) == wait_s
    assert deciding.attempts[0].delay_s == (wait_s or 0.0)
    if wait_s is None:
        assert "the server asks for" in verdict(deciding)
        assert "more than 60 s" in verdict(deciding)


def test_retry_after_may_be_ignored() -> None:
    deciding = retrying(RetryPolicy(respect_retry_after=False))
    assert after_status(deciding, 503, ("Retry-After", "3600")) == 0.1


def test_a_wait_that_would_outlast_the_deadline_is_not_begun() -> None:
    assert after_status(retrying(), 503, left_s=0.11) == 0.1
    assert after_status(deciding := retrying(), 503, left_s=0.1) is None
    assert "would outlast the total deadline (0.1 s left)" in verdict(deciding)
    assert after(deciding := retrying(), ReadError(detail="x"), left_s=-1.0) is None
    assert "(0 s left)" in verdict(deciding)
    assert after_status(retrying(), 503, ("Retry-After", "5"), left_s=5.0) is None


def test_the_longest_waits_grow_threefold_up_to_the_maximum() -> None:
    policy = RetryPolicy(max_retries=6, backoff=Backoff(initial=1.0, maximum=20.0))
    deciding = retrying(policy, longest)
    waits = [after_status(deciding, 503) for _ in range(7)]
    assert waits == [3.0, 9.0, 20.0, 20.0, 20.0, 20.0, None]


def test_a_server_s_word_does_not_make_our_own_next_wait_longer() -> None:
    deciding = retrying(uniform=longest)
    assert after_status(deciding, 503, ("Retry-After", "50")) == 50.0
    assert after_status(deciding, 503) == pytest.approx(0.9)


@given(
    initial=st.floats(0.001, 100.0),
    maximum=st.floats(0.001, 100.0),
    parts=st.lists(st.floats(0.0, 1.0), min_size=1, max_size=12),
)
def test_every_wait_lies_within_the_backoff(
    initial: float, maximum: float, parts: list[float]
) -> None:
    chances = iter(parts)

    def uniform(low: float, high: float) -> float:
        assert low <= high
        return low + (high - low) * next(chances)

    policy = RetryPolicy(
        max_retries=len(parts),
        backoff=Backoff(initial=initial, maximum=maximum),
        budget=Budget(reserve=20),
    )
    deciding = retrying(policy, uniform)
    for _ in parts:
        wait_s = after_status(deciding, 503)
        assert wait_s is not None
        assert min(initial, maximum) <= wait_s <= maximum


# -- history ---------------------------------------------------------------------------------------


def test_the_history_tells_of_every_attempt_and_why_it_was_the_last() -> None:
    deciding = retrying(uniform=shortest)
    request = Request("GET", URL)
    error = ReadTimeout(timeout_s=1.0)
    waits = [after(deciding, error, request), after_status(deciding, 503, request=request)]
    assert waits == [0.1, 0.1]
    assert after_status(deciding, 200, request=request) is None
    first, second, last = deciding.attempts
    assert [first.number, second.number, last.number] == [1, 2, 3]
    assert (first.status_code, second.status_code, last.status_code) == (None, 503, 200)
    assert (first.elapsed_s, first.delay_s, last.delay_s) == (0.1, 0.1, 0.0)
    assert first.decision == "ReadTimeout, retry 1 of 3 in 0.1 s"
    assert second.decision == "503, retry 2 of 3 in 0.1 s"
    assert last.decision == "200 isn't a status to retry"


def test_a_remembered_error_is_a_copy_without_its_traceback() -> None:
    deciding = retrying(RetryPolicy(max_retries=1))
    for number in (1, 2):
        error = ReadError(detail="lost")
        try:
            raise error
        except ReadError:
            after(deciding, error)
        assert error.attempt == number
        assert error.__traceback__ is not None
        told = deciding.attempts[-1].error
        assert isinstance(told, ReadError)
        assert told is not error
        assert (str(told), told.attempt, told.__traceback__) == (str(error), number, None)


def test_when_the_retries_are_used_up_the_last_failure_is_handed_over() -> None:
    deciding = retrying(RetryPolicy(max_retries=2))
    assert [after_status(deciding, 503) for _ in range(3)] == [0.1, 0.1, None]
    assert verdict(deciding) == "503, and all 2 retries are used up"


# -- budget ----------------------------------------------------------------------------------------


def test_a_thousand_requests_to_a_server_that_fails_them_all_add_little_traffic() -> None:
    chance = random.Random(7)
    budget = RetryBudget(USUAL.budget)
    traffic = 0
    refused = 0
    for _ in range(1000):
        deciding = Retrying(USUAL, budget, chance.uniform)
        while True:
            traffic += 1
            if after_status(deciding, 503) is None:
                break
        refused += "budget is used up" in verdict(deciding)
    assert 1000 < traffic < 1200
    assert refused > 900


def test_a_good_year_does_not_make_a_storm() -> None:
    budget = RetryBudget(Budget())
    for _ in range(1_000_000 // 100):
        budget.deposit()
    assert budget.tokens == 50.0
    assert sum(budget.withdraw() for _ in range(100)) == 50


@given(
    ratio=st.floats(0.0, 2.0),
    reserve=st.integers(0, 20),
    maximum=st.integers(0, 20),
    steps=st.lists(st.booleans(), max_size=200),
)
def test_retries_never_exceed_the_reserve_and_what_requests_have_added(
    ratio: float, reserve: int, maximum: int, steps: list[bool]
) -> None:
    budget = RetryBudget(Budget(ratio=ratio, reserve=reserve, maximum=maximum))
    requests = retries = 0
    for is_request in steps:
        if is_request:
            budget.deposit()
            requests += 1
        else:
            retries += budget.withdraw()
        assert 0.0 <= budget.tokens <= maximum
        assert retries <= min(reserve, maximum) + requests * ratio + 1e-6


def test_ten_tenths_are_one_retry_and_a_part_of_one_is_none() -> None:
    budget = RetryBudget(Budget(ratio=0.1, reserve=0))
    for _ in range(9):
        budget.deposit()
    assert not budget.withdraw()
    budget.deposit()
    assert budget.withdraw()
    assert budget.tokens == 0.0
    assert not budget.withdraw()


def test_what_is_not_retried_anyway_takes_nothing_from_the_budget() -> None:
    budget = RetryBudget(USUAL.budget)
    before = budget.tokens
    for request, error in [
        (Request("POST", URL), ReadError(detail="x")),
        (Request("GET", URL), TLSError(detail="x")),
    ]:
        deciding = Retrying(RetryPolicy(budget=Budget(ratio=0.0)), budget, shortest)
        assert after(deciding, error, request) is None
    assert budget.tokens == pytest.approx(before + 0.2)


def test_what_keeps_a_sent_request_from_being_retried_needs_no_attempt() -> None:
    policy, url = RetryPolicy(), "https://example.com/"
    assert obstacle_to_retry(policy, Request("GET", url)) is None
    post = Request("POST", url)
    assert "isn't safe" in (obstacle_to_retry(policy, post) or "")
    assert obstacle_to_retry(policy, post, is_unprocessed=True) is None
    keyed = Request("POST", url, headers={"Idempotency-Key": "1"})
    assert obstacle_to_retry(policy, keyed) is None
    once = Request("PUT", url, content=iter([b"x"]))
    assert "only once" in (obstacle_to_retry(policy, once) or "")
