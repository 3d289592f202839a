"""Server-sent events that outlast a connection: reconnects, and resumes after the last event.

Decides when to reconnect and how long to wait. `_message.content.sse` parses the events; retries of
a single request are up to the client's policies.
"""

from __future__ import annotations

from asyncio import sleep
from contextlib import aclosing
from random import random
from typing import TYPE_CHECKING, Protocol, final

from hyperhttp._base._generated.bounds import (
    RECONNECT_DELAY_MAX_S,
    SERVER_RETRY_MAX_S,
    SERVER_RETRY_MIN_S,
)
from hyperhttp._base._generated.errors import TransportError
from hyperhttp._base.input_pairs import pairs_of
from hyperhttp._base.unset import UNSET
from hyperhttp._message.content.sse import EVENT_STREAM

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
    from hyperhttp._message.request.body import RequestBody
    from hyperhttp._message.request.multipart import FilesInput
    from hyperhttp._message.request.raw_body import ContentInput
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._message.url.query import DataInput
    from hyperhttp._message.url.url import URLInput

__all__ = ["EventClient", "EventSource", "delay_s"]


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
class EventSource:
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

    __slots__ = (
        "_bodies",
        "_body",
        "_client",
        "_events",
        "_failures",
        "_last_event_id",
        "_max_failures",
        "_method",
        "_options",
        "_retry_s",
        "_stream",
        "_url",
    )

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
        self._method = method
        self._bodies: dict[str, object] = {
            "json": json,
            "data": data,
            "files": files,
            "content": content,
            "json_config": json_config,
        }
        self._body: RequestBody | None = None
        self._url = url
        self._options = options
        self._max_failures = max_failures
        self._failures = 0
        self._last_event_id = last_event_id
        self._retry_s = retry_s
        self._stream: EventStream | None = None
        self._events: AsyncGenerator[ServerSentEvent, None] | None = None

    @property
    def last_event_id(self) -> str:
        """The id of the last event; store it to resume in another process."""
        return self._last_event_id if self._stream is None else self._stream.last_event_id

    @property
    def retry_s(self) -> float:
        """Seconds to wait before reconnecting: the last value from the server, or `retry_s`.

        Values from the server are taken within bounds, from 0.1 seconds to an hour.
        """
        received = None if self._stream is None else self._stream.retry_s
        if received is None:
            return self._retry_s
        return min(max(received, SERVER_RETRY_MIN_S), SERVER_RETRY_MAX_S)

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
        while True:
            try:
                async with await self._client.send(self._request()) as response:
                    if response.status_code == 204:  # the server wants no more of it
                        return
                    async with aclosing(self._opened(response)) as stream:
                        async for event in stream:
                            self._failures = 0
                            yield event
                self._failures = 0
            except TransportError as error:
                self._failures += 1
                is_over = self._max_failures is not None and self._failures > self._max_failures
                if is_over or error.retryable == "never":
                    raise
            self._remember()
            await sleep(delay_s(self._failures, self._retry_s, random()))

    def _opened(self, response: Response) -> EventStream:
        response.raise_for_status()
        self._stream = response.aiter_sse(last_event_id=self._last_event_id)
        return self._stream

    def _remember(self) -> None:
        """Keep the id and the delay of the last stream for the next one."""
        self._last_event_id, self._retry_s = self.last_event_id, self.retry_s
        self._stream = None

    def _request(self) -> Request:
        """Return the request of the next connection; all of them have the body of the first."""
        options = {**self._options, "headers": self._headers()}
        build = self._client.build_request
        request = build(self._method, self._url, **options, **self._bodies)
        if self._bodies:
            self._body, self._bodies = request.body, {}
        request.body = self._body
        return request

    def _headers(self) -> list[tuple[object, object]]:
        headers = [*pairs_of(self._options.get("headers") or {}, option="headers")]
        given = {name.lower() for name, _ in headers if isinstance(name, str)}
        if "accept" not in given:
            headers.append(("Accept", EVENT_STREAM))
        if "cache-control" not in given:
            headers.append(("Cache-Control", "no-store"))
        if self._last_event_id:
            headers = [one for one in headers if str(one[0]).lower() != "last-event-id"]
            # Its bytes are UTF-8; header values are written as Latin-1.
            value = self._last_event_id.encode().decode("latin-1")
            headers.append(("Last-Event-ID", value))
        return headers


def delay_s(failures: int, retry_s: float, luck: float) -> float:
    """Return the seconds to wait after failures in a row; `luck`, from 0 to 1, spreads clients.

    Never less than `retry_s`; doubled for each failure after the first, up to a minute.
    """
    doubled = retry_s * 2.0 ** min(max(failures - 1, 0), 16)
    return max(retry_s, min(doubled, RECONNECT_DELAY_MAX_S)) * (1 + luck / 4)
