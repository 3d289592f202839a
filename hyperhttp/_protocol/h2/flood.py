"""Limits frames of little use: floods of them end the connection (RFC 9113 10.5).

Each kind has an allowance per period, which grows with the useful work of the connection. So a fast
connection doesn't exceed it. The caller reports when a period begins.
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

# One unit of work is an opened stream, received headers or DATA, or a sent DATA frame. Large DATA
# frames that are sent count once more for each of these.
WORK_BYTES: Final = 4096


class Flood(IntEnum):
    """The kinds of frames whose number is limited."""

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
# Per period of about a second, in the order of `Flood`.
PER_PERIOD: Final = (
    FLOOD_SETTINGS_MAX,
    FLOOD_PINGS_MAX,
    FLOOD_RESETS_MAX,
    FLOOD_EMPTY_DATA_MAX,
    FLOOD_WINDOW_UPDATES_MAX,
    FLOOD_IGNORED_MAX,
)
# Per unit of work. Servers that measure bandwidth send a PING with each piece of DATA. Those that
# give credit in small steps send two WINDOW_UPDATE (stream and connection) per some KiB; four allow
# steps of 2 KiB. No work needs more SETTINGS.
PER_WORK: Final[tuple[int, ...]] = (0, 1, 1, 1, 4, 1)


class FloodGuard:
    """Counts the frames of a peer; callers add useful frames to `work`."""

    __slots__ = ("_allowed", "_spent", "work")

    def __init__(self) -> None:
        self.work: int = 0
        self._spent: list[int] = [0] * len(PER_PERIOD)
        self._allowed: list[int] = list(PER_PERIOD)

    def spend(self, kind: Flood, amount: int = 1) -> None:
        """Count a frame that costs as much as `amount`; raise ConnectionFault over the limit."""
        spent = self._spent[kind] = self._spent[kind] + amount
        if spent > self._allowed[kind] + PER_WORK[kind] * self.work:
            raise ConnectionFault(ErrorCodes.ENHANCE_YOUR_CALM, f"a flood of {_NAMES[kind]}")

    def renew(self) -> None:
        """Start a new period with fresh allowances."""
        for kind, per_period in enumerate(PER_PERIOD):
            earned = PER_WORK[kind] * self.work - self._spent[kind]
            self._allowed[kind] = max(self._allowed[kind], per_period - earned)


class LateFrames:
    """Limits the late frames of streams that were reset, all of them together.

    The peer sends until it receives RST_STREAM, but never more than the stream's window.
    """

    __slots__ = ("_bytes", "_heads", "_heads_per_stream")

    def __init__(self, max_informational: int) -> None:
        self._bytes = 0
        self._heads = 0
        # Informational responses, the final headers and the trailers.
        self._heads_per_stream = max_informational + 2

    def expect(self, window_bytes: int) -> None:
        """Allow for a reset stream whose peer may send this much."""
        self._bytes += window_bytes
        self._heads += self._heads_per_stream

    def data(self, stream_id: int, length: int) -> None:
        """Count DATA for a closed stream; raise ConnectionFault if it can't be late."""
        self._bytes -= length
        if self._bytes < 0 or not self._heads:
            raise _stream_closed("DATA", stream_id)

    def head(self, stream_id: int) -> None:
        """Count HEADERS for a closed stream; raise ConnectionFault if they can't be late."""
        self._heads -= 1
        if self._heads < 0:
            raise _stream_closed("HEADERS", stream_id)


def _stream_closed(name: str, stream_id: int) -> ConnectionFault:
    return ConnectionFault(ErrorCodes.STREAM_CLOSED, f"{name} on stream {stream_id}, which is over")
