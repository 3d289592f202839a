"""The request pipeline: one call passes through the policies of its client, outermost first.

Call middleware, retries, redirects, breaker, auth, middleware and hooks: each wraps the next, and
the innermost sends one request and returns its response. `_policy` decides; here its decisions are
awaited, and each response that isn't returned is closed exactly once.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial
from inspect import isawaitable
from math import inf
from typing import TYPE_CHECKING, final

from hyperhttp._base._generated.errors import HyperHTTPError, in_context
from hyperhttp._base.unset import UNSET
from hyperhttp._client.log_events import log_retry
from hyperhttp._client.middleware import with_middleware
from hyperhttp._client.total_limit import within_total
from hyperhttp._message.request._generated.options import NOT_GIVEN, options_of
from hyperhttp._message.response._generated.status_errors import HTTPStatusError
from hyperhttp._message.response.response import ERROR_STATUS, discard, set_attempts, settle
from hyperhttp._policy.auth import Auth, own_copy, without_request
from hyperhttp._policy.breaker import Breakers
from hyperhttp._policy.redirects import follow, redirect_limit
from hyperhttp._policy.retry import RetryBudget, Retrying

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, Awaitable, Callable, Mapping, Sequence
    from typing import TypeAlias

    from hyperhttp._base._generated.client_config import ClientConfig
    from hyperhttp._base._generated.config import RetryPolicy
    from hyperhttp._client.credential_scope import CredentialScope
    from hyperhttp._client.middleware import Hooks, Middleware, Send
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._message.url.url import URL
    from hyperhttp._network.clock import Clock
    from hyperhttp._policy.breaker import BreakerState
    from hyperhttp._transport.deadline import Deadline

    Attempt: TypeAlias = Callable[[bool, Request], Awaitable[Response]]
    OnRetry: TypeAlias = Callable[[float, str], None]


@final
class Pipeline:
    """The policies of one client. Calls that none of them applies to skip the pipeline."""

    __slots__ = (
        "_auth_origin",
        "_breakers",
        "_budget",
        "_call_middleware",
        "_config",
        "_hooks",
        "_middleware",
        "_scope",
        "_shows_responses",
        "auth",
        "is_empty",
    )

    def __init__(
        self,
        config: ClientConfig,
        *,
        auth: Auth | None,
        hooks: Hooks,
        middleware: Sequence[Middleware],
        call_middleware: Sequence[Middleware] = (),
        scope: CredentialScope | None = None,
    ) -> None:
        self._config = config
        self._scope = scope
        self.auth: Auth | None = auth
        """The credentials of requests without credentials."""
        self._auth_origin: str | None = None
        self._hooks = hooks
        self._middleware = middleware
        self._call_middleware = call_middleware
        self._shows_responses = bool(hooks or middleware)
        """True if code of the caller sees each response, whose body must then be settled."""
        self._budget: RetryBudget | None
        self._breakers: Breakers | None
        self.reset()
        breaker = config.circuit_breaker
        follows = config.redirects.follow
        has_code = hooks or middleware or call_middleware or auth is not None
        self.is_empty = not (has_code or config.retry or breaker or follows)
        """True if a policy applies only if the options of a request ask for it."""

    def concerns(self, request: Request) -> bool:
        """Return whether a policy applies to the request."""
        options = options_of(request)
        if options is NOT_GIVEN or not self.is_empty:
            return not self.is_empty
        has_auth = options.auth is not UNSET and options.auth is not None
        return has_auth or bool(options.follow_redirects or options.retry)

    async def governed(
        self,
        request: Request,
        deadline: Deadline,
        loop: asyncio.AbstractEventLoop,
        home: URL | None,
        settles: bool,
        attempt: Attempt,
        on_retry: OnRetry | None = None,
    ) -> Response:
        """Send a request as `send` does, within its total deadline."""
        try:
            sending = self.send(
                attempt, request, deadline, loop, home, settles=settles, on_retry=on_retry
            )
            if deadline.total_at == inf:
                return await sending
            return await within_total(deadline, loop, sending)
        except HyperHTTPError as error:
            deadline.add_context(error, request, loop.time())
            raise

    async def send(
        self,
        attempt: Attempt,
        request: Request,
        deadline: Deadline,
        clock: Clock,
        home: URL | None,
        *,
        settles: bool,
        on_retry: OnRetry | None = None,
        is_wrapped: bool = False,
    ) -> Response:
        """Send a request with as many attempts as the policies need.

        Args:
            attempt: Sends one request. Its first argument is whether to settle error bodies.
            request: The request of the call.
            deadline: The total deadline of the call.
            clock: The clock for delays.
            home: The `base_url` of the client; None without one.
            settles: Whether the call waits for the body of an error, within its bounds.
            on_retry: Called with the delay and the reason of each retry, before the delay.
            is_wrapped: Whether the middleware of the call runs already.
        """
        if self._call_middleware and not is_wrapped:
            inner = partial(self._wrapped, attempt, deadline, clock, home, settles, on_retry)
            return await with_middleware(self._call_middleware, inner)(request)
        policy = self._config.retry if request.retry is UNSET else request.retry
        if policy is None:
            return await self._once(partial(attempt, settles), clock, home, request)
        # The body of a response that is retried isn't waited for.
        settles_each = settles and self._shows_responses
        once = partial(self._once, partial(attempt, settles_each), clock, home)
        return await send_with_retries(
            policy,
            self._budget_of(policy),
            clock,
            deadline,
            once,
            request,
            settles=settles,
            on_retry=on_retry,
        )

    def _wrapped(
        self,
        attempt: Attempt,
        deadline: Deadline,
        clock: Clock,
        home: URL | None,
        settles: bool,
        on_retry: OnRetry | None,
        request: Request,
    ) -> Awaitable[Response]:
        return self.send(
            attempt,
            request,
            deadline,
            clock,
            home,
            settles=settles,
            on_retry=on_retry,
            is_wrapped=True,
        )

    async def _once(
        self, attempt: Send, clock: Clock, home: URL | None, request: Request
    ) -> Response:
        """Send a request once, with its redirects; each hop uses the breaker of its origin."""
        send = attempt
        if self._hooks:
            send = partial(send_with_hooks, self._hooks, send)
        if self._middleware:
            send = with_middleware(self._middleware, send)
        send = self._authenticated(request, home, send)
        if self._breakers is not None:
            send = partial(send_with_breaker, self._breakers, clock, send)
        max_redirects = redirect_limit(request, self._config.redirects)
        if max_redirects is not None:
            config = self._config.redirects
            send = partial(
                send_with_redirects,
                max_redirects,
                send,
                allow_downgrade=config.allow_downgrade,
                same_site=config.same_site,
            )
        return await send(request)

    def breakers(self, now: float) -> Mapping[str, BreakerState]:
        """Return the state of each origin's breaker: "closed", "open" or "half_open"."""
        if self._breakers is None:
            return {}
        return self._breakers.states(now)

    def reset(self) -> None:
        """Forget what earlier requests have shown: the breakers and the retry budget."""
        self._budget = None
        breaker = self._config.circuit_breaker
        self._breakers = None if breaker is None else Breakers(breaker, self._hooks.breaker_changed)

    def _budget_of(self, policy: RetryPolicy) -> RetryBudget:
        """Return the retry budget, which all requests of the client share."""
        if self._budget is None:
            self._budget = RetryBudget((self._config.retry or policy).budget)
        return self._budget

    def _authenticated(self, request: Request, home: URL | None, send: Send) -> Send:
        if request.auth is None:
            return send
        if isinstance(request.auth, Auth):
            return Authenticated(request.auth, request.url.origin, send)
        auth, scope = self.auth, self._scope
        if auth is None:
            return send
        if scope is not None:
            is_trusted = scope.trusts(request.url, home)
            return Authenticated(auth, request.url.origin, send) if is_trusted else send
        if auth._knows_origins:  # pyright: ignore[reportPrivateUsage]
            return Authenticated(auth, request.url.origin, send)
        if self._auth_origin is None:
            self._auth_origin = (request.url if home is None else home).origin
        return Authenticated(auth, self._auth_origin, send)


