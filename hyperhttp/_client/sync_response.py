"""The response of a synchronous client: its methods wait for the body instead of being awaited."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, Self, TypeVar, final, overload

from hyperhttp._base._generated.bounds import STATUS_ERROR_BYTES_MAX
from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import HyperHTTPError
from hyperhttp._message.content.excerpt import EXCERPT_BYTES_MAX
from hyperhttp._message.content.json_lines import records_of
from hyperhttp._message.content.transforms import Chain, sized
from hyperhttp._message.response.response import Response, set_history
from hyperhttp._message.response.source import NoSource
from hyperhttp._message.response.streamed import StreamedResponse

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Generator, Iterator
    from types import TracebackType

    from typing_extensions import TypeForm

    from hyperhttp._base.option_checks import Extensions
    from hyperhttp._message.content.sse import EventReader, ServerSentEvent
    from hyperhttp._message.content.transforms import Transform
    from hyperhttp._message.headers.headers import Headers
    from hyperhttp._message.headers.response_head import ResponseHead
    from hyperhttp._message.request.request import Request

__all__ = ["Runner", "SyncEventStream", "SyncResponse", "SyncResponseStream", "asynchronous"]

T = TypeVar("T")


class Runner(Protocol):
    """Runs functions in the event loop of the client, as `Driver` does."""

    def run(self, function: Callable[[], Awaitable[T]], /) -> T:
        """Call a function, and await what it returns; return or raise the result."""
        ...


class SyncResponse(StreamedResponse):
    """A response from a server, to a request of a `SyncClient`.

        response = client.get("https://example.com/data")
        response.raise_for_status()
        data = response.json()

    The body is lazy. `read()`, `content`, `text` and `json()` read it whole at first use and keep
    it; the `iter_` methods yield it as it arrives. A response whose body isn't read holds its
    connection: close it, or use `with`.
    """

    __slots__ = ("_driver", "_response")

    def __init__(self, response: Response, driver: Runner | None) -> None:
        self._status_code = response._status_code
        self._reason_phrase = response._reason_phrase
        self._http_version = response._http_version
        self._url = response._url
        self._request = response._request
        self._history = ()
        if response._history:
            set_history(self, tuple([SyncResponse(hop, driver) for hop in response._history]))
        self._elapsed = response._elapsed
        self._head = response._head
        self._headers = None
        self._default_encoding = response._default_encoding
        self._text = None
        self._extensions = None
        self._attempts = response._attempts
        self._body = response._body
        self._phases = response._phases
        self._response = response
        self._driver = driver
        """None for a response without a source, which is complete."""

    @classmethod
    def _complete(cls, head: ResponseHead, request: Request, body: bytes) -> Self:
        response = Response(
            head, request, NoSource(), elapsed=0.0, limits=Limits(), default_encoding="utf-8"
        )
        response._body.restore(body, len(body))
        return cls(response, None)

    @property
    def headers(self) -> Headers:
        """The response headers, with case-insensitive names."""
        return self._response.headers

    @property
    def extensions(self) -> Extensions:
        """Values that your hooks, middleware and transports attach to the response."""
        return self._response.extensions

    # --- the status ---

    def raise_for_status(self) -> SyncResponse:
        """Return this response, unless its status is 4xx or 5xx; then read the body and raise.

        Raises ClientStatusError or ServerStatusError, which are HTTPStatusError. `error.response`
        is this response, and `error.excerpt` the start of its body. The body is missing if it is
        longer than 1 MiB, broken or too slow; then `error.__cause__` is the error of reading it.

            data = client.get("https://example.com/data").raise_for_status().json()
        """
        if not self.is_error:
            return self
        start = self._body.beginning(EXCERPT_BYTES_MAX)
        try:
            if self._driver is not None:
                self._driver.run(partial(self._body.read_within, STATUS_ERROR_BYTES_MAX))
        except HyperHTTPError as error:
            raise self._status_error(start) from error
        raise self._status_error()

    # --- the body, kept ---

    def read(self) -> bytes:
        """Read the whole body, decode it, and keep it for `content`, `text` and `json()`.

        Raises ReadTimeout, ReadError or RemoteProtocolError if the body is incomplete. Raises
        DecompressionError if it can't be decoded, and ResponseTooLarge if it exceeds `Limits`.
        Raises StreamConsumed or ResponseClosed if it was iterated or closed before. A read that
        fails or is interrupted closes the response.

            body = response.read()
        """
        kept = self._body.read_early()  # a body that has come whole needs no event loop
        if kept is None and self._driver is not None:
            return self._driver.run(self._body.read_all)
        return self._body.content

    @property
    def content(self) -> bytes:
        """The decoded body. Reads it first if necessary, and raises as `read` does."""
        return self.read()

    # --- the body, piece by piece ---

    def __iter__(self) -> Iterator[bytes]:
        return self.iter_bytes()

    def iter_raw(self, chunk_size: int | None = None) -> Generator[bytes, None, None]:
        """Iterate over the body without decoding it, in pieces of `chunk_size` bytes if given.

        After `read()` it yields the stored body, or raises StreamConsumed if that was decoded.
        Otherwise as `iter_bytes`.
        """
        return self._each(sized(chunk_size, b"".join), raw=True)

    def iter_bytes(self, chunk_size: int | None = None) -> Generator[bytes, None, None]:
        """Iterate over the decoded body as it arrives, in pieces of `chunk_size` bytes if given.

        After `read()` it yields the stored body, any number of times. Raises as `read` does, and
        ConfigError for a `chunk_size` below 1. If you leave the loop early, close the response (or
        use `with`).

            for piece in response.iter_bytes():
                print(len(piece))
        """
        return self._each(sized(chunk_size, b"".join))

    def iter_text(self, chunk_size: int | None = None) -> Generator[str, None, None]:
        """Iterate over the body as text, in pieces of `chunk_size` characters if given.

        Decodes as `text` does. Otherwise as `iter_bytes`.
        """
        return self._each(Chain(self._as_text(), sized(chunk_size, "".join)))

    def iter_lines(self) -> Generator[str, None, None]:
        r"""Iterate over the lines of the body, without their endings: \n, \r\n or \r.

        Raises ResponseTooLarge for a line of more characters than `Limits.max_line_bytes`;
        otherwise as `iter_text`.

            for line in response.iter_lines():
                print(line)
        """
        return self._each(self._as_lines())

    @overload
    def iter_json(self, model: None = None) -> Generator[Any, None, None]: ...
    @overload
    def iter_json(self, model: type[T]) -> Generator[T, None, None]: ...
    @overload
    def iter_json(self, model: TypeForm[T]) -> Generator[T, None, None]: ...
    def iter_json(self, model: TypeForm[T] | None = None) -> Generator[object, None, None]:
        """Iterate over the records of JSON lines or a JSON text sequence (RFC 7464).

        Yields plain Python values, or a `model` each, as `json` does. Raises DecodeError with the
        line, and ResponseTooLarge for a record of more bytes than `Limits.max_line_bytes`.
        Otherwise as `iter_bytes`. Read an array that spans lines with `json` instead.

            for record in response.iter_json(dict[str, int]):
                print(record["count"])
        """
        return self._each(records_of(model, self._body.limits.max_line_bytes))

    def iter_sse(self, *, last_event_id: str = "") -> SyncEventStream:
        """Iterate over the server-sent events of the body.

        Raises DecodeError at once for a body that isn't `text/event-stream`, and ResponseTooLarge
        for an event of more characters than `Limits.max_line_bytes`. Otherwise as `iter_bytes`.
        `last_event_id` is the id of events until the stream sets one.

            with client.stream("GET", "https://example.com/events") as stream:
                for event in stream.iter_sse():
                    print(event.event, event.data)
        """
        transform, reader = self._as_events(last_event_id)
        return SyncEventStream(self._each(transform), reader)

    def close(self) -> None:
        """Close the response. Idempotent. Closes the connection if the body isn't complete.

        A body that `read()` has read stays available; reading any other raises ResponseClosed.
        """
        if self._driver is None or self._body.source.over:
            self._body.close()
        else:
            self._driver.run(self._response.aclose)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.close()

    # --- inside ---

    def __reduce__(self) -> tuple[object, ...]:
        return SyncResponse, (self._response, None)

    def _each(
        self, transform: Transform[bytes, T], *, raw: bool = False
    ) -> Generator[T, None, None]:
        return self._body.each_now(transform, self._next_piece, raw=raw)

    def _next_piece(self) -> bytes:
        assert self._driver is not None, "there is something to wait for"
        return self._driver.run(self._received)

    async def _received(self) -> bytes:
        """Return all that was received, so that few calls of the event loop are needed."""
        source = self._body.source
        piece = await source.read()
        rest = source.take() if piece else b""
        return piece + rest if rest else piece


@final
class SyncEventStream:
    """The events of one response, to be iterated once.

        with client.stream("GET", "https://example.com/events") as response:
            events = response.iter_sse()
            for event in events:
                print(event.event, event.data)
            print(events.last_event_id)

    It also has what a reconnection needs.
    """

    __slots__ = ("_events", "_reader")

    def __init__(self, events: Generator[ServerSentEvent, None, None], reader: EventReader) -> None:
        self._events = events
        self._reader = reader

    @property
    def last_event_id(self) -> str:
        """The value of `Last-Event-ID` that resumes where this stream ended; may be empty."""
        return self._reader.last_event_id

    @property
    def retry_s(self) -> float | None:
        """Seconds to wait before reconnecting, as the stream last set it; None if it hasn't."""
        return self._reader.retry_s

    def __iter__(self) -> Iterator[ServerSentEvent]:
        return self._events

    def __next__(self) -> ServerSentEvent:
        return next(self._events)

    def close(self) -> None:
        """Stop iterating, and drop the rest of the body."""
        self._events.close()


@final
class SyncResponseStream:
    """A response whose body is read in pieces, from `client.stream`: use it with `with`.

    Example:
        with client.stream("GET", "https://example.com/large.bin") as response:
            for piece in response.iter_bytes():
                print(len(piece))
    """

    __slots__ = ("_on_exit", "_perform", "_response")

    def __init__(
        self, perform: Callable[[], SyncResponse], on_exit: Callable[[], None] | None = None
    ) -> None:
        self._perform = perform
        self._on_exit = on_exit
        self._response: SyncResponse | None = None

    def __enter__(self) -> SyncResponse:
        try:
            self._response = self._perform()
        except BaseException:
            self._exit()
            raise
        return self._response

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        try:
            if self._response is not None:
                self._response.close()
        finally:
            self._exit()

    def _exit(self) -> None:
        if self._on_exit is not None:
            self._on_exit()


def asynchronous(response: SyncResponse) -> Response:
    """Return the response that a `SyncResponse` was created for."""
    return response._response  # pyright: ignore[reportPrivateUsage]
