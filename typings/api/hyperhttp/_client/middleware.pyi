# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/middleware.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol, TypeAlias, TypedDict, final

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

class Middleware(Protocol):
    async def __call__(self, request: Request, send: Send, /) -> Response: ...

MiddlewareInput: TypeAlias = Sequence[Middleware]

RequestHook: TypeAlias = Callable[[Request], Awaitable[None] | None]

ResponseHook: TypeAlias = Callable[[Response], Awaitable[None] | None]

@final
@dataclass(frozen=True, slots=True)
class BreakerChange:
    origin: str
    before: str
    after: str

BreakerHook: TypeAlias = Callable[[BreakerChange], None]

class EventHooks(TypedDict, total=False):
    request: Sequence[RequestHook]
    response: Sequence[ResponseHook]
    breaker: Sequence[BreakerHook]

@final
class Hooks:
    request: Sequence[RequestHook]
    response: Sequence[ResponseHook]
    breaker: Sequence[BreakerHook]

    def __init__(
        self,
        request: Sequence[RequestHook] = (),
        response: Sequence[ResponseHook] = (),
        breaker: Sequence[BreakerHook] = (),
    ) -> None: ...
    def __bool__(self) -> bool: ...
    def breaker_changed(self, origin: str, before: Enum, after: Enum) -> None: ...

def hooks_of(given: EventHooks) -> Hooks: ...
def middleware_of(given: Sequence[Middleware]) -> tuple[Middleware, ...]: ...
