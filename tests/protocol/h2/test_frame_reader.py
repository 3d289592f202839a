"""Frames in and out: hyperframe reads what we write, and we read what it writes, however cut."""

from __future__ import annotations

from collections.abc import Sequence

import hyperframe.frame as reference
import pytest
from h2.errors import ErrorCodes
from hypothesis import given, settings
from hypothesis import strategies as st

from hyperhttp._base._generated.bounds import FRAGMENTS_MAX
from hyperhttp._protocol.h2.frame_reader import ConnectionFault, FrameHandlers, FrameReader
from hyperhttp._protocol.h2.frame_writer import (
    code_name,
    frame_header,
    write_goaway,
    write_head,
    write_ping,
    write_rst_stream,
    write_settings,
    write_window_update,
)
from tests.protocol import h2_wire as wire
from tests.protocol.h2_wire import frames_of

FRAME_BYTES_MAX = 20_000
BLOCK_BYTES_MAX = 500


class Listener:
    """A reader whose handlers only write down what they are told, pieces of DATA joined."""

    def __init__(self) -> None:
        self.told: list[tuple[object, ...]] = []
        self.reader = FrameReader(
            FrameHandlers(
                data_began=lambda *said: self.told.append(("began", *said)),
                data=self.data,
                data_frames=self.data_frames,
                headers=lambda *said: self.told.append(("headers", *said)),
                rst_stream=lambda *said: self.told.append(("rst", *said)),
                settings=lambda said: self.told.append(("settings", *said)),
                ping=lambda *said: self.told.append(("ping", *said)),
                goaway=lambda *said: self.told.append(("goaway", *said)),
                window_update=lambda *said: self.told.append(("window", *said)),
                ignored=lambda: self.told.append(("ignored",)),
            ),
            frame_bytes_max=FRAME_BYTES_MAX,
            block_bytes_max=BLOCK_BYTES_MAX,
        )

    def data(self, stream_id: int, view: bytes | memoryview, ended: bool) -> None:
        piece = bytes(view)
        last = self.told[-1]
        if last[0] == "data":
            _, same, before, was_ended = last
            assert (same, was_ended) == (stream_id, False)
            assert isinstance(before, bytes)
            assert piece
            self.told[-1] = ("data", stream_id, before + piece, ended)
        else:
            assert last[:2] == ("began", stream_id)
            self.told.append(("data", stream_id, piece, ended))

    def data_frames(
        self, stream_id: int, pieces: Sequence[bytes | memoryview], length: int, ended: bool
    ) -> None:
        assert length == sum(len(piece) for piece in pieces)
        for piece in pieces:
            assert piece
            self.told.append(("began", stream_id, len(piece), len(piece)))
            self.told.append(("data", stream_id, bytes(piece), False))
        self.told[-1] = ("data", stream_id, bytes(pieces[-1]), ended)

    def feed_in_place(self, *pieces: bytes) -> list[tuple[object, ...]]:
        """Feed views of one buffer, which is overwritten each time."""
        buffer = memoryview(bytearray(1 << 17))
        for piece in pieces:
            buffer[: len(piece)] = piece
            self.reader.feed(buffer[: len(piece)])
            buffer[:] = b"\xaa" * len(buffer)
        return self.told

    def feed(self, *pieces: bytes) -> list[tuple[object, ...]]:
        for piece in pieces:
            self.reader.feed(piece)
        return self.told


