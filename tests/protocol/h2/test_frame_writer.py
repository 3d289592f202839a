"""Frames as bytes, read back by hyperframe, which knows nothing of ours."""

from __future__ import annotations

import pytest
from hyperframe.frame import (
    ContinuationFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from hyperhttp._protocol.h2 import frame_writer


def read(data: bytes) -> list[Frame]:
    frames: list[Frame] = []
    while data:
        frame, length = Frame.parse_frame_header(memoryview(data[:9]))
        frame.parse_body(memoryview(data[9 : 9 + length]))
        frames.append(frame)
        data = data[9 + length :]
    return frames


def test_settings_have_their_identifiers_and_values() -> None:
    (frame,) = read(frame_writer.write_settings([(2, 0), (4, 1 << 20)]))
    assert isinstance(frame, SettingsFrame)
    assert frame.settings == {2: 0, 4: 1 << 20}


@pytest.mark.parametrize("stream_id", [0, 1, 2**31 - 1])
def test_a_window_update_has_its_stream_and_increment(stream_id: int) -> None:
    (frame,) = read(frame_writer.write_window_update(stream_id, 2**31 - 1))
    assert isinstance(frame, WindowUpdateFrame)
    assert (frame.stream_id, frame.window_increment) == (stream_id, 2**31 - 1)


def test_a_reset_has_its_code() -> None:
    (frame,) = read(frame_writer.write_rst_stream(3, 8))
    assert isinstance(frame, RstStreamFrame)
    assert (frame.stream_id, frame.error_code) == (3, 8)


@pytest.mark.parametrize("ack", [False, True])
def test_a_ping_has_its_eight_bytes_and_the_ack_flag(ack: bool) -> None:
    (frame,) = read(frame_writer.write_ping(b"12345678", ack=ack))
    assert isinstance(frame, PingFrame)
    assert (frame.opaque_data, "ACK" in frame.flags) == (b"12345678", ack)


def test_a_goaway_of_a_client_names_stream_0() -> None:
    (frame,) = read(frame_writer.write_goaway(11))
    assert isinstance(frame, GoAwayFrame)
    assert (frame.last_stream_id, frame.error_code) == (0, 11)


@pytest.mark.parametrize("ended", [False, True])
@pytest.mark.parametrize("size", [0, 1, 9, 10, 11, 20, 21])
def test_a_header_block_is_cut_into_frames_of_the_allowed_size(size: int, ended: bool) -> None:
    block = bytes(range(size))
    frames = read(frame_writer.write_head(1, block, ended=ended, frame_bytes_max=10))
    first, *rest = frames
    assert isinstance(first, HeadersFrame)
    assert all(isinstance(frame, ContinuationFrame) for frame in rest)
    assert ("END_STREAM" in first.flags) == ended
    assert ["END_HEADERS" in frame.flags for frame in frames] == [False] * len(rest) + [True]
    assert b"".join(getattr(frame, "data") for frame in frames) == block  # noqa: B009
    assert len(frames) == max(1, -(-size // 10))


def test_an_unknown_error_code_is_shown_by_its_number() -> None:
    assert frame_writer.code_name(7) == "REFUSED_STREAM"
    assert frame_writer.code_name(0x99) == "error code 153"
