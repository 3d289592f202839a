"""A response: its headers at once, its body when you read it.

The `BodyReader` reads and decodes the body. The source (`source.BodySource`) has its bytes, and
returns the connection to the pool.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Self, TypeVar, overload

from hyperhttp._base._generated.bounds import STATUS_ERROR_BYTES_MAX
from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import HyperHTTPError
from hyperhttp._message.content.excerpt import EXCERPT_BYTES_MAX
from hyperhttp._message.content.json_lines import records_of
from hyperhttp._message.content.sse import EventStream
from hyperhttp._message.content.text import choose_charset
from hyperhttp._message.content.transforms import Chain, sized
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.response.source import NoSource
from hyperhttp._message.response.streamed import StreamedResponse
from hyperhttp._message.response.verified_source import VerifiedSource

if TYPE_CHECKING:
    from collections.abc import (
        AsyncGenerator,
        AsyncIterator,
        Sequence,
    )
    from types import TracebackType

    from typing_extensions import TypeForm

    from hyperhttp._base._generated.errors import Attempt
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.verified_source import BodyCheck

__all__ = ["Response", "set_attempts", "set_history"]

T = TypeVar("T")
R = TypeVar("R", bound=BaseResponse)

ERROR_STATUS: Final = 400
"""Statuses from here on are errors."""


class Response(StreamedResponse):
    """A response from a server.

        response = await client.get("https://example.com/data")
        response.raise_for_status()
        await response.aread()
        data = response.json()

    The body is lazy: `await response.aread()` once, or iterate. `content`, `text` and `json()`
    raise ResponseNotRead before that.
    """

    __slots__ = ()

    @classmethod
    def _complete(cls, head: ResponseHead, request: Request, body: bytes) -> Self:
        response = cls(
            head, request, NoSource(), elapsed=0.0, limits=Limits(), default_encoding="utf-8"
        )
        response._body.restore(body, len(body))
        return response

    # --- the status ---

    def raise_for_status(self) -> Response:
        """Return this response, unless its status is 4xx or 5xx.

        Raises ClientStatusError or ServerStatusError, which are HTTPStatusError. `error.response`
        is this response, and `error.excerpt` the start of its body. A body that has been received
        is read, so that you can use `error.response.text`: the verbs wait for up to 64 KiB and 0.25
        seconds. You can still read any other, or use `araise_for_status` to be sure.

            data = await (await client.get(url)).raise_for_status().aread()
        """
        if not self.is_error:
            return self
        try:
            self._body.read_early()
        except HyperHTTPError as error:  # the status is more useful than the error of the body
            raise self._status_error() from error
        raise self._status_error()

    async def araise_for_status(self) -> Response:
        """Return this response, unless its status is 4xx or 5xx; then read the body and raise.

        Raises as `raise_for_status`. `error.response` has the body, however it is framed and
        whether it had been received or not: `content`, `text`, `json()` and `problem` work. The
        body is missing if it is longer than 1 MiB, broken or too slow; then `error.__cause__` is
        the error of reading it.

            data = await (await (await client.get(url)).araise_for_status()).aread()
        """
        if not self.is_error:
            return self
        start = self._body.beginning(EXCERPT_BYTES_MAX)
        try:
            await self._body.read_within(STATUS_ERROR_BYTES_MAX)
        except HyperHTTPError as error:
            raise self._status_error(start) from error
        raise self._status_error()

    # --- the body, kept ---

    async def aread(self) -> bytes:
        """Read the whole body, decode it, and keep it for `content`, `text` and `json()`.

        Raises ReadTimeout, ReadError or RemoteProtocolError if the body is incomplete. Raises
        DecompressionError if it can't be decoded, and ResponseTooLarge if it exceeds `Limits`.
        Raises StreamConsumed or ResponseClosed if it was iterated or closed before. A read that
        fails or is canceled closes the response.

            body = await response.aread()
        """
        return await self._body.read_all()

    @property
    def content(self) -> bytes:
        """The decoded body, once `aread()` has read it.

        Raises ResponseNotRead before that, StreamConsumed if the body was iterated, and
        ResponseClosed if the response was closed.
        """
        return self._body.content

    # --- the body, piece by piece ---

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.aiter_bytes()

    def aiter_raw(self, chunk_size: int | None = None) -> AsyncGenerator[bytes, None]:
        """Iterate over the body without decoding it, in pieces of `chunk_size` bytes if given.

        After `aread()` it yields the stored body, or raises StreamConsumed if that was decoded.
        Otherwise as `aiter_bytes`.
        """
        return self._body.each(sized(chunk_size, b"".join), raw=True)

    def aiter_bytes(self, chunk_size: int | None = None) -> AsyncGenerator[bytes, None]:
        """Iterate over the decoded body as it arrives, in pieces of `chunk_size` bytes if given.

        After `aread()` it yields the stored body, any number of times. Raises as `aread` does, and
        ConfigError for a `chunk_size` below 1. If you leave the loop early, close the response (or
        use `async with`).

            async for piece in response.aiter_bytes():
                print(len(piece))
        """
        return self._body.each(sized(chunk_size, b"".join))

    def aiter_text(self, chunk_size: int | None = None) -> AsyncGenerator[str, None]:
        """Iterate over the body as text, in pieces of `chunk_size` characters if given.

        Decodes as `text` does. Otherwise as `aiter_bytes`.
        """
        return self._body.each(Chain(self._as_text(), sized(chunk_size, "".join)))

    def aiter_lines(self) -> AsyncGenerator[str, None]:
        r"""Iterate over the lines of the body, without their endings: \n, \r\n or \r.

        Raises ResponseTooLarge for a line of more characters than `Limits.max_line_bytes`;
        otherwise as `aiter_text`.

            async for line in response.aiter_lines():
                print(line)
        """
        return self._body.each(self._as_lines())

    @overload
    def aiter_json(self, model: None = None) -> AsyncGenerator[Any, None]: ...
    @overload
    def aiter_json(self, model: type[T]) -> AsyncGenerator[T, None]: ...
    @overload
    def aiter_json(self, model: TypeForm[T]) -> AsyncGenerator[T, None]: ...
    def aiter_json(self, model: TypeForm[T] | None = None) -> AsyncGenerator[object, None]:
        """Iterate over the records of JSON Lines or a JSON text sequence (RFC 7464).

        Yields plain Python values, or `model` objects, as `json` does. Raises DecodeError with the
        line, and ResponseTooLarge for a record over `Limits.max_line_bytes`. Otherwise it behaves
        as `aiter_bytes`. To read an array that spans lines, use `json` instead.

            async for record in response.aiter_json(dict[str, int]):
                print(record["count"])
        """
        return self._body.each(records_of(model, self._body.limits.max_line_bytes))

    def aiter_sse(self, *, last_event_id: str = "") -> EventStream:
        """Iterate over the server-sent events of the body.

        Raises DecodeError at once for a body that isn't `text/event-stream`, and ResponseTooLarge
        for an event of more characters than `Limits.max_line_bytes`. Otherwise as `aiter_bytes`.
        `last_event_id` is the id of events until the stream sets one. Use `EventSource` to
        reconnect when the stream ends.

            async with client.stream("GET", "https://example.com/events") as stream:
                async for event in stream.aiter_sse():
                    print(event.event, event.data)
        """
        transform, reader = self._as_events(last_event_id)
        return EventStream(self._body.each(transform), reader)

    async def aclose(self) -> None:
        """Close the response. Idempotent. Closes the connection if the body isn't complete.

        A body that `aread()` has read stays available; reading any other raises ResponseClosed.
        """
        self._body.close()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    # --- for the client ---

    def __reduce__(self) -> tuple[object, ...]:
        # Only a body that has been read can be pickled.
        body = self._body
        trailers = tuple(body.source.trailers)
        made_of = (self._head, self._request, trailers, self._elapsed, body.limits)
        encoding = self._default_encoding
        if not isinstance(encoding, str):  # a function may not be picklable; its result is
            encoding = choose_charset(None, body.kept or b"", encoding)
        state = (self._history, body.kept, body.downloaded_bytes)
        return _unpickled, (*made_of, encoding), state

    def __setstate__(self, state: tuple[tuple[Self, ...], bytes | None, int]) -> None:
        self._history, kept, downloaded_bytes = state
        self._body.restore(kept, downloaded_bytes)


async def discard(response: Response) -> None:
    """Close a response that another one replaces; its connection is kept if that is quick."""
    await response._body.discard()  # pyright: ignore[reportPrivateUsage]


async def settle(response: Response) -> None:
    """Wait for the body of a response, within the bounds of error bodies; it is read later."""
    await response._body.source.settle()  # pyright: ignore[reportPrivateUsage]


async def free_connection(response: Response) -> None:
    """Wait for the body of an error, within its bounds; close the response if it isn't complete.

    Either way its connection can serve the next request.
    """
    source = response._body.source  # pyright: ignore[reportPrivateUsage]
    await source.settle()
    if not source.over:
        await response.aclose()


def verify_body(response: Response, check: BodyCheck) -> None:
    """Check the body of a response as it is read, before decoding; errors are raised at its end.

    An empty body is checked at once.
    """
    body = response._body  # pyright: ignore[reportPrivateUsage]
    if body.source.ended and not body.source.peek(1):
        check.finish()
    else:
        body.source = VerifiedSource(body.source, check)


def set_attempts(response: BaseResponse, attempts: tuple[Attempt, ...]) -> None:
    """Set the attempts that led to a response."""
    response._attempts = attempts  # pyright: ignore[reportPrivateUsage]


def set_history(response: R, history: tuple[R, ...]) -> None:
    """Set the redirects that led to a response."""
    response._history = history  # pyright: ignore[reportPrivateUsage]


def _unpickled(
    head: ResponseHead,
    request: Request,
    trailers: Sequence[tuple[bytes, bytes]],
    elapsed: float,
    limits: Limits,
    default_encoding: str,
) -> Response:
    source = NoSource(trailers)
    return Response(
        head, request, source, elapsed=elapsed, limits=limits, default_encoding=default_encoding
    )
