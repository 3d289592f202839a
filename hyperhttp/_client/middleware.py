"""Middleware and event hooks, which a client calls around each attempt or each call."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Final, Protocol, TypeAlias, TypedDict, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.checked import cut, nearest
from hyperhttp._base.input_pairs import is_mapping, is_sequence, shown
from hyperhttp._client.log_events import log_breaker
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._policy.breaker import BreakerState

__all__ = [
    "BreakerChange",
    "BreakerHook",
    "EventHooks",
    "Hooks",
    "Middleware",
    "MiddlewareInput",
    "RequestHook",
    "ResponseHook",
    "Send",
    "hooks_of",
    "middleware_of",
    "with_middleware",
]

Send: TypeAlias = Callable[[Request], Awaitable[Response]]
"""Sends a request and returns its response; what middleware is called with."""


class Middleware(Protocol):
    """A function that wraps every attempt of a client, or every call (`call_middleware`).

        async def timed(request: Request, send: Send) -> Response:
            started = time.monotonic()
            response = await send(request)
            print(request.url, time.monotonic() - started)
            return response

        client = hyperhttp.Client(middleware=[timed])

    It may change the request, send it several times, send another one, read the response, or return
    its own response (`Response.create`) without sending anything. Responses that `send` returned
    and the middleware doesn't return are closed. `request.attempt` is the number of the attempt,
    and `request.hop` that of the redirect.
    """

    async def __call__(self, request: Request, send: Send, /) -> Response:
        """Return the response to `request`."""
        ...


MiddlewareInput: TypeAlias = Sequence[Middleware]
"""The first one is outermost."""
RequestHook: TypeAlias = Callable[[Request], Awaitable[None] | None]
"""Called with a request before it is sent; it may change the headers."""
ResponseHook: TypeAlias = Callable[[Response], Awaitable[None] | None]
"""Called with a response once its headers have been received."""


@final
@dataclass(frozen=True, slots=True)
class BreakerChange:
    """A state change of a circuit breaker; states are "closed", "open" and "half_open"."""

    origin: str
    """The origin of the breaker, such as "https://example.com"."""
    before: BreakerState
    """The previous state."""
    after: BreakerState
    """The new state."""


BreakerHook: TypeAlias = Callable[[BreakerChange], None]
"""Called when a circuit breaker changes its state; it must not block."""


class EventHooks(TypedDict, total=False):
    """Functions that the client calls, sync or async; those for "breaker" must be sync.

    Example:
        client = hyperhttp.Client(event_hooks={"response": [log_status]})
    """

    request: Sequence[RequestHook]
    response: Sequence[ResponseHook]
    breaker: Sequence[BreakerHook]


_EVENTS: Final = ("request", "response", "breaker")
_EVENTS_ALLOWED: Final = "'request', 'response' and 'breaker'"


@final
class Hooks:
    """The hooks of a client, by event, in the order in which they are called."""

    __slots__ = ("breaker", "request", "response")

    def __init__(
        self,
        request: Sequence[RequestHook] = (),
        response: Sequence[ResponseHook] = (),
        breaker: Sequence[BreakerHook] = (),
    ) -> None:
        self.request: Sequence[RequestHook] = request
        self.response: Sequence[ResponseHook] = response
        self.breaker: Sequence[BreakerHook] = breaker

    def __bool__(self) -> bool:
        """Return whether hooks are called for each attempt."""
        return bool(self.request or self.response)

    def breaker_changed(self, origin: str, before: BreakerState, after: BreakerState) -> None:
        """Log a state change, and call its hooks."""
        log_breaker(origin, before, after)
        for hook in self.breaker:
            hook(BreakerChange(origin, before, after))


def hooks_of(given: EventHooks) -> Hooks:
    """Return the hooks. Raises ConfigError for anything but a mapping of events to functions."""
    anything: object = given
    if not is_mapping(anything):
        raise _refused("event_hooks", given, f"a mapping of {_EVENTS_ALLOWED} to functions")
    for event, hooks in anything.items():
        if event not in _EVENTS:
            raise _unknown_event(event)
        _check_functions("event_hooks", hooks)
    return Hooks(
        tuple(given.get("request", ())),
        tuple(given.get("response", ())),
        tuple(given.get("breaker", ())),
    )


def _unknown_event(event: object) -> ConfigError:
    # The name of an event isn't a secret. If it isn't text, its type is shown.
    given = cut(event) if isinstance(event, str) else shown(event)
    suggestion = nearest(event, _EVENTS) if isinstance(event, str) else None
    return ConfigError(
        option="event_hooks", given=given, allowed=_EVENTS_ALLOWED, suggestion=suggestion
    )


def middleware_of(given: Sequence[Middleware]) -> tuple[Middleware, ...]:
    """Return the middleware. Raises ConfigError for anything but a sequence of functions."""
    _check_functions("middleware", given)
    return tuple(given)


def _check_functions(option: str, given: object) -> None:
    if not is_sequence(given):
        raise _refused(option, given, "a sequence of functions")
    for one in given:
        if not callable(one):
            raise _refused(option, one, "functions")


def _refused(option: str, given: object, allowed: str) -> ConfigError:
    return ConfigError(option=option, given=shown(given), allowed=allowed)


@final
class _MiddlewareCall:
    """A call of one middleware; responses that it receives and doesn't return are closed."""

    __slots__ = ("_middleware", "_send")

    def __init__(self, middleware: Middleware, send: Send) -> None:
        self._middleware = middleware
        self._send = send

    async def __call__(self, request: Request) -> Response:
        """Return the response of the middleware."""
        received: list[Response] = []
        returned: Response | None = None
        try:
            returned = await self._middleware(request, partial(self._recorded, received))
            return returned
        finally:
            for other in received:
                if other is not returned:
                    await other.aclose()

    async def _recorded(self, received: list[Response], request: Request) -> Response:
        response = await self._send(request)
        received.append(response)
        return response


def with_middleware(middleware: Sequence[Middleware], send: Send) -> Send:
    """Return `send` wrapped in all middleware, the first one outermost."""
    for one in reversed(middleware):
        send = _MiddlewareCall(one, send)
    return send
