"""One stream of the model server: what was asked, what is to be responded, how it ended.

The answers are drawn from a plan, so that one number decides them all. This knows no connection.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, auto
from typing import TYPE_CHECKING, TypeAlias

from h2.errors import ErrorCodes

from tests.servers.contents import LARGE_BODY

if TYPE_CHECKING:
    from random import Random

    Pairs: TypeAlias = list[tuple[str, str]]

RESET_CODES = (ErrorCodes.CANCEL, ErrorCodes.INTERNAL_ERROR, ErrorCodes.ENHANCE_YOUR_CALM)
BODILESS_STATUSES = (204, 304)


class End(Enum):
    """How a stream ends, as the client must see it."""

    RUNNING = auto()
    COMPLETE = auto()
    """The whole response was sent; whether the whole request came does not matter."""
    RESET = auto()
    """By the server, with an error, in the middle."""
    UNPROCESSED = auto()
    """By REFUSED_STREAM, or above the last stream of GOAWAY: it is safe to ask again."""
    CANCELLED = auto()
    """By the client, before the response was complete."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a model server may do; chances are per stream, counts per connection."""

    body_bytes_max: int = 60_000
    refusal_chance: float = 0.05
    reset_chance: float = 0.08
    early_chance: float = 0.3
    settings_max: int = 12
    pings_max: int = 8
    goaways_max: int = 0
    noise_max: int = 8
    empty_data_max: int = 8
    dribbles_max: int = 20
    interim_max: int = 2
    ends_below_zero: bool = True
    """Sends an empty DATA frame though the window is below zero: h2 does not know it may come."""
    table_sizes_max: int = 12
    """How often HEADER_TABLE_SIZE is set: hpack's encoder has its trouble with more than once."""


@dataclass(frozen=True, slots=True)
class Response:
    """All of a response, drawn before its first byte is sent."""

    interim: int
    head: Pairs
    body: bytes
    trailers: Pairs
    is_early: bool
    """It may end before the request has."""
    lets_go: bool
    """RST_STREAM(NO_ERROR) follows, should the request not have ended by then (9113 8.1)."""
    reset_after: int | None
    """The count of body bytes after which the stream is reset instead."""
    reset_code: ErrorCodes


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the client must have made of a stream: all that was sent on it, and its end."""

    end: End
    interim: int
    head: Pairs
    body: bytes
    trailers: Pairs
    error_code: ErrorCodes | None


@dataclass(slots=True)
class ModelStream:
    """The server's view of a stream."""

    stream_id: int
    request: Pairs
    to_send: int
    """The client's window for the response; below zero after a smaller setting."""
    to_receive: int
    """Our window for the request."""
    request_body: bytearray = field(default_factory=bytearray)
    request_trailers: Pairs = field(default_factory=list[tuple[str, str]])
    is_request_ended: bool = False
    is_cut_by_client: bool = False
    owed: int = 0
    """Credit of the request's DATA that was not given back yet."""
    end: End = End.RUNNING
    error_code: ErrorCodes | None = None
    response: Response | None = None
    interim_sent: int = 0
    is_head_sent: bool = False
    body_sent: int = 0
    has_trailers_sent: bool = False

    @property
    def is_touched(self) -> bool:
        """Whether anything of a response was sent."""
        return self.interim_sent > 0 or self.is_head_sent or self.error_code is not None

    def outcome(self) -> Outcome:
        """What the client must have made of it so far."""
        response = self.response
        if response is None:
            return Outcome(self.end, 0, [], b"", [], self.error_code)
        return Outcome(
            self.end,
            self.interim_sent,
            response.head if self.is_head_sent else [],
            response.body[: self.body_sent],
            response.trailers if self.has_trailers_sent else [],
            self.error_code,
        )


def draw_response(rng: Random, plan: Plan, method: str, *, is_calm: bool) -> Response:
    """A response; a calm one has no faults."""
    status = rng.choice((200, 200, 200, 200, 404, 500, *BODILESS_STATUSES))
    is_bodiless = method == "HEAD" or status in BODILESS_STATUSES
    size = 0 if is_bodiless else rng.choice((0, 1, rng.randint(2, 300), plan.body_bytes_max))
    body = _piece(rng, rng.randint(min(size, 1), size))
    head = [(":status", str(status)), ("x-number", str(rng.randint(0, 5)))]
    if rng.random() < 0.5 and not is_bodiless:
        head.append(("content-length", str(len(body))))
    is_faulty = not is_calm and rng.random() < plan.reset_chance
    return Response(
        interim=rng.randint(0, plan.interim_max) if rng.random() < 0.3 else 0,
        head=head,
        body=body,
        trailers=[] if is_bodiless or rng.random() < 0.7 else [("x-sum", str(len(body)))],
        is_early=is_calm or rng.random() < plan.early_chance,
        lets_go=rng.random() < 0.5,
        reset_after=rng.randint(0, len(body)) if is_faulty else None,
        reset_code=rng.choice(RESET_CODES),
    )


def _piece(rng: Random, size: int) -> bytes:
    start = rng.randint(0, len(LARGE_BODY) - size)
    return LARGE_BODY[start : start + size]
