"""When an event source reconnects, what it sends then, and how long it waits before.

Decides only: `event_source.py` and `sync_event_source.py` send the requests. The module
`_message.content.sse` parses the events. Retries of a single request are up to the client.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, final

from hyperhttp._base._generated.bounds import (
    RECONNECT_DELAY_MAX_S,
    SERVER_RETRY_MAX_S,
    SERVER_RETRY_MIN_S,
)
from hyperhttp._base.input_pairs import pairs_of
from hyperhttp._message.content.sse import EVENT_STREAM

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hyperhttp._base._generated.errors import TransportError
    from hyperhttp._message.request.body import RequestBody
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.url.url import URLInput

__all__ = ["ReconnectingSource", "Reconnection", "StreamState", "delay_s"]


class StreamState(Protocol):
    """The values of a stream of events that the next connection needs."""

    @property
    def last_event_id(self) -> str:
        """The value of `Last-Event-ID`."""
        ...

    @property
    def retry_s(self) -> float | None:
        """Seconds to wait, as the server has sent them."""
        ...


@final
class Reconnection:
    """The requests of one event source, and its failures in a row."""

    __slots__ = (
        "_bodies",
        "_body",
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
        method: str,
        url: URLInput,
        *,
        last_event_id: str,
        retry_s: float,
        max_failures: int | None,
        options: Mapping[str, object],
        **bodies: object,
    ) -> None:
        self._method = method
        self._url = url
        self._last_event_id = last_event_id
        self._retry_s = retry_s
        self._max_failures = max_failures
        self._bodies: Mapping[str, object] | None = bodies
        self._options = options
        self._body: RequestBody | None = None
        self._failures = 0
        self._stream: StreamState | None = None

    @property
    def last_event_id(self) -> str:
        """The id of the last event."""
        return self._last_event_id if self._stream is None else self._stream.last_event_id

    @property
    def retry_s(self) -> float:
        """Seconds to wait before reconnecting, within the bounds for values from servers."""
        received = None if self._stream is None else self._stream.retry_s
        if received is None:
            return self._retry_s
        return min(max(received, SERVER_RETRY_MIN_S), SERVER_RETRY_MAX_S)

    def request(self, build: Callable[..., Request]) -> Request:
        """Return the request of the next connection; all of them have the body of the first."""
        options = {**self._options, "headers": self._headers()}
        request = build(self._method, self._url, **options, **(self._bodies or {}))
        if self._bodies is not None:
            self._body, self._bodies = request.body, None
        request.body = self._body
        return request

    def opened(self, stream: StreamState) -> None:
        """Note the stream of a connection."""
        self._stream = stream

    def received(self) -> None:
        """Note an event, or the orderly end of a stream."""
        self._failures = 0

    def failed(self, error: TransportError) -> None:
        """Note a failure. Raises it again if it isn't worth another connection."""
        self._failures += 1
        is_over = self._max_failures is not None and self._failures > self._max_failures
        if is_over or error.retryable == "never":
            raise error

    def delay_s(self, luck: float) -> float:
        """Return the seconds to wait; keep the values of the last stream for the next one."""
        self._last_event_id, self._retry_s = self.last_event_id, self.retry_s
        self._stream = None
        return delay_s(self._failures, self._retry_s, luck)

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


class ReconnectingSource:
    """The base of both event sources: the state that another one resumes from."""

    __slots__ = ("_reconnection",)

    _reconnection: Reconnection

    @property
    def last_event_id(self) -> str:
        """The id of the last event; store it to resume in another process."""
        return self._reconnection.last_event_id

    @property
    def retry_s(self) -> float:
        """Seconds to wait before reconnecting: the last value from the server, or `retry_s`.

        Values from the server are taken within bounds, from 0.1 seconds to an hour.
        """
        return self._reconnection.retry_s


def delay_s(failures: int, retry_s: float, luck: float) -> float:
    """Return the seconds to wait after failures in a row; `luck`, from 0 to 1, spreads clients.

    Never less than `retry_s`; doubled for each failure after the first, up to a minute.
    """
    doubled = retry_s * 2.0 ** min(max(failures - 1, 0), 16)
    return max(retry_s, min(doubled, RECONNECT_DELAY_MAX_S)) * (1 + luck / 4)
