"""A response as the caller sees it: its head at once, its body when it is asked for.

It keeps what was read and says clearly why something cannot be had. Where bytes come from and when
the connection is free again is decided by the source (`source.BodySource`).
"""

from __future__ import annotations

import time
import warnings
from datetime import UTC, datetime
from enum import Enum
from typing import TYPE_CHECKING, Any, Final, NoReturn, Self, TypeVar, final, overload

from hyperhttp._generated.config import Limits
from hyperhttp._generated.exceptions import (
    ClientStatusError,
    ResponseClosed,
    ResponseNotRead,
    ServerStatusError,
    StreamConsumed,
)
from hyperhttp._generated.response import ResponseFields
from hyperhttp._message import fields
from hyperhttp._message.context import InContext
from hyperhttp._message.cookies import Cookies
from hyperhttp._message.headers import Headers
from hyperhttp._message.source import BodySource, Intake, NoSource, check_chunk_size, cut_text, regrouped
from hyperhttp._message.text import (
    LineSplitter,
    TextDecoder,
    charset_of,
    decode_json,
    decode_text,
)
from hyperhttp._message.typed_json import validate_json

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable, Generator
    from types import TracebackType

    from hyperhttp._message.head import ResponseHead
    from hyperhttp._message.request import Request

T = TypeVar("T")

# What an error shows of a body: enough for a message or the start of a JSON problem.
_EXCERPT_CHARS: Final = 400


class _Body(Enum):
    """What has become of the body."""

    UNREAD = "on its way"
    STREAMED = "given out piece by piece, and not kept"
    READ = "all here"
    CLOSED = "given up"


