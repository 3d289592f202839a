"""Server-sent events: the event stream of the WHATWG HTML standard, line by line.

This module parses events and stores the state for the next connection. `text` splits the lines, and
the caller decides when to reconnect.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeVar, final, overload

from hyperhttp._base._generated.errors import ResponseTooLarge
from hyperhttp._message.content.json_text import decode_json
from hyperhttp._message.content.json_typed import validate_json
from hyperhttp._message.content.text import LineSplitter
from hyperhttp._message.content.transforms import AsText, Chain
from hyperhttp._message.headers.grammar import digits

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Iterable

    from typing_extensions import TypeForm

    from hyperhttp._message.content.transforms import Transform

__all__ = ["EVENT_STREAM", "EventReader", "EventStream", "ServerSentEvent", "event_lines"]

T = TypeVar("T")

EVENT_STREAM: Final = "text/event-stream"


@final
@dataclass(frozen=True, slots=True)
class ServerSentEvent:
    """A server-sent event."""

    event: str = "message"
    """The type of the event."""
    data: str = ""
    """Its data; several lines are joined by line feeds."""
    id: str = ""
    """The last id that the stream has named, with this event or before it; empty for none."""
    retry_s: float | None = None
    """The last reconnection delay of the stream, in seconds; None if it has set none."""

    @overload
    def json(self, model: None = None) -> Any: ...
    @overload
    def json(self, model: type[T]) -> T: ...
    @overload
    def json(self, model: TypeForm[T]) -> T: ...
    def json(self, model: TypeForm[T] | None = None) -> object:
        """Parse the data as JSON: plain Python values, or a `model`, as by `Response.json`.

        Raises DecodeError for what is not JSON or not a `model`.
        """
        data = self.data.encode()
        return decode_json(data) if model is None else validate_json(data, model)


@final
class EventReader:
    """The events in the lines of a stream, each once the empty line after it has come."""

    __slots__ = ("_data", "_event", "_id", "_size", "_size_max", "last_event_id", "retry_s")

    last_event_id: str
    """The id for the next connection: the id at the last empty line."""
    retry_s: float | None
    """The last reconnection delay that the stream has set, in seconds."""

    def __init__(self, size_max: int | None = None, last_event_id: str = "") -> None:
        self.last_event_id = last_event_id
        self.retry_s = None
        self._id = last_event_id
        self._event = ""
        self._data: list[str] = []
        self._size = 0
        self._size_max = size_max

    def feed(self, line: str, /) -> Iterable[ServerSentEvent]:
        """Return the event that an empty line ends. Raises ResponseTooLarge if it is too long."""
        if not line:
            return self._dispatched()
        # A comment is a field without a name.
        name, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match name:
            case "data":
                self._add(value)
            case "event":
                self._event = value
            case "id" if "\0" not in value:
                self._id = value
            case "retry" if (delay_ms := digits(value)) is not None:
                self.retry_s = delay_ms / 1000
            case _:
                pass  # as the standard wants it
        return ()

    def finish(self) -> Iterable[ServerSentEvent]:
        """Nothing: an event that no empty line has ended is dropped, its id too."""
        return ()

    def _add(self, value: str) -> None:
        self._data.append(value)
        self._size += len(value) + 1
        if self._size_max is not None and self._size > self._size_max:
            raise ResponseTooLarge(limit="max_line_bytes", limit_bytes=self._size_max)

    def _dispatched(self) -> Iterable[ServerSentEvent]:
        self.last_event_id = self._id
        event, data = self._event, self._data
        self._event, self._data, self._size = "", [], 0
        if not data:
            return ()
        text = "\n".join(data)
        return (ServerSentEvent(event or "message", text, self._id, self.retry_s),)


def event_lines(size_max: int | None) -> Transform[bytes, str]:
    """Return the lines of an event stream, which is always in UTF-8."""
    return Chain(AsText(f"{EVENT_STREAM}; charset=utf-8", "utf-8"), LineSplitter(size_max))


@final
class EventStream:
    """The events of a response, which you can iterate once.

        async with client.stream("GET", "https://example.com/events") as response:
            events = response.aiter_sse()
            async for event in events:
                print(event.event, event.data)
            print(events.last_event_id)

    It also has the id and the delay for the next connection.
    """

    __slots__ = ("_events", "_reader")

    def __init__(self, events: AsyncGenerator[ServerSentEvent, None], reader: EventReader) -> None:
        self._events = events
        self._reader = reader

    @property
    def last_event_id(self) -> str:
        """The `Last-Event-ID` with which to resume the stream; can be empty."""
        return self._reader.last_event_id

    @property
    def retry_s(self) -> float | None:
        """The last reconnection delay of the stream, in seconds; None if it has set none."""
        return self._reader.retry_s

    def __aiter__(self) -> AsyncIterator[ServerSentEvent]:
        return self._events

    def __anext__(self) -> Awaitable[ServerSentEvent]:
        return self._events.__anext__()

    async def aclose(self) -> None:
        """Stop reading. The rest of the body is discarded."""
        await self._events.aclose()
