"""The attempts of a request of a client with `on_event`: report their events, once each.

They are between an exchange and its connection, so that both do the same as without events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, final

from hyperhttp._base._generated.errors import ClientClosed, WriteError
from hyperhttp._base._generated.events import (
    AttemptFailed,
    AttemptStarted,
    BodyEnded,
    PoolWaited,
    RequestSent,
    ResponseStarted,
)
from hyperhttp._message.response.timings import Timings
from hyperhttp._transport.dial_events import report_dial
from hyperhttp._transport.encoded_body import EncodedBody
from hyperhttp._transport.exchange import ABANDONED
from hyperhttp._transport.pool_request import ObservedRequest

if TYPE_CHECKING:
    import asyncio

    from hyperhttp._base._generated.events import Event
    from hyperhttp._message.request.request import Request
    from hyperhttp._network.clock import Now
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._protocol.events import Head
    from hyperhttp._transport.connection import CloseReason, Connection
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange import Exchange
    from hyperhttp._transport.exchange_connection import ExchangeConnection
    from hyperhttp._transport.guarded_routing import GuardedRouting
    from hyperhttp._transport.pool import Pool
    from hyperhttp._transport.pool_request import PoolRequest
    from hyperhttp._transport.proxy_routing import ProxyRoute, ProxyRouting


_CODING: Final = b"content-encoding"


class Emit(Protocol):
    """Reports an event."""

    def __call__(self, event: Event, /) -> None:
        """Report it."""
        ...


class AttemptOwner(Protocol):
    """The call of an attempt."""

    @property
    def call_id(self) -> int:
        """The number of the call."""
        ...

    def emit(self, event: Event, /) -> None:
        """Report an event."""
        ...

    @property
    def on_event(self) -> Emit:
        """The function of `on_event`, which may raise any exception."""
        ...

    def handler_failed(self) -> None:
        """Log the exception of the function that is handled now, if it is the first."""
        ...

    def attempt_started(self, hop: int, origin: str, now: float, /) -> int:
        """Note a new attempt with its hop and its origin, and return its number."""
        ...

    def attempt_ended(
        self, now: float, status_code: int | None, error: BaseException | None, /
    ) -> None:
        """Note the end of an attempt: its status code, if any, and what broke it."""
        ...


@final
class ObservedAttempt:
    """The `AttemptPool` of one request. Each time the request is sent is an attempt.

    It reports the events of the current attempt, which starts when this is created. The exchange
    has it in place of its connection.
    """

    __slots__ = (
        "_call",
        "_call_id",
        "_ended_at",
        "_exchange",
        "_hop",
        "_inner",
        "_on_event",
        "_opened_at",
        "_origin",
        "_pool",
        "_queued",
        "_request",
        "_sent_at",
        "_started",
        "connection",
        "cuts_uploads",
        "error",
        "head_at",
        "leased_at",
        "loop",
        "now",
        "number",
        "policy_key",
        "routing",
        "stopwatch",
        "trace",
    )

    _inner: ExchangeConnection[Exchange]
    connection: Connection

    def __init__(self, pool: Pool, call: AttemptOwner, request: Request, now: float) -> None:
        self.loop: asyncio.AbstractEventLoop = pool.loop
        self.routing: ProxyRouting | GuardedRouting | None = pool.routing
        self.policy_key: str = pool.policy_key
        self.now: Now = pool.now
        self.stopwatch: Now = pool.stopwatch
        self._pool = pool
        self._call = call
        self._call_id = call.call_id
        self._on_event = call.on_event
        self._request = request
        self._hop = request._hop  # pyright: ignore[reportPrivateUsage]  # faster than a property
        self._origin = request._url.origin  # pyright: ignore[reportPrivateUsage]
        self._begin(now)

    def _begin(self, now: float) -> None:
        """Start an attempt."""
        self._started: float = now
        # Times are 0.0 until the phase has ended.
        self._opened_at: float = 0.0
        self.leased_at: float = 0.0
        self._sent_at: float = 0.0
        self.head_at: float = 0.0
        self._ended_at: float = 0.0
        self._exchange: Exchange | None = None
        self._queued: ObservedRequest | None = None
        self.error: BaseException | None = None
        """The error of its exchange before the response."""
        self.trace: ConnectTrace | None = None
        """The timings of the connection that was opened for it."""
        number = self.number = self._call.attempt_started(self._hop, self._origin, now)
        try:
            self._on_event(
                AttemptStarted(self._call_id, number, self._hop, self._origin, now, self._request)
            )
        except Exception:  # noqa: BLE001 - without a call, which would cost more
            self._call.handler_failed()

    # --- called to get a connection ---

    def take(self, key: str) -> ObservedAttempt | None:
        """Return this with a connection, or None."""
        if self.leased_at:
            self._replay()
        connection = self._pool.take(key)
        if connection is None:
            return None
        self.connection = connection
        return self

    def call(
        self,
        request: Request,
        deadline: Deadline,
        *,
        key: str,
        fresh: bool = False,
        proxy_route: ProxyRoute | None = None,
    ) -> PoolRequest:
        """Queue the request until there is a connection."""
        if self.leased_at:
            self._replay()
        queued = ObservedRequest(request, deadline, self._pool, key, fresh, proxy_route)
        queued.attempt = self
        self._queued = queued
        return self._pool.enqueue(queued)

    def _replay(self) -> None:
        """End an attempt that has failed, and start the next one."""
        self.failed(self.error or ConnectionError())
        self._begin(self.stopwatch())

    def timings(self) -> Timings:
        """Return the time of each phase that has ended."""
        trace = self.trace
        tls_s = None if trace is None else trace.spent_s("tls")
        return Timings(
            pool_s=_between(self._started, self._opened_at),
            dns_s=None if trace is None else trace.spent_s("dns"),
            connect_s=None if trace is None else trace.spent_s("connect"),
            tls_s=tls_s or None,
            send_s=_between(self.leased_at, self._sent_at),
            wait_s=_between(self._sent_at or self.leased_at, self.head_at),
            download_s=_between(self.head_at, self._ended_at),
            total_s=_between(self._started, self._ended_at),
        )

    # --- called to send it ---

    def start(self, request: Request, deadline: Deadline) -> Exchange:
        """Send the request on the leased connection, and return its exchange."""
        now = self.leased_at = self.stopwatch()
        connection, trace = self.connection, self.trace
        until = self._opened_at = now if trace is None else trace.started
        try:
            self._on_event(
                PoolWaited(
                    self._call_id,
                    self.number,
                    self._hop,
                    self._origin,
                    self._started,
                    until,
                    connection.served > 0,
                    connection.connection_id,
                )
            )
        except Exception:  # noqa: BLE001 - without a call, which would cost more
            self._call.handler_failed()
        if trace is not None:
            self._dialed(trace)
        exchange = connection.start(request, deadline)
        self.error = exchange._error  # pyright: ignore[reportPrivateUsage]
        if self.error is not None:
            return exchange
        self._exchange = exchange
        self._inner = exchange._connection  # pyright: ignore[reportPrivateUsage]
        self.cuts_uploads: bool = self._inner.cuts_uploads
        exchange._connection = self  # pyright: ignore[reportPrivateUsage]
        if exchange.sent and exchange.sent_bytes:
            sent_at = self._sent_at = self.stopwatch()
            try:
                self._on_event(
                    RequestSent(
                        self._call_id,
                        self.number,
                        self._hop,
                        self._origin,
                        now,
                        sent_at,
                        exchange.sent_bytes,
                    )
                )
            except Exception:  # noqa: BLE001 - without a call, which would cost more
                self._call.handler_failed()
        else:  # it has a long body, or the connection sends it in the next turn of the loop
            self.loop.call_soon(self._follow_sending)
        return exchange

    def failed(self, error: BaseException) -> None:
        """Report that the attempt has ended without a response."""
        if self._ended_at:
            return
        exchange = self._exchange
        if exchange is not None and exchange.head is not None:
            exchange.abandon()  # the response isn't returned, because of the error
            return
        now = self.stopwatch()
        trace = None if self._queued is None else self._queued.trace
        if trace is not None and not self.leased_at:
            self._dial_failed(trace)
        self._ended_at = now
        self._exchange = self.error = self._queued = None  # a traceback refers to this attempt
        self._call.emit(
            AttemptFailed(
                self._call_id,
                self.number,
                self._hop,
                self._origin,
                self._started,
                now,
                error,
            )
        )
        self._call.attempt_ended(now, None, error)

    def returned(self) -> None:
        """Report the response headers, unless that was done; their response is returned."""
        exchange = self._exchange
        if not self.head_at and exchange is not None and exchange.head is not None:
            self._responded(exchange.head, self.stopwatch())

    # --- phases ---

    def _dial_failed(self, trace: ConnectTrace) -> None:
        common = self._call_id, self.number, self._hop, self._origin
        self._call.emit(PoolWaited(*common, self._started, trace.started, False, None))
        self._dialed(trace)

    def _dialed(self, trace: ConnectTrace) -> None:
        report_dial(
            trace,
            self._call.emit,
            (self._call_id, self.number, self._hop, self._origin),
        )

    def _follow_sending(self, upload: asyncio.Task[None] | None = None) -> None:
        """Report that the request was sent, now or once its upload is done."""
        exchange = self._exchange
        if exchange is None or self._sent_at:
            return
        if upload is None and exchange.sending:
            task = exchange._upload  # pyright: ignore[reportPrivateUsage]
            assert task is not None, "it is sending"
            task.add_done_callback(self._follow_sending)
        elif exchange.sent and exchange.sent_bytes:
            self._sent(exchange)

    def _sent(self, exchange: Exchange) -> None:
        now = self._sent_at = self.stopwatch()
        common = self._call_id, self.number, self._hop, self._origin
        self._call.emit(RequestSent(*common, self.leased_at, now, exchange.sent_bytes))

    def _responded(self, head: Head, now: float) -> None:
        self.head_at = now
        trace = self.connection.connect_trace
        try:
            self._on_event(
                ResponseStarted(
                    self._call_id,
                    self.number,
                    self._hop,
                    self._origin,
                    self._sent_at or self.leased_at,
                    now,
                    head.status_code,
                    head.http_version,
                    None if trace is None else trace.peer,
                    head,
                )
            )
        except Exception:  # noqa: BLE001 - without a call, which would cost more
            self._call.handler_failed()

    def _ended(self, exchange: Exchange, head: Head, error: BaseException | None) -> None:
        """Report the end of the response."""
        now = self.stopwatch()
        head_at = self.head_at
        if not head_at:
            head_at = now
            self._responded(head, now)
        self._ended_at = now
        self._exchange = None
        is_complete = exchange.ended
        try:
            self._on_event(
                BodyEnded(
                    self._call_id,
                    self.number,
                    self._hop,
                    self._origin,
                    head_at,
                    now,
                    exchange.received_bytes,
                    self._request,
                    head,
                    is_complete,
                    error,
                    exchange.body_bytes,
                    self._encoded(exchange, head) if head.has(_CODING) else None,
                )
            )
        except Exception:  # noqa: BLE001 - without a call, which would cost more
            self._call.handler_failed()
        self._call.attempt_ended(now, head.status_code, error)

    def _encoded(self, exchange: Exchange, head: Head) -> EncodedBody:
        coding = b", ".join(head.values(_CODING)).decode("latin-1")
        return EncodedBody(exchange, coding, self.connection.limits)

    # --- called by the exchange, in place of its connection ---

    @property
    def connect_trace(self) -> ConnectTrace | None:
        """The timings of the dial."""
        return self._inner.connect_trace

    def watch(self, due: float) -> None:
        """Call the exchange's `expire` at the time `due`; the exchange waits for something."""
        exchange = self._exchange
        if exchange is not None and exchange.head is not None and not self.head_at:
            self._responded(exchange.head, self.stopwatch())
        self._inner.watch(due)

    def response_ended(self, exchange: Exchange, *, reusable: bool) -> None:
        """Report the end of the response, then end the lease."""
        head = exchange.head
        if head is not None and not self._ended_at:
            self._ended(exchange, head, None)
        if not reusable and self.connection.capacity is None:
            self.connection.close_reason = self.connection.close_reason or "not reusable"
        self._inner.response_ended(exchange, reusable=reusable)

    def abandoned(self, exchange: Exchange) -> None:
        """Report the end of an incomplete response, then end the lease."""
        error = exchange._error  # pyright: ignore[reportPrivateUsage]
        if self.connection.capacity is None:
            self.connection.close_reason = self.connection.close_reason or _close_reason(error)
        head = exchange.head
        if head is None:
            self.error = error  # reported when the attempt raises, or is replayed
        elif not self._ended_at:
            self._ended(exchange, head, None if _is_abandoned(error) else error)
        self._inner.abandoned(exchange)

    def pause(self) -> None:
        """Stop reading."""
        self._inner.pause()

    def resume(self) -> None:
        """Read on."""
        self._inner.resume()

    def unsent_bytes(self) -> int:
        """Return how much of the request the peer hasn't accepted yet."""
        return self._inner.unsent_bytes()

    def rest_bytes(self) -> int:
        """Return how much of the body is missing."""
        return self._inner.rest_bytes()


def _is_abandoned(error: BaseException | None) -> bool:
    """Return whether the response was closed or dropped, which isn't an error."""
    return isinstance(error, WriteError) and error.detail == ABANDONED


def _close_reason(error: BaseException | None) -> CloseReason:
    if isinstance(error, ClientClosed):
        return "client closed"
    return "abandoned" if _is_abandoned(error) else "failed"


def _between(started: float, ended: float) -> float | None:
    return ended - started if started and ended else None
