"""Server-Timing (W3C): timing metrics of a server.

Durations are in milliseconds in the header and in seconds here.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import Final, final

from hyperhttp._message.headers.grammar import (
    TOKEN_WITH_PARAMETERS,
    elements,
    parameters,
    preferred_text,
)

__all__ = ["ServerTiming", "parse_server_timing"]

_NUMBER: Final = re.compile(r"-?[0-9]{1,19}(?:\.[0-9]{0,19})?(?:[eE][+-]?[0-9]{1,3})?")


@final
@dataclass(frozen=True, slots=True)
class ServerTiming:
    """A timing metric."""

    name: str
    """The name of the metric, such as "db". It is case-sensitive."""
    duration_s: float | None = None
    """The duration in seconds; None if the server sent none."""
    description: str | None = None
    """The same in words."""


def parse_server_timing(value: str) -> tuple[ServerTiming, ...]:
    """Parse the metrics, in order; invalid ones are ignored."""
    return tuple(filter(None, map(_metric, elements(value))))


def _metric(element: str) -> ServerTiming | None:
    match = TOKEN_WITH_PARAMETERS.fullmatch(element)
    pairs = None if match is None else parameters(match[2])
    if match is None or pairs is None:
        return None
    given = dict(reversed(pairs))  # of a doubled parameter the first counts
    return ServerTiming(match[1], _duration(given.get("dur")), preferred_text(given, "desc"))


def _duration(text: str | None) -> float | None:
    if text is None or _NUMBER.fullmatch(text) is None:
        return None
    duration_ms = float(text)
    return duration_ms / 1000 if math.isfinite(duration_ms) and duration_ms >= 0 else None