async def send_with_retries(
    policy: RetryPolicy,
    budget: RetryBudget,
    clock: Clock,
    deadline: Deadline,
    send: Send,
    request: Request,
    *,
    settles: bool = False,
    on_retry: OnRetry | None = None,
) -> Response:
    """Return the response to the last attempt; it, or the error, has the list of attempts."""
    retrying = Retrying(policy, budget, random.uniform)
    while True:
        started = clock.time()
        request._attempt = len(retrying.attempts) + 1  # pyright: ignore[reportPrivateUsage]
        try:
            response = await send(request)
        except HyperHTTPError as error:
            now = clock.time()
            wait_s = retrying.after_error(
                request,
                error,
                elapsed_s=now - started,
                left_s=deadline.total_at - now,
                now=datetime.now(UTC),
            )
            if wait_s is None:
                in_context(error, attempts=retrying.attempts)
                if isinstance(error, HTTPStatusError) and not error.response.attempts:
                    set_attempts(error.response, retrying.attempts)  # raised by a hook
                raise
        else:
            now = clock.time()
            wait_s = retrying.after_response(
                request,
                response,
                elapsed_s=now - started,
                left_s=deadline.total_at - now,
                now=datetime.now(UTC),
            )
            if wait_s is None:
                set_attempts(response, retrying.attempts)
                status = retrying.attempts[-1].status_code
                if settles and status is not None and status >= ERROR_STATUS:
                    await settle(response)
                return response
            await discard(response)
        reason = retrying.attempts[-1].decision
        log_retry(request, wait_s, reason)
        if on_retry is not None:
            on_retry(wait_s, reason)
        await asyncio.sleep(wait_s)


