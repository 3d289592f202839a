# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/sync_middleware.py and run the command again.

from collections.abc import Callable, Sequence
from typing import Protocol, TypeAlias, TypedDict

from hyperhttp._client.middleware import BreakerHook
from hyperhttp._client.sync_response import SyncResponse
from hyperhttp._message.request.request import Request

SyncSend: TypeAlias = Callable[[Request], SyncResponse]

class SyncMiddleware(Protocol):
    def __call__(self, request: Request, send: SyncSend, /) -> SyncResponse: ...

SyncMiddlewareInput: TypeAlias = Sequence[SyncMiddleware]

SyncRequestHook: TypeAlias = Callable[[Request], None]

SyncResponseHook: TypeAlias = Callable[[SyncResponse], None]

class SyncEventHooks(TypedDict, total=False):
    request: Sequence[SyncRequestHook]
    response: Sequence[SyncResponseHook]
    breaker: Sequence[BreakerHook]