HELLO = wire.settings()
TOLD: dict[str, tuple[bytes, list[tuple[object, ...]]]] = {
    "DATA": (wire.data(1, b"abc"), [("began", 1, 3, 3), ("data", 1, b"abc", False)]),
    "DATA that ends": (
        wire.data(5, b"abc", ended=True),
        [("began", 5, 3, 3), ("data", 5, b"abc", True)],
    ),
    "padded DATA": (
        wire.data(1, b"abc", pad=7, ended=True),
        [("began", 1, 11, 3), ("data", 1, b"abc", True)],
    ),
    "nothing but padding": (wire.data(1, pad=4), [("began", 1, 5, 0), ("data", 1, b"", False)]),
    "empty DATA": (wire.data(1, ended=True), [("began", 1, 0, 0), ("data", 1, b"", True)]),
    "DATA of the largest size": (
        wire.data(1, b"x" * FRAME_BYTES_MAX),
        [
            ("began", 1, FRAME_BYTES_MAX, FRAME_BYTES_MAX),
            ("data", 1, b"x" * FRAME_BYTES_MAX, False),
        ],
    ),
    "HEADERS": (wire.head(3, block=b"abc"), [("headers", 3, b"abc", False)]),
    "padded HEADERS with priority": (
        wire.raw(1, 0x2D, 3, b"\2\x80\0\0\1\x07abc\0\0"),
        [("headers", 3, b"abc", True)],
    ),
    "HEADERS in fragments": (
        wire.head(3, block=b"abcdef", fragments=3, ended=True, pad=2),
        [("headers", 3, b"abcdef", True)],
    ),
    "HEADERS in as many fragments as may be": (
        wire.raw(1, 0, 3) + wire.raw(9, 0, 3) * (FRAGMENTS_MAX - 2) + wire.raw(9, 4, 3, b"abc"),
        [("headers", 3, b"abc", False)],
    ),
    "the largest block": (
        wire.head(3, block=bytes(BLOCK_BYTES_MAX), fragments=2),
        [("headers", 3, bytes(BLOCK_BYTES_MAX), False)],
    ),
    "PRIORITY": (wire.priority(9), [("ignored",)]),
    "RST_STREAM": (wire.rst(3, 0xFFFF_FFFF), [("rst", 3, 0xFFFF_FFFF)]),
    "SETTINGS": (
        wire.raw(4, 0, 0, b"\0\3\0\0\0\1\0\3\0\0\0\2"),
        [("settings", (3, 1), (3, 2))],
    ),
    "an acknowledgement": (wire.settings(ack=True), [("ignored",)]),
    "PING": (wire.ping(b"abcdefgh"), [("ping", b"abcdefgh", False)]),
    "PING answered": (wire.ping(b"abcdefgh", ack=True), [("ping", b"abcdefgh", True)]),
    "GOAWAY": (wire.goaway(7, 2, b"why"), [("goaway", 7, 2, "why")]),
    "GOAWAY that talks": (
        wire.goaway(7, 2, b"\xff" + b"x" * 500),
        [("goaway", 7, 2, "\\xff" + "x" * 199)],
    ),
    "WINDOW_UPDATE": (wire.window(0, 2**31 - 1), [("window", 0, 2**31 - 1)]),
    "WINDOW_UPDATE with its reserved bit": (wire.window(3, 2**31 + 5), [("window", 3, 5)]),
    "an unknown frame": (wire.raw(0x77, 0xFF, 0, b"x" * 300), [("ignored",)]),
}


