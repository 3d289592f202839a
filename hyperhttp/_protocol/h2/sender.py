"""The output of one HTTP/2 connection, within the peer's SETTINGS and windows (RFC 9113 6.5, 6.9).

It splits headers and bodies into frames, and keeps them until they are written.
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

# The initial size of RFC 7541; a larger table takes memory and gains little.
_TABLE_BYTES_MAX: Final = 4096
# Minimum and maximum (RFC 9113 6.5.2, RFC 8441 3), and the error for other values. A server's
# ENABLE_PUSH can only be 0.
_ALLOWED: Final = {
    ENABLE_PUSH: (0, 0, ErrorCodes.PROTOCOL_ERROR),
    INITIAL_WINDOW_SIZE: (0, WINDOW_MAX, ErrorCodes.FLOW_CONTROL_ERROR),
    MAX_FRAME_SIZE: (FRAME_BYTES_MIN, FRAME_BYTES_MAX, ErrorCodes.PROTOCOL_ERROR),
    ENABLE_CONNECT_PROTOCOL: (0, 1, ErrorCodes.PROTOCOL_ERROR),
}


class Sender:
    """Collects frames; `take` returns them."""

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
        """The remaining flow-control window of the connection; streams have their own."""
        self.initial_window: int = WINDOW_DEFAULT
        """The window of a new stream."""
        self.head_bytes: int = 0
        """The length of the last headers in bytes."""
        self.max_streams: int | None = None
        """The peer's limit of streams; None if it sent none."""

    @property
    def has_output(self) -> bool:
        """True if there is anything to write."""
        return bool(self._pieces)

    def take(self) -> bytes:
        """Return the bytes to write, once."""
        pieces = self._pieces
        self._pieces = []
        return b"".join(pieces)

    def write(self, frame: bytes) -> None:
        """Add a whole frame."""
        self._pieces.append(frame)

    def head(self, stream_id: int, fields: Sequence[tuple[bytes, bytes]], ended: bool) -> None:
        """Add the headers of a request."""
        block = self._encoder.encode(fields)
        frames = write_head(stream_id, block, ended, self._frame_bytes_max)
        self.head_bytes = len(frames)
        self._pieces.append(frames)

    def sendable(self, stream: Stream) -> int:
        """Return how many body bytes both windows allow."""
        return max(0, min(self.window, stream.send_window))

    def body(self, stream: Stream, data: bytes | memoryview, *, ended: bool) -> None:
        """Add at most `sendable` bytes of a body, without copying them before `take`."""
        size = len(data)
        if size and (size > self.window or size > stream.send_window):
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
        """Handle WINDOW_UPDATE of the connection; return whether it may send.

        Raises ConnectionFault.
        """
        if not increment:
            raise ConnectionFault(ErrorCodes.PROTOCOL_ERROR, "WINDOW_UPDATE by 0")
        self.window += increment
        if self.window > WINDOW_MAX:
            raise _window_fault("the connection's window")
        return self.window > 0

    def settings(self, settings: Iterable[tuple[int, int]], streams: Iterable[Stream]) -> bool:
        """Handle SETTINGS; return whether windows have grown.

        Raises ConnectionFault.
        """
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
        pieces = self._pieces
        pieces.append(frame_header(size, DATA, flags, stream_id))
        if size:
            pieces.append(data)


def _window_fault(whose: str) -> ConnectionFault:
    return ConnectionFault(ErrorCodes.FLOW_CONTROL_ERROR, f"{whose} of more than {WINDOW_MAX}")
