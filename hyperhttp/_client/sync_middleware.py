"""Middleware and event hooks of a synchronous client: plain functions, in the thread of their call.

The pipeline awaits them; the driver runs them outside its event loop.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeAlias, TypedDict, TypeVar, cast, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.caller_thread import in_caller
from hyperhttp._base.input_pairs import shown
from hyperhttp._client.middleware import BreakerHook, Hooks, hooks_of, middleware_of
from hyperhttp._client.sync_response import Runner, SyncResponse, asynchronous
from hyperhttp._message.request.request import Request

if TYPE_CHECKING:
    from hyperhttp._client.middleware import EventHooks, Middleware, Send
    from hyperhttp._message.response.response import Response

__all__ = [
    "SendNow",
    "SyncEventHooks",
    "SyncMiddleware",
    "SyncMiddlewareInput",
    "SyncRequestHook",
    "SyncResponseHook",
    "SyncSend",
    "asynchronous_hooks",
    "asynchronous_middleware",
]

T = TypeVar("T")

SyncSend: TypeAlias = Callable[[Request], SyncResponse]
"""Sends a request and returns its response; what middleware is called with."""


class SyncMiddleware(Protocol):
    """A function that wraps every attempt of a `SyncClient`, or every call (`call_middleware`).

        def timed(request: Request, send: SyncSend) -> SyncResponse:
            response = send(request)
            print(request.url, response.elapsed)
            return response


        client = hyperhttp.SyncClient(middleware=[timed])

    It runs in the thread of its call. It can change the request, send it several times, send
    another one, read the response, or use the same client. It can also return its own response
    (`SyncResponse.create`) without sending anything. Responses that `send` returned and the
    middleware doesn't return are closed.
    """

    def __call__(self, request: Request, send: SyncSend, /) -> SyncResponse:
        """Return the response to `request`."""
        ...


SyncMiddlewareInput: TypeAlias = Sequence[SyncMiddleware]
"""The first one is outermost."""
SyncRequestHook: TypeAlias = Callable[[Request], None]
"""Called with a request before it is sent; it may change the headers."""
SyncResponseHook: TypeAlias = Callable[[SyncResponse], None]
"""Called with a response once its headers have been received."""


class SyncEventHooks(TypedDict, total=False):
    """Functions that a `SyncClient` calls; those for "breaker" must not block.

    Example:
        client = hyperhttp.SyncClient(event_hooks={"response": [print]})
    """

    request: Sequence[SyncRequestHook]
    response: Sequence[SyncResponseHook]
    breaker: Sequence[BreakerHook]


@final
class SendNow:
    """Sends a request for middleware, and waits for its response."""

    __slots__ = ("_send", "runner")

    def __init__(self, runner: Runner, send: Send) -> None:
        self.runner = runner
        self._send = send

    def __call__(self, request: Request) -> SyncResponse:
        """Return the response to a request."""
        return SyncResponse(self.runner.run(partial(self._send, request)), self.runner)


def asynchronous_hooks(driver: Runner, given: SyncEventHooks) -> EventHooks:
    """Return the hooks as the pipeline awaits them. Raises ConfigError for async functions."""
    hooks: Hooks = hooks_of(cast("EventHooks", given))
    for hook in (*hooks.request, *hooks.response):
        _refuse_async("event_hooks", hook)
    return {
        "request": [partial(_call_hook, hook) for hook in given.get("request", ())],
        "response": [partial(_show_response, driver, hook) for hook in given.get("response", ())],
        "breaker": hooks.breaker,
    }


def asynchronous_middleware(driver: Runner, given: SyncMiddlewareInput) -> Sequence[Middleware]:
    """Return the middleware as the pipeline awaits it. Raises ConfigError for async functions."""
    for one in middleware_of(cast("Sequence[Middleware]", given)):
        _refuse_async("middleware", one)
    return [partial(_call_middleware, driver, one) for one in given]


def _refuse_async(option: str, function: object) -> None:
    # An object may have an asynchronous `__call__`.
    call = getattr(function, "__call__", None)  # noqa: B004
    if inspect.iscoroutinefunction(function) or inspect.iscoroutinefunction(call):
        given, allowed = "a coroutine function", "functions that aren't async"
        raise ConfigError(option=option, given=given, allowed=allowed)


async def _call_hook(hook: SyncRequestHook, request: Request) -> None:
    await in_caller(partial(hook, request))


async def _show_response(driver: Runner, hook: SyncResponseHook, response: Response) -> None:
    await in_caller(partial(hook, SyncResponse(response, driver)))


async def _call_middleware(
    driver: Runner, middleware: SyncMiddleware, request: Request, send: Send
) -> Response:
    return asynchronous(
        _checked(await in_caller(partial(middleware, request, SendNow(driver, send))))
    )


def _checked(returned: object) -> SyncResponse:
    if isinstance(returned, SyncResponse):
        return returned
    given = f"a function that returned {shown(returned)}"
    raise ConfigError(option="middleware", given=given, allowed="one that returns a SyncResponse")
