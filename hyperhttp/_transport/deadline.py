"""The time one call may take: its limits, and the moment when all of it must be over.

Made once per call and carried through redirects and replays; knows no timers.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, final

from hyperhttp._base._generated.errors import TotalTimeout

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import Timeout


@final
class Deadline:
    """Limits of one call; `total_at` is a reading of the clock, or `inf`."""

    __slots__ = ("started", "timeout", "total_at")

    def __init__(self, timeout: Timeout, started: float) -> None:
        self.timeout = timeout
        self.started = started
        total = timeout.total
        self.total_at = inf if total is None else started + total

    def until(self, now: float, limit_s: float | None) -> float:
        """When a phase that begins now and may take `limit_s` must be over."""
        return self.total_at if limit_s is None else min(now + limit_s, self.total_at)

    def total_error(self, now: float, during: str) -> TotalTimeout:
        """The error for a call that took too long altogether, in the phase it was in."""
        return TotalTimeout(
            timeout_s=self.timeout.total or 0.0, elapsed_s=now - self.started, during=during
        )
