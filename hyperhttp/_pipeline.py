"""The way of one call through the policies of its client, outermost first.

Retries, breaker, redirects, auth, middleware and hooks: each wraps the next, and the innermost
sends one request and returns its answer. What is decided stands in `_policy`; here it is awaited.
An answer that leads elsewhere is let go of here, exactly once.
"""

from __future__ import annotations

from contextlib import aclosing
from functools import partial
from inspect import isawaitable
from typing import TYPE_CHECKING, final

from hyperhttp._policy.redirects import follow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._message.auth import Auth
    from hyperhttp._message.middleware import Hooks, Middleware, Send
    from hyperhttp._message.request import Request
    from hyperhttp._message.response import Response


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


async def authenticated(auth: Auth, send: Send, request: Request) -> Response:
    """The answer that the flow of `auth` ends with."""
    async with aclosing(auth.async_auth_flow(request)) as flow:
        following = await anext(flow)
        while True:
            response = await send(following)
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
        finally:
            for other in answers:
                if other is not answer:
                    await other.aclose()
        return answer

    async def _noted(self, answers: list[Response], request: Request) -> Response:
        response = await self._send(request)
        answers.append(response)
        return response


def wrapped(middleware: Sequence[Middleware], send: Send) -> Send:
    """`send` with all of them around it, the first one outermost."""
    for one in reversed(middleware):
        send = _Around(one, send)
    return send
