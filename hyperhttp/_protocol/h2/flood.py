"""How many frames of little use a peer may send: floods end the connection (RFC 9113 10.5).

Each kind has an allowance per period and earns more with the useful work of the connection, so that
what a fast connection needs is no flood. It has no clock: somebody else says when a period begins.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Final

from h2.errors import ErrorCodes

from hyperhttp._base._generated.bounds import (
    FLOOD_EMPTY_DATA_MAX,
    FLOOD_IGNORED_MAX,
    FLOOD_PINGS_MAX,
    FLOOD_RESETS_MAX,
    FLOOD_SETTINGS_MAX,
    FLOOD_WINDOW_UPDATES_MAX,
)
from hyperhttp._protocol.h2.frame_reader import ConnectionFault

# One unit of work is a stream opened, a head or a piece of DATA received, a DATA frame sent; large
# DATA that we send counts once more for each of these, however large the frames are.
WORK_BYTES: Final = 4096


class Flood(IntEnum):
    """The kinds of frames of which many are a flood."""

    SETTINGS = 0
    PING = 1
    RST_STREAM = 2
    EMPTY_DATA = 3
    WINDOW_UPDATE = 4
    IGNORED = 5


_NAMES: Final = (
    "SETTINGS frames",
    "PING frames",
    "RST_STREAM frames",
    "empty DATA frames",
    "WINDOW_UPDATE frames",
    "frames without meaning",
)
# For each period, about a second; in the order of `Flood`.
PER_PERIOD: Final = (
    FLOOD_SETTINGS_MAX,
    FLOOD_PINGS_MAX,
    FLOOD_RESETS_MAX,
    FLOOD_EMPTY_DATA_MAX,
    FLOOD_WINDOW_UPDATES_MAX,
    FLOOD_IGNORED_MAX,
)
# For each unit of work. Servers that measure bandwidth send a PING with each piece of DATA; those
# that give credit in small steps send two WINDOW_UPDATE (stream and connection) for some KiB that
# they took; four leave room for steps of 2 KiB. No work needs more SETTINGS.
PER_WORK: Final[tuple[int, ...]] = (0, 1, 1, 1, 4, 1)


class FloodGuard:
    """Counts what a connection's peer sends; `work` is counted up by whoever sees useful frames."""

    __slots__ = ("_allowed", "_spent", "work")

    def __init__(self) -> None:
        self.work: int = 0
        self._spent: list[int] = [0] * len(PER_PERIOD)
        self._allowed: list[int] = list(PER_PERIOD)

    def spend(self, kind: Flood, amount: int = 1) -> None:
        """One more frame, or one that costs as much as several. Raises ConnectionFault."""
        spent = self._spent[kind] = self._spent[kind] + amount
        if spent > self._allowed[kind] + PER_WORK[kind] * self.work:
            raise ConnectionFault(ErrorCodes.ENHANCE_YOUR_CALM, f"a flood of {_NAMES[kind]}")

    def renew(self) -> None:
        """A new period: each kind may be spent as often as one period allows, or more if earned."""
        for kind, per_period in enumerate(PER_PERIOD):
            earned = PER_WORK[kind] * self.work - self._spent[kind]
            self._allowed[kind] = max(self._allowed[kind], per_period - earned)


class LateFrames:
    """What may still come for streams that we gave up: all of them together, none remembered.

    The peer sends until it hears of our RST_STREAM, but no stream ever more than its window.
    """

    __slots__ = ("_bytes", "_heads", "_heads_per_stream")

    def __init__(self, max_informational: int) -> None:
        self._bytes = 0
        self._heads = 0
        # Interim responses, the head and the trailers.
        self._heads_per_stream = max_informational + 2

    def expect(self, window_bytes: int) -> None:
        """A stream was given up whose peer may send this much."""
        self._bytes += window_bytes
        self._heads += self._heads_per_stream

    def data(self, stream_id: int, length: int) -> None:
        """DATA came for a closed stream. Raises ConnectionFault if that is not late but wrong."""
        self._bytes -= length
        if self._bytes < 0 or not self._heads:
            raise _stream_closed("DATA", stream_id)

    def head(self, stream_id: int) -> None:
        """HEADERS came for a closed stream. Raises ConnectionFault as above."""
        self._heads -= 1
        if self._heads < 0:
            raise _stream_closed("HEADERS", stream_id)


def _stream_closed(name: str, stream_id: int) -> ConnectionFault:
    return ConnectionFault(ErrorCodes.STREAM_CLOSED, f"{name} on stream {stream_id}, which is over")
