"""Writes the head of an HTTP/1.1 request, and decides how its body is framed.

What may stand in a line was checked when it entered `URL`, `Headers` and `Request`; here is checked
what only the whole request shows, by `framing`: Content-Length and Transfer-Encoding against the
body.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hyperhttp._base._generated.methods import ANNOUNCING_METHODS
from hyperhttp._protocol.framing import announced_length, inline_data

if TYPE_CHECKING:
    from hyperhttp._message.request.body import RequestBody
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.request import Request


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
    on_upload: ProgressCallback | None = None
    """Who is told how much of `stream` has been sent."""


def write_request(request: Request, for_proxy: bytes | None = None) -> WireRequest:
    """The request as bytes. Raises LocalProtocolError for fields that contradict the body.

    `for_proxy`: it goes to a proxy that reads it, with these header lines beside its own.
    """
    parts = request.plain_parts()
    if parts is None:
        return _write_by_headers(request, for_proxy)
    block, extra = parts
    if extra is not None:
        block += extra.encode()
    url, method, body, cookie = request.url, request.method, request.body, request.cookie
    target = url.target
    if for_proxy is not None:
        target, block = url.origin + target, block + for_proxy  # RFC 9112 3.2.2: absolute-form
    line = f"{method} {target} HTTP/1.1\r\nHost: {url.authority}\r\n"
    if cookie is not None:
        block += b"Cookie: %s\r\n" % cookie.encode("latin-1")
    if body is None:
        framing = b"Content-Length: 0\r\n\r\n" if method in ANNOUNCING_METHODS else b"\r\n"
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
    return _with_body(request, head, body, length, keep_alive=True)


def _write_by_headers(request: Request, for_proxy: bytes | None) -> WireRequest:
    headers, url, method, body = request.headers, request.url, request.method, request.body
    length = announced_length(request)
    target, lines = url.target, headers.encode()
    if for_proxy is not None:
        target, lines = url.origin + target, lines + for_proxy
    head = f"{method} {target} HTTP/1.1\r\n".encode("ascii") + lines + b"\r\n"
    connection = headers.get("connection", "").lower()
    keep_alive = "close" not in {option.strip() for option in connection.split(",")}
    if body is None:
        return WireRequest(method, head, None, None, keep_alive)
    if headers.get("expect", "").lower() == "100-continue":
        told = request.on_upload
        return WireRequest(
            method, head, body, length, keep_alive, expects_continue=True, on_upload=told
        )
    return _with_body(request, head, body, length, keep_alive=keep_alive)


def _with_body(
    request: Request, head: bytes, body: RequestBody, length: int | None, *, keep_alive: bool
) -> WireRequest:
    data = inline_data(request, length)
    if data is not None:
        return WireRequest(request.method, head + data, None, None, keep_alive)
    return WireRequest(request.method, head, body, length, keep_alive, on_upload=request.on_upload)
