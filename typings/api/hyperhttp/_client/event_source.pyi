# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/event_source.py and run the command again.

from collections.abc import AsyncIterator
from types import TracebackType
from typing import Self, Unpack, final

from hyperhttp._client._generated.options import RequestOptions
from hyperhttp._client._generated.protocols import Requester
from hyperhttp._message.content.sse import ServerSentEvent
from hyperhttp._message.url.url import URLInput

@final
class EventSource:
    def __init__(
        self,
        client: Requester,
        url: URLInput,
        *,
        last_event_id: str = "",
        retry_s: float = 3.0,
        max_failures: int | None = 10,
        **options: Unpack[RequestOptions],
    ) -> None: ...
    @property
    def last_event_id(self) -> str: ...
    @property
    def retry_s(self) -> float: ...
    def __aiter__(self) -> AsyncIterator[ServerSentEvent]: ...
    async def aclose(self) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
