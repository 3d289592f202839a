"""What the HTTP/2 codec refuses: an error of the stream or of the connection, and its code."""

from __future__ import annotations

import pytest
from h2.errors import ErrorCodes

from hyperhttp._base._generated.config import HTTP2Config, Limits
from hyperhttp._protocol.h2.codec import Fatal
from hyperhttp._protocol.h2.hpack import HpackError
from tests.protocol.h2_wire import (
    OK,
    Fields,
    Talk,
    data,
    goaway,
    head,
    ping,
    raw,
    rst,
    settings,
    window,
)

PROTOCOL = ErrorCodes.PROTOCOL_ERROR
FLOW = ErrorCodes.FLOW_CONTROL_ERROR
SIZE = ErrorCodes.FRAME_SIZE_ERROR
CLOSED = ErrorCodes.STREAM_CLOSED
CALM = ErrorCodes.ENHANCE_YOUR_CALM

# Stream 1 is a GET whose head is to come, 3 one whose response is complete, 5 a POST with its body
# under way and its response complete, 7 was never opened.
FATAL: dict[str, tuple[bytes, ErrorCodes, str]] = {
    "DATA on stream 0": (raw(0, 0, 0, b"x"), PROTOCOL, "DATA on stream 0"),
    "HEADERS on stream 0": (raw(1, 5, 0, b"\x88"), PROTOCOL, "HEADERS on stream 0"),
    "PRIORITY on stream 0": (raw(2, 0, 0, bytes(5)), PROTOCOL, "PRIORITY on stream 0"),
    "RST_STREAM on stream 0": (raw(3, 0, 0, bytes(4)), PROTOCOL, "RST_STREAM on stream 0"),
    "SETTINGS on a stream": (raw(4, 0, 1), PROTOCOL, "SETTINGS on stream 1"),
    "PING on a stream": (raw(6, 0, 1, bytes(8)), PROTOCOL, "PING on stream 1"),
    "GOAWAY on a stream": (raw(7, 0, 1, bytes(8)), PROTOCOL, "GOAWAY on stream 1"),
    "CONTINUATION on stream 0": (raw(9, 4, 0), PROTOCOL, "CONTINUATION without HEADERS"),
    "PRIORITY of 4 bytes": (raw(2, 0, 1, bytes(4)), SIZE, "PRIORITY of 4 bytes"),
    "RST_STREAM of 5 bytes": (raw(3, 0, 1, bytes(5)), SIZE, "RST_STREAM of 5 bytes"),
    "SETTINGS of 5 bytes": (raw(4, 0, 0, bytes(5)), SIZE, "SETTINGS of 5 bytes"),
    "SETTINGS that acknowledges with bytes": (raw(4, 1, 0, bytes(6)), SIZE, "acknowledgement"),
    "PING of 7 bytes": (raw(6, 0, 0, bytes(7)), SIZE, "PING of 7 bytes"),
    "GOAWAY of 7 bytes": (raw(7, 0, 0, bytes(7)), SIZE, "GOAWAY of 7 bytes"),
    "WINDOW_UPDATE of 3 bytes": (raw(8, 0, 0, bytes(3)), SIZE, "WINDOW_UPDATE of 3 bytes"),
    "a frame that is too large": (b"\x01\0\1\0\0\0\0\0\1", SIZE, "65537"),
    "an unknown frame that is too large": (b"\xff\xff\xff\xee\0\0\0\0\0", SIZE, "16777215"),
    "padded DATA without a byte": (raw(0, 8, 1), SIZE, "a padded frame of 0 bytes"),
    "padded HEADERS without a byte": (raw(1, 12, 1), SIZE, "a padded frame of 0 bytes"),
    "DATA all padding and more": (raw(0, 8, 1, b"\2\0"), PROTOCOL, "more padding than payload"),
    "HEADERS all padding and more": (raw(1, 12, 1, b"\2\0"), PROTOCOL, "more padding"),
    "HEADERS too short for PRIORITY": (raw(1, 0x24, 1, bytes(4)), SIZE, "HEADERS of 4 bytes"),
    "padding over PRIORITY": (raw(1, 0x2C, 1, b"\3" + bytes(6)), SIZE, "HEADERS of 7 bytes"),
    "CONTINUATION of nothing": (raw(9, 4, 1), PROTOCOL, "CONTINUATION without HEADERS"),
    "CONTINUATION after its end": (head(1) + raw(9, 4, 1), PROTOCOL, "without HEADERS"),
    "CONTINUATION elsewhere": (raw(1, 0, 1) + raw(9, 4, 3), PROTOCOL, "within a field block"),
    "DATA in a field block": (raw(1, 0, 1) + data(1, b"x"), PROTOCOL, "within a field block"),
    "an unknown frame in a field block": (raw(1, 0, 1) + raw(99, 0, 1), PROTOCOL, "within"),
    "a push": (raw(5, 4, 1, b"\0\0\0\2\x82"), PROTOCOL, "PUSH_PROMISE"),
    "DATA on an idle stream": (data(7, b"x"), PROTOCOL, "never opened"),
    "HEADERS on an idle stream": (head(7), PROTOCOL, "never opened"),
    "RST_STREAM on an idle stream": (rst(7), PROTOCOL, "never opened"),
    "WINDOW_UPDATE on an idle stream": (window(7, 1), PROTOCOL, "never opened"),
    "HEADERS on an even stream": (head(2), PROTOCOL, "never opened"),
    "DATA on an even stream": (data(2, b"x"), PROTOCOL, "never opened"),
    "RST_STREAM on an even stream": (rst(4), PROTOCOL, "never opened"),
    "DATA after the end": (data(3, b"x"), CLOSED, "which is over"),
    "HEADERS after the end": (head(3), CLOSED, "which is over"),
    "DATA after the end, our body under way": (data(5, b"x"), CLOSED, "which is over"),
    "HEADERS after the end, our body under way": (head(5), CLOSED, "which is over"),
    "WINDOW_UPDATE by 0": (window(0, 0), PROTOCOL, "WINDOW_UPDATE by 0"),
    "the connection's window overflows": (window(0, 2**31 - 1), FLOW, "2147483647"),
    "ENABLE_PUSH 1": (settings({2: 1}), PROTOCOL, "the value 1 for the setting 0x2"),
    "ENABLE_PUSH 2": (raw(4, 0, 0, b"\0\2\0\0\0\2"), PROTOCOL, "the setting 0x2"),
    "INITIAL_WINDOW_SIZE of 2**31": (raw(4, 0, 0, b"\0\4\x80\0\0\0"), FLOW, "the setting 0x4"),
    "MAX_FRAME_SIZE of 16383": (raw(4, 0, 0, b"\0\5\0\0\x3f\xff"), PROTOCOL, "setting 0x5"),
    "MAX_FRAME_SIZE of 2**24": (raw(4, 0, 0, b"\0\5\1\0\0\0"), PROTOCOL, "setting 0x5"),
    "ENABLE_CONNECT_PROTOCOL 2": (raw(4, 0, 0, b"\0\x08\0\0\0\2"), PROTOCOL, "setting 0x8"),
    "a stream's window overflows by SETTINGS": (
        window(1, 2**31 - 1 - 65_535) + settings({4: 65_536}),
        FLOW,
        "a stream's window",
    ),
    "an index out of the table": (head(1, block=b"\xff\xff"), ErrorCodes.COMPRESSION_ERROR, ""),
    "a block that breaks off": (head(1, block=b"\x88\x40\x0a"), ErrorCodes.COMPRESSION_ERROR, ""),
    "a table that is too large": (head(1, block=b"\x3f\xe2\x1f"), ErrorCodes.COMPRESSION_ERROR, ""),
    "a bomb": (
        head(1, block=b"\x40\x01a\x7f\x81\x1e" + b"x" * 4000 + b"\xbe" * 2000),
        ErrorCodes.COMPRESSION_ERROR,
        "",
    ),
    "a head in too many fragments": (
        raw(1, 0, 1) + raw(9, 0, 1) * 63 + raw(9, 4, 1, b"\x88"),
        CALM,
        "more than 64 frames",
    ),
    "a head that is too long to be read": (
        raw(1, 0, 1, bytes(60_000)) + raw(9, 0, 1, bytes(60_000)) + raw(9, 0, 1, bytes(20_000)),
        CALM,
        "more than 131072 bytes",
    ),
}


