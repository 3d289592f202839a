"""What comes for one stream and for those that are over, and the credit that goes back for it."""

from __future__ import annotations

import pytest
from h2.errors import ErrorCodes

from hyperhttp._base._generated.config import HTTP2Config
from hyperhttp._base._generated.errors import StreamReset
from hyperhttp._protocol.events import Broken, Chunk
from tests.protocol.h2_wire import (
    GET,
    OK,
    Outcome,
    Talk,
    data,
    head,
    ping,
    rst,
    window,
)

END = "end"


def test_credit_goes_back_in_halves_with_padding_but_not_to_what_has_ended() -> None:
    config = HTTP2Config(stream_window_bytes=100, connection_window_bytes=65_535)
    talk = Talk(config=config)
    stream_id = talk.request()
    talk.receive(head(stream_id) + data(stream_id, bytes(49)))
    assert talk.credit() == {}
    talk.receive(data(stream_id, b"", pad=0))
    assert talk.credit() == {stream_id: 50}
    talk.receive(data(stream_id, bytes(40), pad=10) + data(stream_id, bytes(49), ended=True))
    assert talk.credit() == {stream_id: 51}
    before = 49 + 1 + 51 + 49
    for other in [talk.request() for _ in range(331)]:
        talk.receive(head(other) + data(other, bytes(99), ended=True))
    # 65,535 / 2, rounded up, is where the connection's half is.
    assert before + 99 * 330 > 32_768 > before + 99 * 329
    assert talk.credit() == {0: before + 99 * 330}


def test_a_window_of_one_byte_is_given_back_byte_by_byte() -> None:
    talk = Talk(config=HTTP2Config(stream_window_bytes=1))
    stream_id = talk.request()
    talk.receive(head(stream_id))
    for _ in range(3):
        talk.receive(data(stream_id, b"x"))
        assert talk.credit() == {stream_id: 1}


def test_a_held_stream_gets_no_credit_until_it_is_released() -> None:
    talk = Talk(config=HTTP2Config(stream_window_bytes=65_535, connection_window_bytes=65_535))
    slow = talk.request()
    talk.codec.hold(slow)
    talk.receive(head(slow) + data(slow, bytes(40_000)))
    assert talk.credit() == {0: 40_000}
    talk.receive(data(slow, bytes(20_000)))
    assert talk.credit() == {}
    talk.codec.release(slow)
    assert talk.credit() == {slow: 60_000}
    talk.codec.release(slow)
    talk.codec.hold(99)
    talk.codec.release(99)
    assert talk.sent() == []


def test_what_comes_for_a_stream_we_reset_is_dropped_and_its_credit_goes_back() -> None:
    talk = Talk(config=HTTP2Config(stream_window_bytes=65_535, connection_window_bytes=65_535))
    kept, reset = talk.request(), talk.request()
    talk.codec.reset(reset)
    talk.codec.reset(reset)
    assert talk.codes() == [("RstStream", reset, 8)]
    # The table learns of the field all the same: the next block refers to it.
    talk.receive(head(reset, block=b"\x88\x40\x01a\x01b"))
    talk.receive(data(reset, bytes(16_000), pad=9) * 3 + window(reset, 5) + rst(reset))
    assert talk.credit() == {0: 48_030}
    record = talk.receive(head(kept, block=b"\x88\xbe", ended=True))
    assert record.fatal is None
    assert record.streams == {kept: Outcome(200, ((b"a", b"b"),), end=END)}


def test_data_cut_within_its_frame_belongs_to_nobody_after_a_reset() -> None:
    talk = Talk(config=HTTP2Config(stream_window_bytes=65_535, connection_window_bytes=65_535))
    stream_id = talk.request()
    frame = head(stream_id) + data(stream_id, bytes(40_000))
    talk.receive(frame[:20_000])
    talk.codec.reset(stream_id)
    record = talk.receive(frame[20_000:] + ping())
    assert len(record.streams[stream_id].body) < 20_000
    assert talk.credit()[0] >= 32_768
    assert record.fatal is None


def test_a_large_frame_is_delivered_as_it_comes_and_ends_with_its_last_byte() -> None:
    talk = Talk(config=HTTP2Config(max_frame_bytes=16_777_215, stream_window_bytes=2**24))
    stream_id = talk.request()
    talk.receive(head(stream_id))
    frame = data(stream_id, bytes(1_000_000), ended=True)
    talk.receive(frame[:500_000])
    assert len(talk.record.streams[stream_id].body) == 499_991
    talk.receive(frame[500_000:-1])
    assert talk.record.streams[stream_id].end == ""
    talk.receive(frame[-1:])
    assert talk.record.streams[stream_id] == Outcome(200, body=bytes(1_000_000), end=END)


def test_frames_that_come_together_are_one_event() -> None:
    talk = Talk()
    codec, stream_id, other = talk.codec, talk.request(), talk.request()
    frames = [data(stream_id, letter * 3) for letter in (b"a", b"b", b"c")]
    received = codec.receive(
        head(stream_id) + head(other) + b"".join(frames) + data(other, b"x") + frames[0]
    )
    chunks = [event.data for event in received.streams[stream_id] if isinstance(event, Chunk)]
    assert [bytes(piece) for piece in chunks] == [b"aaabbbccc", b"aaa"]


