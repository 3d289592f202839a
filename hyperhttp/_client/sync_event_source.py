"""The event source of synchronous code; `reconnection.py` decides when it reconnects."""

from __future__ import annotations

import asyncio
import time
from contextlib import closing
from functools import partial
from random import random
from typing import TYPE_CHECKING, Protocol, final, runtime_checkable

from hyperhttp._base._generated.errors import TransportError
from hyperhttp._base.unset import UNSET
from hyperhttp._client.reconnection import ReconnectingSource, Reconnection

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator
    from types import TracebackType
    from typing import Self, Unpack

    from hyperhttp._base._generated.config import JSONConfig
    from hyperhttp._base._generated.methods import MethodInput
    from hyperhttp._base.unset import Unset
    from hyperhttp._client._generated.sync_options import SyncRequestOptions
    from hyperhttp._client.sync_response import Runner, SyncEventStream, SyncResponse
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.content.sse import ServerSentEvent
    from hyperhttp._message.request.multipart import SyncFilesInput
    from hyperhttp._message.request.raw_body import SyncContentInput
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.url.query import DataInput
    from hyperhttp._message.url.url import URLInput

__all__ = ["SyncEventClient", "SyncEventSource"]


class SyncEventClient(Protocol):
    """The methods of a client that a `SyncEventSource` uses."""

    @property
    def build_request(self) -> Callable[..., Request]:
        """Build a request with the options of `SyncClient.build_request`."""
        ...

    def send(self, request: Request) -> SyncResponse:
        """Send a request, and return the response once its headers have been received."""
        ...


@runtime_checkable
class _Driven(Protocol):
    """A client with an event loop, whose time a test can replace."""

    _driver: Runner


@final
class SyncEventSource(ReconnectingSource):
    """The server-sent events of a URL, over as many connections as needed.

        with hyperhttp.SyncEventSource(client, "https://example.com/events") as events:
            for event in events:
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
    reconnection. `options` are those of `SyncClient.get`.
    """

    __slots__ = ("_client", "_events")

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
        self._events: Generator[ServerSentEvent, None, None] | None = None

    def __iter__(self) -> Iterator[ServerSentEvent]:
        if self._events is None:
            self._events = self._each()
        return self._events

    def close(self) -> None:
        """Stop, and close the connection. Idempotent."""
        if self._events is not None:
            self._events.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    def _each(self) -> Generator[ServerSentEvent, None, None]:
        reconnection = self._reconnection
        while True:
            try:
                request = reconnection.request(self._client.build_request)
                with self._client.send(request) as response:
                    if response.status_code == 204:  # the server wants no more of it
                        return
                    with closing(self._opened(response)) as stream:
                        for event in stream:
                            reconnection.received()
                            yield event
                reconnection.received()
            except TransportError as error:
                reconnection.failed(error)
            self._wait(reconnection.delay_s(random()))

    def _opened(self, response: SyncResponse) -> SyncEventStream:
        response.raise_for_status()
        stream = response.iter_sse(last_event_id=self._reconnection.last_event_id)
        self._reconnection.opened(stream)
        return stream

    def _wait(self, delay_s: float) -> None:
        client = self._client
        if isinstance(client, _Driven):
            client._driver.run(partial(asyncio.sleep, delay_s))  # pyright: ignore[reportPrivateUsage]
        else:
            time.sleep(delay_s)
