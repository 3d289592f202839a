"""Retry decisions: whether a request is retried after a failed attempt, after how long, and why.

Pure: called with the result of each attempt and the time that is left, it returns the seconds to
wait. It has no clock and sends nothing. Dead pooled connections are handled below it (`replay`).
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.errors import Attempt, HyperHTTPError, ProxyError, in_context
from hyperhttp._message.headers.values import parse_retry_after
from hyperhttp._message.response._generated.status_errors import HTTPStatusError
from hyperhttp._policy.replay import is_unprocessed

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from hyperhttp._base._generated.config import Backoff, Budget, RetryPolicy
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.base import BaseResponse
    from hyperhttp._message.response.response import Response

IDEMPOTENCY_KEY: Final = "idempotency-key"
# How much longer than the last wait the next one may be, as AWS describes decorrelated jitter.
_GROWTH: Final = 3.0


@final
class RetryBudget:
    """The retry budget of a client: each request adds a fraction of a retry to it.

    A server that fails everything then has `ratio` more traffic, not `max_retries` times as much.
    """

    __slots__ = ("_budget", "_spent", "_tokens")

    def __init__(self, budget: Budget) -> None:
        self._budget = budget
        self._tokens = float(min(budget.reserve, budget.maximum))

    @property
    def tokens(self) -> float:
        """How many retries are left; less than 1 allows none."""
        return self._tokens

    def deposit(self) -> None:
        """Add the fraction of one request. `Retrying` does this for its own."""
        self._tokens = min(self._tokens + self._budget.ratio, float(self._budget.maximum))

    def withdraw(self) -> bool:
        """Take one retry; return False if none is left."""
        # Ten times 0.1 is a little less than 1.
        if self._tokens < 1.0 - 1e-9:
            return False
        self._tokens = max(0.0, self._tokens - 1.0)
        return True


@dataclass(frozen=True, slots=True)
class _Failure:
    """The result of a failed attempt, as far as it affects a retry."""

    what: str
    is_untouched: bool = False
    """Nothing of the request was sent, and its body wasn't read."""
    is_unprocessed: bool = False
    """The server hasn't processed it, though a part may have been sent."""
    asked_s: float | None = None
    """The Retry-After of the server."""


def obstacle_to_retry(
    policy: RetryPolicy, request: Request, *, is_unprocessed: bool = False
) -> str | None:
    """Return why a request isn't retried once a part of it was sent; None if it may be.

    Args:
        policy: The retry policy that applies.
        request: The request as the caller made it.
        is_unprocessed: Whether the server reported that it hasn't processed it.
    """
    may_repeat = request.method in policy.methods or IDEMPOTENCY_KEY in request.headers
    if not (may_repeat or is_unprocessed):
        return f"{request.method} may have been processed, so repeating it isn't safe"
    return None if request.is_replayable else "the body can be read only once"


