"""The model server against `h2` as its client: over many seeds each stream ends as it says."""

from __future__ import annotations

from functools import partial
from random import Random

import pytest
from h2.config import H2Configuration
from h2.connection import H2Connection
from h2.errors import ErrorCodes
from h2.events import (
    DataReceived,
    Event,
    InformationalResponseReceived,
    ResponseReceived,
    SettingsAcknowledged,
    StreamEnded,
    StreamReset,
    TrailersReceived,
)
from h2.settings import SettingCodes

from tests.servers.contents import LARGE_BODY
from tests.servers.h2_frames import WINDOW_DEFAULT, WINDOW_MAX
from tests.servers.h2_model import ModelServer
from tests.servers.h2_model_stream import End, Outcome, Plan
from tests.servers.h2_oracle import Reply, pairs, without_goaway

pytestmark = pytest.mark.slow

STREAMS = 50
STEPS_MAX = 200_000
REQUEST = [
    (":method", "GET"),
    (":scheme", "http"),
    (":authority", "localhost"),
    (":path", "/"),
]


# Between two field blocks hpack's encoder forgets a change that is followed by an equal one, and
# says a size that is not allowed any more where a smaller one followed (RFC 7541 section 4.2).
plan = partial(Plan, table_sizes_max=1, ends_below_zero=False)


class Player:
    """`h2` as the client: opens streams, sends and reads them as it likes, cancels a few."""

    def __init__(self, rng: Random, server: ModelServer) -> None:
        self.rng, self.server = rng, server
        self.client = H2Connection(H2Configuration(client_side=True))
        self.client.initiate_connection()
        self.replies: dict[int, Reply] = {}
        self.bodies: dict[int, bytes] = {}
        self.unsent: dict[int, memoryview] = {}
        self.unread: dict[int, int] = {}
        self.cancelled = set[int]()
        self.lost = set[int]()
        self.to_server, self.to_client = bytearray(), bytearray()
        self.last_stream_id = WINDOW_MAX
        self.is_acknowledged = False
        self._cut = bytearray()

    def play(self, streams: int) -> None:
        """Go on in random order until all streams have ended and nothing is under way."""
        for _ in range(STEPS_MAX):
            if self.has_opened(streams):
                self.server.calm_down()
            self.rng.choice(
                (self.open, self.send, self.read, self.meddle, self.deliver, self.reply, self.turn)
            )()
            if self.has_opened(streams) and self.is_over:
                return
        raise AssertionError("it does not come to an end")

    def has_opened(self, streams: int) -> bool:
        """Whether all streams were opened that are to be."""
        return len(self.replies) >= streams or self.last_stream_id < WINDOW_MAX

    @property
    def is_over(self) -> bool:
        self.to_server += self.client.data_to_send()
        is_under_way = self.to_server or self.to_client or self._cut or self.unread
        return self.server.is_settled and not is_under_way and not self.running()

    def running(self) -> list[int]:
        """Streams of which more is to come."""
        return [
            number
            for number, response in self.replies.items()
            if not response.is_ended and response.reset_code is None and number not in self.gone()
        ]

    def cancellable(self) -> list[int]:
        """Streams to cancel: h2 takes an interim response on a cancelled one for a broken peer."""
        has_interim = self.server.plan.interim_max > 0
        return [one for one in self.running() if self.replies[one].head or not has_interim]

    def gone(self) -> set[int]:
        return self.cancelled | self.lost

    def open(self) -> None:
        limit = self.client.remote_settings.max_concurrent_streams
        is_full = self.client.open_outbound_streams >= limit
        if is_full or self.last_stream_id < WINDOW_MAX or len(self.replies) >= STREAMS:
            return
        number, rng = self.client.get_next_available_stream_id(), self.rng
        method = rng.choice(("GET", "HEAD", "POST", "PUT"))
        body = LARGE_BODY[: rng.choice((0, 1, 500, 70_000))] if method[0] == "P" else b""
        fields = [(":method", method), *REQUEST[1:], ("x-number", str(number))]
        self.client.send_headers(number, fields, end_stream=not body)
        self.replies[number], self.bodies[number] = Reply(), body
        if body:
            self.unsent[number] = memoryview(body)

    def send(self) -> None:
        if not self.unsent:
            return
        number = self.rng.choice(list(self.unsent))
        window = self.client.local_flow_control_window(number)
        size = min(window, self.client.max_outbound_frame_size, len(self.unsent[number]))
        if size <= 0:
            return
        size = self.rng.choice((size, self.rng.randint(1, size)))
        pad = self.rng.randint(0, 9) if self.rng.random() < 0.1 and size + 10 < window else None
        piece, rest = self.unsent[number][:size], self.unsent[number][size:]
        if size + (pad or 0) + 1 > self.client.max_outbound_frame_size:
            pad = None
        self.client.send_data(number, piece.tobytes(), end_stream=not rest, pad_length=pad)
        self.unsent[number] = rest
        if not rest:
            del self.unsent[number]

    def read(self) -> None:
        """Give back the credit of one stream: the others are slow readers."""
        if self.unread:
            number = self.rng.choice(list(self.unread))
            self.client.acknowledge_received_data(self.unread.pop(number), number)

    def meddle(self) -> None:
        """Now and then cancel, change settings, or ask whether the server is there."""
        whim = self.rng.random()
        if whim < 0.01 and (cancellable := self.cancellable()):
            self._forget(number := self.rng.choice(cancellable))
            self.client.reset_stream(number, ErrorCodes.CANCEL)
            self.cancelled.add(number)
        elif whim < 0.02 and self.is_acknowledged and not self.server.is_calm:
            # Before that h2 would take the ACK of its first SETTINGS for the ACK of these.
            size = self.rng.choice((100, 5_000, WINDOW_DEFAULT, 200_000))
            self.client.update_settings({SettingCodes.INITIAL_WINDOW_SIZE: size})
        elif whim < 0.03:
            self.client.ping(b"8 octets")

    def turn(self) -> None:
        self.to_client += self.server.step(self.rng)

    def reply(self) -> None:
        """Bytes to the server, cut anywhere."""
        self.to_server += self.client.data_to_send()
        self.server.feed(_cut(self.rng, self.to_server))

    def deliver(self) -> None:
        """Bytes to the client, cut anywhere."""
        self._cut += _cut(self.rng, self.to_client)
        passed, goaways = without_goaway(self._cut)
        for goaway in goaways:
            self._leave(goaway.last_stream_id)
        for event in self.client.receive_data(passed):
            self._file(event)

    def _leave(self, last_stream_id: int) -> None:
        # Announced only: streams are opened no more all the same.
        self.last_stream_id = min(last_stream_id, WINDOW_MAX - 1)
        for number in [one for one in self.running() if one > last_stream_id]:
            self._forget(number)
            self.lost.add(number)

    def _forget(self, number: int) -> None:
        self.unsent.pop(number, None)

    def _file(self, event: Event) -> None:
        match event:
            case InformationalResponseReceived():
                self.replies[event.stream_id].interim.append(pairs(event.headers))
            case ResponseReceived():
                self.replies[event.stream_id].head = pairs(event.headers)
            case TrailersReceived():
                self.replies[event.stream_id].trailers = pairs(event.headers)
            case DataReceived() if event.flow_controlled_length:
                self.replies[event.stream_id].body += event.data
                before = self.unread.get(event.stream_id, 0)
                self.unread[event.stream_id] = before + event.flow_controlled_length
            case SettingsAcknowledged():
                self.is_acknowledged = True
            case StreamEnded():
                self.replies[event.stream_id].is_ended = True
            case StreamReset():
                self._forget(event.stream_id)
                self.replies[event.stream_id].reset_code = int(event.error_code or 0)
            case _:
                pass


