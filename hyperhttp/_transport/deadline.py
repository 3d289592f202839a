"""The time limits of one call, and the errors for limits that are exceeded.

A deadline is created once per call and kept through redirects and retries. It has no timers.
"""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, final

from hyperhttp._base._generated.errors import (
    ConnectTimeout,
    HyperHTTPError,
    PoolTimeout,
    ReadTimeout,
    TotalTimeout,
    WriteTimeout,
    in_context,
)

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import Timeout
    from hyperhttp._base._generated.errors import Phase
    from hyperhttp._message.request.request import Request


@final
class Deadline:
    """Limits of one call; `total_at` is a time of the event loop's clock, or `inf`."""

    __slots__ = ("started", "timeout", "total_at")

    def __init__(self, timeout: Timeout, started: float) -> None:
        self.timeout = timeout
        self.started = started
        total = timeout.total
        self.total_at = inf if total is None else started + total

    def add_context(self, error: BaseException, request: Request, now: float) -> None:
        """Add the request of the call, and the time since its start, to an error of ours."""
        if isinstance(error, HyperHTTPError):
            elapsed = now - self.started
            in_context(error, request=request, origin=request.url.origin, elapsed=elapsed)

    def until(self, now: float, limit_s: float | None) -> float:
        """Return when a phase that starts at `now` and may take `limit_s` must be over."""
        return self.total_at if limit_s is None else min(now + limit_s, self.total_at)

    def total_error(self, now: float, during: Phase | None) -> TotalTimeout:
        """Return the error for a call that exceeded its total limit in the phase `during`.

        None: in code of the caller, such as a token provider.
        """
        return TotalTimeout(
            timeout_s=self.timeout.total or 0.0, elapsed_s=now - self.started, during=during
        )

    def pool_error(self, now: float, since: float, *, opened: int, waiting: int) -> PoolTimeout:
        """Return the error for a request that has waited for a connection since `since`."""
        return PoolTimeout(
            timeout_s=self.timeout.pool or 0.0,
            elapsed_s=now - since,
            max_connections=opened,
            waiting=waiting,
        )

    def connect_error(
        self, now: float, since: float, *, host: str, port: int, detail: str
    ) -> ConnectTimeout:
        """Return the error for a connection that has been dialed since `since`."""
        return ConnectTimeout(
            timeout_s=self.timeout.connect or 0.0,
            elapsed_s=now - since,
            host=host,
            port=port,
            detail=detail,
        )

    def write_error(self, now: float, sent_bytes: int) -> WriteTimeout:
        """Return the error for a server that stopped reading the request."""
        return WriteTimeout(
            timeout_s=self.timeout.write or 0.0,
            elapsed_s=now - self.started,
            sent_bytes=sent_bytes,
        )

    def read_error(self, now: float, received_bytes: int) -> ReadTimeout:
        """Return the error for a server that stopped sending the response."""
        return ReadTimeout(
            timeout_s=self.timeout.read or 0.0,
            elapsed_s=now - self.started,
            received_bytes=received_bytes,
        )
