"""The streams of one HTTP/2 connection: their events, and their flow control.

It distinguishes errors of one stream, errors of the connection, and late frames of streams that
were reset, which are dropped (RFC 9113 5.1, 5.4). Of closed streams it keeps only how much may
still arrive for all of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from h2.errors import ErrorCodes

from hyperhttp._base._generated.errors import HyperHTTPError, RemoteProtocolError, StreamReset
from hyperhttp._protocol.events import END_REUSABLE, Broken, Chunk, Event, Trailers
from hyperhttp._protocol.h2.flood import Flood, FloodGuard, LateFrames
from hyperhttp._protocol.h2.frame_reader import ConnectionFault
from hyperhttp._protocol.h2.frame_writer import (
    STREAM_ID_MAX,
    code_name,
    write_rst_stream,
    write_window_update,
)
from hyperhttp._protocol.h2.hpack import HeadDecoder, HpackError, MalformedFields
from hyperhttp._protocol.h2.stream import ReceiveWindow, Signal, State, Stream, StreamFault

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hyperhttp._base._generated.config import HTTP2Config, Limits
    from hyperhttp._protocol.h2.sender import Sender


@final
class StreamTable:
    """The open streams by id, and their events since the last `take_events`."""

    __slots__ = (
        "_completed",
        "_decoder",
        "_events",
        "_flood",
        "_late",
        "_max_informational",
        "_next_id",
        "_sender",
        "_stream_window",
        "_window",
        "by_id",
    )

    def __init__(
        self, limits: Limits, config: HTTP2Config, sender: Sender, flood: FloodGuard
    ) -> None:
        self.by_id: dict[int, Stream] = {}
        """Streams that aren't closed on both sides."""
        self._next_id = 1
        self._completed = 0
        self._events: dict[int, list[Event]] = {}
        self._stream_window = config.stream_window_bytes
        self._max_informational = limits.max_informational
        self._window = ReceiveWindow(config.connection_window_bytes)
        self._decoder = HeadDecoder(limits)
        self._late = LateFrames(limits.max_informational)
        self._sender = sender
        self._flood = flood

    @property
    def is_exhausted(self) -> bool:
        """True if there are no ids left (RFC 9113 5.1.1)."""
        return self._next_id > STREAM_ID_MAX

    def open(self, bodyless: bool, ended: bool) -> Stream:
        """Open a stream; `bodyless`: its response has no body, `ended`: the request has none."""
        stream_id = self._next_id
        self._next_id = stream_id + 2
        self._flood.work += 1
        # By position: keywords would take half as long again (decision 0050).
        stream = self.by_id[stream_id] = Stream(
            stream_id, bodyless, self._sender.initial_window, self._stream_window, ended
        )
        stream.completed_before = self._completed
        return stream

    def take_events(self) -> dict[int, list[Event]]:
        """Return the events of each stream, once."""
        events = self._events
        self._events = {}
        return events

    def reset(self, stream: Stream, code: ErrorCodes) -> None:
        """Reset a stream; its late frames are dropped."""
        self._sender.write(write_rst_stream(stream.stream_id, code))
        if not stream.response_ended:
            self._expect_late(stream)
        self._close(stream)

    def break_above(
        self,
        last_stream_id: int,
        error: Callable[[Stream], HyperHTTPError],
        *,
        progressed: bool = False,
    ) -> None:
        """End every stream above an id; incomplete responses get an error."""
        for stream in [stream for key, stream in self.by_id.items() if key > last_stream_id]:
            if not stream.response_ended:
                self._expect_late(stream)
                self._add_event(stream.stream_id, _broken(error(stream), progressed=progressed))
            self._close(stream)

    def release(self, stream: Stream) -> None:
        """Return credit for a stream whose reader has caught up."""
        stream.held = False
        self._return_credit(stream.stream_id, stream.window)

    def data_began(self, stream_id: int, length: int, body_bytes: int) -> None:
        """Handle the start of DATA; the whole frame counts against the windows (RFC 9113 6.9.1)."""
        window = self._window
        window.left -= length
        if window.left < 0:
            detail = "more data than the connection's window"
            raise ConnectionFault(ErrorCodes.FLOW_CONTROL_ERROR, detail)
        if body_bytes:
            self._flood.work += 1
        else:
            self._flood.spend(Flood.EMPTY_DATA)
        stream = self.by_id.get(stream_id)
        if stream is None or stream.state is State.HALF_CLOSED_REMOTE:
            self._expect_given_up("DATA", stream_id)
            self._late.data(stream_id, length)
        else:
            try:
                stream.data(length, body_bytes)
            except StreamFault as fault:
                self._refuse(stream, fault.code, fault.detail)
        if length != body_bytes:
            self._take_padding(stream_id, length - body_bytes)

    def data(self, stream_id: int, data: bytes | memoryview, ended: bool) -> None:
        """Handle bytes of a response's body; `ended`: they are the last."""
        stream = self.by_id.get(stream_id)
        if data:
            # Inlined, because this runs for every 16 KiB of a download.
            length = len(data)
            window = self._window
            window.due += length
            if window.due >= window.half:
                self._return_credit(0, window)
            if stream is not None:
                stream.received_bytes += length
                events = self._events.get(stream_id)
                if events is None:
                    self._events[stream_id] = [Chunk(data)]
                else:
                    events.append(Chunk(data))
                window = stream.window
                window.due += length
                if window.due >= window.half and not (ended or stream.held):
                    self._return_credit(stream_id, window)
        if ended and stream is not None:
            self._end(stream)

    def data_frames(
        self, stream_id: int, pieces: Sequence[bytes | memoryview], length: int, ended: bool
    ) -> None:
        """Handle whole frames of `length` bytes together, as `data_began` and `data` each of them.

        Their bytes are copied once, into one event.
        """
        stream, window = self.by_id.get(stream_id), self._window
        if stream is None or length > window.left or not stream.takes(length):
            self._data_one_by_one(stream_id, pieces, ended=ended)
            return
        self._flood.work += len(pieces)
        window.left -= length
        window.due += length
        if window.due >= window.half:
            self._return_credit(0, window)
        chunk = Chunk(pieces[0] if len(pieces) == 1 else b"".join(pieces))
        events = self._events.get(stream_id)
        if events is None:
            self._events[stream_id] = [chunk]
        else:
            events.append(chunk)
        if ended:
            self._end(stream)
        elif (window := stream.window).due >= window.half and not stream.held:
            self._return_credit(stream_id, window)

    def _data_one_by_one(
        self, stream_id: int, pieces: Sequence[bytes | memoryview], *, ended: bool
    ) -> None:
        """Find the frame that isn't allowed, after those that are."""
        last = len(pieces) - 1
        for index, piece in enumerate(pieces):
            self.data_began(stream_id, len(piece), len(piece))
            self.data(stream_id, piece, ended and index == last)

    def headers(self, stream_id: int, block: bytes, ended: bool) -> None:
        """Handle a whole header block: informational or final headers, or trailers."""
        stream = self.by_id.get(stream_id)
        try:
            if stream is None or stream.state is State.HALF_CLOSED_REMOTE:
                self._late_headers(stream_id, block)
            elif stream.responding:
                self._trailers(stream, block, ended=ended)
            else:
                self._head(stream, block, ended)
        except HpackError as error:
            raise ConnectionFault(ErrorCodes.COMPRESSION_ERROR, str(error)) from error
        except MalformedFields as fault:
            self._refuse(self.by_id[stream_id], ErrorCodes.PROTOCOL_ERROR, fault.detail)
        except StreamFault as fault:
            self._refuse(self.by_id[stream_id], fault.code, fault.detail)

    def rst_stream(self, stream_id: int, code: int, *, wants_http1: bool) -> None:
        """Handle RST_STREAM; a complete response stays complete (RFC 9113 8.1).

        `wants_http1`: the server requires HTTP/1.1, so it processes no request without a response.
        """
        self._flood.spend(Flood.RST_STREAM)
        stream = self.by_id.get(stream_id)
        if stream is None:
            self._expect_opened("RST_STREAM", stream_id)
            return
        if not stream.response_ended:
            error = StreamReset(
                detail=code_name(code),
                error_code=code,
                received_bytes=stream.received_bytes,
                is_unprocessed=code == ErrorCodes.REFUSED_STREAM
                or (wants_http1 and not stream.responding),
            )
            progressed = self._completed > stream.completed_before
            self._add_event(stream_id, _broken(error, progressed=progressed))
        self._close(stream)

    def window_update(self, stream_id: int, increment: int) -> bool:
        """Handle WINDOW_UPDATE of a stream; return whether it may send."""
        stream = self.by_id.get(stream_id)
        if stream is None:
            self._expect_opened("WINDOW_UPDATE", stream_id)
            return False
        try:
            return stream.grow(increment)
        except StreamFault as fault:
            self._refuse(stream, fault.code, fault.detail)
            return False

    def _late_headers(self, stream_id: int, block: bytes) -> None:
        self._expect_given_up("HEADERS", stream_id)
        self._late.head(stream_id)
        self._decoder.skip(block)

    def _head(self, stream: Stream, block: bytes, ended: bool) -> None:
        self._flood.work += 1
        decoded = self._decoder.head(block)
        event = stream.head(decoded.head, decoded.content_length, ended, self._max_informational)
        self._add_event(stream.stream_id, event)
        if ended:
            self._end(stream)

    def _trailers(self, stream: Stream, block: bytes, *, ended: bool) -> None:
        fields = self._decoder.trailers(block)
        if not ended:
            raise StreamFault(ErrorCodes.PROTOCOL_ERROR, "trailers that do not end the stream")
        stream.check_length()
        if fields:
            self._add_event(stream.stream_id, Trailers(fields))
        self._end(stream)

    def _end(self, stream: Stream) -> None:
        try:
            stream.check_length()
        except StreamFault as fault:
            self._refuse(stream, fault.code, fault.detail)
            return
        self._add_event(stream.stream_id, END_REUSABLE)
        self._completed += 1
        if stream.advance(Signal.END_RECEIVED) is State.CLOSED:
            del self.by_id[stream.stream_id]

    def _refuse(self, stream: Stream, code: ErrorCodes, detail: str) -> None:
        """Reset a stream whose peer violated the protocol; the connection continues."""
        if not stream.response_ended:
            self._add_event(stream.stream_id, _broken(RemoteProtocolError(detail=detail)))
        self.reset(stream, code)

    def _close(self, stream: Stream) -> None:
        stream.advance(Signal.RESET)
        del self.by_id[stream.stream_id]

    def _expect_late(self, stream: Stream) -> None:
        # A peer that exceeded the window once may have sent more after it.
        left = stream.window.left
        self._late.expect(left if left >= 0 else self._stream_window)

    def _expect_given_up(self, name: str, stream_id: int) -> None:
        """Check that frames for no open stream are for one that was reset."""
        self._expect_opened(name, stream_id)
        if stream_id in self.by_id:
            detail = f"{name} on stream {stream_id}, which is over"
            raise ConnectionFault(ErrorCodes.STREAM_CLOSED, detail)

    def _expect_opened(self, name: str, stream_id: int) -> None:
        if stream_id >= self._next_id or not stream_id & 1:
            detail = f"{name} on stream {stream_id}, which was never opened"
            raise ConnectionFault(ErrorCodes.PROTOCOL_ERROR, detail)

    def _take_padding(self, stream_id: int, length: int) -> None:
        self._window.due += length
        self._return_credit(0, self._window)
        stream = self.by_id.get(stream_id)
        if stream is not None:
            stream.window.due += length
            if not stream.held:
                self._return_credit(stream_id, stream.window)

    def _return_credit(self, stream_id: int, window: ReceiveWindow) -> None:
        """Return credit in halves; always for the connection, so that no stream blocks others."""
        if window.due >= window.half:
            self._sender.write(write_window_update(stream_id, window.return_credit()))

    def _add_event(self, stream_id: int, event: Event) -> None:
        events = self._events.get(stream_id)
        if events is None:
            self._events[stream_id] = [event]
        else:
            events.append(event)


def _broken(error: HyperHTTPError, *, progressed: bool = False) -> Broken:
    """Return the event. An error in the server's frames for the stream is a response to it."""
    return Broken(error, progressed, isinstance(error, (RemoteProtocolError, StreamReset)))
