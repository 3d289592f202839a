"""Parsing of response headers and trailers with h11, if the fast parser doesn't accept them.

h11 checks the syntax of each line. It doesn't see the headers that frame the body, or the control
bytes that RFC 9110 5.5 allows. This module determines the framing of the body (RFC 9112 6.3).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

import h11

from hyperhttp._base._generated.bounds import FRAMED_BYTES_MAX, LINE_EXCERPT_CHARS_MAX
from hyperhttp._base._generated.errors import RemoteProtocolError
from hyperhttp._protocol.events import Broken, Head, Trailers
from hyperhttp._protocol.h1.fast_parser import CHUNKED, UNTIL_CLOSE, ParsedHead

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hyperhttp._base._generated.config import Limits

    Field = tuple[bytes, bytes]

_FOLD: Final = re.compile(rb"\r?\n[ \t]+")
_VERSION: Final = re.compile(rb"HTTP/1\.[2-9](?= )")
_FRAMING: Final = re.compile(rb"(?:content-length|transfer-encoding):", re.IGNORECASE)
# h11 accepts all control bytes in values but NUL, CR, LF and these.
_NOT_FOR_H11: Final = bytes.maketrans(b"\x0b\x0c", b"??")
_FORBIDDEN: Final = re.compile(rb"[\x00\r]")
_CONTROL: Final = re.compile(rb"[\x00-\x08\x0a-\x1f\x7f]")
_DIGITS: Final = re.compile(rb"[0-9]{1,20}")


def read_head(block: bytes, method: str, limits: Limits) -> ParsedHead | Broken:
    """Parse the whole headers of the response to a request with this method.

    The status code is less than 200 if the response is informational.
    """
    line, _, rest = block.partition(b"\n")
    line = _VERSION.sub(b"HTTP/1.1", line.removesuffix(b"\r"))
    try:
        fields = _fields(rest, limits.max_head_fields)
        response, keep_alive = _checked(line, fields)
        length = _body_length(response.status_code, method, fields)
    except h11.RemoteProtocolError as error:
        return broken(_message_of(error), cause=error)
    except _InvalidHeadError as error:
        return broken(str(error))
    head = Head(
        response.status_code,
        response.reason.strip(b" \t").decode("latin-1"),
        "HTTP/1.0" if response.http_version == b"1.0" else "HTTP/1.1",
        b"".join([b"%b: %b\r\n" % field for field in _without_repeated_length(fields)]),
    )
    return ParsedHead(head, len(block), block.count(b"\n"), length, keep_alive)


def read_trailers(block: bytes, limits: Limits) -> Trailers | Broken:
    """Parse the whole trailers of a chunked body, with the empty line at their end."""
    try:
        fields = _fields(block, limits.max_trailer_fields)
        _checked(b"HTTP/1.1 200 OK", fields)
    except h11.RemoteProtocolError as error:
        return broken(_message_of(error), cause=error)
    except _InvalidHeadError as error:
        return broken(str(error))
    return Trailers(fields)


def broken(detail: str, *, cause: BaseException | None = None) -> Broken:
    """Return the event for a response that isn't valid HTTP/1.1."""
    error = RemoteProtocolError(detail=detail)
    error.__cause__ = cause
    return Broken(error)


class _InvalidHeadError(Exception):
    """Headers that h11 would accept or doesn't get to see."""


def _fields(block: bytes, fields_max: int) -> list[Field]:
    """Split header lines; lines that continue the one before are joined to it (RFC 9112 5.2)."""
    if block.startswith((b" ", b"\t")):
        raise _InvalidHeadError("continuation line at start of headers")
    lines = [line.removesuffix(b"\r") for line in _FOLD.sub(b" ", block).split(b"\n")[:-2]]
    if len(lines) > fields_max:
        raise _InvalidHeadError(f"more than {fields_max} fields")
    fields: list[Field] = []
    for line in lines:
        name, colon, value = line.partition(b":")
        if not colon:
            raise _InvalidHeadError("illegal header line")
        if _FORBIDDEN.search(value):
            raise _InvalidHeadError(f"NUL or CR in the field {name.decode('latin-1')!r}")
        fields.append((name, value.strip(b" \t")))
    return fields


