"""A model server for property tests: HTTP/2 in memory, that does all it may in any order it likes.

What it does next is drawn from a random generator; what each stream must end in, and what both
sides' windows are, it knows exactly. There is no socket, no task and no clock.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from h2.errors import ErrorCodes
from h2.settings import SettingCodes
from hpack import Encoder

from tests.servers import h2_frames
from tests.servers.h2_frames import FRAME_BYTES_DEFAULT, WINDOW_DEFAULT, WINDOW_MAX
from tests.servers.h2_model_inbound import Inbound
from tests.servers.h2_model_stream import End, ModelStream, Outcome, Plan, Response, draw_response

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from random import Random

    Move: TypeAlias = Callable[[Random], bytes]

CHOICES: dict[SettingCodes, tuple[int, ...]] = {
    SettingCodes.INITIAL_WINDOW_SIZE: (0, 1, 100, 16_384, WINDOW_DEFAULT, 1 << 20),
    SettingCodes.MAX_CONCURRENT_STREAMS: (0, 1, 2, 10, 50, 100),
    SettingCodes.MAX_FRAME_SIZE: (FRAME_BYTES_DEFAULT, 20_000, 1 << 20),
    SettingCodes.HEADER_TABLE_SIZE: (0, 100, 4096),
}
CALM_SETTINGS = {
    int(SettingCodes.INITIAL_WINDOW_SIZE): WINDOW_DEFAULT,
    int(SettingCodes.MAX_CONCURRENT_STREAMS): 100,
}
EXTENSION_KIND = 0xFA
ALTSVC_KIND = 0xA


@dataclass(frozen=True, slots=True)
class Accounts:
    """The windows as the server sees them, when nothing is under way the client's view too."""

    to_send: int
    """What the client allows on the connection."""
    to_receive: int
    """What the client may send on the connection."""
    streams: dict[int, tuple[int, int]]
    """The same two of each open stream."""
    sent: int
    """Bytes of DATA, padding included."""
    peak_open: int
    """The most streams that were open at a time."""


