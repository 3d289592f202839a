"""Frames of a server, written by `hyperframe` and `hpack`, and what the codec makes of them."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import hpack
from h2.errors import ErrorCodes
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

from hyperhttp._base._generated.config import HTTP2Config, Limits
from hyperhttp._policy.replay import is_unprocessed
from hyperhttp._protocol.events import Broken, Chunk, End, Informational, Trailers
from hyperhttp._protocol.h2.codec import Fatal, H2Codec, Notice, Received

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hyperhttp._protocol.events import Event

Fields = tuple[tuple[bytes, bytes], ...]

OK: Fields = ((b":status", b"200"),)
GET: Fields = (
    (b":method", b"GET"),
    (b":scheme", b"https"),
    (b":authority", b"example.com"),
    (b":path", b"/"),
)


def block_of(fields: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A block that neither reads nor changes the dynamic table."""
    encoder = hpack.Encoder()
    return encoder.encode([(name, value, True) for name, value in fields], huffman=False)


def head(
    stream_id: int,
    fields: Fields = OK,
    *,
    ended: bool = False,
    block: bytes | None = None,
    pad: int | None = None,
    fragments: int = 1,
) -> bytes:
    """HEADERS, and CONTINUATION for each further fragment."""
    data = block_of(fields) if block is None else block
    cut = -(-len(data) // fragments)
    pieces = [data[start : start + cut] for start in range(0, cut * fragments, cut or 1)] or [b""]
    first = HeadersFrame(stream_id, pieces[0])
    if ended:
        first.flags.add("END_STREAM")
    if pad is not None:
        first.flags.add("PADDED")
        first.pad_length = pad
    frames: list[HeadersFrame | ContinuationFrame] = [first]
    frames += [ContinuationFrame(stream_id, piece) for piece in pieces[1:]]
    frames[-1].flags.add("END_HEADERS")
    return b"".join(frame.serialize() for frame in frames)


def data(
    stream_id: int, body: bytes = b"", *, ended: bool = False, pad: int | None = None
) -> bytes:
    frame = DataFrame(stream_id, body)
    if ended:
        frame.flags.add("END_STREAM")
    if pad is not None:
        frame.flags.add("PADDED")
        frame.pad_length = pad
    return frame.serialize()


def settings(values: dict[int, int] | None = None, *, ack: bool = False) -> bytes:
    frame = SettingsFrame(0, settings=values or {})
    if ack:
        frame.flags.add("ACK")
    return frame.serialize()


def rst(stream_id: int, code: int = ErrorCodes.CANCEL) -> bytes:
    return RstStreamFrame(stream_id, error_code=code).serialize()


def window(stream_id: int, increment: int) -> bytes:
    return raw(0x8, 0, stream_id, increment.to_bytes(4, "big"))


def ping(opaque: bytes = b"12345678", *, ack: bool = False) -> bytes:
    frame = PingFrame(0, opaque)
    if ack:
        frame.flags.add("ACK")
    return frame.serialize()


def goaway(last: int, code: int = ErrorCodes.NO_ERROR, said: bytes = b"") -> bytes:
    return GoAwayFrame(0, last, code, said).serialize()


def priority(stream_id: int) -> bytes:
    return PriorityFrame(stream_id, depends_on=0, stream_weight=3).serialize()


def raw(kind: int, flags: int, stream_id: int, payload: bytes = b"") -> bytes:
    """A frame as nobody should write it."""
    header = len(payload).to_bytes(3, "big") + bytes((kind, flags)) + stream_id.to_bytes(4, "big")
    return header + payload


@dataclass(frozen=True)
class Outcome:
    """What one stream came to."""

    status: int = 0
    fields: Fields = ()
    informational: tuple[int, ...] = ()
    body: bytes = b""
    trailers: Fields = ()
    end: str = ""
    """`end`, or the class and the detail of the error."""

    def after(self, event: Event) -> Outcome:
        match event:
            case Informational(interim):
                return replace(self, informational=(*self.informational, interim.status_code))
            case Chunk(piece):
                assert piece, "an empty chunk tells nobody anything"
                return replace(self, body=self.body + piece)
            case Trailers(fields):
                return replace(self, trailers=tuple(fields))
            case End():
                assert event.reusable
                return replace(self, end="end")
            case Broken(error, _):
                said = f"{type(error).__name__}: {getattr(error, 'detail', '')}"
                return replace(self, end=said + (" (unprocessed)" if is_unprocessed(error) else ""))
            case _:
                assert self.status == 0, "a second head"
                return replace(self, status=event.status_code, fields=tuple(event.fields))


@dataclass
class Record:
    """All that a codec has said so far."""

    streams: dict[int, Outcome] = field(default_factory=dict[int, Outcome])
    notices: list[Notice] = field(default_factory=list[Notice])

    def add(self, received: Received) -> None:
        for stream_id, events in received.streams.items():
            for event in events:
                outcome = self.streams.get(stream_id, Outcome())
                assert not outcome.end, f"{event} after the end of stream {stream_id}"
                self.streams[stream_id] = outcome.after(event)
        self.notices += received.notices

    @property
    def fatal(self) -> str | None:
        errors = [notice.error for notice in self.notices if isinstance(notice, Fatal)]
        assert len(errors) <= 1
        return f"{type(errors[0]).__name__}: {errors[0].detail}" if errors else None


class Talk:
    """A codec with its preface sent, the peer's SETTINGS received, and a record of all it says."""

    def __init__(
        self,
        *,
        limits: Limits | None = None,
        config: HTTP2Config | None = None,
        greeting: bytes | None = None,
    ) -> None:
        self.codec = H2Codec(limits or Limits(), config or HTTP2Config())
        self.codec.begin()
        self.codec.take_output()
        self.record = Record()
        self.receive(settings() if greeting is None else greeting)
        self.codec.take_output()
        self.record.notices.clear()

    def request(self, method: str = "GET", *, ended: bool = True) -> int:
        fields = ((b":method", method.encode()), *GET[1:])
        stream_id = self.codec.open(method, fields, ended=ended)
        self.codec.take_output()
        return stream_id

    def receive(self, data: bytes, cut: int = 0) -> Record:
        """Feed it, whole or in pieces of `cut` bytes."""
        step = cut or max(1, len(data))
        for start in range(0, max(1, len(data)), step):
            self.record.add(self.codec.receive(data[start : start + step]))
        return self.record

    def sent(self) -> list[Frame]:
        """The frames of the output, read by hyperframe."""
        return frames_of(self.codec.take_output())

    def codes(self) -> list[tuple[str, int, int]]:
        """Kind, stream and error code of the RST_STREAM and GOAWAY in the output."""
        return [
            (type(frame).__name__.removesuffix("Frame"), frame.stream_id, frame.error_code)
            for frame in self.sent()
            if isinstance(frame, RstStreamFrame | GoAwayFrame)
        ]

    def bodies(self) -> list[tuple[int, bool]]:
        """Length and END_STREAM of the DATA frames in the output."""
        return [
            (len(frame.data), "END_STREAM" in frame.flags)
            for frame in self.sent()
            if isinstance(frame, DataFrame)
        ]

    def credit(self) -> dict[int, int]:
        """The credit in the output, by stream."""
        credit: dict[int, int] = {}
        for frame in self.sent():
            if isinstance(frame, WindowUpdateFrame):
                credit[frame.stream_id] = credit.get(frame.stream_id, 0) + frame.window_increment
        return credit


def frames_of(output: bytes) -> list[Frame]:
    frames: list[Frame] = []
    while output:
        frame, length = Frame.parse_frame_header(memoryview(output[:9]))
        frame.parse_body(memoryview(output[9 : 9 + length]))
        frames.append(frame)
        output = output[9 + length :]
    return frames
