"""An attempt of a client with `on_event`: reports its events, once each.

It is between an exchange and its connection, so that both do the same as without events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, final

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
from hyperhttp._transport.exchange import ABANDONED

if TYPE_CHECKING:
    import asyncio

    from hyperhttp._base._generated.events import Event
    from hyperhttp._message.request.request import Request
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._protocol.events import Head
    from hyperhttp._transport.connection import CloseReason, Connection
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange import Exchange
    from hyperhttp._transport.exchange_connection import ExchangeConnection


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

    @property
    def emit(self) -> Emit:
        """Reports an event."""
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
    """Reports the events of one attempt; it starts when it's created.

    Set its `connection`, then `start` sends its request. The exchange has it in place of the
    connection.
    """

    __slots__ = (
        "_call",
        "_call_id",
        "_emit",
        "_ended_at",
        "_exchange",
        "_hop",
        "_inner",
        "_loop",
        "_opened_at",
        "_origin",
        "_request",
        "_sent_at",
        "_started",
        "connection",
        "cuts_uploads",
        "error",
        "head_at",
        "leased_at",
        "number",
        "trace",
    )

    _inner: ExchangeConnection[Exchange]
    connection: Connection

    def __init__(
        self,
        call: AttemptOwner,
        request: Request,
        loop: asyncio.AbstractEventLoop,
        now: float,
    ) -> None:
        self._call = call
        self._call_id = call.call_id
        self._emit = call.emit
        self._request = request
        self._hop = request._hop  # pyright: ignore[reportPrivateUsage]  # faster than a property
        self._origin = request._url.origin  # pyright: ignore[reportPrivateUsage]
        self._loop = loop
        self._started: float = now
        # Times are 0.0 until the phase has ended.
        self._opened_at: float = 0.0
        self.leased_at: float = 0.0
        self._sent_at: float = 0.0
        self.head_at: float = 0.0
        self._ended_at: float = 0.0
        self._exchange: Exchange | None = None
        self.cuts_uploads: bool = True
        self.error: BaseException | None = None
        """The error of its exchange before the response."""
        self.trace: ConnectTrace | None = None
        """The timings of the connection that was opened for it."""
        self.number: int = call.attempt_started(self._hop, self._origin, self._started)
        self._emit(
            AttemptStarted(
                self._call_id, self.number, self._hop, self._origin, self._started, request
            )
        )

    def timings(self) -> Timings:
        """Return the time of each phase that has ended."""
        trace, leased_at, sent_at, head_at = (
            self.trace,
            self.leased_at,
            self._sent_at,
            self.head_at,
        )
        tls_s = None if trace is None else trace.spent_s("tls")
        return Timings(
            pool_s=_between(self._started, self._opened_at),
            dns_s=None if trace is None else trace.spent_s("dns"),
            connect_s=None if trace is None else trace.spent_s("connect"),
            tls_s=tls_s or None,
            send_s=_between(leased_at, sent_at),
            wait_s=_between(sent_at or leased_at, head_at),
            download_s=_between(head_at, self._ended_at),
            total_s=_between(self._started, self._ended_at),
        )

    # --- called to send it ---

    def start(self, request: Request, deadline: Deadline) -> Exchange:
        """Send the request on the leased connection, and return its exchange."""
        now = self.leased_at = self._loop.time()
        connection, trace = self.connection, self.trace
        self._waited(now if trace is None else trace.started, is_reused=connection.served > 0)
        if trace is not None:
            self._dialed(trace)
        exchange = connection.start(request, deadline)
        self.error = exchange._error  # pyright: ignore[reportPrivateUsage]
        if self.error is not None:
            return exchange
        self._exchange = exchange
        self._inner = exchange._connection  # pyright: ignore[reportPrivateUsage]
        self.cuts_uploads = self._inner.cuts_uploads
        exchange._connection = self  # pyright: ignore[reportPrivateUsage]
        if exchange.sent and exchange.sent_bytes:
            self._sent(exchange)
        else:  # it has a long body, or the connection sends it in the next turn of the loop
            self._loop.call_soon(self._follow_sending)
        return exchange

    def failed(self, error: BaseException, trace: ConnectTrace | None = None) -> None:
        """Report that it has ended without a response; `trace` is that of a dial that failed."""
        if self._ended_at:
            return
        exchange = self._exchange
        if exchange is not None and exchange.head is not None:
            exchange.abandon()  # the response isn't returned, because of the error
            return
        now = self._loop.time()
        if trace is not None and not self.leased_at:
            self._waited(trace.started, is_reused=False)
            self._dialed(trace)
        self._ended_at = now
        self._exchange = self.error = None  # its traceback refers to this attempt
        self._emit(
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
            self._responded(exchange.head, self._loop.time())

    # --- phases ---

    def _waited(self, until: float, *, is_reused: bool) -> None:
        self._opened_at = until
        self._emit(
            PoolWaited(
                self._call_id,
                self.number,
                self._hop,
                self._origin,
                self._started,
                until,
                is_reused,
            )
        )

    def _dialed(self, trace: ConnectTrace) -> None:
        report_dial(
            trace,
            self._emit,
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
        now = self._sent_at = self._loop.time()
        self._emit(
            RequestSent(
                self._call_id,
                self.number,
                self._hop,
                self._origin,
                self.leased_at,
                now,
                exchange.sent_bytes,
            )
        )

    def _responded(self, head: Head, now: float) -> None:
        self.head_at = now
        trace = self.connection.connect_trace
        self._emit(
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

    def _ended(self, exchange: Exchange, head: Head, error: BaseException | None) -> None:
        """Report the end of the response."""
        now = self._loop.time()
        head_at = self.head_at
        if not head_at:
            head_at = now
            self._responded(head, now)
        self._ended_at = now
        self._exchange = None
        is_complete = exchange.ended
        self._emit(
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
            )
        )
        self._call.attempt_ended(now, head.status_code, error)

    # --- called by the exchange, in place of its connection ---

    @property
    def connect_trace(self) -> ConnectTrace | None:
        """The timings of the dial."""
        return self._inner.connect_trace

    def watch(self, due: float) -> None:
        """Call the exchange's `expire` at the time `due`; the exchange waits for something."""
        exchange = self._exchange
        if exchange is not None and exchange.head is not None and not self.head_at:
            self._responded(exchange.head, self._loop.time())
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