def test_frames_that_come_together_give_their_credit_back_together() -> None:
    talk = Talk(config=HTTP2Config(stream_window_bytes=100))
    stream_id = talk.request()
    talk.receive(head(stream_id) + data(stream_id, bytes(30)) * 3)
    assert talk.credit() == {stream_id: 90}
    talk.codec.hold(stream_id)
    talk.receive(data(stream_id, bytes(30)) * 3)
    assert talk.credit() == {}
    talk.codec.release(stream_id)
    assert talk.credit() == {stream_id: 90}


@pytest.mark.parametrize(
    ("config", "length", "body", "end"),
    [
        ({"stream_window_bytes": 80}, None, 60, "more data than the stream's window"),
        ({}, b"70", 60, "a body longer than its Content-Length"),
        ({}, b"0", 0, "a body longer than its Content-Length"),
    ],
)
def test_of_frames_that_come_together_only_those_before_the_fault_count(
    config: dict[str, int], length: bytes | None, body: int, end: str
) -> None:
    talk = Talk(config=HTTP2Config(**config))
    stream_id, other = talk.request(), talk.request()
    talk.codec.hold(stream_id)
    fields = OK if length is None else (*OK, (b"content-length", length))
    record = talk.receive(head(stream_id, fields) + data(stream_id, bytes(30)) * 4)
    outcome = record.streams[stream_id]
    assert (len(outcome.body), end in outcome.end) == (body, True), outcome
    assert record.fatal is None
    assert talk.receive(head(other, ended=True)).streams[other].end == END


def test_frames_beyond_the_window_of_the_connection_end_it_after_those_within() -> None:
    config = HTTP2Config(connection_window_bytes=65_535, max_frame_bytes=2**20)
    talk = Talk(config=config)
    stream_id = talk.request()
    record = talk.receive(head(stream_id) + data(stream_id, b"abc") + data(stream_id, bytes(2**16)))
    assert record.fatal is not None
    assert "more data than the connection's window" in record.fatal
    assert record.streams[stream_id].body == b"abc"


@pytest.mark.parametrize(
    ("code", "end"),
    [
        (ErrorCodes.CANCEL, "StreamReset: CANCEL"),
        (ErrorCodes.NO_ERROR, "StreamReset: NO_ERROR"),
        (ErrorCodes.REFUSED_STREAM, "StreamReset: REFUSED_STREAM (unprocessed)"),
        (0xBEEF, "StreamReset: error code 48879"),
    ],
)
def test_a_reset_breaks_what_is_not_complete(code: int, end: str) -> None:
    talk = Talk()
    stream_id, other = talk.request("POST", ended=False), talk.request()
    record = talk.receive(head(stream_id) + data(stream_id, b"abc") + rst(stream_id, code))
    assert record.streams == {stream_id: Outcome(200, body=b"abc", end=end)}
    assert (talk.codec.open_count, talk.codec.sendable(stream_id)) == (1, 0)
    talk.codec.send(stream_id, b"dropped", ended=True)
    talk.codec.reset(stream_id)
    assert talk.sent() == []
    assert talk.receive(head(other, ended=True)).streams[other].end == END


def test_a_reset_tells_code_and_bytes() -> None:
    codec = Talk().codec
    stream_id = codec.open("GET", GET, ended=True)
    codec.receive(head(stream_id) + data(stream_id, b"abc"))
    (event,) = codec.receive(rst(stream_id, 11)).streams[stream_id]
    assert isinstance(event, Broken)
    assert isinstance(event.error, StreamReset)
    assert (event.error.error_code, event.error.received_bytes) == (11, 3)


def test_padding_of_a_held_stream_gives_it_no_credit_either() -> None:
    talk = Talk(config=HTTP2Config(stream_window_bytes=20))
    stream_id = talk.request()
    talk.codec.hold(stream_id)
    talk.receive(head(stream_id) + data(stream_id, b"x", pad=18))
    assert talk.credit() == {}
    talk.codec.release(stream_id)
    assert talk.credit() == {stream_id: 20}


@pytest.mark.parametrize("code", [ErrorCodes.NO_ERROR, ErrorCodes.CANCEL])
def test_a_reset_after_a_complete_response_ends_the_upload_and_nothing_else(code: int) -> None:
    talk = Talk()
    stream_id = talk.request("POST", ended=False)
    record = talk.receive(
        head(stream_id) + data(stream_id, b"no", ended=True) + rst(stream_id, code)
    )
    assert record.streams == {stream_id: Outcome(200, body=b"no", end=END)}
    assert (talk.codec.takes_body(stream_id), talk.codec.open_count) == (False, 0)


def test_a_stream_that_is_over_by_itself_may_get_no_more_data() -> None:
    talk = Talk()
    stream_id = talk.request()
    talk.receive(head(stream_id) + rst(stream_id))
    assert "which is over" in str(talk.receive(data(stream_id, b"x")).fatal)
