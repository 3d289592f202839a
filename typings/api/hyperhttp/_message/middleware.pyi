# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_message/middleware.py and run the command again.
# ruff: noqa: ASYNC109, RUF022, RUF100, UP043  (a stub spells things as its module does)

from collections.abc import Awaitable, Callable, Sequence
from typing import Protocol, TypeAlias, TypedDict, final

from hyperhttp._message.request import Request
from hyperhttp._message.response import Response

__all__ = [
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

class EventHooks(TypedDict, total=False):
    request: Sequence[RequestHook]
    response: Sequence[ResponseHook]

@final
class Hooks:
    request: Sequence[RequestHook]
    response: Sequence[ResponseHook]

    def __init__(
        self, request: Sequence[RequestHook] = (), response: Sequence[ResponseHook] = ()
    ) -> None: ...
    def __bool__(self) -> bool: ...

def hooks_of(given: EventHooks) -> Hooks: ...
def middleware_of(given: Sequence[Middleware]) -> tuple[Middleware, ...]: ...
