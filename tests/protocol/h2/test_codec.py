"""The HTTP/2 codec: what each thing that a server may do comes to, however the bytes are cut."""

from __future__ import annotations

import pytest
from h2.errors import ErrorCodes
from hyperframe.frame import (
    PingFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from hyperhttp._base._generated.config import HTTP2Config, Limits
from hyperhttp._base._generated.errors import ReadError, RemoteProtocolError
from hyperhttp._protocol.events import Broken, Head
from hyperhttp._protocol.h2.codec import CapacityChanged, CreditGained, GoingAway, H2Codec, Ponged
from tests.protocol.h2_wire import (
    GET,
    OK,
    Outcome,
    Talk,
    data,
    frames_of,
    goaway,
    head,
    ping,
    priority,
    raw,
    rst,
    settings,
    window,
)

LENGTH_5 = (*OK, (b"content-length", b"5"))
END = "end"

# What a server may send on stream 1 for a GET, and what it comes to.
GOOD: dict[str, tuple[bytes, Outcome]] = {
    "a body": (
        head(1) + data(1, b"hello", ended=True),
        Outcome(200, body=b"hello", end=END),
    ),
    "a body in parts, padded and not": (
        head(1, LENGTH_5)
        + data(1, b"he", pad=7)
        + data(1, b"l")
        + data(1, b"lo", ended=True, pad=0),
        Outcome(200, ((b"content-length", b"5"),), body=b"hello", end=END),
    ),
    "no body": (head(1, ended=True), Outcome(200, end=END)),
    "an empty body in DATA": (head(1) + data(1, ended=True), Outcome(200, end=END)),
    "an empty body in padding": (head(1) + data(1, ended=True, pad=200), Outcome(200, end=END)),
    "empty DATA in between": (
        head(1) + data(1) + data(1, b"x") + data(1) + data(1, ended=True),
        Outcome(200, body=b"x", end=END),
    ),
    "trailers": (
        head(1) + data(1, b"x") + head(1, ((b"digest", b"1"), (b"t", b"")), ended=True),
        Outcome(200, body=b"x", trailers=((b"digest", b"1"), (b"t", b"")), end=END),
    ),
    "empty trailers": (
        head(1) + data(1, b"x") + head(1, (), ended=True),
        Outcome(200, body=b"x", end=END),
    ),
    "trailers without a body": (
        head(1) + head(1, ((b"t", b"v"),), ended=True),
        Outcome(200, trailers=((b"t", b"v"),), end=END),
    ),
    "interim responses": (
        head(1, ((b":status", b"100"),))
        + head(1, ((b":status", b"103"), (b"link", b"</a>")))
        + head(1, ended=True),
        Outcome(200, informational=(100, 103), end=END),
    ),
    "a padded head in fragments": (
        head(1, LENGTH_5, pad=3, fragments=4) + data(1, b"hello", ended=True),
        Outcome(200, ((b"content-length", b"5"),), body=b"hello", end=END),
    ),
    "204": (head(1, ((b":status", b"204"),), ended=True), Outcome(204, end=END)),
    "304 keeps its length to itself": (
        head(1, ((b":status", b"304"), (b"content-length", b"5")), ended=True),
        Outcome(304, ((b"content-length", b"5"),), end=END),
    ),
    "frames that are ignored": (
        priority(1)
        + raw(0xA, 0, 1, b"\0\0x")
        + raw(0xC, 0, 0, b"abc")
        + raw(0xFF, 0xFF, 0x7FFF_FFFF, b"anything" * 100)
        + settings(ack=True)
        + head(1)
        + raw(0x10, 0, 0)
        + data(1, b"x", ended=True),
        Outcome(200, body=b"x", end=END),
    ),
    "the reserved bit": (
        b"".join(
            frame[:5] + bytes((frame[5] | 0x80,)) + frame[6:]
            for frame in (head(1), window(0, 1), data(1, b"x", ended=True))
        ),
        Outcome(200, body=b"x", end=END),
    ),
    "flags that mean nothing": (
        head(1) + raw(0x0, 0xD6 | 0x1, 1, b"x"),
        Outcome(200, body=b"x", end=END),
    ),
    "PRIORITY fields in the head": (
        raw(0x1, 0x4 | 0x20 | 0x1, 1, b"\0\0\0\0\x10\x88"),
        Outcome(200, end=END),
    ),
    "a reset after the end": (
        head(1, ended=True) + rst(1, ErrorCodes.NO_ERROR),
        Outcome(200, end=END),
    ),
}


def outcome_of(data: bytes, cut: int = 0) -> Outcome:
    talk = Talk()
    talk.request()
    record = talk.receive(data, cut)
    assert record.fatal is None
    return record.streams[1]


@pytest.mark.parametrize("name", GOOD)
def test_a_response_is_the_same_however_it_is_cut(name: str) -> None:
    data, expected = GOOD[name]
    assert outcome_of(data) == expected
    for cut in range(1, len(data)):
        assert outcome_of(data, cut) == expected
        talk = Talk()
        talk.request()
        talk.receive(data[:cut])
        assert talk.receive(data[cut:]).streams[1] == expected


def test_the_head_carries_version_and_no_reason() -> None:
    codec = Talk().codec
    stream_id = codec.open("GET", GET, ended=True)
    (event, _) = codec.receive(head(stream_id, ended=True)).streams[stream_id]
    assert isinstance(event, Head)
    assert (event.http_version, event.reason_phrase) == ("HTTP/2", "")


def test_begin_writes_the_preface_settings_and_the_window_of_the_connection() -> None:
    codec = H2Codec(Limits(max_head_bytes=5000), HTTP2Config(stream_window_bytes=7))
    said = [codec.has_output]
    codec.begin()
    said.append(codec.has_output)
    output = codec.take_output()
    assert [*said, codec.has_output] == [False, True, False]
    assert output.startswith(b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
    first, grown = frames_of(output[24:])
    assert isinstance(first, SettingsFrame)
    assert first.settings == {2: 0, 4: 7, 5: 65_536, 6: 5000}
    assert isinstance(grown, WindowUpdateFrame)
    assert (grown.stream_id, grown.window_increment) == (0, 16_777_216 - 65_535)


def test_the_smallest_connection_window_needs_no_update() -> None:
    codec = H2Codec(Limits(), HTTP2Config(connection_window_bytes=65_535))
    codec.begin()
    assert len(frames_of(codec.take_output()[24:])) == 1


def test_capacity_is_100_until_settings_come_and_then_what_both_allow() -> None:
    codec = H2Codec(Limits(), HTTP2Config(max_streams=300))
    codec.begin()
    assert (codec.capacity, codec.settled) == (100, False)
    assert codec.receive(settings()).notices == [CapacityChanged(300)]
    assert (codec.capacity, codec.settled) == (300, True)
    assert codec.receive(settings({3: 2})).notices == [CapacityChanged(2)]
    assert codec.receive(settings({3: 2})).notices == []
    assert codec.receive(settings({3: 0})).notices == [CapacityChanged(0)]
    assert codec.receive(settings({4: 70_000})).notices == [CreditGained()]
    assert codec.capacity == 0
    assert codec.receive(settings({3: 4_000_000_000})).notices == [CapacityChanged(300)]
    assert H2Codec(Limits(), HTTP2Config(max_streams=3)).capacity == 3


def test_the_first_settings_are_told_even_if_they_change_nothing() -> None:
    codec = H2Codec(Limits(), HTTP2Config(max_streams=100))
    codec.begin()
    assert codec.receive(settings()).notices == [CapacityChanged(100)]


def test_settings_are_acknowledged_at_once_each() -> None:
    talk = Talk()
    talk.receive(settings({1: 0}) + settings({0xF00: 1}))
    for frame in talk.sent():
        assert isinstance(frame, SettingsFrame)
        assert "ACK" in frame.flags


def test_streams_have_odd_ids_and_count_until_both_sides_have_ended() -> None:
    talk = Talk()
    assert [talk.request(), talk.request(ended=False)] == [1, 3]
    assert talk.codec.open_count == 2
    talk.receive(head(1, ended=True) + head(3, ended=True))
    assert talk.codec.open_count == 1
    talk.codec.reset(3, ErrorCodes.NO_ERROR)
    assert talk.codec.open_count == 0
    assert talk.codes() == [("RstStream", 3, 0)]


def test_when_ids_run_out_nothing_more_is_opened() -> None:
    talk = Talk()
    talk.codec._streams._next_id = 2**31 - 3
    assert talk.request() == 2**31 - 3
    assert talk.codec.capacity > 0
    assert talk.request() == 2**31 - 1
    assert talk.codec.capacity == 0
    assert talk.receive(settings({3: 50}) + head(2**31 - 1, ended=True)).fatal is None
    assert talk.codec.capacity == 0


def test_goaway_refuses_what_is_above_and_lets_the_rest_finish() -> None:
    talk = Talk()
    for _ in range(4):
        talk.request()
    record = talk.receive(goaway(5, 0) + head(1, ended=True))
    assert record.notices == [GoingAway(5, 0, "NO_ERROR")]
    assert list(record.streams) == [7, 1]
    why = "did not process the request (unprocessed)"
    assert record.streams[7].end == f"ReadError: the server is going away (NO_ERROR) and {why}"
    assert (talk.codec.capacity, talk.codec.open_count) == (0, 2)
    record = talk.receive(goaway(3, 2, b"too \xffmuch") + goaway(9) + settings({3: 9}))
    detail = "INTERNAL_ERROR: too \\xffmuch"
    assert record.streams[5].end == f"ReadError: the server is going away ({detail}) and {why}"
    assert record.notices[1:] == [GoingAway(3, 2, detail), GoingAway(9, 0, "NO_ERROR")]
    record = talk.receive(head(3) + data(3, b"still here", ended=True))
    assert record.streams[3] == Outcome(200, body=b"still here", end=END)
    assert (record.fatal, talk.codec.capacity, talk.codec.open_count) == (None, 0, 0)
    assert talk.codes() == []


def test_leaving_is_said_once_and_lets_streams_finish() -> None:
    talk = Talk()
    stream_id = talk.request()
    talk.codec.send_goaway()
    assert talk.codec.capacity == 0
    assert talk.codes() == [("GoAway", 0, 0)]
    assert talk.receive(settings({3: 7}) + head(stream_id, ended=True)).streams[1].end == END
    assert talk.codec.capacity == 0


def test_pings_are_responded_and_ours_are_told() -> None:
    talk = Talk()
    talk.codec.ping()
    (ours,) = talk.sent()
    assert isinstance(ours, PingFrame)
    assert "ACK" not in ours.flags
    record = talk.receive(ping(b"abcdefgh") + ping(b"whatever", ack=True))
    (reply,) = talk.sent()
    assert isinstance(reply, PingFrame)
    assert (reply.opaque_data, reply.flags >= {"ACK"}) == (b"abcdefgh", True)
    assert record.notices == []
    assert talk.receive(ping(ours.opaque_data, ack=True)).notices == [Ponged()]


@pytest.mark.parametrize(
    ("last", "detail"),
    [
        (b"", "the connection was closed before the response was complete"),
        (head(1)[:5], "the connection was closed within a frame"),
        (data(1, b"abc")[:10], "the connection was closed within a frame"),
        (head(1, fragments=2)[:12], "the connection was closed within a frame"),
    ],
)
def test_the_end_of_the_connection_breaks_what_is_open(last: bytes, detail: str) -> None:
    talk = Talk()
    done, open_, early = talk.request(), talk.request(), talk.request("POST", ended=False)
    talk.receive(head(done, ended=True) + head(open_) + head(early, ended=True))
    talk.receive(data(open_, b"abc") + last.replace(b"\0\0\0\1", b"\0\0\0\3"))
    talk.record.add(talk.codec.receive_eof())
    talk.record.add(talk.codec.receive_eof())
    ends = [talk.record.streams[stream_id].end for stream_id in (done, open_, early)]
    assert ends == [END, f"ReadError: {detail}", END]
    assert talk.record.fatal == f"ReadError: {detail}"
    assert (talk.codec.capacity, talk.codec.open_count, talk.sent()) == (0, 0, [])


def test_the_end_before_settings_says_so() -> None:
    codec = H2Codec(Limits(), HTTP2Config())
    codec.begin()
    stream_id = codec.open("GET", GET, ended=True)
    received = codec.receive_eof()
    (event,) = received.streams[stream_id]
    assert isinstance(event, Broken)
    assert isinstance(event.error, ReadError)
    assert "before the server's SETTINGS came" in event.error.detail


def test_each_stream_gets_an_error_of_its_own() -> None:
    codec = Talk().codec
    ids = [codec.open("GET", GET, ended=True) for _ in range(3)]
    received = codec.receive(raw(0x5, 4, 1, b"\0\0\0\2\x82"))
    errors = [
        event.error for key in ids for event in received.streams[key] if isinstance(event, Broken)
    ]
    assert len({id(error) for error in errors}) == 3
    assert {type(error) for error in errors} == {RemoteProtocolError}
    assert codec.receive(head(1)).streams == {}
