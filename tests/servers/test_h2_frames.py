"""Frames that are built by hand are those that hyperframe reads, and come whole out of pieces."""

from __future__ import annotations

import pytest
from hpack import Decoder, Encoder
from hyperframe.exceptions import HyperframeError
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    PushPromiseFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from tests.servers import h2_frames
from tests.servers.h2_frames import FrameReader

BUILT: dict[str, tuple[bytes, Frame]] = {
    "DATA": (h2_frames.data(1, b"abc"), DataFrame(1, b"abc")),
    "the end": (h2_frames.data(1, b"", end=True), DataFrame(1, b"", flags=["END_STREAM"])),
    "padded DATA": (
        h2_frames.data(3, b"abc", pad=4),
        DataFrame(3, b"abc", pad_length=4, flags=["PADDED"]),
    ),
    "DATA padded by nothing": (
        h2_frames.data(3, b"abc", pad=0),
        DataFrame(3, b"abc", pad_length=0, flags=["PADDED"]),
    ),
    "HEADERS": (
        h2_frames.headers(5, b"block", end=True, pad=1),
        HeadersFrame(5, b"block", pad_length=1, flags=["END_STREAM", "END_HEADERS", "PADDED"]),
    ),
    "CONTINUATION": (
        h2_frames.continuation(5, b"rest", end_headers=True),
        ContinuationFrame(5, b"rest", flags=["END_HEADERS"]),
    ),
    "PUSH_PROMISE": (
        h2_frames.push_promise(1, 2, b"block"),
        PushPromiseFrame(1, 2, b"block", flags=["END_HEADERS"]),
    ),
    "SETTINGS": (h2_frames.settings({4: 9, 5: 20_000}), SettingsFrame(0, {4: 9, 5: 20_000})),
    "its ACK": (h2_frames.settings(ack=True), SettingsFrame(0, flags=["ACK"])),
    "RST_STREAM": (h2_frames.rst(7, 8), RstStreamFrame(7, 8)),
    "PING": (h2_frames.ping(b"12345678"), PingFrame(0, b"12345678")),
    "GOAWAY": (h2_frames.goaway(9, 2, b"why"), GoAwayFrame(0, 9, 2, b"why")),
    "WINDOW_UPDATE": (h2_frames.window_update(0, 1000), WindowUpdateFrame(0, 1000)),
    "PRIORITY": (h2_frames.priority(3, 1, 7), PriorityFrame(3, depends_on=1, stream_weight=7)),
}
FIELDS = [(":status", "200"), ("x-a", "b" * 40)]


@pytest.mark.parametrize("name", BUILT)
def test_a_built_frame_is_hyperframes_own(name: str) -> None:
    built, frame = BUILT[name]
    assert built == frame.serialize()


@pytest.mark.parametrize("name", BUILT)
def test_a_frame_comes_out_of_its_last_byte(name: str) -> None:
    built, frame = BUILT[name]
    reader = FrameReader()
    for byte in built[:-1]:
        assert list(reader.feed(bytes([byte]))) == []
        assert not reader.is_between_frames
    (found,) = reader.feed(built[-1:])
    assert reader.is_between_frames
    assert found.serialize() == frame.serialize()


def test_several_frames_come_out_of_one_piece() -> None:
    whole = b"".join(built for built, _ in BUILT.values())
    found = list(FrameReader().feed(whole))
    assert [type(frame) for frame in found] == [type(frame) for _, frame in BUILT.values()]


@pytest.mark.parametrize("pad", [None, 9])
@pytest.mark.parametrize("split", [None, 1, 7, 1000])
def test_a_field_block_is_whole_again_in_its_fragments(pad: int | None, split: int | None) -> None:
    block = h2_frames.encode(Encoder(), FIELDS)
    sent = h2_frames.headers(1, block, pad=pad, split=split)
    first, *rest = FrameReader().feed(sent)
    assert isinstance(first, HeadersFrame)
    parts = [frame for frame in rest if isinstance(frame, ContinuationFrame)]
    assert len(parts) == len(rest)
    assert len(rest) == {None: 0, 1: len(block) - 1, 7: -(-len(block) // 7) - 1, 1000: 0}[split]
    frames: list[HeadersFrame | ContinuationFrame] = [first, *parts]
    assert ["END_HEADERS" in frame.flags for frame in frames] == [False] * len(rest) + [True]
    joined = b"".join(frame.data for frame in frames)
    assert h2_frames.decode(Decoder(), joined) == FIELDS


def test_what_no_library_would_send_can_be_built() -> None:
    assert h2_frames.frame(0xFA, 0xFF, 1 << 31, b"x") == b"\0\0\1\xfa\xff\x80\0\0\0x"
    with pytest.raises(HyperframeError):
        list(FrameReader().feed(h2_frames.data(0, b"x")))


def test_a_size_of_the_table_that_is_set_twice_is_said_once_and_not_forgotten() -> None:
    encoder, decoder = Encoder(), Decoder()
    for _ in range(2):
        h2_frames.resize(encoder, 100)
    decoder.max_allowed_table_size = 100
    assert h2_frames.decode(decoder, h2_frames.encode(encoder, FIELDS)) == FIELDS
    assert decoder.header_table_size == 100
