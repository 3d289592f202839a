"""One who waits for a connection: what it asked for, how long it may take, and how it is told."""

from __future__ import annotations

from copy import copy
from math import inf
from typing import TYPE_CHECKING, final

from hyperhttp._generated.exceptions import ConnectTimeout, HyperHTTPError, PoolTimeout
from hyperhttp._network.dial import Route
from hyperhttp._transport.ledger import Waiter

if TYPE_CHECKING:
    import asyncio

    from hyperhttp._message.url import URL
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.h1_connection import H1Connection


@final
class Caller(Waiter):
    """A waiter of the books with the future that its task awaits."""

    __slots__ = ("deadline", "dial", "due", "future", "since", "url")

    def __init__(
        self,
        url: URL,
        deadline: Deadline,
        future: asyncio.Future[H1Connection],
        *,
        fresh: bool = False,
    ) -> None:
        super().__init__(url.origin, fresh=fresh)
        self.url = url
        self.deadline = deadline
        self.future = future
        self.since = 0.0
        self.due = inf
        """When the phase it is in must be over: waiting for a slot, or being connected."""
        self.dial: asyncio.Task[H1Connection] | None = None

    @property
    def route(self) -> Route:
        """Where its connection leads."""
        return Route(self.url.host, self.url.effective_port, self.url.is_tls)

    def begin(self, now: float, limit_s: float | None) -> float:
        """A phase begins that may take `limit_s`; when it must be over."""
        self.since = now
        self.due = self.deadline.until(now, limit_s)
        return self.due

    def tell(self, error: BaseException) -> None:
        """End its wait with an error, unless it has ended."""
        if not self.future.done():
            self.future.set_exception(error)

    def tell_shared(self, error: BaseException) -> None:
        """The same with a copy: an error knows the one request that it belongs to."""
        told = copy(error)
        told.__cause__ = error.__cause__
        self.tell(told)

    def expire(self, now: float, *, opened: int, waiting: int) -> None:
        """Its time is over: tell it which limit was reached."""
        self.due = inf
        deadline, dialing = self.deadline, self.dial is not None
        error: HyperHTTPError
        if now >= deadline.total_at:
            error = deadline.total_error(now, "connect" if dialing else "pool")
        elif dialing:
            error = ConnectTimeout(
                timeout_s=deadline.timeout.connect or 0.0,
                elapsed_s=now - self.since,
                host=self.url.host,
                port=self.url.effective_port,
            )
        else:
            error = PoolTimeout(
                timeout_s=deadline.timeout.pool or 0.0,
                elapsed_s=now - self.since,
                max_connections=opened,
                waiting=waiting,
            )
        self.tell(error)

    def timed_out_connecting(self) -> BaseException | None:
        """The ConnectTimeout that ended its wait, if that is what did."""
        future = self.future
        error = future.exception() if future.done() and not future.cancelled() else None
        return error if isinstance(error, ConnectTimeout) else None
