"""h11 behind our own reading of the body's framing, and what is asked beyond it."""

from __future__ import annotations

import h11
import pytest

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import RemoteProtocolError
from hyperhttp._protocol.events import Broken, Trailers
from hyperhttp._protocol.h1.fast_parser import CHUNKED, UNTIL_CLOSE, ParsedHead
from hyperhttp._protocol.h1.h11_parser import broken, read_head, read_trailers

OK = b"HTTP/1.1 200 OK\r\n"


def head_of(block: bytes, method: str = "GET") -> ParsedHead:
    parsed = read_head(block, method, Limits())
    assert isinstance(parsed, ParsedHead), parsed
    return parsed


def fault_of(block: bytes, method: str = "GET") -> str:
    refused = read_head(block, method, Limits())
    assert isinstance(refused, Broken)
    assert isinstance(refused.error, RemoteProtocolError)
    return refused.error.detail


def test_a_head_is_read_with_its_framing() -> None:
    block = b"HTTP/1.0 200 Fine\r\nA: b \r\n\tc\r\ncontent-length:\t2\r\n\r\n"
    parsed = head_of(block)
    head = parsed.head
    assert (head.status_code, head.reason_phrase, head.http_version) == (200, "Fine", "HTTP/1.0")
    assert head.fields == [(b"A", b"b  c"), (b"content-length", b"2")]
    assert (parsed.end, parsed.lines, parsed.length) == (len(block), 5, 2)
    assert not parsed.keep_alive