class ModelServer:
    """`feed` it what the client sends, give the client what `step` returns, and ask at the end.

    `calm_down` ends its faults and changes: from then on every stream comes to its end.
    """

    def __init__(self, plan: Plan | None = None) -> None:
        """Nothing is sent before the first `step`, which sends SETTINGS."""
        self.plan = plan or Plan()
        self.inbound = Inbound()
        self.is_calm = False
        self._encoder = Encoder()
        self._counts = defaultdict[str, int](int)
        self._has_calm_settings = False
        self._sent = 0

    def feed(self, data: bytes) -> None:
        """Take what the client sent; raises `Violation` at what it may not send."""
        self.inbound.feed(data)

    def step(self, rng: Random) -> bytes:
        """One thing that may be done now; nothing if all waits for the client."""
        if not self._counts["settings"]:
            return self._send_settings(rng)
        if self.inbound.settings_due:
            return self._acknowledge_settings(rng)  # at once (6.5.3)
        moves = [*self._replies(), *self._credits(), *self._responses(), *self._whims()]
        return rng.choice(moves)(rng) if moves else b""

    def calm_down(self) -> None:
        """Change nothing more and answer all: a last SETTINGS opens windows and streams."""
        self.is_calm = True

    def expected(self, stream_id: int) -> Outcome:
        """What the client must have made of a stream, once it has all that was sent."""
        return self.inbound.streams[stream_id].outcome()

    def request(self, stream_id: int) -> ModelStream:
        """What came on a stream: `request`, `request_body`, `request_trailers`."""
        return self.inbound.streams[stream_id]

    def accounts(self) -> Accounts:
        """The windows now."""
        inbound = self.inbound
        streams = {number: inbound.streams[number] for number in sorted(inbound.open)}
        return Accounts(
            inbound.to_send,
            inbound.to_receive,
            {number: (stream.to_send, stream.to_receive) for number, stream in streams.items()},
            self._sent,
            inbound.peak_open,
        )

    @property
    def is_settled(self) -> bool:
        """Whether no stream is open, nothing is owed and nothing waits for a response."""
        inbound = self.inbound
        waits = (
            inbound.open,
            inbound.settings_due,
            inbound.unacknowledged,
            inbound.pings_sent,
        )
        return not any((*waits, self._replies(), inbound.owed))

    # The moves that there are.

    def _replies(self) -> list[Move]:
        moves: list[Move] = []
        if self.inbound.pings_due:
            moves.append(self._reply_ping)
        if self.is_calm and not self._has_calm_settings:
            moves.append(self._send_settings)
        return moves

    def _credits(self) -> list[Move]:
        open_streams = [self.inbound.streams[number] for number in sorted(self.inbound.open)]
        owing = [one for one in open_streams if one.owed and not one.is_request_ended]
        moves: list[Move] = [_bound(self._give_stream_credit, one) for one in owing]
        if self.inbound.owed:
            moves.append(self._give_credit)
        return moves

    def _responses(self) -> list[Move]:
        open_streams = [self.inbound.streams[number] for number in sorted(self.inbound.open)]
        return [_bound(self._reply, one) for one in open_streams if self._can_reply(one)]

    def _whims(self) -> list[Move]:
        if self.is_calm:
            return []
        plan, counts = self.plan, self._counts
        whims: list[tuple[str, int, Move]] = [
            ("settings", plan.settings_max, self._send_settings),
            ("pings", plan.pings_max, self._send_ping),
            ("goaways", plan.goaways_max if self.inbound.highest_id else 0, self._send_goaway),
            ("noise", plan.noise_max, self._make_noise),
        ]
        return [move for name, most, move in whims if counts[name] < most]

    # What belongs to the connection.

    def _acknowledge_settings(self, rng: Random) -> bytes:
        """Obey settings, and say so: to the client they hold from there on."""
        inbound, code = self.inbound, SettingCodes.INITIAL_WINDOW_SIZE
        before = inbound.their(code, WINDOW_DEFAULT)
        inbound.theirs.update(inbound.settings_due.popleft())
        change = inbound.their(code, WINDOW_DEFAULT) - before
        for stream in inbound.streams.values():
            stream.to_send += change
        table_bytes = inbound.their(SettingCodes.HEADER_TABLE_SIZE, 4096)
        h2_frames.resize(self._encoder, min(table_bytes, 4096))
        return h2_frames.settings(ack=True)

    def _reply_ping(self, rng: Random) -> bytes:
        return h2_frames.ping(self.inbound.pings_due.popleft(), ack=True)

    def _send_settings(self, rng: Random) -> bytes:
        self._counts["settings"] += 1
        # The last one is a calm one in any case: no stream may wait for ever.
        if self.is_calm or self._counts["settings"] >= self.plan.settings_max:
            self._has_calm_settings, values = True, CALM_SETTINGS
        else:
            codes = rng.sample(list(CHOICES), rng.randint(0, len(CHOICES)))
            values = {int(code): rng.choice(CHOICES[code]) for code in codes}
            self._count_table_size(values)
        self.inbound.unacknowledged.append(values)
        return h2_frames.settings(values)

    def _count_table_size(self, values: dict[int, int]) -> None:
        code = int(SettingCodes.HEADER_TABLE_SIZE)
        self._counts["table_sizes"] += code in values
        if self._counts["table_sizes"] > self.plan.table_sizes_max:
            values.pop(code, None)

    def _send_ping(self, rng: Random) -> bytes:
        self._counts["pings"] += 1
        payload = b"ping%04d" % self._counts["pings"]
        self.inbound.pings_sent.append(payload)
        return h2_frames.ping(payload)

    def _send_goaway(self, rng: Random) -> bytes:
        """Refuse what has not been touched (6.8), or announce only; a PING tells when it is known.

        Further ones may lower the last stream, never raise it.
        """
        inbound = self.inbound
        self._counts["goaways"] += 1
        inbound.goaway_ping = b"away%04d" % self._counts["goaways"]
        inbound.pings_sent.append(inbound.goaway_ping)
        touched = [one.stream_id for one in inbound.streams.values() if one.is_touched]
        least, known = max(touched, default=0), inbound.last_stream_id
        most = inbound.highest_id if known is None else min(known, inbound.highest_id)
        last = WINDOW_MAX if known is None and rng.random() < 0.3 else rng.randint(least, most)
        last -= last > 0 and last % 2 == 0  # only the client opens streams here
        inbound.last_stream_id = last
        for stream in inbound.streams.values():
            if stream.stream_id > last:
                inbound.close_stream(stream, End.UNPROCESSED)
        code = rng.choice((ErrorCodes.NO_ERROR, ErrorCodes.NO_ERROR, ErrorCodes.INTERNAL_ERROR))
        return h2_frames.goaway(last, code, b"why") + h2_frames.ping(inbound.goaway_ping)

    def _make_noise(self, rng: Random) -> bytes:
        """What a client must read over: PRIORITY, ALTSVC, and types that nobody knows."""
        self._counts["noise"] += 1
        payload = rng.choice((b"", b"payload"))
        known = list(self.inbound.streams) or [1]
        return rng.choice(
            (
                h2_frames.priority(rng.choice(known)),
                h2_frames.frame(ALTSVC_KIND, 0, 0, b"\0\x07example" + payload),
                h2_frames.frame(EXTENSION_KIND, 0xFF, rng.choice((0, *known)), payload),
            )
        )

    def _give_credit(self, rng: Random) -> bytes:
        given = self._part(rng, self.inbound.owed)
        self.inbound.owed -= given
        self.inbound.to_receive += given
        return h2_frames.window_update(0, given)

    def _give_stream_credit(self, stream: ModelStream, rng: Random) -> bytes:
        given = self._part(rng, stream.owed)
        stream.owed -= given
        stream.to_receive += given
        return h2_frames.window_update(stream.stream_id, given)

    def _part(self, rng: Random, owed: int) -> int:
        """All of what is owed, or, not too often, a dribble."""
        if self._counts["dribbles"] < self.plan.dribbles_max and rng.random() < 0.5:
            self._counts["dribbles"] += 1
            return rng.choice((1, rng.randint(1, owed)))
        return owed

    # What belongs to one stream.

    def _room(self, stream: ModelStream) -> int:
        frame_bytes = self.inbound.their(SettingCodes.MAX_FRAME_SIZE, FRAME_BYTES_DEFAULT)
        return min(self.inbound.to_send, stream.to_send, frame_bytes)

    def _can_reply(self, stream: ModelStream) -> bool:
        response = stream.response
        if response is None or not stream.is_head_sent or _is_reset_due(stream, response):
            return True
        if stream.end is End.COMPLETE:
            return response.lets_go and not stream.is_request_ended
        if stream.body_sent < len(response.body):
            return self._room(stream) > 0
        is_free = bool(response.trailers) or self.plan.ends_below_zero or stream.to_send >= 0
        return is_free and (response.is_early or stream.is_request_ended)

    def _reply(self, stream: ModelStream, rng: Random) -> bytes:
        """The next frame of the response to a stream."""
        if stream.response is None:
            if not self.is_calm and rng.random() < self.plan.refusal_chance:
                return self._reset(stream, End.UNPROCESSED, ErrorCodes.REFUSED_STREAM)
            method = dict(stream.request).get(":method", "")
            stream.response = draw_response(rng, self.plan, method, is_calm=self.is_calm)
        response = stream.response
        if stream.end is End.COMPLETE:
            self.inbound.close_stream(stream, End.COMPLETE)
            return h2_frames.rst(stream.stream_id, ErrorCodes.NO_ERROR)
        if _is_reset_due(stream, response):
            return self._reset(stream, End.RESET, response.reset_code)
        if stream.interim_sent < response.interim:
            stream.interim_sent += 1
            return self._block(stream, [(":status", "103")], rng)
        if not stream.is_head_sent:
            return self._send_head(stream, response, rng)
        if stream.body_sent < len(response.body):
            return self._send_data(stream, response, rng)
        return self._send_end(stream, response, rng)

    def _reset(self, stream: ModelStream, end: End, code: ErrorCodes) -> bytes:
        stream.error_code = code
        self.inbound.close_stream(stream, end)
        return h2_frames.rst(stream.stream_id, code)

    def _send_head(self, stream: ModelStream, response: Response, rng: Random) -> bytes:
        stream.is_head_sent = True
        is_all = not response.body and not response.trailers
        is_end = is_all and self._may_end(stream, response) and rng.random() < 0.7
        return self._block(stream, response.head, rng, end=is_end)

    def _send_data(self, stream: ModelStream, response: Response, rng: Random) -> bytes:
        room, left = self._room(stream), len(response.body) - stream.body_sent
        if self._counts["empty"] < self.plan.empty_data_max and rng.random() < 0.1:
            self._counts["empty"] += 1
            return self._data(stream, b"", None)
        # One octet of padding is its length (6.1); at least one octet of data goes with it.
        pad = rng.randint(0, min(255, room - 2)) if room > 1 and rng.random() < 0.3 else None
        most = min(left, room - (0 if pad is None else pad + 1))
        size = rng.choice((most, rng.randint(1, most)))
        payload = response.body[stream.body_sent : stream.body_sent + size]
        stream.body_sent += size
        is_last = size == left and not response.trailers
        is_end = is_last and self._may_end(stream, response) and rng.random() < 0.5
        return self._data(stream, payload, pad, end=is_end)

    def _send_end(self, stream: ModelStream, response: Response, rng: Random) -> bytes:
        if response.trailers:
            stream.has_trailers_sent = True
            return self._block(stream, response.trailers, rng, end=True)
        return self._data(stream, b"", None, end=True)

    def _may_end(self, stream: ModelStream, response: Response) -> bool:
        is_whole = stream.is_request_ended or response.is_early
        return is_whole and response.reset_after is None

    def _data(
        self, stream: ModelStream, payload: bytes, pad: int | None, *, end: bool = False
    ) -> bytes:
        taken = len(payload) + (0 if pad is None else pad + 1)
        self.inbound.to_send -= taken
        stream.to_send -= taken
        self._sent += taken
        if end:
            self._complete(stream)
        return h2_frames.data(stream.stream_id, payload, end=end, pad=pad)

    def _block(
        self,
        stream: ModelStream,
        fields: Sequence[tuple[str, str]],
        rng: Random,
        *,
        end: bool = False,
    ) -> bytes:
        block = h2_frames.encode(self._encoder, fields)
        pad = rng.choice((None, None, 0, rng.randint(1, 255)))
        split = rng.choice((None, None, max(1, len(block) // 2)))
        if end:
            self._complete(stream)
        return h2_frames.headers(stream.stream_id, block, end=end, pad=pad, split=split)

    def _complete(self, stream: ModelStream) -> None:
        stream.end = End.COMPLETE
        self.inbound.close_if_both_ended(stream)


def _is_reset_due(stream: ModelStream, response: Response) -> bool:
    after = response.reset_after
    return after is not None and stream.is_head_sent and stream.body_sent >= after


def _bound(move: Callable[[ModelStream, Random], bytes], stream: ModelStream) -> Move:
    return lambda rng: move(stream, rng)
