"""Writes a request as the fields and the body of an HTTP/2 stream.

What may stand in a field was checked when it entered `URL`, `Headers` and `Request`; here it gets
the form of RFC 9113 8.2 and 8.3, and what only HTTP/1.1 has is left out. Knows nothing of
compression, frames and windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.headers import CONNECTION_SPECIFIC
from hyperhttp._base._generated.methods import ANNOUNCING_METHODS
from hyperhttp._protocol.framing import announced_length, inline_data
from hyperhttp._protocol.h2.head import Field

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hyperhttp._message.headers.headers import Headers
    from hyperhttp._message.request.body import RequestBody
    from hyperhttp._message.request.progress import ProgressCallback
    from hyperhttp._message.request.request import Request

_EMPTY_LENGTH: Final[tuple[Field, ...]] = ((b"content-length", b"0"),)
_TRAILERS: Final[Field] = (b"te", b"trailers")
# Framing is up to the frames, and the host to :authority.
_LEFT_OUT: Final = CONNECTION_SPECIFIC | {b"host", b"te"}


@dataclass(slots=True)
class H2Request:
    """A request ready to be put on a stream."""

    method: str
    fields: Sequence[Field]
    """Pseudo-fields first, names in lower case."""
    body: bytes
    """A short body, which leaves with the head; empty when there is none, or `stream`."""
    stream: RequestBody | None
    """What is to be sent after the head."""
    content_length: int | None
    """How long `stream` must be; None: only its end will tell."""
    expects_continue: bool = False
    """Whether `stream` waits for the server's go-ahead (RFC 9110 10.1.1)."""
    on_upload: ProgressCallback | None = None
    """Who is told how much of `stream` has been sent."""


@final
class H2RequestWriter:
    """Writes the requests of one connection.

    It keeps the fields of the client's default headers, which may be credentials, no longer than
    the connection.
    """

    __slots__ = ("_block", "_block_fields")

    def __init__(self) -> None:
        self._block = b""
        self._block_fields: tuple[Field, ...] = ()

    def write(self, request: Request) -> H2Request:
        """Return the request as fields.

        Connection, Keep-Alive, Proxy-Connection, Upgrade, Transfer-Encoding and the headers that
        Connection lists are left out, and so is TE but for `trailers`: they apply to a connection
        of HTTP/1.1 (RFC 9113 8.2.2). `Connection: close` has no effect, because other streams share
        the connection.

        Raises:
            LocalProtocolError: Headers contradict each other or the body.
        """
        parts = request.plain_parts()
        if parts is None:
            return _write_by_headers(request)
        block, extra = parts
        url, method, body, cookie = request.url, request.method, request.body, request.cookie
        fields = (
            *_pseudo_fields(method, url.scheme, url.authority),
            (b":path", url.target.encode("ascii")),
            *self._fields_of(block),
        )
        if extra is not None:
            fields += tuple(_regular_fields(extra))
        if cookie is not None:
            # A value that ends in a space would make the request malformed (RFC 9113 8.2.1).
            fields += ((b"cookie", cookie.strip(" \t").encode("latin-1")),)
        if body is None:
            if method in ANNOUNCING_METHODS:
                fields += _EMPTY_LENGTH
            return H2Request(method, fields, b"", None, None)
        return _with_body(request, fields + _body_fields(body), body, body.length)

    def _fields_of(self, block: bytes) -> tuple[Field, ...]:
        """Return the fields that HTTP/2 sends of a client's block of header lines."""
        if block is not self._block:
            lines = [line.partition(b": ") for line in block.split(b"\r\n") if line]
            fields = _without_connection((name.lower(), value) for name, _, value in lines)
            self._block, self._block_fields = block, tuple(fields)
        return self._block_fields


def _write_by_headers(request: Request) -> H2Request:
    headers, url, method, body = request.headers, request.url, request.method, request.body
    length = announced_length(request)
    fields = (
        *_pseudo_fields(method, url.scheme, headers.get("host") or url.authority),
        (b":path", url.target.encode("ascii")),
        *_regular_fields(headers),
    )
    if body is None:
        return H2Request(method, fields, b"", None, None)
    if headers.get("expect", "").lower() == "100-continue":
        told = request.on_upload
        return H2Request(method, fields, b"", body, length, expects_continue=True, on_upload=told)
    return _with_body(request, fields, body, length)


def _with_body(
    request: Request, fields: Sequence[Field], body: RequestBody, length: int | None
) -> H2Request:
    data = inline_data(request, length)
    if data is not None:
        return H2Request(request.method, fields, data, None, None)
    return H2Request(request.method, fields, b"", body, length, on_upload=request.on_upload)


# The same tuples come back for the same words, and what is the same object is quickly compared.
@lru_cache(maxsize=256)
def _pseudo_fields(method: str, scheme: str, authority: str) -> tuple[Field, ...]:
    return (
        (b":method", method.encode("ascii")),
        (b":scheme", scheme.encode("ascii")),
        (b":authority", authority.encode("latin-1")),
    )


def _regular_fields(headers: Headers) -> Iterable[Field]:
    pairs = headers.multi_items()
    return _without_connection(
        (name.encode("ascii"), value.encode("latin-1")) for name, value in pairs
    )


def _without_connection(fields: Iterable[Field]) -> list[Field]:
    kept: list[Field] = []
    left_out, wants_trailers = _LEFT_OUT, False
    for name, value in fields:
        if name not in _LEFT_OUT:
            kept.append((name, value))
        elif name == b"connection":
            left_out |= set(_members(value))
        elif name == b"te":
            wants_trailers |= b"trailers" in _members(value)
    if left_out is not _LEFT_OUT:
        kept = [field for field in kept if field[0] not in left_out]
    return [*kept, _TRAILERS] if wants_trailers else kept


def _members(value: bytes) -> list[bytes]:
    """The members of a list, without their parameters and in lower case."""
    return [member.partition(b";")[0].strip(b" \t").lower() for member in value.split(b",")]


def _body_fields(body: RequestBody) -> tuple[Field, ...]:
    fields: tuple[Field, ...] = ()
    if body.content_type is not None:
        fields = ((b"content-type", body.content_type.encode("latin-1")),)
    if body.length is not None:
        fields += ((b"content-length", b"%d" % body.length),)
    return fields
