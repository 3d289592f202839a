"""The header lines and the body framing of a request, the same for every version of HTTP.

The same requests are refused over HTTP/1.1 and HTTP/2, because the version isn't known before the
connection is open. The encoders in `h1` and `h2` write the rest.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final, TypeVar

from hyperhttp._base._generated.errors import LocalProtocolError
from hyperhttp._base._generated.methods import ANNOUNCING_METHODS
from hyperhttp._message.headers.headers import encoded_headers
from hyperhttp._message.request.body import BytesBody
from hyperhttp._message.request.request import jar_cookie, plain_parts

if TYPE_CHECKING:
    from hyperhttp._message.request.body import RequestBody
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.request import Request
    from hyperhttp._message.url.url import URL

INLINE_BODY_BYTES: Final = 1 << 16
"""A body up to this size is sent with the headers; a longer one is sent block by block."""

_DIGITS: Final = re.compile(r"[0-9]{1,18}")


@dataclass(slots=True)
class RequestParts:
    """A request but for the encoding of its headers; header lines end with CRLF.

    Two are equal if the same is sent, however the lines are divided.
    """

    method: str
    url: URL
    has_host: bool = field(compare=False)
    """True if the lines contain a Host header."""
    constant_lines: bytes = field(compare=False)
    """The client's headers: the same object for all its requests until they change."""
    lines: bytes = field(compare=False)
    """The headers of this request."""
    body: bytes = b""
    """A short body, to be sent with the headers."""
    stream: RequestBody | None = None
    """A body to be sent after the headers."""
    content_length: int | None = None
    """The length of `stream`; None if it isn't known."""
    keep_alive: bool = True
    expects_continue: bool = False
    """True if `stream` waits for 100 Continue (RFC 9110 10.1.1)."""
    on_upload: ProgressCallback | None = None
    """Called with the progress of `stream`."""


T = TypeVar("T", bound=RequestParts)


def request_parts(request: Request, kind: type[T]) -> T:
    """Return the header lines and the body of a request.

    Raises:
        LocalProtocolError: Headers contradict each other or the body.
    """
    plain = plain_parts(request)
    if plain is None:
        return _parts_by_headers(request, kind)
    constant_lines, extra = plain
    method, body, cookie = request.method, request.body, jar_cookie(request)
    lines = b"" if extra is None else encoded_headers(extra)
    if cookie is not None:
        lines += b"Cookie: %b\r\n" % cookie.encode("latin-1")
    if body is None:
        if method in ANNOUNCING_METHODS:
            lines += b"Content-Length: 0\r\n"
        return kind(method, request.url, False, constant_lines, lines)
    if body.content_type is not None:
        lines += b"Content-Type: %b\r\n" % body.content_type.encode("latin-1")
    length = body.length
    if length is None:
        lines += b"Transfer-Encoding: chunked\r\n"
    else:
        lines += b"Content-Length: %d\r\n" % length
    parts = kind(method, request.url, False, constant_lines, lines)
    return _with_body(parts, request, body, length)


def _parts_by_headers(request: Request, kind: type[T]) -> T:
    headers, body = request.headers, request.body
    length = announced_length(request)
    parts = kind(request.method, request.url, True, b"", encoded_headers(headers))
    connection = headers.get("connection", "").lower()
    parts.keep_alive = "close" not in {option.strip() for option in connection.split(",")}
    if body is None:
        return parts
    parts.expects_continue = headers.get("expect", "").lower() == "100-continue"
    return _with_body(parts, request, body, length)


def _with_body(parts: T, request: Request, body: RequestBody, length: int | None) -> T:
    data = None if parts.expects_continue else inline_data(request, length)
    if data is None:
        parts.stream, parts.content_length = body, length
        parts.on_upload = request.on_upload
    else:
        parts.body = data
    return parts


def inline_data(request: Request, length: int | None) -> bytes | None:
    """Return a body that is short and in memory, unless its progress has to be reported."""
    body = request.body
    if not isinstance(body, BytesBody) or length is None or request.on_upload is not None:
        return None
    return body.data if length <= INLINE_BODY_BYTES else None


def announced_length(request: Request) -> int | None:
    """Return the value of Content-Length, or None for a chunked body (RFC 9112 6).

    Raises:
        LocalProtocolError: Headers contradict each other or the body, or contain credentials for
            a proxy.
    """
    headers, body = request.headers, request.body
    if "proxy-authorization" in headers:
        # RFC 9110 11.7.2: only for the next proxy, and a request doesn't know whether there is one.
        raise LocalProtocolError(
            detail="pass the headers of a proxy in the option proxy, or servers would receive them",
            field="Proxy-Authorization",
        )
    if len(headers.get_list("host")) > 1:  # RFC 9112 3.2, RFC 9113 8.3.1
        raise LocalProtocolError(detail="a request with more than one Host", field="Host")
    lengths, codings = headers.get_list("content-length"), headers.get_list("transfer-encoding")
    if codings:
        if lengths or body is None or [coding.lower() for coding in codings] != ["chunked"]:
            raise LocalProtocolError(
                detail="Transfer-Encoding may only be chunked, with a body, without Content-Length",
                field="Transfer-Encoding",
            )
        return None
    if not lengths:
        if body is not None:
            raise LocalProtocolError(
                detail="a request with a body needs Content-Length or Transfer-Encoding",
                field="Content-Length",
            )
        return 0
    if len(lengths) > 1 or _DIGITS.fullmatch(lengths[0]) is None:
        raise LocalProtocolError(
            detail=f"Content-Length {', '.join(lengths)!r} is not one number of bytes",
            field="Content-Length",
        )
    announced = int(lengths[0])
    actual = 0 if body is None else body.length
    if actual is not None and announced != actual:
        raise LocalProtocolError(
            detail=f"Content-Length {announced} with a body of {actual} bytes",
            field="Content-Length",
        )
    return announced
