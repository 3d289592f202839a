"""The way of one call through the policies of its client, outermost first.

Retries, redirects, breaker, auth, middleware and hooks: each wraps the next, and the innermost
sends one request and returns its answer. What is decided stands in `_policy`; here it is awaited.
An answer that leads elsewhere is let go of here, exactly once.
"""

from __future__ import annotations

import asyncio
import random
from contextlib import aclosing
from datetime import UTC, datetime
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, final

from hyperhttp._base._generated.errors import HyperHTTPError
from hyperhttp._base.unset import UNSET
from hyperhttp._message.request._generated.options import NOT_GIVEN, options_of
from hyperhttp._message.response.response import set_attempts
from hyperhttp._policy.auth import Auth, own_copy, without_request
from hyperhttp._policy.breaker import Breakers
from hyperhttp._policy.redirects import follow
from hyperhttp._policy.retry import RetryBudget, Retrying

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hyperhttp._base._generated.config import ClientConfig, RetryPolicy
    from hyperhttp._client.middleware import Hooks, Middleware, Send
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._message.url.url import URL
    from hyperhttp._network.clock import Clock
    from hyperhttp._transport.deadline import Deadline


@final
class Pipeline:
    """The policies of one client; a call that none of them concerns does not come here."""

    __slots__ = (
        "_auth_origin",
        "_breakers",
        "_budget",
        "_config",
        "_hooks",
        "_middleware",
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
    ) -> None:
        self._config = config
        self.auth: Auth | None = auth
        """Who asks, unless a request says otherwise."""
        self._auth_origin: str | None = None
        self._hooks = hooks
        self._middleware = middleware
        self._budget: RetryBudget | None = None
        breaker = config.circuit_breaker
        self._breakers = None if breaker is None else Breakers(breaker, hooks.breaker_changed)
        follows = config.redirects.follow
        has_auth = auth is not None
        self.is_empty = not (hooks or middleware or has_auth or config.retry or breaker or follows)
        """Whether only a request's own options can concern it."""

    def concerns(self, request: Request) -> bool:
        """Whether a call has to come here."""
        options = options_of(request)
        if options is NOT_GIVEN or not self.is_empty:
            return not self.is_empty
        has_auth = options.auth is not UNSET and options.auth is not None
        return has_auth or bool(options.follow_redirects or options.retry)

    async def send(
        self, attempt: Send, request: Request, deadline: Deadline, clock: Clock, home: URL | None
    ) -> Response:
        """The answer to a call, by as many attempts as the policies have made; `home`: base_url."""
        once = partial(self._once, attempt, clock, home)
        policy = self._config.retry if request.retry is UNSET else request.retry
        if policy is None:
            return await once(request)
        return await retried(policy, self._budget_of(policy), clock, deadline, once, request)

    async def _once(
        self, attempt: Send, clock: Clock, home: URL | None, request: Request
    ) -> Response:
        """One try of the call, with all its hops: each with the breaker of its own origin."""
        send = attempt
        if self._hooks:
            send = partial(hooked, self._hooks, send)
        send = self._authenticated(request, home, wrapped(self._middleware, send))
        if self._breakers is not None:
            send = partial(guarded, self._breakers, clock, send)
        redirects = self._config.redirects
        follows = request.follow_redirects
        if redirects.follow if follows is None else follows:
            own = request.max_redirects
            send = partial(redirected, redirects.max_redirects if own is None else own, send)
        return await send(request)

    def breakers(self, now: float) -> Mapping[str, str]:
        """Where the breaker of each origin stands: "closed", "open" or "half_open"."""
        if self._breakers is None:
            return {}
        return {origin: state.name.lower() for origin, state in self._breakers.states(now).items()}

    def _budget_of(self, policy: RetryPolicy) -> RetryBudget:
        """One for all requests of the client: it is they together that may become a storm."""
        if self._budget is None:
            self._budget = RetryBudget((self._config.retry or policy).budget)
        return self._budget

    def _authenticated(self, request: Request, home: URL | None, send: Send) -> Send:
        if request.auth is None:
            return send
        if isinstance(request.auth, Auth):
            return Authenticated(request.auth, request.url.origin, send)
        auth = self.auth
        if auth is None:
            return send
        if auth.knows_origins:
            return Authenticated(auth, request.url.origin, send)
        if self._auth_origin is None:
            self._auth_origin = (request.url if home is None else home).origin
        return Authenticated(auth, self._auth_origin, send)


