"""The HTTP/2 codec of one connection: requests and bytes in, events and bytes out (RFC 9113).

It handles SETTINGS, PING and GOAWAY, limits the number of streams, and decides when the connection
ends; `stream_table` has the streams. The caller writes its output, and reports when a period
begins.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias, final

from h2.errors import ErrorCodes

from hyperhttp._base._generated.bounds import STREAMS_BEFORE_SETTINGS_MAX
from hyperhttp._base._generated.errors import ReadError, RemoteProtocolError
from hyperhttp._protocol.h2.flood import Flood, FloodGuard
from hyperhttp._protocol.h2.frame_reader import ConnectionFault, FrameHandlers, FrameReader
from hyperhttp._protocol.h2.frame_writer import (
    ACK,
    ENABLE_PUSH,
    INITIAL_WINDOW_SIZE,
    MAX_FRAME_SIZE,
    MAX_HEADER_LIST_SIZE,
    PREFACE,
    SETTINGS,
    WINDOW_DEFAULT,
    code_name,
    frame_header,
    write_goaway,
    write_ping,
    write_settings,
    write_window_update,
)
from hyperhttp._protocol.h2.sender import Sender
from hyperhttp._protocol.h2.stream import Signal
from hyperhttp._protocol.h2.stream_table import StreamTable

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from hyperhttp._base._generated.config import HTTP2Config, Limits
    from hyperhttp._protocol.events import Event

__all__ = [
    "CapacityChanged",
    "CreditGained",
    "ErrorCodes",
    "Fatal",
    "GoingAway",
    "H2Codec",
    "HTTP1Required",
    "Notice",
    "Ponged",
    "Received",
]

# Compressed headers are hardly ever larger than themselves; blocks of twice the limit aren't read.
_BLOCK_RATIO: Final = 2
# A SETTINGS frame counts as one per this many values.
_SETTINGS_PER_FRAME: Final = 32
# Each GOAWAY checks every stream; two or three are usual.
_GOAWAY_COST: Final = 10
_PING: Final = b"are you?"
_SETTINGS_ACK: Final = frame_header(0, SETTINGS, ACK, 0)


@dataclass(slots=True)
class CapacityChanged:
    """The peer's first SETTINGS have arrived, or it allows another number of streams."""

    capacity: int


@dataclass(slots=True)
class CreditGained:
    """A stream or the connection may send more than before."""


@dataclass(slots=True)
class GoingAway:
    """The peer accepts no new requests (RFC 9113 6.8); those above `last_stream_id` are Broken."""

    last_stream_id: int
    error_code: int
    detail: str
    """The name of the error code, and the peer's message."""


@dataclass(slots=True)
class HTTP1Required:
    """The peer requires HTTP/1.1 instead (RFC 9113 7)."""


@dataclass(slots=True)
class Ponged:
    """The peer has acknowledged the PING."""


@dataclass(slots=True)
class Fatal:
    """The connection is over; every open stream is Broken with its own error."""

    error: RemoteProtocolError | ReadError


Notice: TypeAlias = CapacityChanged | CreditGained | GoingAway | HTTP1Required | Ponged | Fatal

_CREDIT_GAINED: Final = CreditGained()
_HTTP1_REQUIRED: Final = HTTP1Required()
_PONGED: Final = Ponged()


@dataclass(slots=True)
class Received:
    """The result of one read: events by stream, in order, and notices for the connection."""

    streams: Mapping[int, list[Event]]
    notices: Sequence[Notice]


