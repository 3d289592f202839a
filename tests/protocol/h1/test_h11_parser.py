"""h11 behind our events, and what is asked beyond it."""

from __future__ import annotations

import h11
import pytest

from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import RemoteProtocolError
from hyperhttp._protocol.events import Broken, Chunk, End, Head, Informational, Trailers
from hyperhttp._protocol.h1.h11_parser import H11Parser, broken


def test_an_ordinary_response_is_head_chunk_and_end() -> None:
    parser = H11Parser("GET", Limits())
    head, chunk, end = parser.receive(b"HTTP/1.1 200 Fine\r\nContent-Length: 2\r\n\r\nhi")
    assert isinstance(head, Head)
    assert (head.reason_phrase, head.values(b"content-length")) == ("Fine", [b"2"])
    assert (chunk, end) == (Chunk(b"hi"), End(reusable=True))


def test_an_interim_response_leaves_the_rest_unused() -> None:
    parser = H11Parser("GET", Limits())
    (event,) = parser.receive(b"HTTP/1.1 103 Hints\r\nLink: a\r\n\r\nHTTP/1.1 200")
    assert isinstance(event, Informational)
    assert parser.unused == b"HTTP/1.1 200"


def test_trailers_come_before_the_end() -> None:
    parser = H11Parser("GET", Limits())
    events = parser.receive(
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nT: v\r\n\r\n"
    )
    assert events[1:] == [Trailers([(b"T", b"v")]), End(reusable=True)]


def test_eof_ends_what_has_no_framing_and_breaks_everything_else() -> None:
    open_ended = H11Parser("GET", Limits())
    open_ended.receive(b"HTTP/1.0 200 OK\r\n\r\nhi")
    assert isinstance(open_ended.receive_eof()[-1], End)
    framed = H11Parser("GET", Limits())
    framed.receive(b"HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nhi")
    assert isinstance(framed.receive_eof()[-1], Broken)
    nothing = H11Parser("GET", Limits())
    assert isinstance(nothing.receive_eof()[-1], Broken)


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", "together"),
        (b"A: \x01\r\n\r\n", "control byte in the field 'A'"),
        (b"A: \x7f\r\n\r\n", "control byte"),
        (b"A: b\r\n" * 300 + b"\r\n", "more than 256 fields"),
        (b"Transfer-Encoding: gzip\r\n\r\n", "chunked"),
    ],
)
def test_what_is_refused_says_why(data: bytes, says: str) -> None:
    events = H11Parser("GET", Limits()).receive(b"HTTP/1.1 200 OK\r\n" + data)
    assert isinstance(events[-1], Broken)
    assert says in str(events[-1].error)


def test_the_cause_is_kept_when_h11_refuses() -> None:
    events = H11Parser("GET", Limits()).receive(b"nonsense\r\n\r\n")
    assert isinstance(events[-1], Broken)
    assert isinstance(events[-1].error, RemoteProtocolError)
    assert isinstance(events[-1].error.__cause__, h11.RemoteProtocolError)
    assert broken("mine").error.__cause__ is None


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"HTP/1.1 2\r\n\r\n", "illegal status line b'HTP/1.1 2'"),
        (b"HTTP/1.1 200 OK\r\nsecret without a colon\r\n\r\n", "illegal header line"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\n", "bad Content-Length"),
        (b"x" * 500 + b"\r\n\r\n", "illegal status line b'" + "x" * 78),
    ],
)
def test_what_is_not_http_is_shown_but_never_what_a_field_says(data: bytes, says: str) -> None:
    [event] = H11Parser("GET", Limits()).receive(data)
    assert isinstance(event, Broken)
    assert str(event.error).endswith(f": {says}")
