"""Server-sent events that outlast a connection: reconnects, and resumes after the last event.

`reconnection.py` decides when to reconnect and how long to wait.
"""

from __future__ import annotations

from asyncio import sleep
from contextlib import aclosing
from random import random
from typing import TYPE_CHECKING, Protocol, final

from hyperhttp._base._generated.errors import TransportError
from hyperhttp._base.unset import UNSET
from hyperhttp._client.reconnection import ReconnectingSource, Reconnection

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable
    from types import TracebackType
    from typing import Self, Unpack

    from hyperhttp._base._generated.config import JSONConfig
    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._base.unset import Unset
    from hyperhttp._client._generated.options import RequestOptions
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.content.sse import EventStream, ServerSentEvent
    from hyperhttp._message.request.multipart import FilesInput
    from hyperhttp._message.request.raw_body import ContentInput
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._message.url.query import DataInput
    from hyperhttp._message.url.url import URLInput

__all__ = ["EventClient", "EventSource"]


class EventClient(Protocol):
    """The methods of a client that an `EventSource` uses."""

    @property
    def build_request(self) -> Callable[..., Request]:
        """Build a request with the options of `Client.build_request`."""
        ...

    async def send(self, request: Request) -> Response:
        """Send a request, and return the response once its headers have been received."""
        ...


@final
class EventSource(ReconnectingSource):
    """The server-sent events of a URL, over as many connections as needed.

        async with hyperhttp.EventSource(client, "https://example.com/events") as events:
            async for event in events:
                print(event.event, event.data)

    If a stream ends or its connection fails, the event source waits and reconnects with the
    `Last-Event-ID`. It waits `retry_s`, or the time that the server has sent, and longer after each
    failure in a row. It ends when the server responds with 204. A silence longer than
    `Timeout.read` is a failure.

    Iteration raises the error of the connection after more than `max_failures` in a row, or at once
    if the error isn't worth a retry. It raises HTTPStatusError for a status of 400 or above, and
    DecodeError for a response that isn't an event stream. It also raises the errors of the client.

    Pass `method` and a body for streams that start with another kind of request. Each connection
    sends the same body. A body that can be read only once raises BodyNotReplayable at the
    reconnection. `options` are those of `client.get`.
    """

    __slots__ = ("_client", "_events")

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
    ) -> None:
        self._client = client
        self._reconnection = Reconnection(
            method,
            url,
            last_event_id=last_event_id,
            retry_s=retry_s,
            max_failures=max_failures,
            options=dict(options),
            json=json,
            data=data,
            files=files,
            content=content,
            json_config=json_config,
        )
        self._events: AsyncGenerator[ServerSentEvent, None] | None = None

    def __aiter__(self) -> AsyncIterator[ServerSentEvent]:
        if self._events is None:
            self._events = self._each()
        return self._events

    async def aclose(self) -> None:
        """Stop, and close the connection. Idempotent."""
        if self._events is not None:
            await self._events.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    async def _each(self) -> AsyncGenerator[ServerSentEvent, None]:
        reconnection = self._reconnection
        while True:
            try:
                request = reconnection.request(self._client.build_request)
                async with await self._client.send(request) as response:
                    if response.status_code == 204:  # the server wants no more of it
                        return
                    async with aclosing(self._opened(response)) as stream:
                        async for event in stream:
                            reconnection.received()
                            yield event
                reconnection.received()
            except TransportError as error:
                reconnection.failed(error)
            await sleep(reconnection.delay_s(random()))

    def _opened(self, response: Response) -> EventStream:
        response.raise_for_status()
        stream = response.aiter_sse(last_event_id=self._reconnection.last_event_id)
        self._reconnection.opened(stream)
        return stream
