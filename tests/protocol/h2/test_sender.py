"""What goes out: heads and bodies, cut into frames, within the windows of the peer."""

from __future__ import annotations

import pytest
from h2.errors import ErrorCodes
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    HeadersFrame,
)

from hyperhttp._protocol.h2.codec import CreditGained
from tests.protocol.h2_wire import GET, Talk, data, frames_of, head, settings, window


def test_a_head_larger_than_a_frame_is_continued() -> None:
    talk = Talk()
    fields = (*GET, *((b"x-%d" % number, b"v" * 4000) for number in range(10)))
    talk.codec.open("GET", fields, ended=True)
    output = talk.codec.take_output()
    assert talk.codec.head_bytes == len(output)
    first, *more = frames_of(output)
    assert isinstance(first, HeadersFrame)
    assert first.flags >= {"END_STREAM"}
    assert "END_HEADERS" not in first.flags
    assert len(more) == 2
    assert all(isinstance(frame, ContinuationFrame) for frame in more)
    assert ["END_HEADERS" in frame.flags for frame in more] == [False, True]


def test_a_body_is_cut_by_frame_size_and_takes_from_both_windows() -> None:
    talk = Talk(greeting=settings({4: 50_000}))
    stream_id = talk.request("POST", ended=False)
    assert talk.codec.sendable(stream_id) == 50_000
    talk.codec.send(stream_id, memoryview(bytes(40_000)), ended=False)
    assert talk.bodies() == [(16_384, False), (16_384, False), (7232, False)]
    assert talk.codec.sendable(stream_id) == 10_000
    other = talk.request("POST", ended=False)
    assert talk.codec.sendable(other) == 25_535
    talk.receive(settings({5: 20_000}))
    talk.sent()
    talk.codec.send(other, bytes(25_535), ended=True)
    assert talk.bodies() == [(20_000, False), (5535, True)]
    assert talk.codec.sendable(stream_id) == 0


def test_an_empty_end_is_an_empty_frame() -> None:
    talk = Talk()
    stream_id = talk.request("POST", ended=False)
    assert talk.codec.takes_body(stream_id)
    talk.codec.send(stream_id, b"", ended=True)
    (frame,) = talk.sent()
    assert isinstance(frame, DataFrame)
    assert (frame.data, frame.flags >= {"END_STREAM"}) == (b"", True)
    assert not talk.codec.takes_body(stream_id)


def test_more_than_the_windows_allow_is_a_defect_not_a_truncation() -> None:
    talk = Talk(greeting=settings({4: 5}))
    stream_id = talk.request("POST", ended=False)
    with pytest.raises(ValueError, match="more data"):
        talk.codec.send(stream_id, b"123456", ended=True)


def test_a_window_below_zero_waits_until_it_is_above() -> None:
    talk = Talk(greeting=settings({4: 100}))
    stream_id = talk.request("POST", ended=False)
    talk.codec.send(stream_id, bytes(80), ended=False)
    assert talk.receive(settings({4: 10})).notices == []
    assert talk.codec.sendable(stream_id) == 0
    assert talk.receive(window(stream_id, 60)).notices == []
    assert talk.codec.sendable(stream_id) == 0
    assert talk.receive(window(stream_id, 10) + window(stream_id, 5)).notices == [CreditGained()]
    assert talk.codec.sendable(stream_id) == 5
    assert talk.receive(settings({4: 20})).notices == [CreditGained(), CreditGained()]
    assert talk.codec.sendable(stream_id) == 15


def test_a_body_may_go_on_after_the_head_and_stops_at_the_end() -> None:
    talk = Talk()
    stream_id = talk.request("POST", ended=False)
    talk.receive(head(stream_id))
    assert talk.codec.takes_body(stream_id)
    talk.receive(data(stream_id, b"x", ended=True))
    assert not talk.codec.takes_body(stream_id)
    assert talk.codec.sendable(stream_id) == 0
    talk.codec.send(stream_id, b"late", ended=True)
    assert talk.sent() == []
    talk.codec.reset(stream_id, ErrorCodes.NO_ERROR)
    assert talk.codes() == [("RstStream", stream_id, 0)]
