"""The codec against the model server: 50 streams, in any order, with faults, cancels and GOAWAY.

Every stream must end as the model says, and both sides must have the same windows at the end.
"""

from __future__ import annotations

from random import Random

import pytest
from h2.errors import ErrorCodes

from hyperhttp._base._generated.config import HTTP2Config, Limits
from hyperhttp._protocol.h2.codec import H2Codec
from tests.protocol.h2_wire import Outcome, Record
from tests.servers import h2_model_stream as model
from tests.servers.contents import LARGE_BODY
from tests.servers.h2_model import ModelServer
from tests.servers.h2_model_stream import End, Plan

STREAMS = 50
TURNS_MAX = 100_000
STREAM_WINDOW, CONNECTION_WINDOW = 20_000, 70_000
ENDS = {
    End.COMPLETE: "end",
    End.RESET: "StreamReset: ",
    End.UNPROCESSED: "",
}


class Player:
    """Opens streams, sends bodies, holds, releases and cancels, as a multiplexer would."""

    def __init__(self, seed: int, plan: Plan) -> None:
        self.random = Random(seed)
        self.server = ModelServer(plan)
        config = HTTP2Config(
            stream_window_bytes=STREAM_WINDOW, connection_window_bytes=CONNECTION_WINDOW
        )
        self.codec = H2Codec(Limits(), config)
        self.codec.begin()
        self.record = Record()
        self.unsent: dict[int, memoryview] = {}
        self.bodies: dict[int, bytes] = {}
        self.cancelled: set[int] = set()
        self.held: set[int] = set()
        self.to_server, self.to_client = bytearray(), bytearray()

    def play(self) -> None:
        moves = [
            self.open,
            self.send,
            self.send,
            self.hold,
            self.cancel,
            self.deliver,
            self.deliver,
        ]
        moves += [self.reply, self.reply, self.turn, self.turn, self.turn]
        for _ in range(TURNS_MAX):
            if self.is_full:
                self.server.calm_down()
            self.random.choice(moves)()
            if self.is_full and self.is_over:
                return
        raise AssertionError("it does not come to an end")

    @property
    def is_full(self) -> bool:
        """Whether no more streams are to come."""
        inbound = self.server.inbound
        return len(self.bodies) >= STREAMS or inbound.last_stream_id is not None

    @property
    def is_over(self) -> bool:
        self.to_server += self.codec.take_output()
        under_way = self.to_server or self.to_client or self.codec.open_count or self.held
        return self.server.is_settled and not under_way

    def open(self) -> None:
        if self.codec.open_count >= self.codec.capacity or len(self.bodies) >= STREAMS:
            return
        method = self.random.choice(("GET", "HEAD", "POST", "PUT"))
        body = LARGE_BODY[: self.random.choice((0, 1, 500, 70_000))] if method[0] == "P" else b""
        fields = (
            (b":method", method.encode()),
            (b":scheme", b"https"),
            (b":authority", b"example.com"),
            (b":path", b"/%d" % self.random.randint(0, 9)),
            (b"x-constant", b"constant"),
        )
        stream_id = self.codec.open(method, fields, ended=not body)
        self.bodies[stream_id] = body
        if body:
            self.unsent[stream_id] = memoryview(body)

    def send(self) -> None:
        if not self.unsent:
            return
        stream_id = self.random.choice(list(self.unsent))
        rest = self.unsent[stream_id]
        size = min(self.codec.sendable(stream_id), self.random.randint(0, len(rest)))
        if not self.codec.takes_body(stream_id):
            del self.unsent[stream_id]
        elif size:
            self.codec.send(stream_id, rest[:size], ended=size == len(rest))
            self.unsent[stream_id] = rest[size:]
            if size == len(rest):
                del self.unsent[stream_id]

    def hold(self) -> None:
        if self.held and (self.is_full or self.random.random() < 0.5):
            self.codec.release(self.held.pop())
        elif self.bodies and not self.is_full:
            stream_id = self.random.choice(list(self.bodies))
            self.codec.hold(stream_id)
            self.held.add(stream_id)

    def cancel(self) -> None:
        if self.bodies and self.random.random() < 0.02:
            stream_id = self.random.choice(list(self.bodies))
            self.codec.reset(stream_id)
            if not self.record.streams.get(stream_id, Outcome()).end:
                self.cancelled.add(stream_id)

    def deliver(self) -> None:
        self.to_server += self.codec.take_output()
        size = self.random.choice((9, 100, len(self.to_server)))
        self.server.feed(bytes(self.to_server[:size]))
        del self.to_server[:size]

    def turn(self) -> None:
        self.to_client += self.server.step(self.random)

    def reply(self) -> None:
        size = self.random.choice((1, 50, len(self.to_client)))
        received = self.codec.receive(bytes(self.to_client[:size]))
        del self.to_client[:size]
        self.record.add(received)
        for stream_id in received.streams:
            assert stream_id not in self.cancelled
            if self.record.streams[stream_id].end == "end":
                self.codec.reset(stream_id, ErrorCodes.NO_ERROR)


def check_stream(ours: Outcome, theirs: model.Outcome) -> None:
    head = tuple((name.encode(), value.encode()) for name, value in theirs.head)
    trailers = tuple((name.encode(), value.encode()) for name, value in theirs.trailers)
    assert ours.body == theirs.body
    assert len(ours.informational) == theirs.interim
    assert ((b":status", str(ours.status).encode()), *ours.fields) == head or not head
    assert ours.trailers == trailers
    assert ours.end.startswith(ENDS[theirs.end])
    assert ours.end.endswith("(unprocessed)") == (theirs.end is End.UNPROCESSED)


@pytest.mark.parametrize("goaways", [0, 2])
@pytest.mark.parametrize("seed", range(15))
def test_every_stream_ends_as_the_model_says_and_the_windows_agree(seed: int, goaways: int) -> None:
    player = Player(seed, Plan(goaways_max=goaways))
    player.play()
    assert player.record.fatal is None
    for stream_id in set(player.bodies) - player.cancelled:
        if stream_id in player.server.inbound.streams:
            check_stream(player.record.streams[stream_id], player.server.expected(stream_id))
    accounts, table = player.server.accounts(), player.codec._streams
    assert (accounts.streams, table.by_id) == ({}, {})
    assert accounts.to_send == table._window.left
    assert table._window.left + table._window.due == CONNECTION_WINDOW
    assert accounts.to_receive == player.codec._sender.window


def test_the_model_did_all_that_it_can() -> None:
    ends: set[End] = set()
    for seed in range(4):
        player = Player(seed, Plan())
        player.play()
        assert len(player.bodies) == STREAMS
        ends |= {stream.end for stream in player.server.inbound.streams.values()}
    assert ends == {End.COMPLETE, End.RESET, End.UNPROCESSED, End.CANCELLED}