async def send_with_breaker(
    breakers: Breakers, clock: Clock, send: Send, request: Request
) -> Response:
    """Send a request unless the breaker of its origin is open, and report the result to it."""
    url = request.url
    permit = breakers.admit(url.origin, url.host, clock.time())
    try:
        response = await send(request)
    except BaseException as error:  # a canceled probe frees its place too
        permit.raised(error, clock.time())
        raise
    succeeded = False
    try:
        permit.responded(response.status_code, clock.time())  # calls a hook, which may raise
        succeeded = True
    finally:
        if not succeeded:
            await response.aclose()
    return response


async def send_with_redirects(
    max_redirects: int,
    send: Send,
    request: Request,
    *,
    allow_downgrade: bool = True,
    same_site: bool = False,
) -> Response:
    """Return the response that redirects lead to. Raises what `follow` raises."""
    conversation = follow(
        request, max_redirects, allow_downgrade=allow_downgrade, same_site=same_site
    )
    request = next(conversation)
    while True:
        response = await send(request)
        try:
            request = conversation.send(response)
        except StopIteration as stop:
            returned: Response = stop.value
            return returned
        except BaseException:
            await response.aclose()
            raise
        await discard(response)


@final
class Authenticated:
    """Runs the flow of `auth` for requests to one origin.

    Once a redirect has led to another origin, no request of the call has credentials: the other
    server chose its target, even if that is the first origin again.
    """

    __slots__ = ("_auth", "_has_left", "_origin", "_send")

    def __init__(self, auth: Auth, origin: str, send: Send) -> None:
        self._auth = auth
        self._origin = origin
        self._send = send
        self._has_left = False

    async def __call__(self, request: Request) -> Response:
        """Return the response that the flow ends with."""
        if request.url.origin != self._origin:
            self._has_left = True
        if self._has_left:
            return await self._send(request)
        async with aclosing(self._auth.async_auth_flow(own_copy(request))) as flow:
            following = await anext(flow, None)
            if following is None:
                raise without_request(self._auth)
            while True:
                try:
                    response = await self._send(following)
                except HyperHTTPError as error:
                    following = await _after_error(flow, error)
                    continue
                try:
                    following = await flow.asend(response)
                except StopAsyncIteration:
                    return response
                except BaseException:
                    await response.aclose()
                    raise
                await discard(response)


async def _after_error(flow: AsyncGenerator[Request, Response], error: HyperHTTPError) -> Request:
    """Raise an error within an auth flow. Return the next request of a flow that handles it."""
    try:
        return await flow.athrow(error)
    except StopAsyncIteration:
        raise error from None


async def send_with_hooks(hooks: Hooks, send: Send, request: Request) -> Response:
    """Call the hooks with a request and with its response. Their exceptions are raised as is."""
    for on_request in hooks.request:
        result = on_request(request)
        if isawaitable(result):
            await result
    response = await send(request)
    succeeded = False
    try:
        for on_response in hooks.response:
            result = on_response(response)
            if isawaitable(result):
                await result
        succeeded = True
    finally:
        if not succeeded:
            await response.aclose()
    return response
