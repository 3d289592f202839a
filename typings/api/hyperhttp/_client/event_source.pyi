# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/event_source.py and run the command again.

from collections.abc import AsyncIterator, Callable
from types import TracebackType
from typing import Protocol, Self, Unpack, final

from hyperhttp._base._generated.config import JSONConfig
from hyperhttp._base._generated.methods import MethodInput
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client._generated.options import RequestOptions
from hyperhttp._client.reconnection import ReconnectingSource
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.content.sse import ServerSentEvent
from hyperhttp._message.request.multipart import FilesInput
from hyperhttp._message.request.raw_body import ContentInput
from hyperhttp._message.request.request import Request
from hyperhttp._message.response.response import Response
from hyperhttp._message.url.query import DataInput
from hyperhttp._message.url.url import URLInput

class EventClient(Protocol):
    @property
    def build_request(self) -> Callable[..., Request]: ...
    async def send(self, request: Request) -> Response: ...

@final
class EventSource(ReconnectingSource):
    def __init__(
        self,
        client: EventClient,
        url: URLInput,
        *,
        method: MethodInput = "GET",
        last_event_id: str = "",
        retry_s: float = 3.0,
        max_failures: int | None = 10,
        json: JSONInput | Unset = UNSET,
        data: DataInput | Unset | None = UNSET,
        files: FilesInput | Unset | None = UNSET,
        content: ContentInput | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        **options: Unpack[RequestOptions],
    ) -> None: ...
    def __aiter__(self) -> AsyncIterator[ServerSentEvent]: ...
    async def aclose(self) -> None: ...
    async def __aenter__(self) -> Self: ...
    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
