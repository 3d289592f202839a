"""A queued request: its time limits, and the future that its task awaits.

The request is sent as soon as there is a connection, by the code that provides it. So its task is
woken once, by the response.
"""

from __future__ import annotations

from contextvars import copy_context
from copy import copy
from math import inf
from typing import TYPE_CHECKING, Protocol, final

from hyperhttp._base._generated.errors import ConnectTimeout, HyperHTTPError
from hyperhttp._message.request.body import BytesBody
from hyperhttp._network.dial import Route
from hyperhttp._transport.origin_pool import Waiter

if TYPE_CHECKING:
    import asyncio
    from contextvars import Context
    from types import TracebackType
    from typing import Self

    from hyperhttp._message.request.request import Request
    from hyperhttp._message.url.url import URL
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._transport.connection import Connection
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange import Exchange
    from hyperhttp._transport.proxy_routing import ProxyRoute


class RequestQueue(Protocol):
    """The pool, as a queued request uses it."""

    loop: asyncio.AbstractEventLoop

    def cancel(self, pool_request: PoolRequest, /) -> None:
        """Remove a request that hasn't been sent."""
        ...


class AttemptStart(Protocol):
    """An observed attempt, as far as sending its request needs it."""

    queued: ObservedRequest | None
    trace: ConnectTrace | None

    def start(self, connection: Connection, request: Request, deadline: Deadline, /) -> Exchange:
        """Send the request on the connection."""
        ...


class PoolRequest(Waiter):
    """A queued request with a future.

    The future raises PoolTimeout while no slot is free, the errors of dialing (ConnectTimeout,
    ConnectError, DNSError, TLSError, ProxyError), TotalTimeout and ClientClosed.
    """

    __slots__ = (
        "_context",
        "_exchange",
        "_queue",
        "deadline",
        "dial",
        "due",
        "future",
        "proxy_route",
        "request",
        "since",
        "trace",
    )

    def __init__(
        self,
        request: Request,
        deadline: Deadline,
        host: RequestQueue,
        key: str,
        fresh: bool = False,
        proxy_route: ProxyRoute | None = None,
    ) -> None:
        super().__init__(key, fresh=fresh)
        self.request = request
        self.proxy_route = proxy_route
        """The proxy to use; None to connect directly."""
        self.deadline = deadline
        self.future: asyncio.Future[None] = host.loop.create_future()
        self._queue = host
        self._exchange: Exchange | None = None
        body = request.body
        # The caller's body source and progress callback run with the caller's context variables.
        own_source = body is not None and not isinstance(body, BytesBody)
        has_own = own_source or request.on_upload is not None
        self._context: Context | None = copy_context() if has_own else None
        self.since = 0.0
        self.due = inf
        """When the current phase, waiting or connecting, must be over."""
        self.dial: asyncio.Task[None] | None = None
        self.trace: ConnectTrace | None = None
        """The timings of the dial that was started for it."""

    @property
    def is_sent(self) -> bool:
        """True if it has been sent."""
        return self._exchange is not None

    @property
    def exchange(self) -> Exchange:
        """The exchange of the sent request."""
        assert self._exchange is not None, "there has been no connection yet"
        return self._exchange

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if exc_type is None:
            return
        if self._exchange is not None:
            self._exchange.abandon()
        else:
            self._queue.cancel(self)

    @property
    def url(self) -> URL:
        """The URL of the request."""
        return self.request.url

    @property
    def route(self) -> Route:
        """The address to connect to."""
        url = self.request.url
        return Route(url.host, url.effective_port, url.is_tls)

    def begin_phase(self, now: float, limit_s: float | None) -> float:
        """Start a phase that may take `limit_s`, and return when it must be over."""
        self.since = now
        self.due = self.deadline.until(now, limit_s)
        return self.due

    def send(self, connection: Connection) -> None:
        """Send the request on its connection; the response completes the future."""
        if self._context is None:
            exchange = connection.start(self.request, self.deadline)
        else:
            exchange = self._context.run(connection.start, self.request, self.deadline)
        self._exchange = exchange
        exchange.notify(self.future)

    def fail(self, error: BaseException) -> None:
        """Complete the future with an error, unless it is done."""
        if not self.future.done():
            self.future.set_exception(error)

    def fail_with_copy(self, error: BaseException) -> None:
        """Fail with a copy of an error, because an error refers to one request."""
        own = copy(error)
        own.__cause__ = error.__cause__
        self.fail(own)

    def expire(self, now: float, *, opened: int, waiting: int) -> None:
        """Fail with the error of the limit that was exceeded."""
        self.due = inf
        deadline, dialing = self.deadline, self.dial is not None
        error: HyperHTTPError
        if now >= deadline.total_at:
            error = deadline.total_error(now, "connect" if dialing else "pool")
        elif dialing:
            route, url = self.proxy_route, self.url
            via = "" if route is None else f"through the proxy {route.proxy.url}"
            error = deadline.connect_error(
                now, self.since, host=url.host, port=url.effective_port, detail=via
            )
        else:
            error = deadline.pool_error(now, self.since, opened=opened, waiting=waiting)
        self.fail(error)

    def timed_out_connecting(self) -> BaseException | None:
        """Return the ConnectTimeout that it failed with, if it did."""
        future = self.future
        error = future.exception() if future.done() and not future.cancelled() else None
        return error if isinstance(error, ConnectTimeout) else None


@final
class ObservedRequest(PoolRequest):
    """A queued request of an observed attempt."""

    __slots__ = ("_attempt",)

    def __init__(
        self,
        attempt: AttemptStart,
        request: Request,
        deadline: Deadline,
        host: RequestQueue,
        key: str,
        fresh: bool = False,
        proxy_route: ProxyRoute | None = None,
    ) -> None:
        super().__init__(request, deadline, host, key, fresh, proxy_route)
        self._attempt = attempt
        attempt.queued = self

    def send(self, connection: Connection) -> None:
        """Send the request on its connection; the response completes the future."""
        attempt = self._attempt
        if self.trace is not None and connection.connect_trace is self.trace:
            attempt.trace = self.trace
        start, context = attempt.start, self._context
        if context is None:
            exchange = start(connection, self.request, self.deadline)
        else:
            exchange = context.run(start, connection, self.request, self.deadline)
        self._exchange = exchange
        exchange.notify(self.future)


def dial_failure(pool_request: PoolRequest, task: asyncio.Task[None]) -> BaseException | None:
    """Return why a dial failed; None if it was canceled because its request was."""
    return pool_request.timed_out_connecting() if task.cancelled() else task.exception()