@final
class H2Codec:
    """The client's side of one connection.

    Call `begin` first, `open`, `send` and `reset` for each request, and `receive` for each read.
    After each of them write the bytes of `take_output` to the socket.

    `known_capacity`: how many streams the server allowed on an earlier connection; it applies until
    its SETTINGS arrive. `may_use_http1`: the caller repeats a request over HTTP/1.1 if the server
    requires that.
    """

    __slots__ = (
        "_config",
        "_credit_gained",
        "_flood",
        "_is_leaving",
        "_is_over",
        "_limits",
        "_may_use_http1",
        "_notices",
        "_reader",
        "_sender",
        "_streams",
        "capacity",
        "settled",
    )

    def __init__(
        self,
        limits: Limits,
        config: HTTP2Config,
        *,
        known_capacity: int | None = None,
        may_use_http1: bool = False,
    ) -> None:
        before_settings = known_capacity or STREAMS_BEFORE_SETTINGS_MAX
        self.capacity: int = min(before_settings, config.max_streams)
        """How many streams may be open at a time; 0 also if no more may be opened."""
        self.settled: bool = False
        """True if the peer's SETTINGS have arrived."""
        self._limits = limits
        self._config = config
        self._may_use_http1 = may_use_http1
        self._notices: list[Notice] = []
        self._credit_gained = False
        self._is_leaving = False
        self._is_over = False
        self._flood = FloodGuard()
        self._sender = Sender(self._flood)
        self._streams = StreamTable(limits, config, self._sender, self._flood)
        self._reader = FrameReader(
            FrameHandlers(
                data_began=self._streams.data_began,
                data=self._streams.data,
                data_frames=self._streams.data_frames,
                headers=self._streams.headers,
                rst_stream=self._rst_received,
                settings=self._settings_received,
                ping=self._ping_received,
                goaway=self._goaway_received,
                window_update=self._window_update,
                ignored=self._ignored,
            ),
            frame_bytes_max=config.max_frame_bytes,
            block_bytes_max=limits.max_head_bytes * _BLOCK_RATIO,
        )

    @property
    def open_count(self) -> int:
        """The number of streams that count against `capacity` (RFC 9113 5.1.2)."""
        return len(self._streams.by_id)

    @property
    def head_bytes(self) -> int:
        """The length of the last headers that `open` wrote, frame headers included."""
        return self._sender.head_bytes

    @property
    def has_output(self) -> bool:
        """True if `take_output` returns anything."""
        return self._sender.has_output

    def take_output(self) -> bytes:
        """Return the bytes to write to the socket now."""
        return self._sender.take()

    def begin(self) -> None:
        """Write the connection preface and the configured windows."""
        config, write = self._config, self._sender.write
        write(PREFACE)
        settings = (
            (ENABLE_PUSH, 0),
            (INITIAL_WINDOW_SIZE, config.stream_window_bytes),
            (MAX_FRAME_SIZE, config.max_frame_bytes),
            (MAX_HEADER_LIST_SIZE, self._limits.max_head_bytes),
        )
        write(write_settings(settings))
        if increment := config.connection_window_bytes - WINDOW_DEFAULT:
            write(write_window_update(0, increment))

    def open(self, method: str, fields: Sequence[tuple[bytes, bytes]], ended: bool) -> int:
        """Write the headers of a request, pseudo-headers first, and return the stream's id.

        `ended`: no body follows. The caller keeps at most `capacity` streams open.
        """
        stream = self._streams.open(method == "HEAD", ended)
        if self._streams.is_exhausted:
            self.stop_opening()
        self._sender.head(stream.stream_id, fields, ended)
        return stream.stream_id

    def takes_body(self, stream_id: int) -> bool:
        """Return whether the request's body, and the response, are incomplete.

        An upload stops then, and further data for `send` is dropped.
        """
        stream = self._streams.by_id.get(stream_id)
        return stream is not None and stream.takes_body

    def sendable(self, stream_id: int) -> int:
        """Return how many body bytes the windows allow; 0 for a stream that takes no body."""
        stream = self._streams.by_id.get(stream_id)
        return 0 if stream is None or not stream.takes_body else self._sender.sendable(stream)

    def send(self, stream_id: int, data: bytes | memoryview, *, ended: bool) -> None:
        """Write at most `sendable` bytes of a body; `ended`: they are the last.

        The data isn't copied before `take_output`, so a memoryview must not change until then.
        Raises ValueError for more than the windows allow.
        """
        stream = self._streams.by_id.get(stream_id)
        if stream is None or not stream.takes_body:
            return
        self._sender.body(stream, data, ended=ended)
        if ended:
            stream.advance(Signal.END_SENT)

    def hold(self, stream_id: int) -> None:
        """Keep the window of a stream closed until `release`, because its reader is slow."""
        stream = self._streams.by_id.get(stream_id)
        if stream is not None:
            stream.held = True

    def release(self, stream_id: int) -> None:
        """Open the window of a stream again, because its reader has caught up."""
        stream = self._streams.by_id.get(stream_id)
        if stream is not None:
            self._streams.release(stream)

    def reset(self, stream_id: int, code: ErrorCodes = ErrorCodes.CANCEL) -> None:
        """Reset a stream; nothing happens if it is over.

        None of its events follows, and its late frames are dropped. `NO_ERROR` is for a request
        whose response is complete before its body is.
        """
        stream = self._streams.by_id.get(stream_id)
        if stream is not None:
            self._streams.reset(stream, code)

    def ping(self) -> None:
        """Send a PING; its response is the event `Ponged`."""
        self._sender.write(write_ping(_PING))

    def send_goaway(self) -> None:
        """Send GOAWAY: open streams may complete, no more are opened."""
        if not self._is_over:
            self.stop_opening()
            self._sender.write(write_goaway(ErrorCodes.NO_ERROR))

    def renew_flood_limits(self) -> None:
        """Start a new period of flood limits; called about once a second."""
        self._flood.renew()

    def receive(self, data: bytes | memoryview) -> Received:
        """Return the events of received bytes, with views of them; none after `Fatal`.

        It never raises.
        """
        if not self._is_over:
            try:
                self._reader.feed(data)
            except ConnectionFault as fault:
                self._sender.write(write_goaway(fault.code))
                self._break(partial(_broken, fault))
        return self._received()

    def receive_eof(self) -> Received:
        """Return the events of the peer's end: incomplete responses are Broken."""
        if not self._is_over:
            detail = "the connection was closed before the response was complete"
            if not self.settled:
                detail = "the connection was closed before the server's SETTINGS came"
            elif self._reader.within_frame:
                detail = "the connection was closed within a frame"
            self._break(
                lambda received_bytes: ReadError(detail=detail, received_bytes=received_bytes)
            )
        return self._received()

    def _received(self) -> Received:
        notices = self._notices
        self._notices = []
        if self._credit_gained:
            self._credit_gained = False
            notices.append(_CREDIT_GAINED)
        return Received(self._streams.take_events(), notices)

    def _break(self, error: Callable[[int], RemoteProtocolError | ReadError]) -> None:
        """End the connection; each stream gets its own error."""
        self._is_over = True
        self.stop_opening()
        self._streams.break_above(0, lambda stream: error(stream.received_bytes))
        self._notices.append(Fatal(error(0)))

    def stop_opening(self) -> None:
        """Open no more streams; those that are open continue."""
        self._is_leaving = True
        self.capacity = 0

    def _settings_received(self, settings: Sequence[tuple[int, int]]) -> None:
        self._flood.spend(Flood.SETTINGS, 1 + len(settings) // _SETTINGS_PER_FRAME)
        if self._sender.settings(settings, self._streams.by_id.values()):
            self._credit_gained = True
        self._sender.write(_SETTINGS_ACK)
        is_first, self.settled = not self.settled, True
        capacity = self._config.max_streams
        if self._sender.max_streams is not None:
            capacity = min(capacity, self._sender.max_streams)
        if not self._is_leaving and (is_first or capacity != self.capacity):
            self.capacity = capacity
            self._notices.append(CapacityChanged(capacity))

    def _ping_received(self, opaque: bytes, is_ack: bool) -> None:
        self._flood.spend(Flood.PING)
        if not is_ack:
            self._sender.write(write_ping(opaque, ack=True))
        elif opaque == _PING:
            self._notices.append(_PONGED)

    def _rst_received(self, stream_id: int, code: int) -> None:
        self._streams.rst_stream(stream_id, code, wants_http1=self._requires_http1(code))

    def _requires_http1(self, code: int) -> bool:
        if code != ErrorCodes.HTTP_1_1_REQUIRED or not self._may_use_http1:
            return False
        self._notices.append(_HTTP1_REQUIRED)
        return True

    def _goaway_received(self, last_stream_id: int, code: int, message: str) -> None:
        self._flood.spend(Flood.IGNORED, _GOAWAY_COST)
        self.stop_opening()
        detail = f"{code_name(code)}: {message}" if message else code_name(code)
        self._notices.append(GoingAway(last_stream_id, code, detail))
        self._requires_http1(code)
        why = f"the server is going away ({detail}) and did not process the request"
        self._streams.break_above(
            last_stream_id,
            lambda _: ReadError(detail=why, is_unprocessed=True),
            progressed=last_stream_id > 0,
        )

    def _window_update(self, stream_id: int, increment: int) -> None:
        self._flood.spend(Flood.WINDOW_UPDATE)
        if stream_id:
            gained = self._streams.window_update(stream_id, increment)
        else:
            gained = self._sender.grow(increment)
        if gained:
            self._credit_gained = True

    def _ignored(self) -> None:
        self._flood.spend(Flood.IGNORED)


def _broken(fault: ConnectionFault, _received_bytes: int) -> RemoteProtocolError:
    error = RemoteProtocolError(detail=fault.detail)
    error.__cause__ = fault.__cause__
    return error