def _checked(
    line: bytes, fields: Iterable[Field]
) -> tuple[h11.Response | h11.InformationalResponse, bool]:
    """Return the response that h11 reads, and whether its connection can be kept."""
    lines = [b"%b: %b" % field for field in fields]
    shown = [one.translate(_NOT_FOR_H11) for one in lines if _FRAMING.match(one) is None]
    parser = h11.Connection(h11.CLIENT)
    # The response to HEAD ends with its headers.
    parser.send(h11.Request(method="HEAD", target="/", headers=[("Host", "example.com")]))
    parser.send(h11.EndOfMessage())
    parser.receive_data(b"\r\n".join([line, *shown, b"", b""]))
    response = parser.next_event()
    if not isinstance(response, h11.Response | h11.InformationalResponse):
        raise _InvalidHeadError("no status line")
    if response.http_version not in {b"1.0", b"1.1"}:
        version = response.http_version.decode("ascii")
        raise _InvalidHeadError(f"version HTTP/{version} in an HTTP/1 response")
    if _CONTROL.search(response.reason):
        raise _InvalidHeadError("a control byte in the reason phrase")
    parser.next_event()
    return response, parser.their_state is h11.DONE


# --- the framing of the body (RFC 9112 6.3) ---


def _body_length(status_code: int, method: str, fields: Sequence[Field]) -> int:
    """Return the length of the body, CHUNKED or UNTIL_CLOSE."""
    if method == "HEAD" or status_code < 200 or status_code in {204, 304}:
        return 0
    if method == "CONNECT" and status_code < 300:
        return 0
    lengths = _elements(fields, b"content-length")
    codings = [one.lower() for one in _elements(fields, b"transfer-encoding")]
    if b"" in codings:
        raise _InvalidHeadError("an empty Transfer-Encoding")
    # RFC 9112 7: identity isn't a transfer encoding any more, but servers still send it.
    codings = [coding for coding in codings if coding != b"identity"]
    if codings and lengths:
        # Such a message may be an attempt at response splitting.
        raise _InvalidHeadError("Content-Length and Transfer-Encoding together")
    if codings:
        if codings != [b"chunked"]:
            raise _InvalidHeadError("only Transfer-Encoding: chunked is supported")
        return CHUNKED
    return _announced_length(lengths) if lengths else UNTIL_CLOSE


def _announced_length(lengths: Sequence[bytes]) -> int:
    """Return the value of Content-Length, which may be repeated (RFC 9110 8.6)."""
    if len(set(lengths)) > 1:
        raise _InvalidHeadError("conflicting Content-Length headers")
    if _DIGITS.fullmatch(lengths[0]) is None:
        raise _InvalidHeadError("bad Content-Length")
    length = int(lengths[0])
    if length > FRAMED_BYTES_MAX:
        raise _InvalidHeadError("a Content-Length of 2^63 or more")
    return length


def _elements(fields: Iterable[Field], name: bytes) -> list[bytes]:
    """Return the elements of a list that may be spread over several fields (RFC 9110 5.6.1)."""
    lists = [value.split(b",") for field, value in fields if field.lower() == name]
    return [element.strip(b" \t") for elements in lists for element in elements]


def _without_repeated_length(fields: Sequence[Field]) -> Sequence[Field]:
    """Return the fields with one Content-Length if all that were sent are equal."""
    lengths = _elements(fields, b"content-length")
    if len(lengths) < 2 or len(set(lengths)) > 1:
        return fields
    first = next(at for at, (name, _) in enumerate(fields) if name.lower() == b"content-length")
    others = [(name, value) for name, value in fields if name.lower() != b"content-length"]
    return [*others[:first], (fields[first][0], lengths[0]), *others[first:]]


def _message_of(error: h11.RemoteProtocolError) -> str:
    """Return h11's message without its types, and without header values, which may be secret."""
    what, _, line = str(error).partition(": bytearray(")
    shown = line.removesuffix(")")
    if not shown or what == "illegal header line":
        return what
    return f"{what} {shown[:LINE_EXCERPT_CHARS_MAX]}"
