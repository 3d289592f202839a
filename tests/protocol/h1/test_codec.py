"""The HTTP/1.1 codec: bytes in, events out, the same events however the bytes are cut."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hyperhttp._base._generated.bounds import CHUNK_LINE_BYTES_MAX
from hyperhttp._base._generated.config import Limits
from hyperhttp._base._generated.errors import RemoteProtocolError
from hyperhttp._protocol.events import Broken, Chunk, End, Head, Informational
from hyperhttp._protocol.h1.codec import H1Codec
from tests.protocol.responses import Outcome, cuts, feed, h11_outcome, outcome

OK = b"HTTP/1.1 200 OK\r\n"

GOOD: dict[str, tuple[bytes, Outcome]] = {
    "length": (
        OK + b"Content-Length: 5\r\n\r\nhello",
        Outcome(200, "OK", [(b"Content-Length", b"5")], body=b"hello", end="reusable"),
    ),
    "no body": (
        b"HTTP/1.1 204 No Content\r\nX: y\r\n\r\n",
        Outcome(204, "No Content", [(b"X", b"y")], end="reusable"),
    ),
    "not modified keeps its length to itself": (
        b"HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n",
        Outcome(304, "Not Modified", [(b"Content-Length", b"5")], end="reusable"),
    ),
    "close": (
        OK + b"Connection: Close\r\nContent-Length: 0\r\n\r\n",
        Outcome(200, "OK", [(b"Connection", b"Close"), (b"Content-Length", b"0")], end="close"),
    ),
    "close in a list": (
        OK + b"Connection: foo, close\r\nContent-Length: 1\r\n\r\nx",
        Outcome(
            200,
            "OK",
            [(b"Connection", b"foo, close"), (b"Content-Length", b"1")],
            body=b"x",
            end="close",
        ),
    ),
    "chunks": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\nA\r\n0123456789\r\n0\r\n\r\n",
        Outcome(
            200, "OK", [(b"Transfer-Encoding", b"chunked")], body=b"abc0123456789", end="reusable"
        ),
    ),
    "chunk extensions and trailers": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\n2;x=y\r\nbc\r\n0\r\nT: v\r\n\r\n",
        Outcome(
            200,
            "OK",
            [(b"Transfer-Encoding", b"chunked")],
            body=b"abc",
            trailers=((b"T", b"v"),),
            end="reusable",
        ),
    ),
    "interim responses": (
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n"
        + OK
        + b"Content-Length: 2\r\n\r\nhi",
        Outcome(
            200,
            "OK",
            [(b"Content-Length", b"2")],
            informational=(100, 103),
            body=b"hi",
            end="reusable",
        ),
    ),
    "equal lengths are one": (
        OK + b"Content-Length: 2\r\nContent-Length: 2\r\n\r\nhi",
        Outcome(200, "OK", [(b"Content-Length", b"2")], body=b"hi", end="reusable"),
    ),
    "HTTP/1.0 is not kept": (
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        Outcome(200, "OK", [(b"Content-Length", b"2")], body=b"hi", end="close"),
    ),
    "obs-fold becomes a space": (
        OK + b"A: b\r\n  c\r\nContent-Length: 0\r\n\r\n",
        Outcome(200, "OK", [(b"A", b"b c"), (b"Content-Length", b"0")], end="reusable"),
    ),
    "obs-text is kept byte for byte": (
        OK + b"A: \xe9\xff\r\nContent-Length: 0\r\n\r\n",
        Outcome(200, "OK", [(b"A", b"\xe9\xff"), (b"Content-Length", b"0")], end="reusable"),
    ),
    "no reason": (
        b"HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n",
        Outcome(200, "", [(b"Content-Length", b"0")], end="reusable"),
    ),
    "status 999": (
        b"HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
        Outcome(999, "Odd", [(b"Content-Length", b"0")], end="reusable"),
    ),
    "bare line feeds": (
        b"HTTP/1.1 200 OK\nContent-Length: 2\n\nhi",
        Outcome(200, "OK", [(b"Content-Length", b"2")], body=b"hi", end="reusable"),
    ),
    "a blank line first": (
        b"\r\n" + OK + b"Content-Length: 2\r\n\r\nhi",
        Outcome(200, "OK", [(b"Content-Length", b"2")], body=b"hi", end="reusable"),
    ),
    "a blank line before each head": (
        b"\r\nHTTP/1.1 103 Early Hints\r\n\r\n\r\n" + OK + b"Content-Length: 2\r\n\r\nhi",
        Outcome(
            200,
            "OK",
            [(b"Content-Length", b"2")],
            informational=(103,),
            body=b"hi",
            end="reusable",
        ),
    ),
    "HTTP/1.2 is read as 1.1": (
        b"HTTP/1.2 200 OK\r\nContent-Length: 2\r\n\r\nhi",
        Outcome(200, "OK", [(b"Content-Length", b"2")], body=b"hi", end="reusable"),
    ),
    "identity is no coding": (
        OK + b"Transfer-Encoding: identity\r\nContent-Length: 2\r\n\r\nhi",
        Outcome(
            200,
            "OK",
            [(b"Transfer-Encoding", b"identity"), (b"Content-Length", b"2")],
            body=b"hi",
            end="reusable",
        ),
    ),
    "identity and chunked": (
        OK + b"Transfer-Encoding: identity, chunked\r\n\r\n2 \r\nhi\r\n0\r\n\r\n",
        Outcome(
            200,
            "OK",
            [(b"Transfer-Encoding", b"identity, chunked")],
            body=b"hi",
            end="reusable",
        ),
    ),
    "control bytes in a value": (
        OK + b"A: b\x01c\x0b\x7f\r\nContent-Length: 2\r\n\r\nhi",
        Outcome(
            200,
            "OK",
            [(b"A", b"b\x01c\x0b\x7f"), (b"Content-Length", b"2")],
            body=b"hi",
            end="reusable",
        ),
    ),
    "control bytes in a trailer": (
        OK + b"Transfer-Encoding: chunked\r\n\r\n0\r\nT: \x01\x0c\r\n\r\n",
        Outcome(
            200,
            "OK",
            [(b"Transfer-Encoding", b"chunked")],
            trailers=((b"T", b"\x01\x0c"),),
            end="reusable",
        ),
    ),
    "white space around values": (
        OK + b"A:\t b \t\r\nContent-Length:0\r\n\r\n",
        Outcome(200, "OK", [(b"A", b"b"), (b"Content-Length", b"0")], end="reusable"),
    ),
}

UNTIL_EOF = {
    "HTTP/1.1": OK + b"X: y\r\n\r\nall of this",
    "HTTP/1.0": b"HTTP/1.0 200 OK\r\n\r\nall of this",
    "connection close": OK + b"Connection: close\r\n\r\nall of this",
}

BAD = {
    "length and chunked": b"Content-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
    "chunked and length": b"Transfer-Encoding: chunked\r\nContent-Length: 3\r\n\r\n0\r\n\r\n",
    "differing lengths": b"Content-Length: 3\r\nContent-Length: 4\r\n\r\nabcd",
    "list of unequal lengths": b"Content-Length: 3, 4\r\n\r\nabcd",
    "signed length": b"Content-Length: +3\r\n\r\nabc",
    "negative length": b"Content-Length: -3\r\n\r\nabc",
    "underscore in length": b"Content-Length: 1_0\r\n\r\n0123456789",
    "hexadecimal length": b"Content-Length: 0x3\r\n\r\nabc",
    "empty length": b"Content-Length:\r\n\r\n",
    "length of 30 digits": b"Content-Length: 000000000000000000000000000003\r\n\r\nabc",
    "gzip coding": b"Transfer-Encoding: gzip\r\n\r\n",
    "gzip before chunked": b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
    "chunked twice": b"Transfer-Encoding: chunked, chunked\r\n\r\n0\r\n\r\n",
    "chunked in two fields": b"Transfer-Encoding: chunked\r\n" * 2 + b"\r\n0\r\n\r\n",
    "xchunked": b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n",
    "space before the colon": b"A : b\r\nContent-Length: 0\r\n\r\n",
    "no colon": b"AAAA\r\nContent-Length: 0\r\n\r\n",
    "empty name": b": b\r\nContent-Length: 0\r\n\r\n",
    "NUL in a value": b"A: b\x00c\r\nContent-Length: 0\r\n\r\n",
    "bare CR in a value": b"A: b\rc\r\nContent-Length: 0\r\n\r\n",
    "control in a name": b"A\x01: b\r\nContent-Length: 0\r\n\r\n",
    "folded first line": b" A: b\r\nContent-Length: 0\r\n\r\n",
    "chunk size not hexadecimal": b"Transfer-Encoding: chunked\r\n\r\ng\r\nabc\r\n0\r\n\r\n",
    "chunk size signed": b"Transfer-Encoding: chunked\r\n\r\n+3\r\nabc\r\n0\r\n\r\n",
    "chunk size with underscore": b"Transfer-Encoding: chunked\r\n\r\n1_0\r\nabc\r\n0\r\n\r\n",
    "chunk size with 0x": b"Transfer-Encoding: chunked\r\n\r\n0x3\r\nabc\r\n0\r\n\r\n",
    "chunk size empty": b"Transfer-Encoding: chunked\r\n\r\n\r\nabc\r\n0\r\n\r\n",
    "chunk size of 30 digits": b"Transfer-Encoding: chunked\r\n\r\n"
    + b"0" * 29
    + b"3\r\nabc\r\n0\r\n\r\n",
    "chunk without CRLF": b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcX0\r\n\r\n",
    "chunk longer than its size": b"Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
    "NUL in a trailer": b"Transfer-Encoding: chunked\r\n\r\n0\r\nA: \x00\r\n\r\n",
    "length of 2^63": b"Content-Length: 9223372036854775808\r\n\r\n",
    "length of 19 nines": b"Content-Length: 9999999999999999999\r\n\r\n",
    "chunk size of 2^63": b"Transfer-Encoding: chunked\r\n\r\n8000000000000000\r\n",
    "chunk size of 17 digits": b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\n",
    "bare CR in an extension": b"Transfer-Encoding: chunked\r\n\r\n2;a\rb\r\nhi\r\n0\r\n\r\n",
    "NUL in an extension": b"Transfer-Encoding: chunked\r\n\r\n2;\0\r\nhi\r\n0\r\n\r\n",
    "extension without a name": b"Transfer-Encoding: chunked\r\n\r\n5;\r\nhello\r\n0\r\n\r\n",
    "last chunk with a bad extension": b"Transfer-Encoding: chunked\r\n\r\n0;\r\n\r\n",
    "trailer without colon": b"Transfer-Encoding: chunked\r\n\r\n0\r\nAAA\r\n\r\n",
}

BAD_FIRST_LINES = {
    "garbage": b"garbage\r\n\r\n",
    "another protocol": b"SSH-2.0-OpenSSH_9\r\n",
    "TLS alert": b"\x15\x03\x01\x00\x02\x02\x46",
    "version 2": b"HTTP/2.0 200 OK\r\nContent-Length: 0\r\n\r\n",
    "version 1.10": b"HTTP/1.10 200 OK\r\nContent-Length: 0\r\n\r\n",
    "two digits": b"HTTP/1.1 20 OK\r\nContent-Length: 0\r\n\r\n",
    "four digits": b"HTTP/1.1 2000 OK\r\nContent-Length: 0\r\n\r\n",
    "letters": b"HTTP/1.1 abc OK\r\nContent-Length: 0\r\n\r\n",
    "status 099": b"HTTP/1.1 099 OK\r\nContent-Length: 0\r\n\r\n",
    "switch that nobody asked for": b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n",
    "two leading blank lines": b"\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "leading line feed": b"\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "leading carriage return": b"\rHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "carriage return and another byte": b"\rxHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "leading space": b" \r\nHTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
    "blank line before garbage": b"\r\ngarbage\r\n\r\n",
    "control in the reason": b"HTTP/1.1 200 O\x01K\r\nContent-Length: 0\r\n\r\n",
    "NUL in the reason": b"HTTP/1.1 200 O\x00K\r\nContent-Length: 0\r\n\r\n",
    "lower case": b"http/1.1 200 OK\r\nContent-Length: 0\r\n\r\n",
}


@pytest.mark.parametrize("name", GOOD)
def test_good_responses_give_the_same_outcome_however_they_are_cut(name: str) -> None:
    data, expected = GOOD[name]
    for pieces in cuts(data):
        assert outcome(feed(pieces)) == expected


@pytest.mark.parametrize("name", UNTIL_EOF)
def test_a_body_without_framing_ends_at_eof(name: str) -> None:
    for pieces in cuts(UNTIL_EOF[name]):
        result = outcome(feed(pieces, eof=True))
        assert (result.body, result.end) == (b"all of this", "close")


@pytest.mark.parametrize("name", BAD)
def test_bad_fields_and_chunks_are_refused_however_they_are_cut(name: str) -> None:
    for pieces in cuts(OK + BAD[name]):
        events = feed(pieces)
        assert outcome(events).end == "broken"
        assert isinstance(events[-1], Broken)
        assert isinstance(events[-1].error, RemoteProtocolError)
        assert events[-1].error.detail


@pytest.mark.parametrize("size", [7, 50_000, 100_000])
@pytest.mark.parametrize("end", [b"", b"\r\nhi\r\n0\r\n\r\n"], ids=["without an end", "whole"])
def test_a_chunk_line_has_a_length_limit(end: bytes, size: int) -> None:
    head = OK + b"Transfer-Encoding: chunked\r\n\r\n"
    longest = b"2;a=" + b"x" * (CHUNK_LINE_BYTES_MAX - 6)
    for line, refused in ((longest, False), (longest + b"xxx", True)):
        data = head + line + end
        events = feed([data[at : at + size] for at in range(0, len(data), size)])
        assert (outcome(events).end == "broken") is refused


@pytest.mark.parametrize("name", BAD_FIRST_LINES)
def test_bad_first_lines_are_refused_however_they_are_cut(name: str) -> None:
    for pieces in cuts(BAD_FIRST_LINES[name]):
        result = outcome(feed(pieces))
        assert result.end == "broken"
        assert result.status_code is None


@pytest.mark.parametrize(
    ("data", "needed"),
    [
        (OK + b"Content-Length: 5\r\n\r\nhello", None),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", None),
        (OK + b"Transfer-Encoding: chunked\r\n\r\n3;x\r\nabc\r\n0\r\nT: v\r\n\r\n", None),
    ],
)
def test_truncation_at_every_offset_is_broken_never_an_end(data: bytes, needed: None) -> None:
    for at in range(len(data)):
        events = feed([data[:at]] if at else [], eof=True)
        assert outcome(events).end == "broken", data[:at]
        assert isinstance(events[-1], Broken)
        assert isinstance(events[-1].error, RemoteProtocolError)
        assert "closed" in str(events[-1].error)


@pytest.mark.parametrize(
    ("method", "status"),
    [("HEAD", 200), ("HEAD", 404), ("GET", 204), ("POST", 204), ("GET", 304), ("CONNECT", 200)],
)
@pytest.mark.parametrize("other", [b"", b"X: \x01\r\n"], ids=["fast parser", "h11"])
@pytest.mark.parametrize(
    "framing",
    [
        b"X: y",
        b"Content-Length: 9",
        b"Content-Length: 9\r\nContent-Length: 10",
        b"Content-Length: 99999999999999999999999",
        b"Transfer-Encoding: chunked",
        b"Transfer-Encoding: gzip, chunked",
        b"Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked",
        b"Transfer-Encoding: chunked\r\nContent-Length: 5",
        b"Content-Length: x\r\nTransfer-Encoding: y",
    ],
)
def test_a_response_that_has_no_body_is_not_framed(
    method: str, status: int, other: bytes, framing: bytes
) -> None:
    data = b"HTTP/1.1 %d Whatever\r\n%s%s\r\n\r\n" % (status, other, framing)
    # The bytes after a successful CONNECT belong to the tunnel.
    end = "close" if method == "CONNECT" else "reusable"
    for pieces in cuts(data):
        result = outcome(feed(pieces, method=method))
        assert (result.status_code, result.body, result.end) == (status, b"", end)
    cut = outcome(feed([data.replace(b"Whatever", b"W\x00")], method=method))
    assert cut.end == "broken"


def test_a_refused_connect_is_framed_like_any_other_response() -> None:
    for pieces in cuts(b"HTTP/1.1 407 No\r\nContent-Length: 2\r\n\r\nhi"):
        result = outcome(feed(pieces, method="CONNECT"))
        assert (result.body, result.end) == (b"hi", "reusable")


@pytest.mark.parametrize(
    "framed",
    [b"Content-Length: 2\r\n\r\nhi", b"Transfer-Encoding: chunked\r\n\r\n2\r\nhi\r\n0\r\n\r\n"],
)
def test_bytes_after_the_end_are_not_delivered_and_the_connection_not_reused(framed: bytes) -> None:
    result = outcome(feed([OK + framed + b"HTTP/1.1 200 OK\r\n"]))
    assert (result.body, result.end) == (b"hi", "close")


def test_partial_chunks_are_delivered_at_once() -> None:
    codec = H1Codec(Limits())
    codec.begin("GET")
    first = codec.receive(OK + b"Transfer-Encoding: chunked\r\n\r\n10\r\nab")
    assert isinstance(first[0], Head)
    assert first[1] == Chunk(b"ab")
    assert codec.receive(b"c") == [Chunk(b"c")]


def test_our_own_wish_to_close_is_joined_with_the_response() -> None:
    for data in (GOOD["length"][0], GOOD["chunk extensions and trailers"][0]):
        codec = H1Codec(Limits())
        codec.begin("GET", keep_alive=False)
        assert codec.receive(data)[-1] == End(reusable=False)


def test_one_codec_reads_response_after_response() -> None:
    codec = H1Codec(Limits())
    for name in (
        "length",
        "chunks",
        "chunk extensions and trailers",
        "interim responses",
        "no body",
    ):
        data, expected = GOOD[name]
        codec.begin("GET")
        assert outcome(list(codec.receive(data))) == expected


def test_bytes_that_no_request_asked_for_are_refused() -> None:
    events = H1Codec(Limits()).receive(OK)
    assert isinstance(events[0], Broken)


LIMITS = Limits(
    max_head_bytes=1024,
    max_head_fields=8,
    max_informational=3,
    max_trailer_bytes=256,
    max_trailer_fields=4,
    max_chunk_overhead_bytes=2048,
)


def test_bytes_of_a_body_may_be_received_elsewhere() -> None:
    codec = H1Codec(Limits())
    codec.begin("GET")
    assert codec.rest_bytes == 0
    codec.receive(OK + b"Content-Length: 10\r\n\r\nab")
    assert codec.rest_bytes == 8
    codec.skip(7)
    assert codec.rest_bytes == 1
    assert codec.receive(b"x") == (Chunk(b"x"), End(reusable=True))
    assert codec.rest_bytes == 0


@pytest.mark.parametrize("size", [-1, 0, 8, 9])
def test_the_end_of_a_body_cannot_be_received_elsewhere(size: int) -> None:
    codec = H1Codec(Limits())
    codec.begin("GET")
    codec.receive(OK + b"Content-Length: 10\r\n\r\nab")
    with pytest.raises(AssertionError, match="skipped"):
        codec.skip(size)


@pytest.mark.parametrize("framing", [b"Transfer-Encoding: chunked", b"Connection: close"])
def test_a_body_of_unknown_length_comes_by_events_alone(framing: bytes) -> None:
    codec = H1Codec(Limits())
    codec.begin("GET")
    codec.receive(OK + framing + b"\r\n\r\n")
    assert codec.rest_bytes == 0


@pytest.mark.parametrize(
    ("limits", "complaint"),
    [(Limits(max_head_bytes=1024), "1024 bytes"), (Limits(max_head_fields=8), "8 fields")],
)
def test_a_head_that_one_client_knows_is_held_to_the_limits_of_the_next(
    limits: Limits, complaint: str
) -> None:
    head = OK + b"X: yyyyyyyyyy\r\n" * 100 + b"Content-Length: 0\r\n\r\n"
    first, second = H1Codec(Limits()), H1Codec(limits)
    first.begin("GET")
    assert isinstance(first.receive(head)[0], Head)
    second.begin("GET")
    refused = second.receive(head)[0]
    assert isinstance(refused, Broken)
    assert complaint in str(refused.error)


_FIELD = b"X: y\r\n"
_CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"


@pytest.mark.parametrize(
    ("within", "beyond"),
    [
        pytest.param(
            OK + b"A: " + b"x" * 900 + b"\r\nContent-Length: 0\r\n\r\n",
            OK + b"A: " + b"x" * 1000 + b"\r\nContent-Length: 0\r\n\r\n",
            id="head bytes",
        ),
        pytest.param(
            OK + _FIELD * 7 + b"Content-Length: 0\r\n\r\n",
            OK + _FIELD * 8 + b"Content-Length: 0\r\n\r\n",
            id="fields",
        ),
        pytest.param(
            OK + _FIELD * 6 + b"Z: \r\n a\r\nContent-Length: 0\r\n\r\n".replace(b"\r\n a", b""),
            OK + _FIELD * 8 + b"Content-Length : 0\r\n\r\n",
            id="fields before h11",
        ),
        pytest.param(
            b"HTTP/1.1 103 Hints\r\n\r\n" * 3 + OK + b"Content-Length: 0\r\n\r\n",
            b"HTTP/1.1 103 Hints\r\n\r\n" * 4 + OK + b"Content-Length: 0\r\n\r\n",
            id="interim responses",
        ),
        pytest.param(
            _CHUNKED + b"0\r\n" + _FIELD * 4 + b"\r\n",
            _CHUNKED + b"0\r\n" + _FIELD * 5 + b"\r\n",
            id="trailer fields",
        ),
        pytest.param(
            _CHUNKED + b"0\r\nT: " + b"x" * 200 + b"\r\n\r\n",
            _CHUNKED + b"0\r\nT: " + b"x" * 300 + b"\r\n\r\n",
            id="trailer bytes",
        ),
        pytest.param(
            _CHUNKED + (b"1;" + b"e" * 60 + b"\r\na\r\n") * 20 + b"0\r\n\r\n",
            _CHUNKED + (b"1;" + b"e" * 60 + b"\r\na\r\n") * 200 + b"0\r\n\r\n",
            id="chunk extensions",
        ),
        pytest.param(
            _CHUNKED + b"1;" + b"e" * 1500 + b"\r\na\r\n0\r\n\r\n",
            _CHUNKED + b"1;" + b"e" * 2500,
            id="one chunk extension",
        ),
        pytest.param(
            _CHUNKED + b"0;" + b"e" * 1500 + b"\r\n\r\n",
            _CHUNKED + b"0;" + b"e" * 2500,
            id="extension of the last chunk",
        ),
        pytest.param(
            _CHUNKED + b"0\r\n" + b"T: \r\n" * 4 + b"\r\n",
            _CHUNKED + b"0\r\nT: " + b"x" * 300,
            id="a trailer without an end",
        ),
    ],
)
def test_what_surrounds_a_body_is_bounded(within: bytes, beyond: bytes) -> None:
    ways: list[list[bytes]] = []
    for data in (within, beyond):
        ways = [[data], [data[at : at + 1] for at in range(len(data))]]
        ends = {outcome(feed(pieces, limits=LIMITS)).end for pieces in ways}
        assert ends == ({"reusable"} if data is within else {"broken"})


@pytest.mark.parametrize(
    "endless",
    [b"A: b\r\n", b"x", b"A", b"\r"],
    ids=["fields", "one value", "one name", "carriage returns"],
)
def test_a_head_that_never_ends_is_ended_by_a_limit(endless: bytes) -> None:
    codec = H1Codec(LIMITS)
    codec.begin("GET")
    events = list(codec.receive(OK + b"A: "))
    for _ in range(2000):
        events.extend(codec.receive(endless))
        if events:
            break
    assert isinstance(events[-1], Broken)


def test_endless_interim_responses_are_ended_by_a_limit() -> None:
    codec = H1Codec(LIMITS)
    codec.begin("GET")
    events = [codec.receive(b"HTTP/1.1 103 Early Hints\r\n\r\n") for _ in range(4)]
    assert [type(given[-1]) for given in events] == [Informational] * 3 + [Broken]


tokens = st.text("abcdefXYZ019-_.!", min_size=1, max_size=8)
values = st.text(
    st.characters(min_codepoint=0x01, max_codepoint=0xFF, blacklist_characters="\r\n"), max_size=12
)
field_lines = st.lists(st.tuples(tokens, values), max_size=5)


@st.composite
def responses(draw: st.DrawFn) -> bytes:
    """Mostly well-formed responses, of every framing, with odd spellings."""
    status = draw(st.sampled_from([100, 103, 199, 200, 204, 206, 301, 304, 404, 500, 599, 600]))
    version = draw(st.sampled_from(["1.1", "1.1", "1.1", "1.0"]))
    reason = draw(st.sampled_from([" OK", " ", "", " Not \xe9 Found", " \t"]))
    lines = [f"HTTP/{version} {status}{reason}"]
    lines += [
        f"{name}:{draw(st.sampled_from(['', ' ', '  ']))}{value}"
        for name, value in draw(field_lines)
    ]
    body = draw(st.binary(max_size=20))
    framing = draw(st.sampled_from(["length", "chunked", "none", "wrong", "odd"]))
    payload = body
    if framing == "length":
        lines.append(f"{draw(st.sampled_from(['Content-Length', 'content-length']))}: {len(body)}")
    elif framing == "wrong":
        lines.append(f"Content-Length: {len(body) + draw(st.integers(-2, 2))}")
    elif framing == "odd":
        lines.append(draw(st.sampled_from(["Content-Length: 1, 1", "Transfer-Encoding: CHUNKED"])))
    elif framing == "chunked":
        lines.append("Transfer-Encoding: chunked")
        extension = draw(st.sampled_from([b"", b"", b";a=b", b" "]))
        trailer = draw(st.sampled_from([b"", b"", b"T: v\r\n"]))
        payload = b"".join(b"%x%s\r\n%s\r\n" % (1, extension, bytes([one])) for one in body)
        payload += b"0\r\n" + trailer + b"\r\n"
    if draw(st.booleans()):
        option = draw(st.sampled_from(["close", "keep-alive", "Keep-Alive", "x, close"]))
        lines.append(f"Connection: {option}")
    lines = [lines[0], *draw(st.permutations(lines[1:]))]
    surplus = draw(st.sampled_from([b"", b"", b"", b"HTTP/1.1"]))
    return "".join(line + "\r\n" for line in [*lines, ""]).encode("latin-1") + payload + surplus


_FIRST_CRLF = re.compile(rb"\A((?:HTTP/1\.\d 1(?s:.)*?\r\n\r\n)*)\r\n(?=HTTP)")
_HEADS = re.compile(rb"\A(?:HTTP/1\.\d 1(?s:.)*?\n\r?\n)*(?s:.)*?\n\r?\n")
_FRAMING = re.compile(rb"^(content-length|transfer-encoding):.*\n", re.IGNORECASE | re.MULTILINE)


def _tamed(response: bytes, ours: Outcome, method: str) -> bytes:
    """The response without what we accept and h11 does not."""
    response = _FIRST_CRLF.sub(rb"\1", response)
    found = _HEADS.match(response)
    head = b"" if found is None else found[0]
    tamed = head.replace(b"\x0b", b"\x01").replace(b"\x0c", b"\x01")
    if method == "HEAD" or ours.status_code in {204, 304}:
        tamed = _FRAMING.sub(b"", tamed)
    return tamed + response[len(head) :]


def _agrees(ours: Outcome, response: bytes, method: str = "GET") -> None:
    """Ours is as strict as h11, or stricter; where both accept they say the same."""
    if ours.end == "broken":
        return
    framing = {b"content-length", b"transfer-encoding"}
    bodyless = method == "HEAD" or ours.status_code in {204, 304}
    fields = [
        (name, value.replace(b"\x0b", b"\x01").replace(b"\x0c", b"\x01"))
        for name, value in ours.fields or ()
        if not (bodyless and name.lower() in framing)
    ]
    tame = replace(ours, fields=None if ours.fields is None else fields)
    assert tame == h11_outcome(_tamed(response, ours, method), method=method, eof=True)


@given(responses(), st.sampled_from(["GET", "HEAD", "POST"]), st.data())
def test_whatever_the_codec_accepts_h11_gives_the_same(
    response: bytes, method: str, data: st.DataObject
) -> None:
    parser = h11_outcome(response, method=method, eof=True)
    at = data.draw(st.integers(0, len(response)))
    whole = outcome(feed([response], method=method, eof=True))
    parts = outcome(feed([response[:at], response[at:]], method=method, eof=True))
    single = outcome(
        feed([response[i : i + 1] for i in range(len(response))], method=method, eof=True)
    )
    _agrees(whole, response, method)
    if parser.end == "reusable":
        assert whole.end == "reusable"
    assert (
        (whole.status_code, whole.fields, whole.body)
        == (
            parts.status_code,
            parts.fields,
            parts.body,
        )
        == (single.status_code, single.fields, single.body)
    )
    assert (whole.end == "broken") == (parts.end == "broken") == (single.end == "broken")


@given(responses(), st.integers(0, 200), st.binary(max_size=3))
def test_a_damaged_response_never_surprises(response: bytes, at: int, damage: bytes) -> None:
    damaged = response[:at] + damage + response[at + 1 :]
    _agrees(outcome(feed([damaged] if damaged else [], eof=True)), damaged)
