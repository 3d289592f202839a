"""The codec compared with h2: h2 as its server, and h2 as the reference for what it receives.

Where we are stricter or more lenient than h2, the list of it is here.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random
from typing import TYPE_CHECKING

import h2.events
import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.settings import SettingCodes
from hypothesis import given, settings
from hypothesis import strategies as st

from hyperhttp._base._generated.config import HTTP2Config, Limits
from hyperhttp._protocol.h2.codec import H2Codec
from tests.protocol import h2_wire as wire
from tests.protocol.h2_wire import GET, Outcome, Record

if TYPE_CHECKING:
    from collections.abc import Sequence

STREAM_WINDOW = 70_000
CONNECTION_WINDOW = 100_000
CONFIG = HTTP2Config(
    stream_window_bytes=STREAM_WINDOW, connection_window_bytes=CONNECTION_WINDOW, max_streams=100
)


@dataclass
class Upload:
    """A request as the server should see it."""

    sent: bytes = b""
    ended: bool = False


@dataclass
class Line:
    """Our codec and h2's server, with a line between them that nothing is lost on."""

    codec: H2Codec = field(default_factory=lambda: H2Codec(Limits(), CONFIG))
    server: H2Connection = field(
        default_factory=lambda: H2Connection(H2Configuration(client_side=False))
    )
    record: Record = field(default_factory=Record)
    uploads: dict[int, Upload] = field(default_factory=dict[int, Upload])
    seen: dict[int, Upload] = field(default_factory=dict[int, Upload])
    expected: dict[int, Outcome] = field(default_factory=dict[int, Outcome])

    def __post_init__(self) -> None:
        self.codec.begin()
        self.server.initiate_connection()
        self.carry()
        self.record.notices.clear()

    def carry(self, cut: int = 0) -> None:
        """Everything that is written arrives, in both directions, until nothing more is."""
        while True:
            up = self.codec.take_output()
            for event in self.server.receive_data(up) if up else ():
                self.serve(event)
            down = self.server.data_to_send()
            if not up and not down:
                return
            for start in range(0, len(down), cut or max(1, len(down))):
                piece = down[start : start + (cut or len(down))]
                self.record.add(self.codec.receive(piece))

    def serve(self, event: h2.events.Event) -> None:
        match event:
            case h2.events.RequestReceived(stream_id=stream_id):
                assert stream_id is not None
                self.seen[stream_id] = Upload()
            case h2.events.DataReceived(stream_id=stream_id, data=data):
                assert stream_id is not None
                assert data is not None
                self.seen[stream_id].sent += data
            case h2.events.StreamEnded(stream_id=stream_id):
                assert stream_id is not None
                self.seen[stream_id].ended = True
            case _:
                pass

    def open(self, method: str, *, ended: bool) -> int:
        fields = ((b":method", method.encode()), *GET[1:])
        stream_id = self.codec.open(method, fields, ended=ended)
        self.uploads[stream_id] = Upload(ended=ended)
        self.expected[stream_id] = Outcome()
        return stream_id