class Response(ResponseFields):
    """What the server answered.

        response = await client.get("https://example.com/data")
        response.raise_for_status()
        await response.aread()
        data = response.json()

    The body is lazy: `await response.aread()` once, or iterate. `content`, `text` and `json()`
    raise ResponseNotRead before that.
    """

    __slots__ = (
        "__weakref__",
        "_body",
        "_content",
        "_default_encoding",
        "_head",
        "_intake",
        "_lazy_headers",
        "_source",
        "_text",
    )

    def __init__(
        self,
        head: ResponseHead,
        request: Request,
        source: BodySource,
        *,
        elapsed: float,
        limits: Limits,
        default_encoding: str,
    ) -> None:
        self._status_code = head.status_code
        self._reason_phrase = head.reason_phrase
        self._http_version = head.http_version
        self._url = request.url
        self._request = request
        self._history = ()
        self._elapsed = elapsed
        self._head = head
        self._lazy_headers: Headers | None = None
        self._source: BodySource | None = source
        self._default_encoding = default_encoding
        self._body = _Body.UNREAD
        self._content = b""
        self._text: str | None = None
        coding = ""
        if head.has(b"content-encoding"):
            coding = b", ".join(head.values(b"content-encoding")).decode("latin-1")
        self._intake = Intake(source, coding, limits)

    # --- the head ---

    @property
    def headers(self) -> Headers:
        """The header fields of the response; names in any case."""
        if self._lazy_headers is None:
            self._lazy_headers = Headers.from_wire(self._head.fields)
        return self._lazy_headers

    @property
    def cookies(self) -> Cookies:
        """The cookies that this response sets; the client's own are in `client.cookies`."""
        cookies = Cookies()
        cookies.store(self._url, self.headers.get_list("set-cookie"), time.time())
        return cookies

    @property
    def encoding(self) -> str:
        """The charset of the Content-Type field, or the client's `default_encoding`."""
        return charset_of(self.headers.get("content-type")) or self._default_encoding

    @property
    def trailers(self) -> Headers:
        """The fields after the body; empty until it was read to its end, and mostly then too."""
        return Headers.from_wire(() if self._source is None else self._source.trailers)

    @property
    def num_bytes_downloaded(self) -> int:
        """How many bytes of the body were read off the wire, before decoding."""
        return self._intake.downloaded_bytes

    def raise_for_status(self) -> Response:
        """This response, unless its status is 4xx or 5xx.

        Raises ClientStatusError or ServerStatusError, which are HTTPStatusError. The body of the
        response they carry can still be read.

            data = (await client.get(url)).raise_for_status()
        """
        if self._status_code < 400:
            return self
        if self._body is _Body.UNREAD and self._source is not None and self._source.ended:
            self._keep(self._read_now())
        error = ClientStatusError if self._status_code < 500 else ServerStatusError
        raise error(response=self, excerpt=self._excerpt())

    # --- the body, kept ---

    async def aread(self) -> bytes:
        """The whole body, decoded; kept, so that `content`, `text` and `json()` have it.

        Raises ReadTimeout, ReadError or RemoteProtocolError when it does not come whole,
        DecompressionError when it cannot be decoded, ResponseTooLarge, StreamConsumed,
        ResponseClosed.
        """
        if self._body is _Body.READ:
            return self._content
        self._begin()
        with InContext(self._request, self._source):
            content = await self._intake.read_all()
        return self._keep(content)

    @property
    def content(self) -> bytes:
        """The body, decoded, once it was read.

        Raises ResponseNotRead, StreamConsumed or ResponseClosed.
        """
        if self._body is not _Body.READ:
            self._refuse()
        return self._content

    @property
    def text(self) -> str:
        """The body as text: by its charset, its byte order mark, or `default_encoding`.

        Raises as `content` does. Bytes that are no text become U+FFFD.
        """
        if self._text is None:
            self._text = decode_text(
                self.content, self.headers.get("content-type"), self._default_encoding
            )
        return self._text

    @overload
    def json(self) -> Any: ...
    @overload
    def json(self, model: type[T]) -> T: ...
    def json(self, model: type[T] | None = None) -> object:
        """The body as JSON: plain Python values, or a `model`, which is any type pydantic knows.

        Raises DecodeError, which is also a ValueError, for what is not JSON or not a `model`.

            user = response.json(User)
        """
        with InContext(self._request, self._source):
            if model is None:
                return decode_json(self.content)
            return validate_json(self.content, model)

    # --- the body, piece by piece ---

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self.aiter_bytes()

    async def aiter_raw(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """The body as it came off the wire, not decoded; `chunk_size` bytes each if given."""
        check_chunk_size(chunk_size)
        self._begin()
        pieces = self._intake.raw()
        async for piece in self._guarded(
            pieces if chunk_size is None else regrouped(pieces, chunk_size)
        ):
            yield piece

    async def aiter_bytes(self, chunk_size: int | None = None) -> AsyncIterator[bytes]:
        """The body, decoded, each piece as soon as it is there; `chunk_size` bytes each if given.

        After `aread()` it gives the kept body. Raises as `aread` does.
        """
        check_chunk_size(chunk_size)
        if self._body is _Body.READ:
            size = chunk_size or len(self._content)
            for start in range(0, len(self._content), size or 1):
                yield self._content[start : start + size]
            return
        self._begin()
        pieces = self._intake.decoded()
        async for piece in self._guarded(
            pieces if chunk_size is None else regrouped(pieces, chunk_size)
        ):
            yield piece

    async def aiter_text(self, chunk_size: int | None = None) -> AsyncIterator[str]:
        """The body as text, decoded as it comes; in pieces of `chunk_size` characters if given."""
        check_chunk_size(chunk_size)
        decoder = TextDecoder(self.headers.get("content-type"), self._default_encoding)
        held = ""
        async for piece in self.aiter_bytes():
            held += decoder.feed(piece)
            whole = len(held) - len(held) % chunk_size if chunk_size else len(held)
            for part in cut_text(held[:whole], chunk_size or max(whole, 1)):
                yield part
            held = held[whole:]
        held += decoder.finish()
        for part in cut_text(held, chunk_size or max(len(held), 1)):
            yield part

    async def aiter_lines(self) -> AsyncIterator[str]:
        r"""The lines of the body as they are complete, without their endings (\n, \r\n or \r)."""
        splitter = LineSplitter()
        async for piece in self.aiter_text():
            for line in splitter.feed(piece):
                yield line
        for line in splitter.finish():
            yield line

    async def aclose(self) -> None:
        """Let go of the connection. A body that was not read to its end is given up."""
        if self._body is not _Body.READ:
            self._body = _Body.CLOSED
        if self._source is not None:
            self._source.abandon()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        await self.aclose()

    def __repr__(self) -> str:
        return f"<Response [{self._status_code} {self._reason_phrase}]>"

    def __del__(self) -> None:
        source = self._source
        if source is not None and not source.over:
            source.abandon()
            warnings.warn(
                f"{self!r} from {self._url} was dropped before its body was read: read it, or use "
                "`async with` or `aclose()`",
                ResourceWarning,
                stacklevel=2,
                source=self,
            )

    # --- for the client ---

    def follows(self, history: tuple[Response, ...]) -> None:
        """The redirects that led here."""
        self._history = history

    def __reduce__(self) -> tuple[Callable[..., Response], tuple[object, ...]]:
        # A body on its way cannot travel; what was read of it can, and the head.
        content = self._content if self._body is _Body.READ else None
        facts = (self._history, self._elapsed, self._default_encoding, content)
        return _unpickled, (self._head, self._request, *facts)

    def restore(self, history: tuple[Response, ...], content: bytes | None) -> None:
        """What a copy by pickle knows: a body that was not read is given up."""
        self._history = history
        if content is None:
            self._body = _Body.CLOSED
        else:
            self._keep(content)

    # --- inside ---

    def _begin(self) -> None:
        if self._body is not _Body.UNREAD:
            self._refuse()
        self._body = _Body.STREAMED

    def _keep(self, content: bytes) -> bytes:
        self._content = content
        self._body = _Body.READ
        return content

    def _read_now(self) -> bytes:
        with InContext(self._request, self._source):
            return self._intake.take_all()

    def _refuse(self) -> NoReturn:
        match self._body:
            case _Body.UNREAD:
                raise ResponseNotRead().in_context(request=self._request)
            case _Body.CLOSED:
                raise ResponseClosed().in_context(request=self._request)
            case _Body.STREAMED | _Body.READ:
                raise StreamConsumed().in_context(request=self._request)

    async def _guarded(self, pieces: AsyncIterator[bytes]) -> AsyncIterator[bytes]:
        with InContext(self._request, self._source):
            async for piece in pieces:
                yield piece

    def _excerpt(self) -> str:
        if self._body is _Body.READ:
            body = self._content
        elif self._source is not None and not self._head.has(b"content-encoding"):
            body = self._source.peek(4 * _EXCERPT_CHARS)
        else:
            body = b""
        text = decode_text(
            body[: 4 * _EXCERPT_CHARS], self.headers.get("content-type"), self._default_encoding
        )
        return " ".join(text[:_EXCERPT_CHARS].split())

    def _parse_content_type(self) -> str | None:
        return self._parsed("content-type", fields.parse_content_type)

    def _parse_content_length(self) -> int | None:
        return self._parsed("content-length", fields.parse_content_length)

    def _parse_etag(self) -> str | None:
        return self._parsed("etag", fields.parse_etag)

    def _parse_last_modified(self) -> datetime | None:
        return self._parsed("last-modified", fields.parse_http_date)

    def _parse_retry_after(self) -> float | None:
        now = datetime.now(UTC)
        return self._parsed("retry-after", lambda text: fields.parse_retry_after(text, now))

    def _parsed(self, name: str, parse: Callable[[str], T | None]) -> T | None:
        value = self.headers.get(name)
        return None if value is None else parse(value)


def _unpickled(
    head: ResponseHead,
    request: Request,
    history: tuple[Response, ...],
    elapsed: float,
    default_encoding: str,
    content: bytes | None,
) -> Response:
    response = Response(
        head,
        request,
        NoSource(),
        elapsed=elapsed,
        limits=Limits(),
        default_encoding=default_encoding,
    )
    response.restore(history, content)
    return response


@final
class ResponseStream:
    """What `client.stream(...)` gives: await it for the response, or use it with `async with`."""

    __slots__ = ("_perform", "_response")

    def __init__(self, perform: Callable[[], Awaitable[Response]]) -> None:
        self._perform = perform
        self._response: Response | None = None

    def __await__(self) -> Generator[Any, Any, Response]:
        return self._perform().__await__()

    async def __aenter__(self) -> Response:
        self._response = await self._perform()
        return self._response

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._response is not None:
            await self._response.aclose()