@final
class Retrying:
    """The retry decisions about one call; creating it adds the call to the budget.

    retrying = Retrying(policy, budget, random.uniform)
    wait_s = retrying.after_error(request, error, elapsed_s=0.2, left_s=math.inf)
    """

    __slots__ = ("_budget", "_policy", "_uniform", "_waited_s", "attempts")

    def __init__(
        self, policy: RetryPolicy, budget: RetryBudget, uniform: Callable[[float, float], float]
    ) -> None:
        self._policy = policy
        self._budget = budget
        self._uniform = uniform
        # The last wait without Retry-After, which doesn't lengthen the next one.
        self._waited_s = policy.backoff.initial
        self.attempts: tuple[Attempt, ...] = ()
        """The attempts so far."""
        budget.deposit()

    def after_response(
        self,
        request: Request,
        response: Response,
        *,
        elapsed_s: float,
        left_s: float,
        now: datetime,
    ) -> float | None:
        """Return the seconds to wait before the next attempt; None to return this response.

        Args:
            request: The request of the call, before redirects and auth.
            response: The response to the attempt.
            elapsed_s: The duration of the attempt.
            left_s: The time until the total deadline, `math.inf` without one.
            now: The current time, for Retry-After.
        """
        wait_s, decision = self._decided(request, self._status_failure(response, now), left_s)
        return self._noted(response.status_code, None, elapsed_s, decision, wait_s)

    def after_error(
        self,
        request: Request,
        error: HyperHTTPError,
        *,
        elapsed_s: float,
        left_s: float,
        now: datetime | None = None,
    ) -> float | None:
        """Return the seconds to wait before the next attempt; None to raise this error.

        An HTTPStatusError from a hook or middleware counts as its status, and its Retry-After is
        read if `now` is given. Sets `error.attempt`. The arguments are those of `after_response`.
        """
        in_context(error, attempt=len(self.attempts) + 1)
        wait_s, decision = self._decided(request, self._failure(request, error, now), left_s)
        # A copy: with its traceback the error would keep every frame of the attempt alive, and the
        # last one would hold itself.
        return self._noted(None, copy(error), elapsed_s, decision, wait_s)

    def _failure(
        self, request: Request, error: HyperHTTPError, now: datetime | None
    ) -> _Failure | str:
        """Return what the error means for a retry; a text if it excludes one."""
        name = type(error).__name__
        if isinstance(error, HTTPStatusError):
            return self._status_failure(error.response, now)
        if error.retryable == "never":
            return f"{name} is never worth repeating"
        if self._policy.errors.isdisjoint(kind.__name__ for kind in type(error).__mro__):
            return f"{name} is not an error to retry"
        status = error.status_code if isinstance(error, ProxyError) else None
        if status is not None and status not in self._policy.statuses:
            # Such as 407: the same credentials would be refused again.
            return f"{name}, its status {status} is not one to retry"
        # If a redirect wasn't sent, the first request still was.
        is_own = _is_of(error, request)
        refused = is_unprocessed(error)
        return _Failure(
            name,
            is_untouched=is_own and error.retryable == "always" and not refused,
            is_unprocessed=is_own and refused,
        )

    def _status_failure(self, response: BaseResponse, now: datetime | None) -> _Failure | str:
        status = response.status_code
        if status not in self._policy.statuses:
            return f"{status} isn't a status to retry"
        return _Failure(f"{status}", asked_s=None if now is None else self._asked_s(response, now))

    def _decided(
        self, request: Request, failure: _Failure | str, left_s: float
    ) -> tuple[float | None, str]:
        """Return the seconds to wait, or None, and why. Checks the budget last, which uses it."""
        if isinstance(failure, str):
            return None, failure
        obstacle = self._obstacle(request, failure)
        if obstacle is not None:
            return None, f"{failure.what}, and {obstacle}"
        if failure.asked_s is not None and failure.asked_s > self._policy.retry_after_max:
            asked = f"the server asks for {failure.asked_s:g} s"
            return None, f"{failure.what}, {asked}, more than {self._policy.retry_after_max:g} s"
        wait_s = self._next_wait_s(failure.asked_s)
        if wait_s >= left_s:
            left = f"a wait of {wait_s:.3g} s would outlast the total deadline"
            return None, f"{failure.what}, {left} ({max(0.0, left_s):.3g} s left)"
        if not self._budget.withdraw():
            return None, f"{failure.what}, the client's retry budget is used up"
        number = len(self.attempts) + 1
        which = f"retry {number} of {self._policy.max_retries}"
        return wait_s, f"{failure.what}, {which} in {wait_s:.3g} s"

    def _obstacle(self, request: Request, failure: _Failure) -> str | None:
        """Return why the request isn't retried; None if it may be."""
        if not failure.is_untouched:
            is_unprocessed = failure.is_unprocessed
            obstacle = obstacle_to_retry(self._policy, request, is_unprocessed=is_unprocessed)
            if obstacle is not None:
                return obstacle
        if len(self.attempts) >= self._policy.max_retries:
            return f"all {self._policy.max_retries} retries are used up"
        return None

    def _asked_s(self, response: BaseResponse, now: datetime) -> float | None:
        """Return the Retry-After of a response (RFC 9110 10.2.3), if it is valid and respected."""
        value = response.headers.get("retry-after")
        if value is None or not self._policy.respect_retry_after:
            return None
        return parse_retry_after(value, now)

    def _next_wait_s(self, asked_s: float | None) -> float:
        """Return the next delay by decorrelated jitter; at least the Retry-After of the server."""
        backoff: Backoff = self._policy.backoff
        longest = max(backoff.initial, self._waited_s * _GROWTH)
        chosen = self._uniform(backoff.initial, longest)
        self._waited_s = min(backoff.maximum, chosen)
        return self._waited_s if asked_s is None else max(asked_s, self._waited_s)

    def _noted(
        self,
        status: int | None,
        error: HyperHTTPError | None,
        elapsed_s: float,
        decision: str,
        wait_s: float | None,
    ) -> float | None:
        number = len(self.attempts) + 1
        attempt = Attempt(number, status, error, elapsed_s, wait_s or 0.0, decision)
        self.attempts = (*self.attempts, attempt)
        return wait_s


def _is_of(error: HyperHTTPError, request: Request) -> bool:
    """Return whether the request of the call failed, not that of a redirect."""
    failed = error.request
    if failed is None or failed is request:
        return True
    same_url = failed.url.without_userinfo() == request.url.without_userinfo()
    return same_url and failed.method == request.method