async def retried(
    policy: RetryPolicy,
    budget: RetryBudget,
    clock: Clock,
    deadline: Deadline,
    send: Send,
    request: Request,
) -> Response:
    """The answer to the last attempt that the policy allows; it and its error know all of them."""
    retrying = Retrying(policy, budget, random.uniform)
    while True:
        started = clock.time()
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
                error.in_context(attempts=retrying.attempts)
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
                return response
            await response.aclose()
        await asyncio.sleep(wait_s)


async def guarded(breakers: Breakers, clock: Clock, send: Send, request: Request) -> Response:
    """The answer, unless the breaker of its origin is open; what comes of it is told to that."""
    url = request.url
    ticket = breakers.admit(url.origin, url.host, clock.time())
    try:
        response = await send(request)
    except BaseException as error:  # a cancelled probe frees its place too
        ticket.raised(error, clock.time())
        raise
    kept = False
    try:
        ticket.answered(response.status_code, clock.time())  # which may tell a hook, which may fail
        kept = True
    finally:
        if not kept:
            await response.aclose()
    return response


async def redirected(max_redirects: int, send: Send, request: Request) -> Response:
    """The answer that redirects lead to. Raises what `follow` raises."""
    conversation = follow(request, max_redirects)
    request = next(conversation)
    while True:
        response = await send(request)
        kept = False
        try:
            request = conversation.send(response)
        except StopIteration as stop:
            kept = True
            answer: Response = stop.value
            return answer
        finally:
            if not kept:
                await response.aclose()


@final
class Authenticated:
    """Drives the flow of `auth` for requests to one origin.

    Once a request of the call has gone elsewhere, none has credentials any more: who sent it there
    must not have them on its way back either.
    """

    __slots__ = ("_auth", "_has_left", "_origin", "_send")

    def __init__(self, auth: Auth, origin: str, send: Send) -> None:
        self._auth = auth
        self._origin = origin
        self._send = send
        self._has_left = False

    async def __call__(self, request: Request) -> Response:
        """The answer that the flow ends with."""
        if request.url.origin != self._origin:
            self._has_left = True
        if self._has_left:
            return await self._send(request)
        async with aclosing(self._auth.async_auth_flow(own_copy(request))) as flow:
            following = await anext(flow, None)
            if following is None:
                raise without_request(self._auth)
            while True:
                response = await self._send(following)
                kept = False
                try:
                    following = await flow.asend(response)
                except StopAsyncIteration:
                    kept = True
                    return response
                finally:
                    if not kept:
                        await response.aclose()


async def hooked(hooks: Hooks, send: Send, request: Request) -> Response:
    """Tell the hooks of a request, and of its answer. What they raise comes out as it is."""
    for on_request in hooks.request:
        said = on_request(request)
        if isawaitable(said):
            await said
    response = await send(request)
    kept = False
    try:
        for on_response in hooks.response:
            said = on_response(response)
            if isawaitable(said):
                await said
        kept = True
    finally:
        if not kept:
            await response.aclose()
    return response


@final
class _Around:
    """One middleware around what it sends by: whatever it does not return is closed."""

    __slots__ = ("_middleware", "_send")

    def __init__(self, middleware: Middleware, send: Send) -> None:
        self._middleware = middleware
        self._send = send

    async def __call__(self, request: Request) -> Response:
        """The answer of the middleware."""
        answers: list[Response] = []
        answer: Response | None = None
        try:
            answer = await self._middleware(request, partial(self._noted, answers))
            return answer
        finally:
            for other in answers:
                if other is not answer:
                    await other.aclose()

    async def _noted(self, answers: list[Response], request: Request) -> Response:
        response = await self._send(request)
        answers.append(response)
        return response


def wrapped(middleware: Sequence[Middleware], send: Send) -> Send:
    """`send` with all of them around it, the first one outermost."""
    for one in reversed(middleware):
        send = _Around(one, send)
    return send
