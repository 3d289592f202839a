"""Writes the head of an HTTP/1.1 request, and decides how its body is framed.

What may stand in a line was checked when it entered `URL`, `Headers` and `Request`; here is checked
what only the whole request shows: Content-Length and Transfer-Encoding against the body.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from hyperhttp._generated.exceptions import LocalProtocolError
from hyperhttp._message.body import BytesBody, RequestBody
from hyperhttp._message.request import BODY_METHODS

if TYPE_CHECKING:
    from hyperhttp._message.request import Request

# Up to this size head and body leave in one write; a longer body is sent block by block.
INLINE_BODY_BYTES: Final = 1 << 16
_DIGITS: Final = re.compile(r"[0-9]{1,18}")


@dataclass(slots=True)
class WireRequest:
    """A request ready to be written."""

    method: str
    head: bytes
    """The head, and the body too when it is short."""
    stream: RequestBody | None
    """What is to be sent after the head."""
    content_length: int | None
    """How long `stream` must be; None: it is sent chunked."""
    keep_alive: bool
    expects_continue: bool = False
    """Whether `stream` waits for the server's go-ahead (RFC 9110 10.1.1)."""


def write_request(request: Request) -> WireRequest:
    """The request as bytes. Raises LocalProtocolError for fields that contradict the body."""
    block = request.plain_block()
    if block is None:
        return _write_by_headers(request)
    url, method, body, cookie = request.url, request.method, request.body, request.cookie
    line = f"{method} {url.target} HTTP/1.1\r\nHost: {url.authority}\r\n"
    if cookie is not None:
        block += b"Cookie: %s\r\n" % cookie.encode("latin-1")
    if body is None:
        framing = b"Content-Length: 0\r\n\r\n" if method in BODY_METHODS else b"\r\n"
        return WireRequest(method, line.encode("ascii") + block + framing, None, None, True)
    kind = f"Content-Type: {body.content_type}\r\n" if body.content_type is not None else ""
    length = body.length
    framing_line = "Transfer-Encoding: chunked" if length is None else f"Content-Length: {length}"
    head = b"%s%s%s%s\r\n\r\n" % (
        line.encode("ascii"),
        block,
        kind.encode("latin-1"),
        framing_line.encode("ascii"),
    )
    return _with_body(method, head, body, length, keep_alive=True)


def _write_by_headers(request: Request) -> WireRequest:
    headers, url, method, body = request.headers, request.url, request.method, request.body
    length = _announced_length(request)
    line = f"{method} {url.target} HTTP/1.1\r\n".encode("ascii")
    head = line + headers.encode() + b"\r\n"
    connection = headers.get("connection", "").lower()
    keep_alive = "close" not in {option.strip() for option in connection.split(",")}
    if body is None:
        return WireRequest(method, head, None, None, keep_alive)
    if headers.get("expect", "").lower() == "100-continue":
        return WireRequest(method, head, body, length, keep_alive, expects_continue=True)
    return _with_body(method, head, body, length, keep_alive=keep_alive)


def _with_body(
    method: str, head: bytes, body: RequestBody, length: int | None, *, keep_alive: bool
) -> WireRequest:
    if isinstance(body, BytesBody) and length is not None and length <= INLINE_BODY_BYTES:
        return WireRequest(method, head + body.data, None, None, keep_alive)
    return WireRequest(method, head, body, length, keep_alive)


def _announced_length(request: Request) -> int | None:
    """What Content-Length says, None for chunked, after RFC 9112 6: one of them, and the truth."""
    headers, body = request.headers, request.body
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
