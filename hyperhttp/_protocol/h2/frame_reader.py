"""Splits received bytes into HTTP/2 frames and parses them (RFC 9113 4, 6).

It checks length, padding and kind of stream, joins the fragments of header blocks, and passes DATA
on as it arrives. It doesn't know which streams exist.
"""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final, NamedTuple

from h2.errors import ErrorCodes

from hyperhttp._base._generated.bounds import FRAGMENTS_MAX
from hyperhttp._protocol.h2.frame_writer import (
    ACK,
    CONTINUATION,
    DATA,
    END_HEADERS,
    END_STREAM,
    FRAME_HEADER,
    FRAME_HEADER_BYTES,
    PADDED,
    PRIORITY_FIELDS,
    SETTINGS,
    STREAM_ID_MASK,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


_SETTING: Final = Struct(">HI")
_UINT32: Final = Struct(">I")
_GOAWAY: Final = Struct(">II")
_ERROR_DETAIL_BYTES: Final = 200


class ConnectionFault(Exception):
    """A violation by the peer that ends the connection (RFC 9113 5.4.1)."""

    def __init__(self, code: ErrorCodes, detail: str) -> None:
        super().__init__(detail)
        self.code: ErrorCodes = code
        self.detail: str = detail


class FrameHandlers(NamedTuple):
    """The handlers of frames; one ends the connection by raising ConnectionFault."""

    data_began: Callable[[int, int, int], None]
    """Stream, length of the payload (as flow control counts), length of the body in it."""
    data: Callable[[int, bytes | memoryview, bool], None]
    """Stream, bytes of the body or a view of them, and whether the response ends with them."""
    data_frames: Callable[[int, Sequence[bytes | memoryview], int, bool], None]
    """Stream, the payloads of whole frames without padding, none of them empty, the length of them
    all, and whether the response ends with the last. Used instead of the two above."""
    headers: Callable[[int, bytes, bool], None]
    """Stream, the whole header block, END_STREAM."""
    rst_stream: Callable[[int, int], None]
    """Stream, error code."""
    settings: Callable[[Sequence[tuple[int, int]]], None]
    """Identifiers and values, in order."""
    ping: Callable[[bytes, bool], None]
    """The opaque data, and whether it acknowledges a PING of the client."""
    goaway: Callable[[int, int, str], None]
    """The last stream, error code, and the peer's message."""
    window_update: Callable[[int, int], None]
    """Stream or 0, increment (not checked)."""
    ignored: Callable[[], None]
    """PRIORITY, an acknowledgement of SETTINGS, or a frame of unknown type."""


class FrameReader:
    """Splits the bytes of one connection into frames; call `feed` for each read."""

    __slots__ = (
        "_block",
        "_block_bytes_max",
        "_block_ended",
        "_block_stream_id",
        "_buffer",
        "_data_began",
        "_data_came",
        "_data_frames_came",
        "_ended",
        "_first",
        "_fragments",
        "_frame_bytes_max",
        "_handlers",
        "_left",
        "_longest_data",
        "_needed",
        "_parsers",
        "_skip",
        "_stream_id",
    )

    def __init__(
        self, handlers: FrameHandlers, *, frame_bytes_max: int, block_bytes_max: int
    ) -> None:
        self._handlers = handlers
        self._data_began, self._data_came = handlers.data_began, handlers.data
        self._data_frames_came = handlers.data_frames
        self._frame_bytes_max = frame_bytes_max
        # The length and the type of a frame are read as one number.
        self._longest_data = frame_bytes_max << 8 | DATA
        self._block_bytes_max = block_bytes_max
        # The start of an incomplete frame, and the length that is needed to continue.
        self._buffer = bytearray()
        self._needed = 0
        # The DATA frame (or frame to be skipped) that the last read ended in.
        self._left = 0
        self._skip = 0
        self._stream_id = 0
        self._ended = False
        # The incomplete header block; its stream is 0 if there is none.
        self._block = bytearray()
        self._block_stream_id = 0
        self._block_ended = False
        self._fragments = 0
        self._first = True
        self._parsers: Sequence[Callable[[int, int, bytes], None]] = (
            self._push_promise,  # DATA is handled elsewhere
            self._headers,
            self._priority,
            self._rst_stream,
            self._settings,
            self._push_promise,
            self._ping,
            self._goaway,
            self._window_update,
            self._continuation,
        )

    @property
    def within_frame(self) -> bool:
        """True if the bytes so far end within a frame or a header block."""
        return bool(self._buffer or self._left or self._skip or self._block_stream_id)

    def feed(self, data: bytes | memoryview) -> None:
        """Call the handlers for `data`, which isn't used later.

        Raises ConnectionFault, after which nothing can be read.
        """
        if self._buffer:
            self._buffer += data
            if len(self._buffer) < self._needed:
                return
            data = bytes(self._buffer)
            self._buffer.clear()
        position = self._resume(data) if self._left or self._skip else 0
        size = len(data)
        self._needed = FRAME_HEADER_BYTES
        while size - position >= FRAME_HEADER_BYTES:
            length, flags, stream_id = FRAME_HEADER.unpack_from(data, position)
            kind = length & 0xFF
            length >>= 8
            stream_id &= STREAM_ID_MASK
            if length > self._frame_bytes_max or self._first or self._block_stream_id:
                self._check(kind, flags, stream_id, length)
            start = position + FRAME_HEADER_BYTES
            end = start + length
            if kind == DATA and length and end <= size and stream_id and not flags & PADDED:
                if flags & END_STREAM:
                    self._data_frames_came(stream_id, (data[start:end],), length, True)
                    position = end
                else:
                    position = self._data_frames(data, start, end, stream_id)
            elif kind == DATA:
                if flags & PADDED and length and start == size:
                    self._needed = FRAME_HEADER_BYTES + 1
                    break
                position = self._data(data, start, end, flags, stream_id)
            elif kind > CONTINUATION:
                self._handlers.ignored()
                self._skip = max(0, end - size)
                position = min(end, size)
            elif end <= size:
                self._parsers[kind](flags, stream_id, bytes(data[start:end]))
                position = end
            else:
                self._needed = FRAME_HEADER_BYTES + length
                break
        self._buffer += data[position:]

    def _check(self, kind: int, flags: int, stream_id: int, length: int) -> None:
        if self._first:
            # RFC 9113 3.4: the server's preface is a SETTINGS frame.
            if kind != SETTINGS or flags & ACK or stream_id:
                raise ConnectionFault(
                    ErrorCodes.PROTOCOL_ERROR,
                    "the server does not use HTTP/2: its first bytes aren't a SETTINGS frame",
                )
            self._first = False
        if length > self._frame_bytes_max:
            raise ConnectionFault(
                ErrorCodes.FRAME_SIZE_ERROR,
                f"a frame of {length} bytes, where at most {self._frame_bytes_max} are allowed",
            )
        if self._block_stream_id and (kind != CONTINUATION or stream_id != self._block_stream_id):
            raise _protocol_fault("another frame within a field block")

    def _resume(self, data: bytes | memoryview) -> int:
        """Handle the rest of the last read's frame; return where the next one begins."""
        position = 0
        if self._left:
            position = min(self._left, len(data))
            self._left -= position
            piece = data[:position]
            self._data_came(self._stream_id, piece, self._ended and not self._left)
        skipped = min(self._skip, len(data) - position)
        self._skip -= skipped
        return position + skipped

    def _data(
        self, data: bytes | memoryview, start: int, end: int, flags: int, stream_id: int
    ) -> int:
        if not stream_id:
            raise _protocol_fault("DATA on stream 0")
        length = end - start
        padding = 0
        if flags & PADDED:
            padding = _padding(data[start : start + 1], length)
            start += 1
        body_end = end - padding
        self._data_began(stream_id, length, body_end - start)
        size = len(data)
        ended = flags & END_STREAM != 0
        if body_end <= size:
            self._data_came(stream_id, data[start:body_end], ended)
            if end <= size:
                return end
            self._skip = end - size
            return size
        self._stream_id, self._ended = stream_id, ended
        self._left, self._skip = body_end - size, padding
        if start < size:
            self._data_came(stream_id, data[start:], False)
        return size

    def _data_frames(self, data: bytes | memoryview, start: int, end: int, stream_id: int) -> int:
        """Pass on a whole frame and those like it that follow; return where the next one begins.

        Servers send a body in many short frames, so this loop does as little as possible.
        """
        size, unpack, first = len(data), FRAME_HEADER.unpack_from, start
        pieces, flags = [data[start:end]], 0
        while not flags & END_STREAM and size - end >= FRAME_HEADER_BYTES:
            length, next_flags, next_stream_id = unpack(data, end)
            start = end + FRAME_HEADER_BYTES
            next_end = start + (length >> 8)
            if (
                next_stream_id != stream_id
                or length & 0xFF != DATA
                or not start < next_end <= size
                or length > self._longest_data
                or next_flags & PADDED
            ):
                break
            flags, end = next_flags, next_end
            pieces.append(data[start:end])
        headers_bytes = (len(pieces) - 1) * FRAME_HEADER_BYTES
        self._data_frames_came(
            stream_id, pieces, end - first - headers_bytes, flags & END_STREAM != 0
        )
        return end

    def _headers(self, flags: int, stream_id: int, payload: bytes) -> None:
        if not stream_id:
            raise _protocol_fault("HEADERS on stream 0")
        if flags & (PADDED | PRIORITY_FIELDS):
            payload = _fragment(flags, payload)
        ended = flags & END_STREAM != 0
        if flags & END_HEADERS and len(payload) <= self._block_bytes_max:
            self._handlers.headers(stream_id, payload, ended)
            return
        self._block_stream_id, self._block_ended, self._fragments = stream_id, ended, 1
        self._add_fragment(payload)

    def _continuation(self, flags: int, stream_id: int, payload: bytes) -> None:
        if not self._block_stream_id:
            raise _protocol_fault("CONTINUATION without HEADERS")
        self._fragments += 1
        self._add_fragment(payload)
        if flags & END_HEADERS:
            block = bytes(self._block)
            self._block.clear()
            self._block_stream_id = 0
            self._handlers.headers(stream_id, block, self._block_ended)

    def _add_fragment(self, fragment: bytes) -> None:
        self._block += fragment
        if len(self._block) > self._block_bytes_max:
            # If it isn't decoded, the compression state of the connection is lost.
            raise ConnectionFault(
                ErrorCodes.ENHANCE_YOUR_CALM,
                f"a compressed field block of more than {self._block_bytes_max} bytes",
            )
        if self._fragments > FRAGMENTS_MAX:
            raise ConnectionFault(
                ErrorCodes.ENHANCE_YOUR_CALM, f"a field block in more than {FRAGMENTS_MAX} frames"
            )

    def _priority(self, _flags: int, stream_id: int, payload: bytes) -> None:
        _expect_stream("PRIORITY", stream_id)
        _expect_length("PRIORITY", payload, 5)
        self._handlers.ignored()

    def _rst_stream(self, _flags: int, stream_id: int, payload: bytes) -> None:
        _expect_stream("RST_STREAM", stream_id)
        _expect_length("RST_STREAM", payload, 4)
        self._handlers.rst_stream(stream_id, _UINT32.unpack(payload)[0])

    def _settings(self, flags: int, stream_id: int, payload: bytes) -> None:
        _expect_connection("SETTINGS", stream_id)
        if flags & ACK:
            _expect_length("an acknowledgement of SETTINGS", payload, 0)
            self._handlers.ignored()
            return
        if len(payload) % _SETTING.size:
            raise _size_fault("SETTINGS", len(payload))
        self._handlers.settings(list(_SETTING.iter_unpack(payload)))

    def _push_promise(self, _flags: int, _stream_id: int, _payload: bytes) -> None:
        # RFC 9113 8.4: the client has sent SETTINGS_ENABLE_PUSH = 0.
        raise _protocol_fault("PUSH_PROMISE, though we take no pushes")

    def _ping(self, flags: int, stream_id: int, payload: bytes) -> None:
        _expect_connection("PING", stream_id)
        _expect_length("PING", payload, 8)
        self._handlers.ping(payload, flags & ACK != 0)

    def _goaway(self, _flags: int, stream_id: int, payload: bytes) -> None:
        _expect_connection("GOAWAY", stream_id)
        if len(payload) < _GOAWAY.size:
            raise _size_fault("GOAWAY", len(payload))
        last_stream_id, code = _GOAWAY.unpack_from(payload)
        message = payload[_GOAWAY.size : _GOAWAY.size + _ERROR_DETAIL_BYTES]
        detail = message.decode("ascii", "backslashreplace")
        self._handlers.goaway(last_stream_id & STREAM_ID_MASK, code, detail)

    def _window_update(self, _flags: int, stream_id: int, payload: bytes) -> None:
        _expect_length("WINDOW_UPDATE", payload, 4)
        self._handlers.window_update(stream_id, _UINT32.unpack(payload)[0] & STREAM_ID_MASK)


def _padding(pad_length: bytes | memoryview, length: int) -> int:
    """Return how much of a payload is padding, from its first byte (RFC 9113 6.1)."""
    if not length:
        raise _size_fault("a padded frame", 0)
    if pad_length[0] >= length:
        raise _protocol_fault("more padding than payload")
    return pad_length[0]


def _fragment(flags: int, payload: bytes) -> bytes:
    """Return the fragment between the optional parts of HEADERS (RFC 9113 6.2)."""
    start, end = 0, len(payload)
    if flags & PADDED:
        end -= _padding(payload[:1], end)
        start = 1
    if flags & PRIORITY_FIELDS:
        start += 5
    if start > end:
        raise _size_fault("HEADERS", len(payload))
    return payload[start:end]


def _expect_stream(name: str, stream_id: int) -> None:
    if not stream_id:
        raise _protocol_fault(f"{name} on stream 0")


def _expect_connection(name: str, stream_id: int) -> None:
    if stream_id:
        raise _protocol_fault(f"{name} on stream {stream_id}, where only 0 is possible")


def _expect_length(name: str, payload: bytes, length: int) -> None:
    if len(payload) != length:
        raise _size_fault(name, len(payload))


def _size_fault(name: str, length: int) -> ConnectionFault:
    return ConnectionFault(ErrorCodes.FRAME_SIZE_ERROR, f"{name} of {length} bytes")


def _protocol_fault(detail: str) -> ConnectionFault:
    return ConnectionFault(ErrorCodes.PROTOCOL_ERROR, detail)
