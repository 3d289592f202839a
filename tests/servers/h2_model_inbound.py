"""What a model server holds its client to: every frame that comes is checked against RFC 9113.

It keeps the streams, our windows and the settings that the client has acknowledged. It sends
nothing: what is owed in answer is put on lists, for the model to send when it likes.
"""

from __future__ import annotations

from collections import deque
from typing import Final

from h2.settings import SettingCodes
from hpack import Decoder, HPACKError
from hyperframe.exceptions import HyperframeError
from hyperframe.frame import (
    ContinuationFrame,
    DataFrame,
    Frame,
    GoAwayFrame,
    HeadersFrame,
    PingFrame,
    PriorityFrame,
    RstStreamFrame,
    SettingsFrame,
    WindowUpdateFrame,
)

from tests.servers import h2_frames
from tests.servers.h2_frames import FRAME_BYTES_DEFAULT, PREFACE, WINDOW_DEFAULT, WINDOW_MAX
from tests.servers.h2_model_stream import End, ModelStream

STREAMS_UNLIMITED: Final = WINDOW_MAX


class Violation(AssertionError):
    """The client did what RFC 9113 does not allow."""


class Inbound:
    """Reads what the client sends; `feed` raises `Violation`."""

    def __init__(self) -> None:
        """Nothing has come, and the settings of RFC 9113 section 6.5.2 are in force."""
        self.streams: dict[int, ModelStream] = {}
        self.open = set[int]()
        """Streams that count as concurrent (5.1.2)."""
        self.highest_id = 0
        self.peak_open = 0
        self.to_send = WINDOW_DEFAULT
        self.to_receive = WINDOW_DEFAULT
        self.owed = 0
        """Credit of the connection that was not given back yet."""
        self.theirs: dict[int, int] = {}
        """The client's settings that are in force: those whose ACK was sent."""
        self.ours: dict[int, int] = {}
        """Our settings that are in force: those whose ACK has come."""
        self.unacknowledged = deque[dict[int, int]]()
        self.settings_due = deque[dict[int, int]]()
        self.pings_due = deque[bytes]()
        self.pings_sent = deque[bytes]()
        self.last_stream_id: int | None = None
        """Of our last GOAWAY."""
        self.goaway_ping: bytes | None = None
        """A PING behind GOAWAY: the client that has responded it knows."""
        self.client_goaway: GoAwayFrame | None = None
        self.decoder = Decoder()
        self._preface = bytearray()
        self._frames = h2_frames.FrameReader()
        self._block = bytearray()
        self._block_head: HeadersFrame | None = None
        self._has_left = False
        self._has_begun = False

    def feed(self, data: bytes) -> None:
        """Take bytes of the client; raises `Violation` at what it may not send."""
        missing = len(PREFACE) - len(self._preface)
        self._preface += data[:missing]
        _require(PREFACE.startswith(self._preface), f"no preface: {bytes(self._preface)!r}")
        try:
            for frame in self._frames.feed(data[missing:]):
                self._take(frame)
        except HyperframeError as error:
            raise Violation(f"a frame is broken: {error}") from error

    def close_stream(self, stream: ModelStream, end: End) -> None:
        """The stream is over, in a way that stands once it is complete."""
        if stream.end is End.RUNNING:
            stream.end = end
        self.open.discard(stream.stream_id)

    def close_if_both_ended(self, stream: ModelStream) -> None:
        """The stream is closed when both sides have ended (5.1)."""
        if stream.is_request_ended and stream.end is End.COMPLETE:
            self.open.discard(stream.stream_id)

    def their(self, code: SettingCodes, default: int) -> int:
        """A setting of the client that is in force."""
        return self.theirs.get(code, default)

    def our(self, code: SettingCodes, default: int) -> int:
        """A setting of ours that is in force."""
        return self.ours.get(code, default)

    def _take(self, frame: Frame) -> None:
        size = len(frame.data) if isinstance(frame, (HeadersFrame, ContinuationFrame)) else 0
        _require(size <= self._frame_bytes_max, f"{size} bytes in {frame!r}")
        if self._block_head is not None:
            is_next = isinstance(frame, ContinuationFrame)
            is_next = is_next and frame.stream_id == self._block_head.stream_id
            _require(is_next, f"{frame!r} within a field block")
        _require(self._has_begun or isinstance(frame, SettingsFrame), f"first came {frame!r}")
        self._has_begun = True
        match frame:
            case HeadersFrame():
                self._block_head = frame
                self._collect(frame)
            case ContinuationFrame():
                self._collect(frame)
            case DataFrame():
                self._take_data(frame)
            case SettingsFrame():
                self._take_settings(frame)
            case WindowUpdateFrame():
                self._take_credit(frame)
            case RstStreamFrame():
                self._take_reset(frame)
            case PingFrame():
                self._take_ping(frame)
            case GoAwayFrame():
                self.client_goaway = frame
            case PriorityFrame():
                pass
            case _:
                raise Violation(f"a client sends no {frame!r}")

    @property
    def _frame_bytes_max(self) -> int:
        return self.our(SettingCodes.MAX_FRAME_SIZE, FRAME_BYTES_DEFAULT)

    def _collect(self, frame: HeadersFrame | ContinuationFrame) -> None:
        first = self._block_head
        _require(first is not None, f"{frame!r} continues nothing")
        self._block += frame.data
        if first is None or "END_HEADERS" not in frame.flags:
            return
        self._block_head = None
        fields = self._decode()
        self._block.clear()
        is_end = "END_STREAM" in first.flags
        if first.stream_id in self.streams:
            stream = self._sending(first)
            _require(is_end, f"trailers of {stream.stream_id} do not end it")
            stream.request_trailers = fields
        else:
            stream = self._open(first.stream_id, fields)
        if is_end:
            self._end(stream)

    def _decode(self) -> list[tuple[str, str]]:
        try:
            return h2_frames.decode(self.decoder, bytes(self._block))
        except HPACKError as error:
            raise Violation(f"a field block is broken: {error}") from error

    def _open(self, stream_id: int, fields: list[tuple[str, str]]) -> ModelStream:
        _require(stream_id % 2 == 1, f"stream {stream_id} is not the client's to open")
        _require(stream_id > self.highest_id, f"{stream_id} is below {self.highest_id}")
        _require(not self._has_left, f"stream {stream_id} was opened after GOAWAY")
        self.highest_id = stream_id
        to_send = self.their(SettingCodes.INITIAL_WINDOW_SIZE, WINDOW_DEFAULT)
        to_receive = self.our(SettingCodes.INITIAL_WINDOW_SIZE, WINDOW_DEFAULT)
        stream = self.streams[stream_id] = ModelStream(stream_id, fields, to_send, to_receive)
        if self.last_stream_id is not None and stream_id > self.last_stream_id:
            stream.end = End.UNPROCESSED
            return stream
        self.open.add(stream_id)
        self.peak_open = max(self.peak_open, len(self.open))
        limit = self.our(SettingCodes.MAX_CONCURRENT_STREAMS, STREAMS_UNLIMITED)
        _require(len(self.open) <= limit, f"{len(self.open)} streams are open of {limit}")
        return stream

    def _sending(self, frame: Frame) -> ModelStream:
        """The stream, on which the client may still send."""
        stream = self._known(frame)
        _require(not stream.is_request_ended, f"{frame!r} after END_STREAM")
        _require(not stream.is_cut_by_client, f"{frame!r} after RST_STREAM")
        return stream

    def _known(self, frame: Frame) -> ModelStream:
        stream = self.streams.get(frame.stream_id)
        if stream is None:
            raise Violation(f"{frame!r} on an idle stream")
        return stream

    def _end(self, stream: ModelStream) -> None:
        stream.is_request_ended = True
        self.close_if_both_ended(stream)

    def _take_data(self, frame: DataFrame) -> None:
        stream, taken = self._sending(frame), frame.flow_controlled_length
        _require(taken <= self._frame_bytes_max, f"{taken} bytes of DATA in one frame")
        # A window may be below zero (6.9.2): an empty frame is allowed even then.
        room = min(self.to_receive, stream.to_receive)
        _require(taken == 0 or taken <= room, f"{taken} bytes of DATA where {room} were allowed")
        self.to_receive -= taken
        stream.to_receive -= taken
        self.owed += taken
        stream.owed += taken
        stream.request_body += frame.data
        if "END_STREAM" in frame.flags:
            self._end(stream)

    def _take_settings(self, frame: SettingsFrame) -> None:
        if "ACK" not in frame.flags:
            self.settings_due.append(dict(frame.settings))
            return
        _require(bool(self.unacknowledged), "an ACK of no SETTINGS")
        before = self.our(SettingCodes.INITIAL_WINDOW_SIZE, WINDOW_DEFAULT)
        self.ours.update(self.unacknowledged.popleft())
        change = self.our(SettingCodes.INITIAL_WINDOW_SIZE, WINDOW_DEFAULT) - before
        for stream in self.streams.values():
            stream.to_receive += change
        self.decoder.max_allowed_table_size = self.our(SettingCodes.HEADER_TABLE_SIZE, 4096)

    def _take_credit(self, frame: WindowUpdateFrame) -> None:
        if frame.stream_id == 0:
            self.to_send += frame.window_increment
            _require(self.to_send <= WINDOW_MAX, f"{frame!r} makes {self.to_send}")
            return
        stream = self._known(frame)
        stream.to_send += frame.window_increment
        _require(stream.to_send <= WINDOW_MAX, f"{frame!r} makes {stream.to_send}")

    def _take_reset(self, frame: RstStreamFrame) -> None:
        stream = self._known(frame)
        stream.is_cut_by_client = True
        self.close_stream(stream, End.CANCELLED)

    def _take_ping(self, frame: PingFrame) -> None:
        if "ACK" not in frame.flags:
            self.pings_due.append(frame.opaque_data)
            return
        _require(frame.opaque_data in self.pings_sent, f"{frame!r} answers no PING")
        self.pings_sent.remove(frame.opaque_data)
        self._has_left = self._has_left or frame.opaque_data == self.goaway_ping


def _require(is_so: bool, message: str) -> None:
    if not is_so:
        raise Violation(message)
