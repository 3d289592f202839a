"""What we send on one HTTP/2 connection, under the peer's SETTINGS and windows (RFC 9113 6.5, 6.9).

It decides how heads and bodies are cut into frames, and how much of a body may go out now. It keeps
what is to be written, and does no I/O.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from h2.errors import ErrorCodes

from hyperhttp._protocol.h2.flood import WORK_BYTES, FloodGuard
from hyperhttp._protocol.h2.frame_reader import ConnectionFault
from hyperhttp._protocol.h2.frame_writer import (
    DATA,
    ENABLE_CONNECT_PROTOCOL,
    ENABLE_PUSH,
    END_STREAM,
    FRAME_BYTES_MAX,
    FRAME_BYTES_MIN,
    HEADER_TABLE_SIZE,
    INITIAL_WINDOW_SIZE,
    MAX_CONCURRENT_STREAMS,
    MAX_FRAME_SIZE,
    WINDOW_DEFAULT,
    WINDOW_MAX,
    frame_header,
    write_head,
)
from hyperhttp._protocol.h2.hpack import HeadEncoder

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hyperhttp._protocol.h2.stream import Stream

# The table that RFC 7541 starts with; a larger one would cost memory and find little more.
_TABLE_BYTES_MAX: Final = 4096
# Least and greatest value (RFC 9113 6.5.2, RFC 8441 3), and the error that everything else is. A
# server's ENABLE_PUSH can only be 0.
_ALLOWED: Final = {
    ENABLE_PUSH: (0, 0, ErrorCodes.PROTOCOL_ERROR),
    INITIAL_WINDOW_SIZE: (0, WINDOW_MAX, ErrorCodes.FLOW_CONTROL_ERROR),
    MAX_FRAME_SIZE: (FRAME_BYTES_MIN, FRAME_BYTES_MAX, ErrorCodes.PROTOCOL_ERROR),
    ENABLE_CONNECT_PROTOCOL: (0, 1, ErrorCodes.PROTOCOL_ERROR),
}


class Sender:
    """Writes frames into its output; `take` gives it away."""

    __slots__ = (
        "_encoder",
        "_flood",
        "_frame_bytes_max",
        "_pieces",
        "head_bytes",
        "initial_window",
        "max_streams",
        "window",
    )

    def __init__(self, flood: FloodGuard) -> None:
        self._flood = flood
        self._encoder = HeadEncoder()
        self._pieces: list[bytes | memoryview] = []
        self._frame_bytes_max = FRAME_BYTES_MIN
        self.window: int = WINDOW_DEFAULT
        """What the connection's window allows; streams have their own."""
        self.initial_window: int = WINDOW_DEFAULT
        """The window that a new stream has."""
        self.head_bytes: int = 0
        """How long the last head was on the wire."""
        self.max_streams: int | None = None
        """What the peer says about the number of streams; None: nothing."""

    @property
    def has_output(self) -> bool:
        """Whether there is something to be written."""
        return bool(self._pieces)

    def take(self) -> bytes:
        """What is to be written, once."""
        pieces = self._pieces
        self._pieces = []
        return b"".join(pieces)

    def write(self, frame: bytes) -> None:
        """A whole frame, as it is."""
        self._pieces.append(frame)

    def head(self, stream_id: int, fields: Sequence[tuple[bytes, bytes]], *, ended: bool) -> None:
        """The head of a request."""
        block = self._encoder.encode(fields)
        frames = write_head(stream_id, block, ended=ended, frame_bytes_max=self._frame_bytes_max)
        self.head_bytes = len(frames)
        self._pieces.append(frames)

    def sendable(self, stream: Stream) -> int:
        """Body bytes that both windows allow."""
        return max(0, min(self.window, stream.send_window))

    def body(self, stream: Stream, data: bytes | memoryview, *, ended: bool) -> None:
        """Some of a body, at most `sendable`. It is not copied before `take`."""
        size = len(data)
        if size > self.sendable(stream):
            raise ValueError("more data than the windows allow")
        self.window -= size
        stream.send_window -= size
        limit = self._frame_bytes_max
        if size <= limit:
            self._frame(stream.stream_id, data, END_STREAM if ended else 0)
            return
        view = memoryview(data)
        for start in range(0, size, limit):
            last = start + limit >= size
            flags = END_STREAM if ended and last else 0
            self._frame(stream.stream_id, view[start : start + limit], flags)

    def grow(self, increment: int) -> bool:
        """WINDOW_UPDATE came for the connection; whether it may send. Raises ConnectionFault."""
        if not increment:
            raise ConnectionFault(ErrorCodes.PROTOCOL_ERROR, "WINDOW_UPDATE by 0")
        self.window += increment
        if self.window > WINDOW_MAX:
            raise _window_fault("the connection's window")
        return self.window > 0

    def settings(self, settings: Iterable[tuple[int, int]], streams: Iterable[Stream]) -> bool:
        """SETTINGS came; whether windows have grown by it. Raises ConnectionFault."""
        before = self.initial_window
        for identifier, value in settings:
            self._set(identifier, value)
        delta = self.initial_window - before
        if not delta:
            return False
        for stream in streams:
            # RFC 9113 6.9.2: the window may become negative; the sender waits.
            stream.send_window += delta
            if stream.send_window > WINDOW_MAX:
                raise _window_fault("a stream's window")
        return delta > 0

    def _set(self, identifier: int, value: int) -> None:
        if identifier in _ALLOWED:
            least, greatest, code = _ALLOWED[identifier]
            if not least <= value <= greatest:
                raise ConnectionFault(code, f"the value {value} for the setting {identifier:#x}")
        if identifier == HEADER_TABLE_SIZE:
            self._encoder.set_table_size(min(value, _TABLE_BYTES_MAX))
        elif identifier == MAX_CONCURRENT_STREAMS:
            self.max_streams = value
        elif identifier == INITIAL_WINDOW_SIZE:
            self.initial_window = value
        elif identifier == MAX_FRAME_SIZE:
            self._frame_bytes_max = value

    def _frame(self, stream_id: int, data: bytes | memoryview, flags: int) -> None:
        size = len(data)
        self._flood.work += 1 + size // WORK_BYTES
        self._pieces.append(frame_header(size, DATA, flags, stream_id))
        if size:
            self._pieces.append(data)


def _window_fault(whose: str) -> ConnectionFault:
    return ConnectionFault(ErrorCodes.FLOW_CONTROL_ERROR, f"{whose} of more than {WINDOW_MAX}")