def _cut(rng: Random, buffer: bytearray) -> bytes:
    size = rng.choice((0, len(buffer), rng.randint(0, len(buffer))))
    taken = bytes(buffer[:size])
    del buffer[:size]
    return taken


def told(response: Reply, *, is_lost: bool) -> Outcome:
    """What the client made of a stream."""
    code = None if response.reset_code is None else ErrorCodes(response.reset_code)
    if response.is_ended:
        end, code = End.COMPLETE, None
    elif is_lost or code is ErrorCodes.REFUSED_STREAM:
        end = End.UNPROCESSED
    else:
        end = End.RESET
    return Outcome(
        end, len(response.interim), response.head, bytes(response.body), response.trailers, code
    )


def check(player: Player) -> None:
    """Each stream ended as the server says, and both have the same accounts."""
    server, accounts = player.server, player.server.accounts()
    assert accounts.streams == {}
    for number, response in player.replies.items():
        if number not in player.cancelled:
            outcome = told(response, is_lost=number in player.lost)
            assert outcome == server.expected(number), f"stream {number}"
        came = server.request(number)
        assert ("x-number", str(number)) in came.request
        assert player.bodies[number].startswith(bytes(came.request_body))
        if came.is_request_ended:
            assert player.bodies[number] == came.request_body
    assert accounts.to_receive == player.client.outbound_flow_control_window
    assert accounts.to_send == player.client.inbound_flow_control_window


@pytest.mark.parametrize("seed", range(150))
def test_every_stream_ends_as_expected(seed: int) -> None:
    rng = Random(seed)
    player = Player(
        rng, ModelServer(plan(body_bytes_max=rng.choice((10, 3000, 60_000)), interim_max=seed % 2))
    )
    player.play(STREAMS)
    assert len(player.replies) == STREAMS
    check(player)


@pytest.mark.parametrize("seed", range(150))
def test_every_stream_ends_as_expected_though_the_server_leaves(seed: int) -> None:
    rng = Random(seed)
    player = Player(rng, ModelServer(plan(goaways_max=rng.choice((1, 2, 3)))))
    player.play(STREAMS)
    check(player)


def test_all_kinds_of_ends_come_to_pass() -> None:
    ends, leavers = set[End](), 0
    for seed in range(10):
        player = Player(Random(seed), ModelServer(plan(goaways_max=1)))
        player.play(STREAMS)
        ends |= {player.server.expected(number).end for number in player.replies}
        leavers += bool(player.lost)
    assert ends == set(End) - {End.RUNNING}
    assert leavers


def test_the_same_seed_sends_the_same_bytes() -> None:
    outputs = [_first_bytes(Random(7)) for _ in range(2)]
    assert outputs[0] == outputs[1] != _first_bytes(Random(8))


def _first_bytes(rng: Random) -> bytes:
    player = Player(rng, ModelServer(plan(settings_max=3)))
    for _ in range(9):
        player.open()
    player.server.feed(player.client.data_to_send())
    return b"".join(player.server.step(rng) for _ in range(30))