@pytest.mark.parametrize("name", TOLD)
def test_a_frame_is_told_the_same_however_it_is_cut(name: str) -> None:
    frame, told = TOLD[name]
    data = HELLO + frame + wire.ping()
    expected = [("settings",), *told, ("ping", b"12345678", False)]
    assert Listener().feed(data) == expected
    step = max(1, len(data) // 500)
    for at in range(1, len(data), step):
        assert Listener().feed(data[:at], data[at:]) == expected
    assert Listener().feed(*(data[at : at + 1] for at in range(len(data)))) == expected
    middle = len(data) // 2
    assert Listener().feed_in_place(data) == expected
    assert Listener().feed_in_place(data[:middle], data[middle:]) == expected


@given(st.lists(st.sampled_from(sorted(TOLD)), max_size=10), st.lists(st.integers(1, 60)))
@settings(max_examples=150, deadline=None)
def test_any_frames_are_told_the_same_however_they_are_cut(
    names: list[str], cuts: list[int]
) -> None:
    data = HELLO + b"".join(TOLD[name][0] for name in names)
    listener = Listener()
    for cut in cuts:
        listener.feed(data[:cut])
        data = data[cut:]
    expected = [("settings",), *(said for name in names for said in TOLD[name][1])]
    assert listener.feed(data) == expected
    assert not listener.reader.within_frame


@pytest.mark.parametrize("name", TOLD)
def test_the_reader_knows_when_it_is_within_a_frame(name: str) -> None:
    data = TOLD[name][0]
    for at in {1, 8, 9, 10, len(data) // 2, len(data) - 1}:
        listener = Listener()
        listener.feed(HELLO, data[:at])
        # Bytes that only skip padding or a frame without meaning are within it all the same.
        assert listener.reader.within_frame == (0 < at < len(data))
        listener.feed(data[at:])
        assert not listener.reader.within_frame


def test_data_is_handed_on_before_its_frame_is_whole() -> None:
    listener = Listener()
    listener.feed(HELLO, wire.data(1, b"abcdef", ended=True)[:12])
    assert listener.told[1:] == [("began", 1, 6, 6), ("data", 1, b"abc", False)]


@pytest.mark.parametrize(
    ("data", "code", "says"),
    [
        (wire.data(1, bytes(FRAME_BYTES_MAX + 1))[:9], ErrorCodes.FRAME_SIZE_ERROR, "20001 bytes"),
        (wire.head(1, block=bytes(501)), ErrorCodes.ENHANCE_YOUR_CALM, "more than 500 bytes"),
        (
            wire.raw(1, 0, 1, bytes(300)) + wire.raw(9, 0, 1, bytes(201)),
            ErrorCodes.ENHANCE_YOUR_CALM,
            "more than 500 bytes",
        ),
        (
            wire.raw(1, 0, 1) + wire.raw(9, 0, 1) * FRAGMENTS_MAX,
            ErrorCodes.ENHANCE_YOUR_CALM,
            f"more than {FRAGMENTS_MAX} frames",
        ),
    ],
)
def test_what_is_too_large_is_refused_as_soon_as_it_can_be(
    data: bytes, code: ErrorCodes, says: str
) -> None:
    with pytest.raises(ConnectionFault, match=says) as caught:
        Listener().feed(HELLO, data)
    assert caught.value.code is code


def test_a_large_frame_without_meaning_is_not_kept() -> None:
    listener = Listener()
    listener.feed(HELLO, wire.raw(0x77, 0, 0, bytes(FRAME_BYTES_MAX))[:15_000])
    assert not listener.reader._buffer


def test_hyperframe_reads_what_we_write() -> None:
    frames = frames_of(
        write_settings([(2, 0), (4, 70_000)])
        + write_window_update(3, 2**31 - 1)
        + write_rst_stream(5, ErrorCodes.CANCEL)
        + write_ping(b"abcdefgh", ack=True)
        + write_goaway(ErrorCodes.PROTOCOL_ERROR)
        + frame_header(0, 0, 1, 7)
    )
    configuration, update, reset, reply, goaway, data = frames
    assert isinstance(configuration, reference.SettingsFrame)
    assert configuration.settings == {2: 0, 4: 70_000}
    assert isinstance(update, reference.WindowUpdateFrame)
    assert (update.stream_id, update.window_increment) == (3, 2**31 - 1)
    assert isinstance(reset, reference.RstStreamFrame)
    assert (reset.stream_id, reset.error_code) == (5, 8)
    assert isinstance(reply, reference.PingFrame)
    assert (reply.opaque_data, set(reply.flags)) == (b"abcdefgh", {"ACK"})
    assert isinstance(goaway, reference.GoAwayFrame)
    assert (goaway.last_stream_id, goaway.error_code) == (0, 1)
    assert isinstance(data, reference.DataFrame)
    assert (data.stream_id, set(data.flags)) == (7, {"END_STREAM"})


@pytest.mark.parametrize("length", [0, 1, 9, 10, 11, 20, 25])
@pytest.mark.parametrize("ended", [True, False])
def test_a_block_is_cut_into_frames_and_comes_back_whole(length: int, ended: bool) -> None:
    block = bytes(range(length))
    written = write_head(3, block, ended=ended, frame_bytes_max=10)
    frames = frames_of(written)
    assert all(len(getattr(frame, "data", b"")) <= 10 for frame in frames)
    assert len(frames) == max(1, -(-length // 10))
    assert Listener().feed(HELLO + written)[1:] == [("headers", 3, block, ended)]


def test_error_codes_have_names() -> None:
    assert code_name(7) == "REFUSED_STREAM"
    assert code_name(99) == "error code 99"
