"""Requests as a mock handler sees them, the responses that it can return, and their sending.

This module converts the values of handlers, routes, mappings and sequences to responses.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterable, Awaitable, Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, TypeAlias, TypeVar, cast, final, overload
from urllib.parse import parse_qsl

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.checked import checked_overloads
from hyperhttp._base.input_pairs import is_buffer, shown
from hyperhttp._message.content.json_text import (
    DataclassLike,
    JSONInput,
    ModelLike,
    TypedDictLike,
    decode_json,
    encode_json,
)
from hyperhttp._message.content.json_typed import validate_json
from hyperhttp._message.headers.headers import Headers, headers_from_wire, raw_text
from hyperhttp._message.url.url import URL
from hyperhttp.testing._faults import Fault, spoil

if TYPE_CHECKING:
    from typing import Never

    from typing_extensions import TypeForm

    from hyperhttp._base.unset import NoOther
    from hyperhttp._message.headers.headers import HeadersInput
    from hyperhttp._message.headers.response_head import HTTPVersion
    from hyperhttp.testing._conversation import Conversation, Fields

T = TypeVar("T")

# RFC 9110 6.4.1: responses that never have a body.
_BODILESS: Final = frozenset({204, 304})


@final
class MockRequest:
    """A request as a server sees it: whole, with its body.

    def handler(request: hyperhttp.testing.MockRequest) -> int:
        return 201 if request.method == "POST" else 405
    """

    __slots__ = ("content", "headers", "http_version", "method", "path_params", "url")

    def __init__(
        self,
        method: str,
        url: str | URL,
        *,
        headers: HeadersInput | None = None,
        content: bytes = b"",
        http_version: HTTPVersion = "HTTP/1.1",
    ) -> None:
        self.method: Final[str] = method
        self.url: Final[URL] = URL(url)
        self.headers: Final[Headers] = Headers(headers)
        self.content: Final[bytes] = content
        """The body as received; empty if there is none."""
        self.http_version: Final[HTTPVersion] = http_version
        self.path_params: Mapping[str, str] = MappingProxyType({})
        """The decoded values of the parameters in the route's pattern."""

    @property
    def text(self) -> str:
        """The body as UTF-8."""
        return self.content.decode()

    @property
    def form(self) -> tuple[tuple[str, str], ...]:
        """The body as the pairs of a form (`application/x-www-form-urlencoded`), in order."""
        return tuple(parse_qsl(self.content.decode("latin-1"), keep_blank_values=True))

    @overload
    def json(self, model: None = None) -> Any: ...
    @overload
    def json(self, model: type[T]) -> T: ...
    @overload
    def json(self, model: TypeForm[T]) -> T: ...
    def json(self, model: TypeForm[T] | None = None) -> object:
        """Parse the body as JSON, or validate it as `Response.json` does. Raises DecodeError."""
        return decode_json(self.content) if model is None else validate_json(self.content, model)

    def __repr__(self) -> str:
        return f"<MockRequest({self.method!r}, {str(self.url)!r})>"


Chunks: TypeAlias = Iterable[bytes] | AsyncIterable[bytes]


@final
class MockResponse:
    """A response of a mock: a status, headers, and an optional body.

    MockResponse(201, json={"id": 7}, headers={"Location": "/users/7"})
    MockResponse(content=[b"a", b"b"], delay_s=0.5)

    `content` in pieces is sent in pieces, without a Content-Length. An iterator is used up by its
    first request. The response headers are sent after `delay_s` on the clock of the event loop.
    Raises ConfigError for two bodies, and for a status below 200.
    """

    __slots__ = ("content", "delay_s", "headers", "status_code", "trailers")

    @overload
    def __init__(
        self,
        status_code: int | NoOther[Never] = 200,
        *,
        json: JSONInput | NoOther[Never] | None = None,
        headers: HeadersInput | NoOther[Never] | None = None,
        trailers: HeadersInput | NoOther[Never] | None = None,
        delay_s: float | NoOther[Never] = 0.0,
    ) -> None: ...

    @overload
    def __init__(
        self,
        status_code: int | NoOther[Never] = 200,
        *,
        text: str | NoOther[Never] | None,
        html: NoOther[Never] | None = None,
        content: NoOther[Never] | None = None,
        json: NoOther[Never] | None = None,
        headers: HeadersInput | NoOther[Never] | None = None,
        trailers: HeadersInput | NoOther[Never] | None = None,
        delay_s: float | NoOther[Never] = 0.0,
    ) -> None: ...

    @overload
    def __init__(
        self,
        status_code: int | NoOther[Never] = 200,
        *,
        html: str | NoOther[Never] | None,
        content: NoOther[Never] | None = None,
        json: NoOther[Never] | None = None,
        headers: HeadersInput | NoOther[Never] | None = None,
        trailers: HeadersInput | NoOther[Never] | None = None,
        delay_s: float | NoOther[Never] = 0.0,
    ) -> None: ...

    @overload
    def __init__(
        self,
        status_code: int | NoOther[Never] = 200,
        *,
        content: bytes | Chunks | NoOther[Never] | None,
        json: NoOther[Never] | None = None,
        headers: HeadersInput | NoOther[Never] | None = None,
        trailers: HeadersInput | NoOther[Never] | None = None,
        delay_s: float | NoOther[Never] = 0.0,
    ) -> None: ...

    @checked_overloads
    def __init__(
        self,
        status_code: int = 200,
        *,
        json: JSONInput | None = None,
        text: str | None = None,
        html: str | None = None,
        content: bytes | Chunks | None = None,
        headers: HeadersInput | None = None,
        trailers: HeadersInput | None = None,
        delay_s: float = 0.0,
    ) -> None:
        if not 200 <= status_code <= 999:
            raise ConfigError(
                option="status_code", given=repr(status_code), allowed="a status from 200 to 999"
            )
        given = [body for body in (json, text, html, content) if body is not None]
        if len(given) > 1:
            raise ConfigError(
                option="MockResponse",
                given="two bodies",
                allowed="one of json=, text=, html= and content=",
            )
        self.status_code: Final[int] = status_code
        self.headers: Final[Headers] = Headers(headers)
        self.trailers: Final[Headers] = Headers(trailers)
        self.delay_s: Final[float] = delay_s
        kind, body = _encoded(json, text, html, content)
        self.content: Final[bytes | Chunks] = body
        """The body as it is sent."""
        if kind and "content-type" not in self.headers:
            self.headers["Content-Type"] = kind
        framed = "content-length" in self.headers or "transfer-encoding" in self.headers
        if isinstance(body, bytes) and not framed and status_code not in _BODILESS:
            self.headers["Content-Length"] = str(len(body))

    def __repr__(self) -> str:
        return f"<MockResponse [{self.status_code}]>"


