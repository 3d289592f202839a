# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/middleware.py and run the command again.

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypedDict, final

from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._policy.breaker import BreakerState

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
    before: BreakerState
    after: BreakerState

BreakerHook: TypeAlias = Callable[[BreakerChange], None]

class EventHooks(TypedDict, total=False):
    request: Sequence[RequestHook]
    response: Sequence[ResponseHook]
    breaker: Sequence[BreakerHook]