def prepared() -> Talk:
    talk = Talk(config=HTTP2Config(stream_window_bytes=70_000, connection_window_bytes=150_000))
    talk.request()
    talk.request()
    talk.request("POST", ended=False)
    talk.receive(head(3, ended=True) + head(5, ended=True))
    talk.codec.take_output()
    return talk


@pytest.mark.parametrize("name", FATAL)
def test_what_ends_the_connection_breaks_every_open_stream(name: str) -> None:
    bad, code, says = FATAL[name]
    after = b"" if "too large" in name else ping()
    for cut in (0, 1, 2, 9, 10, 1000) if len(bad) < 5000 else (0, 1000):
        talk = prepared()
        record = talk.receive(bad + after, cut)
        assert record.fatal is not None
        assert record.fatal.startswith("RemoteProtocolError: ")
        assert says in record.fatal
        assert record.streams[1].end == record.fatal
        assert [record.streams[key].end for key in (3, 5)] == ["end", "end"]
        assert talk.codes() == [("GoAway", 0, code)]
        assert (talk.codec.capacity, talk.codec.open_count) == (0, 0)


def test_what_came_before_the_fault_stays_told() -> None:
    talk = prepared()
    record = talk.receive(head(1) + data(1, b"abc") + ping() + data(7, b"x"))
    assert (record.streams[1].status, record.streams[1].body) == (200, b"abc")
    assert record.streams[1].end == record.fatal
    assert [type(frame).__name__ for frame in talk.sent()] == ["PingFrame", "GoAwayFrame"]


