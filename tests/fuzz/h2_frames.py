"""HTTP/2 frames of a server: the same outcome however they are divided, and the one of h2."""

from __future__ import annotations

from itertools import chain
from typing import Final

from hyperhttp._base._generated.config import HTTP2Config
from hyperhttp._protocol.events import Broken
from tests.fuzz.divisions import SIZES
from tests.protocol.h2.test_codec_oracle import METHODS, agree
from tests.protocol.h2_wire import Talk, frames_of

# A frame has 9 bytes or more. One in return has 13 (WINDOW_UPDATE, RST_STREAM), and GOAWAY has 17.
OUTPUT_PER_BYTE: Final = 2
GOAWAY_BYTES: Final = 17
CONFIG: Final = HTTP2Config(stream_window_bytes=70_000, connection_window_bytes=150_000)


def check(data: bytes) -> None:
    """Receive the bytes after the server's SETTINGS, with four requests open."""
    whole = talk(data, 0)
    for size in SIZES:
        part = talk(data, size)
        assert part.record.streams == whole.record.streams
        assert part.record.fatal == whole.record.fatal
    output = whole.codec.take_output()
    assert len(output) <= OUTPUT_PER_BYTE * len(data) + GOAWAY_BYTES
    frames_of(output)
    events = talk(b"", 0).codec.receive(data).streams.values()
    for event in chain.from_iterable(events):
        if isinstance(event, Broken):
            assert str(event.error).isprintable()
    assert sum(len(outcome.body) for outcome in whole.record.streams.values()) <= len(data)
    agree(data)


def talk(data: bytes, cut: int) -> Talk:
    """A codec with the requests of the oracle, after it has received the bytes."""
    ours = Talk(config=CONFIG)
    for method in METHODS:
        ours.request(method, ended=method != "POST")
    ours.receive(data, cut)
    return ours