@pytest.mark.parametrize(
    ("fields", "length"),
    [
        (b"", UNTIL_CLOSE),
        (b"Content-Length: 5, 5\r\nContent-Length: 5\r\n", 5),
        (b"Content-Length: 9223372036854775807\r\n", (1 << 63) - 1),
        (b"Content-Length: 00000000000000000007\r\n", 7),
        (b"Transfer-Encoding: Chunked\r\n", CHUNKED),
        (b"Transfer-Encoding: identity\r\n", UNTIL_CLOSE),
        (b"Transfer-Encoding: Identity\r\nContent-Length: 3\r\n", 3),
        (b"Transfer-Encoding: identity, chunked\r\n", CHUNKED),
        (b"Transfer-Encoding: chunked, identity\r\n", CHUNKED),
        (b"Transfer-Encoding: identity\r\nA: b\r\nTransfer-Encoding: chunked\r\n", CHUNKED),
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST", "CONNECT"])
def test_how_a_body_is_framed(fields: bytes, length: int, method: str) -> None:
    status = b"HTTP/1.1 404 No\r\n" if method == "CONNECT" else OK
    assert head_of(status + fields + b"\r\n", method).length == length


@pytest.mark.parametrize(
    ("fields", "says"),
    [
        (b"Content-Length: 9223372036854775808\r\n", "2^63"),
        (b"Content-Length: 9999999999999999999\r\n", "2^63"),
        (b"Content-Length: 99999999999999999999\r\n", "2^63"),
        (b"Content-Length: 999999999999999999999\r\n", "bad Content-Length"),
        (b"Content-Length:\r\n", "bad Content-Length"),
        (b"Content-Length: 5,\r\n", "conflicting"),
        (b"Content-Length: 5\r\nContent-Length: 05\r\n", "conflicting"),
        (b"Transfer-Encoding:\r\n", "empty"),
        (b"Transfer-Encoding: identity,\r\n", "empty"),
        (b"Transfer-Encoding: identity, gzip\r\n", "chunked is supported"),
        (b"Transfer-Encoding: xidentity\r\n", "chunked is supported"),
        (b"Transfer-Encoding: identity;q=1\r\n", "chunked is supported"),
        (b"Transfer-Encoding: chunked, identity, chunked\r\n", "chunked is supported"),
        (b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n", "together"),
        (b"Content-Length: 1\r\nTransfer-Encoding: identity, chunked\r\n", "together"),
        (b"Content-Length: \x0b1\r\n", "bad Content-Length"),
        (b"Transfer-Encoding: \x0bchunked\r\n", "chunked is supported"),
        (b"Transfer-Encoding: chunked\x0c\r\n", "chunked is supported"),
        (b"A: \x00\r\n", "NUL or CR in the field 'A'"),
        (b"A: b\rc\r\n", "NUL or CR"),
        (b"A: b\r\r\n", "NUL or CR"),
        (b"A\x0b: b\r\n", "illegal header line"),
        (b"Content-Length\x0b: 1\r\n", "illegal header line"),
        (b"Content-Length : 1\r\n", "illegal header line"),
        (b" A: b\r\n", "continuation"),
        (b"A: b\r\n" * 300, "more than 256 fields"),
    ],
)
def test_what_is_refused_says_why(fields: bytes, says: str) -> None:
    assert says in fault_of(OK + fields + b"\r\n")


CONTROLS = [*range(0x01, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]


@pytest.mark.parametrize("control", CONTROLS)
@pytest.mark.parametrize("value", [b"a%bb", b"%b", b"%bb", b"a%b", b"a %b b"])
def test_control_bytes_in_values_are_kept(control: int, value: bytes) -> None:
    kept = value % bytes([control])
    parsed = head_of(OK + b"Set-Cookie: k=v\r\nA: " + kept + b"\r\nContent-Length: 2\r\n\r\n")
    assert parsed.head.values(b"a") == [kept]
    assert parsed.head.values(b"set-cookie") == [b"k=v"]
    assert parsed.length == 2
    trailers = read_trailers(b"A: " + kept + b"\r\nB: c\r\n\r\n", Limits())
    assert trailers == Trailers([(b"A", kept), (b"B", b"c")])


@pytest.mark.parametrize("control", CONTROLS)
def test_control_bytes_elsewhere_are_not(control: int) -> None:
    byte = bytes([control])
    for block in (OK + b"A%b: b\r\n\r\n", b"HTTP/1.1 200 O%bK\r\n\r\n", b"%bHTTP/1.1 200\r\n\r\n"):
        assert fault_of(block.replace(b"%b", byte))


@pytest.mark.parametrize("minor", b"23456789")
def test_later_minor_versions_are_read_as_1_1(minor: int) -> None:
    parsed = head_of(b"HTTP/1.%c 200 OK\r\nContent-Length: 2\r\n\r\n" % minor)
    assert (parsed.head.http_version, parsed.keep_alive) == ("HTTP/1.1", True)


@pytest.mark.parametrize("line", [b"HTTP/1.10 200 OK", b"HTTP/1. 200 OK", b"HTTP/1.x 200 OK"])
def test_other_versions_are_refused(line: bytes) -> None:
    assert "illegal status line" in fault_of(line + b"\r\n\r\n")
    assert "version HTTP/2.0" in fault_of(b"HTTP/2.0 200 OK\r\n\r\n")


def test_trailers_are_read_as_headers_are() -> None:
    block = b"T: v\nU:\tx\r\n y\r\nContent-Length: x\r\n\r\n"
    trailers = read_trailers(block, Limits())
    assert trailers == Trailers([(b"T", b"v"), (b"U", b"x y"), (b"Content-Length", b"x")])


@pytest.mark.parametrize("line", [b"T v", b" T: v", b"T : v", b"T: \x00", b"T: a\rb", b": v"])
def test_bad_trailers_are_refused(line: bytes) -> None:
    assert isinstance(read_trailers(line + b"\r\nA: b\r\n\r\n", Limits()), Broken)


def test_the_cause_is_kept_when_h11_refuses() -> None:
    refused = read_head(b"nonsense\r\n\r\n", "GET", Limits())
    assert isinstance(refused, Broken)
    assert isinstance(refused.error.__cause__, h11.RemoteProtocolError)
    assert broken("mine").error.__cause__ is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"HTP/1.1 2\r\n\r\n", "illegal status line b'HTP/1.1 2'"),
        (b"HTTP/1.1 200 OK\r\nsecret without a colon\r\n\r\n", "illegal header line"),
        (b"HTTP/1.1 200 OK\r\nnot a name: secret\r\n\r\n", "illegal header line"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "bad Content-Length"),
        (b"x" * 500 + b"\r\n\r\n", "illegal status line b'" + "x" * 78),
    ],
)
def test_what_is_not_http_is_shown_but_never_what_a_field_says(data: bytes, says: str) -> None:
    assert fault_of(data) == says
