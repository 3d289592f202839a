"""The constants of HTTP/2 frames (RFC 9113 4.1, 6, 6.5.2), and their serialization."""

from __future__ import annotations

from struct import Struct
from typing import TYPE_CHECKING, Final

from h2.errors import ErrorCodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

PREFACE: Final = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"

# Length and type together, flags, stream.
FRAME_HEADER: Final = Struct(">IBI")
FRAME_HEADER_BYTES: Final = FRAME_HEADER.size
STREAM_ID_MASK: Final = 0x7FFF_FFFF
STREAM_ID_MAX: Final = 0x7FFF_FFFF
WINDOW_MAX: Final = 0x7FFF_FFFF
FRAME_BYTES_MIN: Final = 0x4000
FRAME_BYTES_MAX: Final = 0xFF_FFFF
# RFC 9113 6.9.2: every window until it is changed.
WINDOW_DEFAULT: Final = 65_535

DATA: Final = 0x0
HEADERS: Final = 0x1
PRIORITY: Final = 0x2
RST_STREAM: Final = 0x3
SETTINGS: Final = 0x4
PUSH_PROMISE: Final = 0x5
PING: Final = 0x6
GOAWAY: Final = 0x7
WINDOW_UPDATE: Final = 0x8
CONTINUATION: Final = 0x9

END_STREAM: Final = 0x1
ACK: Final = 0x1
END_HEADERS: Final = 0x4
PADDED: Final = 0x8
PRIORITY_FIELDS: Final = 0x20

HEADER_TABLE_SIZE: Final = 0x1
ENABLE_PUSH: Final = 0x2
MAX_CONCURRENT_STREAMS: Final = 0x3
INITIAL_WINDOW_SIZE: Final = 0x4
MAX_FRAME_SIZE: Final = 0x5
MAX_HEADER_LIST_SIZE: Final = 0x6
ENABLE_CONNECT_PROTOCOL: Final = 0x8

_SETTING: Final = Struct(">HI")
_WINDOW_UPDATE: Final = Struct(">IBII")
_GOAWAY: Final = Struct(">II")


def frame_header(length: int, kind: int, flags: int, stream_id: int) -> bytes:
    """Return the nine bytes before a payload of `length` bytes."""
    return FRAME_HEADER.pack(length << 8 | kind, flags, stream_id)


def write_settings(settings: Iterable[tuple[int, int]]) -> bytes:
    """Return SETTINGS with these identifiers and values."""
    payload = b"".join(_SETTING.pack(identifier, value) for identifier, value in settings)
    return frame_header(len(payload), SETTINGS, 0, 0) + payload


def write_window_update(stream_id: int, increment: int) -> bytes:
    """Return WINDOW_UPDATE for a stream, or for the connection (0)."""
    return _WINDOW_UPDATE.pack(4 << 8 | WINDOW_UPDATE, 0, stream_id, increment)


def write_rst_stream(stream_id: int, code: int) -> bytes:
    """Return RST_STREAM with an error code."""
    return frame_header(4, RST_STREAM, 0, stream_id) + code.to_bytes(4, "big")


def write_ping(opaque: bytes, *, ack: bool = False) -> bytes:
    """Return PING with eight bytes, or the acknowledgement of one."""
    return frame_header(8, PING, ACK if ack else 0, 0) + opaque


def write_goaway(code: int) -> bytes:
    """Return GOAWAY of a client; no stream of the server was opened, so the last one is 0."""
    return frame_header(_GOAWAY.size, GOAWAY, 0, 0) + _GOAWAY.pack(0, code)


def write_head(stream_id: int, block: bytes, ended: bool, frame_bytes_max: int) -> bytes:
    """Return HEADERS with a header block, and its CONTINUATION frames (RFC 9113 6.2, 6.10)."""
    flags = END_STREAM if ended else 0
    if len(block) <= frame_bytes_max:
        return frame_header(len(block), HEADERS, flags | END_HEADERS, stream_id) + block
    return b"".join(_fragments(stream_id, block, flags, frame_bytes_max))


def _fragments(stream_id: int, block: bytes, flags: int, frame_bytes_max: int) -> Iterator[bytes]:
    kind = HEADERS
    for start in range(0, len(block), frame_bytes_max):
        fragment = block[start : start + frame_bytes_max]
        if start + len(fragment) == len(block):
            flags |= END_HEADERS
        yield frame_header(len(fragment), kind, flags, stream_id)
        yield fragment
        kind, flags = CONTINUATION, 0


def code_name(code: int) -> str:
    """Return the name of an error code of RFC 9113 7, such as `REFUSED_STREAM`."""
    try:
        return ErrorCodes(code).name
    except ValueError:
        return f"error code {code}"