class Play:
    """One random conversation."""

    def __init__(self, seed: int) -> None:
        self.line = Line()
        # Drawing each move from hypothesis would take a hundred times as long.
        self.random = Random(seed)
        self.replying: dict[int, str] = {}
        self.reset: set[int] = set()
        self.refused: set[int] = set()

    def number(self, least: int, most: int) -> int:
        return self.random.randint(least, most)

    def one_of(self, ids: Sequence[int]) -> int | None:
        return self.random.choice(ids) if ids else None

    def step(self) -> None:
        moves = [self.ask, self.upload, self.reply, self.body, self.finish, self.cancel]
        moves += [self.give_credit, self.change_settings, self.hold, self.let_go, self.carry]
        self.random.choice(moves)()

    def carry(self) -> None:
        self.line.carry(self.number(1, 40))

    def ask(self) -> None:
        if self.line.codec.open_count < self.line.codec.capacity:
            self.line.open(self.random.choice(["GET", "POST"]), ended=self.number(0, 1) > 0)

    def upload(self) -> None:
        codec = self.line.codec
        stream_id = self.one_of([key for key in self.line.uploads if codec.takes_body(key)])
        # RFC 9113 6.9.1 allows empty DATA at any time; h2 refuses it while a window is negative.
        if stream_id is not None and codec._streams.by_id[stream_id].send_window >= 0:
            size = min(codec.sendable(stream_id), self.number(0, 50_000))
            ended = self.number(0, 3) == 0
            upload = self.line.uploads[stream_id]
            codec.send(stream_id, bytes(size), ended=ended)
            upload.sent += bytes(size)
            upload.ended = ended

    def reply(self) -> None:
        ids = [key for key in self.line.seen if self.line.expected[key].status == 0]
        stream_id = self.one_of([key for key in ids if key not in self.reset])
        if stream_id is None:
            return
        outcome = self.line.expected[stream_id]
        if self.number(0, 3) == 0:
            self.line.server.send_headers(stream_id, [(b":status", b"103"), (b"link", b"</x>")])
            self.line.expected[stream_id] = Outcome(informational=(*outcome.informational, 103))
            return
        fields = [(b"server", b"h2"), (b"x-%d" % self.number(0, 3), b"v" * self.number(0, 100))]
        self.line.server.send_headers(stream_id, [(b":status", b"200"), *fields])
        self.line.expected[stream_id] = Outcome(200, tuple(fields), outcome.informational)
        self.replying[stream_id] = ""

    def body(self) -> None:
        stream_id = self.one_of(list(self.replying))
        if stream_id is None:
            return
        pad = self.random.choice([None, 0, 100])
        overhead = 0 if pad is None else pad + 1
        window = self.line.server.local_flow_control_window(stream_id)
        size = min(window - overhead, self.number(0, 16_000))
        if size >= 0:
            self.line.server.send_data(stream_id, b"d" * size, pad_length=pad)
            outcome = self.line.expected[stream_id]
            self.line.expected[stream_id] = Outcome(
                outcome.status, outcome.fields, outcome.informational, outcome.body + b"d" * size
            )

    def finish(self) -> None:
        stream_id = self.one_of(list(self.replying))
        if stream_id is None:
            return
        trailers = ((b"digest", b"x"),) if self.number(0, 2) == 0 else ()
        if trailers:
            self.line.server.send_headers(stream_id, trailers, end_stream=True)
        else:
            self.line.server.end_stream(stream_id)
        self.end(stream_id, "end", trailers)

    def cancel(self) -> None:
        """The server or the client gives a stream up."""
        stream_id = self.one_of(list(self.replying))
        if stream_id is None:
            return
        if self.number(0, 1):
            self.line.server.reset_stream(stream_id, 7)
            self.refused.add(stream_id)
            self.end(stream_id, "StreamReset: REFUSED_STREAM (unprocessed)", ())
        else:
            self.line.carry()
            self.line.codec.reset(stream_id)
            self.reset.add(stream_id)
            self.line.server.send_data(stream_id, b"", pad_length=5)
            self.line.carry()
            del self.replying[stream_id]

    def end(self, stream_id: int, end: str, trailers: wire.Fields) -> None:
        outcome = self.line.expected[stream_id]
        self.line.expected[stream_id] = Outcome(
            outcome.status, outcome.fields, outcome.informational, outcome.body, trailers, end
        )
        del self.replying[stream_id]
        self.line.carry(self.number(0, 30))

    def give_credit(self) -> None:
        self.line.carry()
        stream_id = self.one_of([0, *self.line.seen])
        if not stream_id:
            self.line.server.increment_flow_control_window(self.number(1, 20_000))
        elif stream_id in self.line.codec._streams.by_id and not self.line.seen[stream_id].ended:
            self.line.server.increment_flow_control_window(self.number(1, 20_000), stream_id)

    def change_settings(self) -> None:
        code, value = self.random.choice(
            [
                (SettingCodes.INITIAL_WINDOW_SIZE, self.number(0, 100_000)),
                (SettingCodes.MAX_FRAME_SIZE, self.number(16_384, 50_000)),
                (SettingCodes.HEADER_TABLE_SIZE, self.number(0, 8_000)),
                (SettingCodes.MAX_CONCURRENT_STREAMS, self.number(1, 20)),
            ]
        )
        self.line.server.update_settings({code: value})
        # h2 obeys its own settings when they are acknowledged; what crosses them is not tried.
        self.line.carry()

    def hold(self) -> None:
        for stream_id in self.replying:
            self.line.codec.hold(stream_id)

    def let_go(self) -> None:
        for stream_id in self.replying:
            self.line.codec.release(stream_id)


@pytest.mark.slow
@settings(max_examples=200, deadline=None)
@given(st.integers(0, 2**32), st.integers(1, 200))
def test_h2_as_server_reads_what_we_write_and_we_what_it_responses(seed: int, moves: int) -> None:
    play = Play(seed)
    for _ in range(moves):
        play.step()
    play.let_go()
    play.line.carry()
    line = play.line
    assert line.record.fatal is None
    for stream_id, upload in line.uploads.items():
        # What crossed a RST_STREAM on its way was dropped there.
        if stream_id not in play.reset | play.refused:
            assert line.seen[stream_id] == upload
        if stream_id not in play.reset:
            assert line.record.streams.get(stream_id, Outcome()) == line.expected[stream_id]
    check_windows(line)


def check_windows(line: Line) -> None:
    """What each side believes that the other may send is what the other believes."""
    table, server = line.codec._streams, line.server
    assert line.codec._sender.window == server.inbound_flow_control_window
    assert table._window.left == server.outbound_flow_control_window
    assert table._window.left + table._window.due == CONNECTION_WINDOW
    assert line.codec.open_count == server.open_inbound_streams
    for stream_id, stream in table.by_id.items():
        if not line.seen[stream_id].ended:
            ours = server.streams[stream_id]._inbound_window_manager.current_window_size
            assert stream.send_window == ours
        if not stream.response_ended:
            theirs = server.streams[stream_id].outbound_flow_control_window
            assert stream.window.left == theirs
            assert stream.window.left + stream.window.due == STREAM_WINDOW