def test_a_compression_fault_keeps_its_cause() -> None:
    talk = prepared()
    talk.receive(head(1, block=b"\x80"))
    (fatal,) = [notice for notice in talk.record.notices if isinstance(notice, Fatal)]
    assert isinstance(fatal.error.__cause__, HpackError)


def test_more_than_the_connections_window_is_refused_before_it_has_come() -> None:
    talk = Talk(config=HTTP2Config(connection_window_bytes=65_535))
    stream_id = talk.request()
    record = talk.receive(head(stream_id) + data(stream_id, bytes(65_536))[:10])
    assert record.fatal is not None
    assert "more data than the connection's window" in record.fatal
    assert talk.codes() == [("GoAway", 0, FLOW)]


def fields(*pairs: tuple[bytes, bytes]) -> bytes:
    return head(1, pairs, ended=True)


def after_ok(*pairs: tuple[bytes, bytes]) -> bytes:
    return head(1, (*OK, *pairs), ended=True)


FIVE: Fields = (*OK, (b"content-length", b"5"))

BROKEN: dict[str, tuple[bytes, ErrorCodes, str]] = {
    "no status": (fields((b"a", b"b")), PROTOCOL, "without :status"),
    "no fields": (fields(), PROTOCOL, "without :status"),
    "two statuses": (after_ok(*OK), PROTOCOL, ":status comes twice"),
    "a status after fields": (fields((b"a", b"b"), *OK), PROTOCOL, "after regular fields"),
    "an unknown pseudo-field": (after_ok((b":x", b"y")), PROTOCOL, "':x'"),
    "a pseudo-field of requests": (fields((b":path", b"/"), *OK), PROTOCOL, "':path'"),
    "upper case": (after_ok((b"Server", b"x")), PROTOCOL, "upper case"),
    "an empty name": (after_ok((b"", b"x")), PROTOCOL, "without a name"),
    "CR in a value": (after_ok((b"a", b"b\rc")), PROTOCOL, "CR, LF or NUL"),
    "LF in a value": (after_ok((b"a", b"b\nc")), PROTOCOL, "CR, LF or NUL"),
    "NUL in a value": (after_ok((b"a", b"b\0c")), PROTOCOL, "CR, LF or NUL"),
    "a space in a name": (after_ok((b"a b", b"c")), PROTOCOL, "not a token"),
    "a space before a value": (after_ok((b"a", b" b")), PROTOCOL, "white space"),
    "a tab after a value": (after_ok((b"a", b"b\t")), PROTOCOL, "white space"),
    "connection": (after_ok((b"connection", b"close")), PROTOCOL, "'connection'"),
    "transfer-encoding": (after_ok((b"transfer-encoding", b"chunked")), PROTOCOL, "'transfer-"),
    "keep-alive": (after_ok((b"keep-alive", b"5")), PROTOCOL, "'keep-alive'"),
    "upgrade": (after_ok((b"upgrade", b"h2c")), PROTOCOL, "'upgrade'"),
    "a status of two digits": (fields((b":status", b"20")), PROTOCOL, "three digits"),
    "a status that is signed": (fields((b":status", b"+20")), PROTOCOL, "three digits"),
    "status 101": (head(1, ((b":status", b"101"),)), PROTOCOL, "101"),
    "an interim response that ends": (fields((b":status", b"103")), PROTOCOL, "informational"),
    "too many interim responses": (
        head(1, ((b":status", b"100"),)) * 17,
        PROTOCOL,
        "more than 16 informational responses",
    ),
    "a length that is no number": (after_ok((b"content-length", b"5x")), PROTOCOL, "'5x'"),
    "two lengths": (head(1, (*FIVE, (b"content-length", b"6"))), PROTOCOL, "twice"),
    "a body that is too short": (
        head(1, FIVE) + data(1, b"hell", ended=True),
        PROTOCOL,
        "with 1 bytes missing",
    ),
    "a body that is missing": (head(1, FIVE, ended=True), PROTOCOL, "with 5 bytes missing"),
    "a body that is too short before trailers": (
        head(1, FIVE) + data(1, b"hell") + fields((b"a", b"b")),
        PROTOCOL,
        "with 1 bytes missing",
    ),
    "a body that is too long": (
        head(1, FIVE) + data(1, b"hello") + data(1, b"!", ended=True),
        PROTOCOL,
        "longer than its Content-Length",
    ),
    "a body of 204": (
        head(1, ((b":status", b"204"),)) + data(1, b"x"),
        PROTOCOL,
        "a body where none is possible",
    ),
    "a body of 304": (
        head(1, ((b":status", b"304"), FIVE[1])) + data(1, b"hello"),
        PROTOCOL,
        "a body where none is possible",
    ),
    "DATA before the head": (data(1, b"x"), PROTOCOL, "DATA before the response headers"),
    "DATA after an interim head": (
        head(1, ((b":status", b"100"),)) + data(1, b"x"),
        PROTOCOL,
        "DATA before the response headers",
    ),
    "trailers that do not end": (head(1) + head(1, ((b"a", b"b"),)), PROTOCOL, "trailers"),
    "a second head": (head(1) + head(1, ended=True), PROTOCOL, "':status' in trailers"),
    "too many trailers": (
        head(1) + fields(*((b"t%d" % number, b"") for number in range(65))),
        PROTOCOL,
        "more than 64 fields in trailers",
    ),
    "too large trailers": (
        head(1) + fields((b"t", b"x" * 16_400)),
        PROTOCOL,
        "trailers of more than 16384 bytes",
    ),
    "too many fields": (
        after_ok(*((b"f%d" % number, b"") for number in range(300))),
        PROTOCOL,
        "more than 256 fields",
    ),
    "a head that is too large": (
        head(1, (*OK, (b"a", b"x" * 40_000), (b"b", b"x" * 40_000)), fragments=3),
        PROTOCOL,
        "headers of more than 65536 bytes",
    ),
    "more than the stream's window": (
        head(1) + data(1, bytes(50_000)) + data(1, bytes(20_001)),
        FLOW,
        "more data than the stream's window",
    ),
    "WINDOW_UPDATE by 0": (window(1, 0), PROTOCOL, "WINDOW_UPDATE by 0"),
    "the stream's window overflows": (window(1, 2**31 - 1), FLOW, "2147483647"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_ends_one_stream_leaves_the_others_alone(name: str) -> None:
    bad, code, says = BROKEN[name]
    for cut in (0, 1, 2, 9, 10, 1000) if len(bad) < 5000 else (0, 1000):
        talk = prepared()
        talk.codec.hold(1)
        other = talk.request()
        record = talk.receive(bad + head(other) + data(other, b"fine", ended=True), cut)
        assert record.fatal is None
        assert record.streams[1].end.startswith("RemoteProtocolError: ")
        assert says in record.streams[1].end
        assert record.streams[1].trailers == ()
        assert record.streams[other].body == b"fine"
        assert talk.codes() == [("RstStream", 1, code)]
        # What was under way when the server heard of it is dropped.
        late = head(1) + data(1, b"x", ended=True) + window(1, 1) + rst(1)
        assert talk.receive(late).fatal is None
        assert talk.codec.open_count == 1


def test_a_body_that_responses_head_is_refused_but_its_length_is_not() -> None:
    talk = Talk()
    good, bad = talk.request("HEAD"), talk.request("HEAD")
    record = talk.receive(head(good, FIVE, ended=True) + head(bad, FIVE) + data(bad, b"hello"))
    assert record.streams[good].end == "end"
    assert "where none is possible" in record.streams[bad].end


def test_a_stream_error_after_the_end_of_the_response_says_nothing() -> None:
    talk = prepared()
    record = talk.receive(window(5, 0))
    assert record.streams[5].end == "end"
    assert talk.codes() == [("RstStream", 5, PROTOCOL)]


@pytest.mark.parametrize(
    "greeting",
    [
        b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n",
        b"SSH-2.0-whatever\r\n",
        ping(),
        goaway(0, 13),
        settings(ack=True),
        raw(4, 0, 1),
    ],
)
def test_a_server_that_does_not_begin_with_settings_speaks_something_else(greeting: bytes) -> None:
    for cut in (0, 1, 9):
        talk = Talk(greeting=b"")
        talk.request()
        record = talk.receive(greeting, cut)
        assert record.fatal is not None
        assert "the server does not use HTTP/2" in record.fatal
        assert record.streams[1].end == record.fatal
        assert talk.codes() == [("GoAway", 0, PROTOCOL)]


def test_limits_are_those_of_the_configuration() -> None:
    talk = Talk(
        limits=Limits(max_informational=0, max_trailer_fields=0), config=HTTP2Config(max_streams=5)
    )
    first, second = talk.request(), talk.request()
    talk.receive(head(first, ((b":status", b"100"),)))
    talk.receive(head(second) + head(second, ((b"a", b"b"),), ended=True))
    assert "more than 0 informational" in talk.record.streams[first].end
    assert "more than 0 fields" in talk.record.streams[second].end


def test_data_beyond_the_windows_of_the_streams_we_reset_is_refused() -> None:
    talk = prepared()
    talk.receive(head(1) + data(1, bytes(30_000)))
    talk.codec.reset(1)
    record = talk.receive(data(1, bytes(40_000)))
    assert record.fatal is None
    record = talk.receive(data(1, b"x"))
    assert record.fatal is not None
    assert "DATA on stream 1" in record.fatal
