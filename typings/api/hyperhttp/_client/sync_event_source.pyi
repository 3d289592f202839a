# Made by `python -m codegen`; a change made here by hand is lost.
# To change it, edit hyperhttp/_client/sync_event_source.py and run the command again.

from collections.abc import Callable, Iterator
from types import TracebackType
from typing import Protocol, Self, Unpack, final

from hyperhttp._base._generated.config import JSONConfig
from hyperhttp._base._generated.methods import MethodInput
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._client._generated.sync_options import SyncRequestOptions
from hyperhttp._client.reconnection import ReconnectingSource
from hyperhttp._client.sync_response import SyncResponse
from hyperhttp._message.content.json_text import JSONInput
from hyperhttp._message.content.sse import ServerSentEvent
from hyperhttp._message.request.multipart import SyncFilesInput
from hyperhttp._message.request.raw_body import SyncContentInput
from hyperhttp._message.request.request import Request
from hyperhttp._message.url.query import DataInput
from hyperhttp._message.url.url import URLInput

class SyncEventClient(Protocol):
    @property
    def build_request(self) -> Callable[..., Request]: ...
    def send(self, request: Request) -> SyncResponse: ...

@final
class SyncEventSource(ReconnectingSource):
    def __init__(
        self,
        client: SyncEventClient,
        url: URLInput,
        *,
        method: MethodInput = "GET",
        last_event_id: str = "",
        retry_s: float = 3.0,
        max_failures: int | None = 10,
        json: JSONInput | Unset = UNSET,
        data: DataInput | Unset | None = UNSET,
        files: SyncFilesInput | Unset | None = UNSET,
        content: SyncContentInput | Unset | None = UNSET,
        json_config: JSONConfig | Unset | None = UNSET,
        **options: Unpack[SyncRequestOptions],
    ) -> None: ...
    def __iter__(self) -> Iterator[ServerSentEvent]: ...
    def close(self) -> None: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None: ...
