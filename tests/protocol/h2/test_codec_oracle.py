"""The codec against h2 as a client that was told of the same requests and is sent the same bytes.

What h2 accepts gives the same heads, bodies and trailers; what it refuses we refuse, if perhaps
only the stream. STRICTER and LENIENT are all the exceptions there are.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import h2.events
import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.exceptions import ProtocolError
from h2.settings import SettingCodes
from hypothesis import example, given, settings
from hypothesis import strategies as st

from hyperhttp._base._generated.config import HTTP2Config
from hyperhttp._protocol.h2.codec import GoingAway
from tests.protocol import h2_wire as wire
from tests.protocol.h2_wire import GET, OK, Outcome, Record, Talk

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

WINDOW = 70_000
FIVE = (*OK, (b"content-length", b"5"))
# Streams 1 and 5 are GET, 3 is a POST with its body under way, 7 is a HEAD, 9 was never opened.
METHODS = ("GET", "POST", "GET", "HEAD")
STREAMS = (1, 3, 5, 7)
HEADS = (
    OK,
    FIVE,
    ((b":status", b"100"),),
    ((b":status", b"103"), (b"link", b"</a>")),
    ((b":status", b"204"),),
    (*OK, (b"set-cookie", b"a=b"), (b"set-cookie", b"c=d"), (b"x", b"")),
    ((b"digest", b"x"),),
    (*OK, (b"Server", b"x")),
    (*OK, (b"a", b"b\nc")),
    (*OK, (b"connection", b"close")),
    (*OK, *OK),
    ((b"a", b"b"), *OK),
    (),
)
PADS = (None, 0, 3)

# What we refuse and h2 does not, by what the error says.
STRICTER = (
    "which was never opened",  # h2 lets RST_STREAM come for an idle stream
    "which is over",  # h2 responds to what follows a peer's RST_STREAM with another one
    "a body where none is possible",  # h2 allows a body of 204 and 304
    "is not a token",  # h2 allows some of what RFC 9110 5.6.2 does not
    "three digits",  # h2 takes any text for a status
    "status 101",
    "without :status",
    "HEADERS on stream",
    "DATA on stream",
    "is not a number of bytes",  # more than 18 digits
    "PUSH_PROMISE, though",  # h2 waits for the end of its field block
    "within a field block",  # h2 looks at a frame only once it is whole
    "bytes, where at most",
    "bytes missing",  # h2 compares with Content-Length when DATA comes, not at HEADERS that end
    "a compressed field block",
    "a flood of",
)


# What h2 says of a frame that hyperframe does not parse.
NOT_PARSED = re.compile("non-compliant data|FrameDataMissingError")


def frames() -> st.SearchStrategy[bytes]:
    """Frames of a server, most of them right in themselves."""
    streams = st.sampled_from((*STREAMS, 1, 1, 9))
    return st.one_of(
        st.builds(
            lambda stream, fields, ended, pad, fragments: wire.head(
                stream, fields, ended=ended, pad=pad, fragments=fragments
            ),
            streams,
            st.sampled_from((OK, OK, OK, *HEADS)),
            st.booleans(),
            st.sampled_from(PADS),
            st.integers(1, 3),
        ),
        st.builds(
            lambda stream, size, ended, pad: wire.data(stream, b"d" * size, ended=ended, pad=pad),
            streams,
            st.sampled_from((0, 1, 5, 5, 16_000)),
            st.booleans(),
            st.sampled_from(PADS),
        ),
        st.builds(wire.rst, streams, st.integers(0, 20)),
        st.builds(wire.window, st.sampled_from((0, *STREAMS)), st.sampled_from((0, 1, 2**31 - 1))),
        st.builds(
            lambda code, value: wire.raw(
                4, 0, 0, code.to_bytes(2, "big") + value.to_bytes(4, "big")
            ),
            st.integers(0, 9),
            st.sampled_from((0, 1, 2, 16_384, 2**31 - 1, 2**31)),
        ),
        st.sampled_from(
            (
                wire.ping(),
                wire.ping(ack=True),
                wire.settings(ack=True),
                wire.priority(1),
                wire.goaway(3),
                wire.goaway(1, 2, b"tired"),
                wire.raw(0x5, 4, 1, b"\0\0\0\2\x82"),
                wire.raw(0x9, 4, 1, b"\x88"),
                wire.raw(0xEE, 255, 1, b"anything"),
                b"",
            )
        ),
    )


def replies() -> st.SearchStrategy[list[bytes]]:
    """A whole response, frame by frame."""
    return st.builds(
        lambda stream, fields, sizes, trailers: [
            wire.head(stream, fields),
            *(wire.data(stream, b"d" * size) for size in sizes),
            wire.head(stream, ((b"digest", b"x"),), ended=True)
            if trailers
            else wire.data(stream, ended=True),
        ],
        st.sampled_from(STREAMS),
        st.sampled_from((OK, FIVE)),
        st.lists(st.sampled_from((0, 1, 4, 5, 9000)), max_size=3),
        st.booleans(),
    )


def scripts() -> st.SearchStrategy[list[bytes]]:
    pieces = st.one_of(replies(), frames().map(lambda frame: [frame]))
    return st.lists(pieces, max_size=8).map(
        lambda lists: [frame for part in lists for frame in part]
    )


class Judge:
    """h2 as the client, and what it makes of the bytes."""

    def __init__(self) -> None:
        self.connection = H2Connection(H2Configuration(header_encoding=None))
        self.connection.local_settings = type(self.connection.local_settings)(
            client=True,
            initial_values={
                SettingCodes.ENABLE_PUSH: 0,
                SettingCodes.INITIAL_WINDOW_SIZE: WINDOW,
                SettingCodes.MAX_FRAME_SIZE: 65_536,
            },
        )
        self.connection.max_inbound_frame_size = 65_536
        self.connection.initiate_connection()
        self.connection.increment_flow_control_window(150_000 - 65_535)
        self.outcomes: dict[int, Outcome] = {}
        self.refusal: str | None = None
        self.receive(wire.settings())
        for number, method in enumerate(METHODS):
            fields = ((b":method", method.encode()), *GET[1:])
            self.connection.send_headers(2 * number + 1, fields, end_stream=method != "POST")

    def receive(self, data: bytes) -> None:
        try:
            for event in self.connection.receive_data(data):
                self.note(event)
        except ProtocolError as error:
            self.refusal = f"{type(error).__name__}: {error}"

    def note(self, event: h2.events.Event) -> None:
        stream_id = getattr(event, "stream_id", None)
        if stream_id is None:
            return
        before = self.outcomes.get(stream_id, Outcome())
        match event:
            case h2.events.InformationalResponseReceived(headers=fields):
                status = status_of(fields or ())
                after = replace(before, informational=(*before.informational, status))
            case h2.events.ResponseReceived(headers=fields):
                pairs = [(bytes(name), bytes(value)) for name, value in fields or ()]
                after = replace(before, status=status_of(pairs), fields=tuple(pairs[1:]))
            case h2.events.DataReceived(data=data, flow_controlled_length=length):
                self.connection.acknowledge_received_data(length or 0, stream_id)
                after = replace(before, body=before.body + (data or b""))
            case h2.events.TrailersReceived(headers=fields):
                trailers = tuple((bytes(name), bytes(value)) for name, value in fields or ())
                after = replace(before, trailers=trailers)
            case h2.events.StreamEnded():
                after = replace(before, end="end")
            case h2.events.StreamReset(remote_reset=True):
                after = replace(before, end=before.end or "reset")
            case h2.events.StreamReset():
                self.refusal = f"stream {stream_id}"
                return
            case _:
                return
        self.outcomes[stream_id] = after


def status_of(fields: Iterable[tuple[object, object]]) -> int:
    """-1 for what h2 lets pass as a status, or as a head without one."""
    text = next((bytes(value) for name, value in fields if name == b":status"), b"")  # type: ignore[call-overload]
    return int(text) if text.isdigit() else -1


def ours(data: bytes, cut: int) -> Record:
    talk = Talk(config=HTTP2Config(stream_window_bytes=WINDOW, connection_window_bytes=150_000))
    for method in METHODS:
        talk.request(method, ended=method != "POST")
    return talk.receive(data, cut)


def errors_of(record: Record) -> list[str]:
    """What we refused, resets by the peer apart."""
    ends = [outcome.end for outcome in record.streams.values()]
    return [end for end in (*ends, record.fatal or "") if end.startswith("RemoteProtocolError")]


def lenient(refusal: str, record: Record, data: bytes) -> bool:
    """What h2 refuses and we do not."""
    return (
        # RFC 9113 6.8: streams up to the last one go on, where h2 closes the connection.
        any(isinstance(notice, GoingAway) for notice in record.notices)
        # RFC 9113 5.3 has made priorities void; so are bad ones.
        or "may not depend on itself" in refusal
        or (NOT_PARSED.search(refusal) is not None and any(map(is_void, frames_in(data))))
    )


def is_void(frame: bytes) -> bool:
    """Whether h2 parses what has no meaning here, or has lost it."""
    kind, stream_id, payload = frame[3], frame[5:9], frame[9:]
    # ALTSVC (RFC 7838), which we ignore; WINDOW_UPDATE whose reserved bit is set (RFC 9113 6.9), or
    # by 0 for a stream that is over.
    return kind == 0xA or (kind == 0x8 and (payload[0] >= 0x80 or any(stream_id)))


def is_doubled(frame: bytes) -> bool:
    """Whether SETTINGS have two values of one: h2 looks at the last (RFC 9113 6.5.3: at each)."""
    names = [frame[at : at + 2] for at in range(9, len(frame), 6)]
    return frame[3] == 0x4 and len(set(names)) < len(names)


def frames_in(data: bytes) -> Iterator[bytes]:
    while len(data) >= 9:
        end = 9 + int.from_bytes(data[:3], "big")
        yield data[:end]
        data = data[end:]


def completed(data: bytes) -> bytes:
    """The same with its last frame whole: h2 looks at none before, where we refuse it early."""
    frames = list(frames_in(data))
    if frames:
        missing = 9 + int.from_bytes(frames[-1][:3], "big") - len(frames[-1])
        if missing < 100_000:
            frames[-1] += bytes(missing)
    return b"".join(frames)


def agree(data: bytes, cut: int = 0) -> None:
    data = completed(data)
    judge = Judge()
    judge.receive(data)
    record = ours(data, cut)
    errors = errors_of(record)
    if judge.refusal is not None:
        assert errors or lenient(judge.refusal, record, data), judge.refusal
    elif errors:
        stricter = (
            (*STRICTER, "for the setting") if any(map(is_doubled, frames_in(data))) else STRICTER
        )
        assert all(any(says in error for says in stricter) for error in errors), errors
    else:
        assert simplified(record) == judge.outcomes


def simplified(record: Record) -> dict[int, Outcome]:
    """Our outcomes as far as h2 has any."""
    outcomes: dict[int, Outcome] = {}
    for stream_id, outcome in record.streams.items():
        if outcome.end.startswith("ReadError: the server is going away"):
            # h2 reports nothing of the streams that a GOAWAY ends.
            before = replace(outcome, end="")
            if before != Outcome():
                outcomes[stream_id] = before
            continue
        is_reset = outcome.end.startswith("StreamReset")
        outcomes[stream_id] = replace(outcome, end="reset") if is_reset else outcome
    return outcomes


@pytest.mark.slow
@settings(max_examples=300, deadline=None)
@given(scripts(), st.integers(0, 50))
@example([wire.head(1), wire.window(9, 1)], 0)
@example([wire.goaway(3), wire.head(1, ended=True)], 0)
@example([wire.rst(1), wire.head(1)], 0)
@example([wire.head(1), wire.goaway(0)], 0)
@example([wire.raw(4, 0, 0, b"\0\4\xff\xff\0\0" + b"\0\4\0\0\0\1")], 0)
@example([wire.raw(0xA, 0, 1, b"\x88\0")], 0)
def test_what_frames_come_to_is_what_h2_says(script: list[bytes], cut: int) -> None:
    agree(b"".join(script), cut)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(
    scripts().filter(bool),
    st.lists(st.tuples(st.integers(0, 300), st.integers(1, 255)), min_size=1, max_size=3),
)
# PUSH_PROMISE whose field block is not complete.
@example([b"\x00\x00\x05\x05\x04\x00\x00\x00\x01\x00\x00\x00\x02\x82"], [(4, 4)])
def test_what_mutated_bytes_come_to_is_what_h2_says(
    script: list[bytes], changes: list[tuple[int, int]]
) -> None:
    data = bytearray(b"".join(script))
    for at, change in changes:
        if data:
            data[at % len(data)] ^= change
    agree(bytes(data))


def test_the_judge_can_tell_a_difference() -> None:
    judge = Judge()
    judge.receive(wire.head(1, (*OK, (b"a", b"b"))) + wire.data(1, b"x", ended=True))
    assert judge.outcomes == {1: Outcome(200, ((b"a", b"b"),), body=b"x", end="end")}
    refusals = [judge.refusal]
    judge.receive(wire.data(9, b"x"))
    refusals.append(judge.refusal)
    assert refusals == [None, "NoSuchStreamError: 9"]
    assert not lenient("NoSuchStreamError: 9", Record(), wire.data(9, b"x"))
