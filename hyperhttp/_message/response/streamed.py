"""A response whose body may still have to be received: what both clients' responses share.

The `BodyReader` reads and decodes the body. The source (`source.BodySource`) has its bytes, and
returns the connection to the pool.
"""

from __future__ import annotations

from abc import ABCMeta
from typing import TYPE_CHECKING, Self, overload

from hyperhttp._base._generated.bounds import EXCERPT_CHARS_MAX
from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import ConfigError, DecodeError
from hyperhttp._base.checked import checked_overloads
from hyperhttp._base.other_names import ResponseNames
from hyperhttp._base.unset import UNSET, Unset
from hyperhttp._message.content.excerpt import EXCERPT_BYTES_MAX, excerpt_of, on_one_line
from hyperhttp._message.content.json_text import encode_json
from hyperhttp._message.content.sse import EVENT_STREAM, EventReader, event_lines
from hyperhttp._message.content.text import LineSplitter
from hyperhttp._message.content.transforms import AsText, Chain
from hyperhttp._message.headers.headers import Headers, encoded_headers, headers_from_wire
from hyperhttp._message.headers.response_head import ResponseHead
from hyperhttp._message.response._generated.status_errors import (
    ClientStatusError,
    HTTPStatusError,
    ServerStatusError,
)
from hyperhttp._message.response.base import BaseResponse
from hyperhttp._message.response.body_reader import BodyReader
from hyperhttp._message.response.timings import timings_of

if TYPE_CHECKING:
    from typing import Never

    from hyperhttp._base.unset import Inherit, NoOther
    from hyperhttp._message.content.charset import EncodingInput
    from hyperhttp._message.content.json_text import JSONInput
    from hyperhttp._message.content.sse import ServerSentEvent
    from hyperhttp._message.content.transforms import Transform
    from hyperhttp._message.headers.headers import HeadersInput
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.connection_info import ConnectionInfo
    from hyperhttp._message.response.source import BodySource
    from hyperhttp._message.response.timings import PhaseTimes, Timings

__all__ = ["StreamedResponse"]


class StreamedResponse(BaseResponse, ResponseNames, metaclass=ABCMeta):
    """A response with the reader of its body; subclasses add how the caller waits for it."""

    __slots__ = ("__weakref__", "_body", "_phases")

    _body: BodyReader
    _phases: PhaseTimes | None

    def __init__(
        self,
        head: ResponseHead,
        request: Request,
        source: BodySource,
        elapsed: float,
        limits: Limits,
        default_encoding: EncodingInput,
    ) -> None:
        self._status_code = head.status_code
        self._reason_phrase = head.reason_phrase
        self._http_version = head.http_version
        self._url = request.url
        self._request = request
        self._history = ()
        self._elapsed = elapsed
        self._head = head
        self._headers = None
        self._default_encoding = default_encoding
        self._text = None
        self._extensions = None
        self._attempts = ()
        self._phases = None
        self._body = BodyReader(source, request, head.coding, limits)

    @overload
    @classmethod
    def create(
        cls,
        request: Request | NoOther[Never],
        status_code: int | NoOther[Never] = 200,
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        content: bytes | Inherit = UNSET,
    ) -> Self: ...

    @overload
    @classmethod
    def create(
        cls,
        request: Request | NoOther[Never],
        status_code: int | NoOther[Never] = 200,
        *,
        headers: HeadersInput | NoOther[Never] | None = None,
        json: JSONInput | Inherit,
        content: Inherit = UNSET,
    ) -> Self: ...

    @classmethod
    @checked_overloads
    def create(
        cls,
        request: Request,
        status_code: int = 200,
        *,
        headers: HeadersInput | None = None,
        content: bytes | Unset = UNSET,
        json: JSONInput | Unset = UNSET,
    ) -> Self:
        """Create a complete response without a server, for middleware that responds itself.

        `json` is sent as JSON, with `Content-Type: application/json`. Pass it or `content`.

        Example:
            request = Request("GET", "https://example.com/users/1")
            created = Response.create(request, 200, json={"id": 1})
        """
        block = Headers() if headers is None else Headers(headers)
        body = b"" if content is UNSET else content
        if json is not UNSET:
            if content is not UNSET:
                raise ConfigError(option="json", given="json and content", allowed="one of them")
            body = encode_json(json)
            block.setdefault("Content-Type", "application/json")
        head = ResponseHead(status_code, "", "HTTP/1.1", encoded_headers(block))
        return cls._complete(head, request, body)

    @classmethod
    def _complete(cls, head: ResponseHead, request: Request, body: bytes) -> Self:
        """Return a response whose body has been read; each client's class creates its own."""
        raise NotImplementedError

    # --- the headers ---

    @property
    def trailers(self) -> Headers:
        """The trailers; empty until the body was read to its end, and without any."""
        return headers_from_wire(self._body.source.trailers)

    @property
    def num_bytes_downloaded(self) -> int:
        """How many bytes of the body were received so far, before decoding."""
        return self._body.downloaded_bytes

    @property
    def connection(self) -> ConnectionInfo | None:
        """The connection of the response: address, TLS, and how long opening it took.

        None without a network, such as with a mock.
        """
        return self._body.source.connection

    @property
    def timings(self) -> Timings:
        """How long the phases of the attempt took: waiting, connecting, sending, downloading.

        The steps of opening a connection are always there. The others need `on_event`, and are None
        without it.

            print(response.timings.wait_s)
        """
        if self._phases is not None:
            return self._phases.timings()
        return timings_of(self._body.source.connection)

    # --- the body ---

    def _kept_body(self) -> bytes | None:
        return self._body.kept

    def _whole_body(self) -> bytes:
        self._body.read_early()
        return self.content

    # --- inside ---

    def _as_text(self) -> AsText:
        return AsText(self.headers.get("content-type"), self._default_encoding)

    def _as_lines(self) -> Transform[bytes, str]:
        return Chain(self._as_text(), LineSplitter(self._body.limits.max_line_bytes))

    def _as_events(
        self, last_event_id: str
    ) -> tuple[Transform[bytes, ServerSentEvent], EventReader]:
        """Return what parses the events. Raises DecodeError unless it's an event stream."""
        if self.content_type != EVENT_STREAM:
            detail = f"the body isn't an event stream: its Content-Type is {self.content_type}"
            raise self._body.own(DecodeError(detail=detail))
        size_max = self._body.limits.max_line_bytes
        reader = EventReader(size_max, last_event_id)
        return Chain(event_lines(size_max), reader), reader

    def _status_error(self, start: bytes = b"") -> HTTPStatusError:
        """Return the error for the status; `start` is the beginning of a body that broke later."""
        problem = self.problem if self._body.kept is not None else None
        if problem is not None:
            excerpt = on_one_line(str(problem), EXCERPT_CHARS_MAX)
        else:
            start = self._body.beginning(EXCERPT_BYTES_MAX) or start
            excerpt = excerpt_of(start, self.headers.get("content-type"), self._default_encoding)
        kind = ClientStatusError if self.is_client_error else ServerStatusError
        return self._body.own(kind(response=self, excerpt=excerpt))
