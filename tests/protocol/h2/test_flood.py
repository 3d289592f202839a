"""Floods are refused, and what a fast connection needs is no flood."""

from __future__ import annotations

import pytest
from h2.errors import ErrorCodes

from hyperhttp._base._generated.config import HTTP2Config
from hyperhttp._protocol.h2.flood import (
    PER_PERIOD,
    PER_WORK,
    WORK_BYTES,
    Flood,
    FloodGuard,
    LateFrames,
)
from hyperhttp._protocol.h2.frame_reader import ConnectionFault
from tests.protocol.h2_wire import (
    Talk,
    data,
    goaway,
    head,
    ping,
    priority,
    raw,
    rst,
    settings,
    window,
)


def spend_until_refused(guard: FloodGuard, kind: Flood) -> int:
    number = 0
    with pytest.raises(ConnectionFault, match="a flood of") as caught:
        for number in range(1_000_000):  # noqa: B007  # counts what was spent
            guard.spend(kind)
    assert caught.value.code is ErrorCodes.ENHANCE_YOUR_CALM
    return number


@pytest.mark.parametrize("kind", Flood)
def test_each_kind_has_its_own_allowance_and_earns_more_by_work(kind: Flood) -> None:
    assert spend_until_refused(FloodGuard(), kind) == PER_PERIOD[kind]
    guard = FloodGuard()
    guard.work += 7
    assert spend_until_refused(guard, kind) == PER_PERIOD[kind] + 7 * PER_WORK[kind]
    for other in Flood:
        if other is not kind:
            guard.spend(other)


def test_a_new_period_allows_as_much_again_but_saves_nothing_up() -> None:
    guard = FloodGuard()
    guard.spend(Flood.PING, 40)
    for _ in range(5):
        guard.renew()
    assert spend_until_refused(guard, Flood.PING) == 100
    guard.renew()
    assert spend_until_refused(guard, Flood.PING) == 100


def test_what_was_earned_is_kept_over_periods() -> None:
    guard = FloodGuard()
    guard.work += 500
    guard.renew()
    guard.renew()
    assert spend_until_refused(guard, Flood.PING) == 600


def test_late_frames_are_as_many_as_the_streams_that_were_given_up_allow() -> None:
    late = LateFrames(max_informational=1)
    with pytest.raises(ConnectionFault, match="DATA on stream 1") as caught:
        late.data(1, 0)
    assert caught.value.code is ErrorCodes.STREAM_CLOSED
    with pytest.raises(ConnectionFault, match="HEADERS on stream 1"):
        late.head(1)
    late = LateFrames(max_informational=1)
    late.expect(10)
    late.expect(5)
    late.data(1, 15)
    for _ in range(6):
        late.head(3)
    with pytest.raises(ConnectionFault, match="HEADERS on stream 3"):
        late.head(3)


FLOODS: dict[str, tuple[bytes, int, str]] = {
    "SETTINGS": (settings({3: 100}), 300, "SETTINGS"),
    "empty SETTINGS": (settings(), 300, "SETTINGS"),
    "SETTINGS with many values": (raw(4, 0, 0, b"\0\x0f\0\0\0\1" * 1600), 5, "SETTINGS"),
    "acknowledgements": (settings(ack=True), 1000, "without meaning"),
    "PING": (ping(), 100, "PING"),
    "PING answers": (ping(ack=True), 100, "PING"),
    "RST_STREAM": (rst(1), 200, "RST_STREAM"),
    "empty DATA": (data(1), 100, "empty DATA"),
    "padding": (data(1, pad=255), 100, "empty DATA"),
    "WINDOW_UPDATE": (window(0, 1), 1000, "WINDOW_UPDATE"),
    "WINDOW_UPDATE of a stream": (window(1, 1), 1000, "WINDOW_UPDATE"),
    "PRIORITY": (priority(1), 1000, "without meaning"),
    "unknown frames": (raw(0xAA, 0, 0), 1000, "without meaning"),
    "GOAWAY": (goaway(1), 100, "without meaning"),
}


@pytest.mark.parametrize("name", FLOODS)
def test_a_flood_ends_the_connection_and_less_does_not(name: str) -> None:
    frame, enough, says = FLOODS[name]
    for in_one_read in (True, False):
        talk = Talk()
        stream_id = talk.request()
        talk.receive(head(stream_id))
        for _ in range(3):
            talk.codec.renew_flood_limits()
            for _ in range(1 if in_one_read else enough // 2):
                talk.receive(frame * (enough // 2) if in_one_read else frame)
        assert talk.receive(b"").fatal is None
        output = len(talk.codec.take_output())
        assert output <= 3 * enough * 17
        fatal = talk.receive(frame * (enough * 4 + 10)).fatal
        assert fatal is not None
        assert says in fatal
        assert talk.codes() == [("GoAway", 0, ErrorCodes.ENHANCE_YOUR_CALM)]
        assert talk.receive(frame * 1000).fatal == fatal
        assert talk.sent() == []


def test_an_upload_with_two_updates_for_each_frame_is_no_flood() -> None:
    talk = Talk()
    stream_id = talk.request("POST", ended=False)
    left = 100 << 20
    while left:
        size = min(left, talk.codec.sendable(stream_id))
        talk.codec.send(stream_id, bytes(size), ended=size == left)
        left -= size
        credit = b""
        for start in range(0, size, 8192):
            step = min(8192, size - start)
            credit += window(0, step) + window(stream_id, step)
        talk.codec.take_output()
        assert talk.receive(credit).fatal is None
    assert talk.receive(head(stream_id, ended=True)).streams[stream_id].end == "end"


def test_small_updates_for_large_frames_are_no_flood() -> None:
    talk = Talk(greeting=settings({4: 2**31 - 1, 5: 16_777_215}) + window(0, 2**30))
    stream_id = talk.request("POST", ended=False)
    talk.codec.send(stream_id, bytes(16 << 20), ended=False)
    for _ in range((16 << 20) // WORK_BYTES):
        talk.receive(window(0, WORK_BYTES // 2) * 2 + window(stream_id, WORK_BYTES // 2) * 2)
    assert talk.record.fatal is None


def test_a_window_of_one_byte_is_no_flood() -> None:
    talk = Talk(greeting=settings({4: 1}))
    stream_id = talk.request("POST", ended=False)
    for _ in range(5000):
        talk.codec.send(stream_id, b"x", ended=False)
        talk.receive(window(0, 1) + window(stream_id, 1))
    assert talk.record.fatal is None


def test_many_cancels_in_a_row_survive_the_responses_to_them() -> None:
    talk = Talk(config=HTTP2Config(max_streams=1000))
    replies = b""
    for _ in range(800):
        stream_id = talk.request()
        talk.codec.reset(stream_id)
        replies += head(stream_id) + data(stream_id, b"x" * 70, pad=3)
        replies += data(stream_id, ended=True) + window(stream_id, 9) + rst(stream_id, 5)
    assert talk.receive(replies).fatal is None
    stream_id = talk.request()
    assert talk.receive(head(stream_id, ended=True)).streams[stream_id].end == "end"


def test_a_ping_with_each_piece_of_data_is_no_flood() -> None:
    talk = Talk()
    stream_id = talk.request()
    talk.receive(head(stream_id))
    for _ in range(3000):
        talk.receive(data(stream_id, b"x") + ping())
        talk.codec.take_output()
    assert talk.record.fatal is None
