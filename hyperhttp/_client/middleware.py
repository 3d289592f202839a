"""What callers may put around each attempt: middleware, and hooks that are told of it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Final, Protocol, TypeAlias, TypedDict, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import is_mapping, is_sequence, shown
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response

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
]

Send: TypeAlias = Callable[[Request], Awaitable[Response]]
"""Sends a request on, towards the wire, and returns its answer."""


class Middleware(Protocol):
    """Stands around every attempt of a client.

        async def timed(request: Request, send: Send) -> Response:
            started = time.monotonic()
            response = await send(request)
            print(request.url, time.monotonic() - started)
            return response

        client = hyperhttp.Client(middleware=[timed])

    It may change the request, send another one, send it again, look at the answer, or return an
    answer of its own (`Response.create`) without sending anything. What `send` returned to it and
    it does not return itself is closed.
    """

    async def __call__(self, request: Request, send: Send, /) -> Response:
        """The answer to `request`."""
        ...


MiddlewareInput: TypeAlias = Sequence[Middleware]
"""The first one is outermost."""
RequestHook: TypeAlias = Callable[[Request], Awaitable[None] | None]
"""Is told of a request before it is sent; it may change its fields."""
ResponseHook: TypeAlias = Callable[[Response], Awaitable[None] | None]
"""Is told of a response once its head is there."""


@final
@dataclass(frozen=True, slots=True)
class BreakerChange:
    """A circuit breaker has changed: "closed", "open" or "half_open"."""

    origin: str
    """The origin that it guards, such as "https://example.com"."""
    before: str
    """The state in which it was."""
    after: str
    """The state in which it is now."""


BreakerHook: TypeAlias = Callable[[BreakerChange], None]
"""Is told when a circuit breaker changes; it must not wait for anything."""


class EventHooks(TypedDict, total=False):
    """Functions, sync or async, that are told of each attempt; those of "breaker" only sync.

    client = hyperhttp.Client(event_hooks={"response": [log_status]})
    """

    request: Sequence[RequestHook]
    response: Sequence[ResponseHook]
    breaker: Sequence[BreakerHook]


_EVENTS: Final = ("request", "response", "breaker")
_EVENTS_SAID: Final = "'request', 'response' and 'breaker'"


@final
class Hooks:
    """The hooks of a client, by event, in the order in which they are told."""

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
        """Whether any stands around attempts."""
        return bool(self.request or self.response)

    def breaker_changed(self, origin: str, before: Enum, after: Enum) -> None:
        """Tell those who want to know."""
        for hook in self.breaker:
            hook(BreakerChange(origin, before.name.lower(), after.name.lower()))


def hooks_of(given: EventHooks) -> Hooks:
    """The hooks as they were given. Raises ConfigError for what is none."""
    anything: object = given
    if not is_mapping(anything):
        raise _refused("event_hooks", given, f"a mapping of {_EVENTS_SAID} to functions")
    for event, hooks in anything.items():
        if event not in _EVENTS:
            raise _refused("event_hooks", event, _EVENTS_SAID)
        _check_functions("event_hooks", hooks)
    return Hooks(
        tuple(given.get("request", ())),
        tuple(given.get("response", ())),
        tuple(given.get("breaker", ())),
    )


def middleware_of(given: Sequence[Middleware]) -> tuple[Middleware, ...]:
    """The middleware as it was given. Raises ConfigError for what is none."""
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