def _encoded(
    json: JSONInput, text: str | None, html: str | None, content: bytes | Chunks | None
) -> tuple[str, bytes | Chunks]:
    """Content-Type and body."""
    if json is not None:
        return "application/json", encode_json(json)
    if text is not None:
        return "text/plain; charset=utf-8", text.encode()
    if html is not None:
        return "text/html; charset=utf-8", html.encode()
    if content is None:
        return "", b""
    return "", bytes(content) if is_buffer(content) else content


ResponseInput: TypeAlias = (
    MockResponse
    | Fault
    | BaseException
    | type[BaseException]
    | int
    | str
    | bytes
    | Mapping[str, JSONInput]
    | Sequence[JSONInput]
    | DataclassLike
    | ModelLike
    | TypedDictLike
)
"""A response: a MockResponse, a status code, text, bytes, or a value to send as JSON (a
mapping, a list, a dataclass or a model). It can also be a fault, or an exception that the client's
call raises.
"""
Handler: TypeAlias = Callable[[MockRequest], ResponseInput | Awaitable[ResponseInput]]
"""A sync or async function that returns a response. The client's call raises its exceptions."""


def response_of(given: object) -> MockResponse | Fault:
    """Return the complete response. Raises a given exception, and TypeError for other values."""
    if isinstance(given, MockResponse | Fault):
        return given
    match given:
        case BaseException():
            raise given
        case bool() | float() | None:
            raise TypeError(f"{given!r} isn't a response; pass a status, a body or a MockResponse")
        case int():
            return MockResponse(given)
        case str():
            return MockResponse(text=given)
        case _ if is_buffer(given):
            return MockResponse(content=bytes(given))
        case type():
            raise _exception(given)
        case _:
            return _json_response(given)


def _exception(kind: type[object]) -> BaseException:
    if issubclass(kind, BaseException):
        return kind()
    raise TypeError(f"the type {kind.__name__} isn't a response")


def _json_response(given: object) -> MockResponse:
    try:
        return MockResponse(json=cast("JSONInput", given))
    except ConfigError as error:
        raise TypeError(f"{shown(given)} isn't a response: {error}") from error


async def read_request(conversation: Conversation) -> MockRequest:
    """Return the whole request."""
    line = conversation.line
    pieces: list[bytes] = []
    while piece := await conversation.receive():
        pieces.append(piece)
    headers = headers_from_wire(conversation.fields)
    if "host" not in headers and line.authority:
        headers.add("Host", line.authority)
    return MockRequest(
        line.method,
        f"{line.scheme}://{line.authority}{line.target if line.target != '*' else ''}",
        headers=headers,
        content=b"".join(pieces),
        http_version=line.http_version,
    )


async def give(response: MockResponse | Fault, conversation: Conversation) -> None:
    """Send a response, or the rest of it."""
    if not isinstance(response, MockResponse):
        await spoil(response, conversation, _well)
        return
    if response.delay_s:
        await asyncio.sleep(response.delay_s)
    await conversation.send_head(response.status_code, _wire(response.headers))
    if conversation.line.method != "HEAD" and response.status_code not in _BODILESS:
        await _give_body(response.content, conversation)
    await conversation.end(_wire(response.trailers))


async def _well(conversation: Conversation) -> None:
    """Return the response that a fault breaks if there is no other: a short text."""
    await give(MockResponse(text="spoiled by a fault"), conversation)


async def _give_body(content: bytes | Chunks, conversation: Conversation) -> None:
    match content:
        case bytes():
            if content:
                await conversation.send(content)
        case AsyncIterable():
            async for piece in content:
                await conversation.send(piece)
        case _:
            for piece in content:
                await conversation.send(piece)


def _wire(headers: Headers) -> Fields:
    return [
        (name.encode("latin-1").lower(), value.encode("latin-1"))
        for name, value in raw_text(headers)
    ]
