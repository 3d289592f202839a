# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/sync_paginate.py and run the command again.

from collections.abc import Callable, Generator, Iterator
from typing import TypeAlias, TypeVar, final, overload

from typing_extensions import TypeForm

from hyperhttp._client.paginate import PageRules
from hyperhttp._client.sync_response import SyncResponse
from hyperhttp._message.request.request import Request
from hyperhttp._message.url.query import ParamsInput
from hyperhttp._message.url.url import URL

T = TypeVar("T")

SyncCursor: TypeAlias = Callable[[SyncResponse], str | URL | ParamsInput | None]

@final
class SyncPages:
    def __init__(
        self,
        send: Callable[[Request], SyncResponse],
        request: Request,
        rules: PageRules[SyncResponse],
    ) -> None: ...
    def __iter__(self) -> Iterator[SyncResponse]: ...
    @overload
    def into(self, model: type[T]) -> Generator[T, None, None]: ...
    @overload
    def into(self, model: TypeForm[T]) -> Generator[T, None, None]: ...
