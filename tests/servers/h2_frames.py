"""HTTP/2 frames for peers that are written by hand: any frame can be built, well-formed ones read.

What is built is laid out by RFC 9113 section 4 and checked for nothing, so a test can send what no
library would. Reading goes by hyperframe, and is as strict as it. Nothing here has a connection.
"""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING, TypeAlias

from hyperframe.frame import Frame

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from hpack import Decoder, Encoder

    # Bytes for values that are no text.
    Field: TypeAlias = tuple[str | bytes, str | bytes]
    Fields: TypeAlias = Sequence[tuple[str, str]]

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
HEAD_BYTES = 9
FRAME_BYTES_DEFAULT = 16_384
WINDOW_DEFAULT = 65_535
WINDOW_MAX = (1 << 31) - 1

END_STREAM = ACK = 0x1
END_HEADERS = 0x4
PADDED = 0x8


class Kind(IntEnum):
    """The types of RFC 9113 section 6."""

    DATA = 0x0
    HEADERS = 0x1
    PRIORITY = 0x2
    RST_STREAM = 0x3
    SETTINGS = 0x4
    PUSH_PROMISE = 0x5
    PING = 0x6
    GOAWAY = 0x7
    WINDOW_UPDATE = 0x8
    CONTINUATION = 0x9


def frame(kind: int, flags: int, stream_id: int, payload: bytes = b"") -> bytes:
    """Any frame; its length is that of `payload`."""
    head = len(payload).to_bytes(3, "big") + bytes((kind, flags)) + stream_id.to_bytes(4, "big")
    return head + payload


def data(stream_id: int, payload: bytes, *, end: bool = False, pad: int | None = None) -> bytes:
    """One DATA frame; `pad` is the length of its padding (0 is padded too), None sets no flag."""
    flags = (END_STREAM if end else 0) | (0 if pad is None else PADDED)
    return frame(Kind.DATA, flags, stream_id, _padded(payload, pad))


def headers(
    stream_id: int,
    block: bytes,
    *,
    end: bool = False,
    pad: int | None = None,
    split: int | None = None,
) -> bytes:
    """A header block in one HEADERS frame, or in fragments of `split` bytes with CONTINUATIONs."""
    flags = (END_STREAM if end else 0) | (0 if pad is None else PADDED)
    return _in_fragments(Kind.HEADERS, flags, stream_id, block, b"", pad, split)


def push_promise(
    stream_id: int,
    promised_id: int,
    block: bytes,
    *,
    pad: int | None = None,
    split: int | None = None,
) -> bytes:
    """A PUSH_PROMISE, as a whole or in fragments."""
    flags, promised = 0 if pad is None else PADDED, promised_id.to_bytes(4, "big")
    return _in_fragments(Kind.PUSH_PROMISE, flags, stream_id, block, promised, pad, split)


def continuation(stream_id: int, fragment: bytes, *, end_headers: bool = False) -> bytes:
    """One CONTINUATION frame."""
    flags = END_HEADERS if end_headers else 0
    return frame(Kind.CONTINUATION, flags, stream_id, fragment)


def settings(values: Mapping[int, int] | None = None, *, ack: bool = False) -> bytes:
    """A SETTINGS frame, or the acknowledgement of one."""
    pairs = (values or {}).items()
    payload = b"".join(code.to_bytes(2, "big") + value.to_bytes(4, "big") for code, value in pairs)
    return frame(Kind.SETTINGS, ACK if ack else 0, 0, payload)


def rst(stream_id: int, code: int) -> bytes:
    """A RST_STREAM."""
    return frame(Kind.RST_STREAM, 0, stream_id, code.to_bytes(4, "big"))


def ping(payload: bytes = b"8 octets", *, ack: bool = False) -> bytes:
    """A PING, or the response to one."""
    return frame(Kind.PING, ACK if ack else 0, 0, payload)


def goaway(last_stream_id: int, code: int, debug: bytes = b"") -> bytes:
    """A GOAWAY."""
    payload = last_stream_id.to_bytes(4, "big") + code.to_bytes(4, "big") + debug
    return frame(Kind.GOAWAY, 0, 0, payload)


def window_update(stream_id: int, increment: int) -> bytes:
    """A WINDOW_UPDATE; stream 0 is the connection."""
    return frame(Kind.WINDOW_UPDATE, 0, stream_id, increment.to_bytes(4, "big"))


def priority(stream_id: int, depends_on: int = 0, weight: int = 15) -> bytes:
    """A PRIORITY frame, which RFC 9113 section 5.3.2 has taken out of use."""
    return frame(Kind.PRIORITY, 0, stream_id, depends_on.to_bytes(4, "big") + bytes([weight]))


class FrameReader:
    """Takes bytes as they come, gives the frames that are whole."""

    def __init__(self) -> None:
        """Start at the first byte of a frame."""
        self._buffer = bytearray()

    def feed(self, received: bytes) -> Iterator[Frame]:
        """Yield each frame that `received` completes; raises what hyperframe does at a bad one."""
        self._buffer += received
        while len(self._buffer) >= HEAD_BYTES:
            found, length = read_head(bytes(self._buffer[:HEAD_BYTES]))
            whole = HEAD_BYTES + length
            if len(self._buffer) < whole:
                return
            found.parse_body(memoryview(bytes(self._buffer[HEAD_BYTES:whole])))
            del self._buffer[:whole]
            yield found

    @property
    def is_between_frames(self) -> bool:
        """Whether no frame is begun."""
        return not self._buffer


def read_head(head: bytes) -> tuple[Frame, int]:
    """The frame that nine bytes announce, and the length of its payload."""
    return Frame.parse_frame_header(memoryview(head))


def encode(encoder: Encoder, fields: Iterable[Field]) -> bytes:
    """A header block, by the state of `encoder`."""
    return encoder.encode(fields)


def resize(encoder: Encoder, table_bytes: int) -> None:
    """Obey SETTINGS_HEADER_TABLE_SIZE; a size set twice would make the encoder forget to say so."""
    if encoder.header_table_size != table_bytes:
        encoder.header_table_size = table_bytes


def decode(decoder: Decoder, block: bytes) -> list[tuple[str, str]]:
    """The fields of a header block, byte for byte as Latin-1."""
    pairs = [(bytes(name), bytes(value)) for name, value in decoder.decode(block, raw=True)]
    return [(name.decode("latin-1"), value.decode("latin-1")) for name, value in pairs]


def _padded(payload: bytes, pad: int | None) -> bytes:
    return payload if pad is None else bytes([pad]) + payload + bytes(pad)


def _in_fragments(
    kind: int,
    flags: int,
    stream_id: int,
    block: bytes,
    prefix: bytes,
    pad: int | None,
    split: int | None,
) -> bytes:
    """The frames of one field block: the first has the prefix, the padding and the flags."""
    size = split or max(len(block), 1)
    first, rest = block[:size], block[size:]
    more = [rest[start : start + size] for start in range(0, len(rest), size)]
    ends = 0 if more else END_HEADERS
    frames = [frame(kind, flags | ends, stream_id, _padded(prefix + first, pad))]
    for number, fragment in enumerate(more, start=1):
        frames.append(continuation(stream_id, fragment, end_headers=number == len(more)))
    return b"".join(frames)
