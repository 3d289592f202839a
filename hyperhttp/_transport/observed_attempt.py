"""One attempt of a client with `on_event`: reports its events, once each.

It stands between an exchange and its connection, so that both do the same as without events.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, cast, final

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
    from collections.abc import Callable

    from hyperhttp._base._generated.events import Event
    from hyperhttp._message.request.request import Request
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._protocol.events import Head
    from hyperhttp._transport.connection import CloseReason, Connection
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange import Exchange
    from hyperhttp._transport.exchange_connection import ExchangeConnection

    Emit: TypeAlias = Callable[[Event], None]

_NO_BODY: Final = frozenset({204, 304})


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

    def attempt_started(self, request: Request, now: float, /) -> int:
        """Note a new attempt, and return its number."""
        ...

    def attempt_ended(
        self, now: float, status_code: int | None, error: BaseException | None, /
    ) -> None:
        """Note the end of an attempt: its status code, if any, and what broke it."""
        ...


@final
class ObservedAttempt:
    """Reports the events of one attempt; it starts when it's created.

    `lease` and `start` send its request. The exchange then has it in place of its connection.
    """

    __slots__ = (
        "_call",
        "_ended_at",
        "_exchange",
        "_head_at",
        "_inner",
        "_lease",
        "_leased_at",
        "_loop",
        "_opened_at",
        "_request",
        "_sent_at",
        "_started",
        "cuts_uploads",
        "error",
        "number",
        "status_code",
        "trace",
    )

    _inner: ExchangeConnection[Exchange]
    _lease: Connection

    def __init__(
        self, call: AttemptOwner, request: Request, loop: asyncio.AbstractEventLoop
    ) -> None:
        self._call = call
        self._request = request
        self._loop = loop
        self._started: float = loop.time()
        self._opened_at: float | None = None
        self._leased_at: float | None = None
        self._sent_at: float | None = None
        self._head_at: float | None = None
        self._ended_at: float | None = None
        self._exchange: Exchange | None = None
        self.cuts_uploads: bool = True
        self.error: BaseException | None = None
        """What its exchange failed with before the response."""
        self.status_code: int | None = None
        self.trace: ConnectTrace | None = None
        """The timings of the connection that was opened for it."""
        self.number: int = call.attempt_started(request, self._started)
        call.emit(
            AttemptStarted(
                call.call_id, self.number, request.hop, request.url.origin, self._started, request
            )
        )

    @property
    def is_sent(self) -> bool:
        """True if it has been sent, or tried to be."""
        return self._leased_at is not None

    def timings(self) -> Timings:
        """Return the time of each phase that has ended."""
        trace, leased_at, sent_at, head_at = (
            self.trace,
            self._leased_at,
            self._sent_at,
            self._head_at,
        )
        tls_s = None if trace is None else trace.spent_s("tls")
        return Timings(
            pool_s=_between(self._started, self._opened_at),
            dns_s=None if trace is None else trace.spent_s("dns"),
            connect_s=None if trace is None else trace.spent_s("connect"),
            tls_s=tls_s or None,
            send_s=_between(leased_at, sent_at),
            wait_s=_between(leased_at if sent_at is None else sent_at, head_at),
            download_s=_between(head_at, self._ended_at),
            total_s=_between(self._started, self._ended_at),
        )

    # --- called to send it ---

    def lease(self, connection: Connection, trace: ConnectTrace | None = None) -> None:
        """Use a connection; `trace` is that of the dial that was started for the attempt."""
        self._lease = connection
        if trace is not None and connection.connect_trace is trace:
            self.trace = trace

    def start(self, request: Request, deadline: Deadline) -> Exchange:
        """Send the request on the leased connection, and return its exchange."""
        now = self._leased_at = self._loop.time()
        connection, trace = self._lease, self.trace
        self._waited(now if trace is None else trace.started, is_reused=connection.served > 0)
        if trace is not None:
            self._dialed(trace)
        exchange = connection.start(request, deadline)
        if exchange.over:
            self.error = exchange._error  # pyright: ignore[reportPrivateUsage]  # it's over
            return exchange
        self._exchange = exchange
        self._inner = exchange._connection  # pyright: ignore[reportPrivateUsage]
        self.cuts_uploads = self._inner.cuts_uploads
        exchange._connection = self  # pyright: ignore[reportPrivateUsage]
        if exchange.sent_bytes:
            self._follow_sending()
        else:  # the connection sends it in the next turn of the loop
            self._loop.call_soon(self._follow_sending)
        return exchange

    def failed(self, error: BaseException, trace: ConnectTrace | None = None) -> None:
        """Report that it has ended without a response; `trace` is that of a dial that failed."""
        if self._ended_at is not None:
            return
        exchange = self._exchange
        if exchange is not None and exchange.head is not None:
            exchange.abandon()  # the response isn't returned, because of the error
            return
        now = self._loop.time()
        if trace is not None and not self.is_sent:
            self._waited(trace.started, is_reused=False)
            self._dialed(trace)
        self._ended_at = now
        self._exchange = None
        call, request = self._call, self._request
        call.emit(
            AttemptFailed(
                call.call_id,
                self.number,
                request.hop,
                request.url.origin,
                self._started,
                now,
                error,
            )
        )
        call.attempt_ended(now, None, error)

    # --- phases ---

    def _waited(self, until: float, *, is_reused: bool) -> None:
        self._opened_at = until
        call, request = self._call, self._request
        call.emit(
            PoolWaited(
                call.call_id,
                self.number,
                request.hop,
                request.url.origin,
                self._started,
                until,
                is_reused,
            )
        )

    def _dialed(self, trace: ConnectTrace) -> None:
        call, request = self._call, self._request
        report_dial(
            trace,
            call.emit,
            (call.call_id, self.number, request.hop, request.url.origin),
        )

    def _follow_sending(self, upload: asyncio.Task[None] | None = None) -> None:
        """Report that the request was sent, now or once its upload is done."""
        exchange = self._exchange
        if exchange is None or self._sent_at is not None:
            return
        if upload is None and exchange.sending:
            task = exchange._upload  # pyright: ignore[reportPrivateUsage]
            assert task is not None, "it is sending"
            task.add_done_callback(self._follow_sending)
        elif exchange.sent and exchange.sent_bytes:
            now = self._sent_at = self._loop.time()
            call, request, started = self._call, self._request, cast("float", self._leased_at)
            call.emit(
                RequestSent(
                    call.call_id,
                    self.number,
                    request.hop,
                    request.url.origin,
                    started,
                    now,
                    exchange.sent_bytes,
                )
            )

    def _responded(self, head: Head, now: float) -> None:
        self._head_at = now
        self.status_code = head.status_code
        call, request, trace = self._call, self._request, self._inner.connect_trace
        started = self._leased_at if self._sent_at is None else self._sent_at
        call.emit(
            ResponseStarted(
                call.call_id,
                self.number,
                request.hop,
                request.url.origin,
                cast("float", started),
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
        head_at = self._head_at
        if head_at is None:
            head_at = now
            self._responded(head, now)
        self._ended_at = now
        self._exchange = None
        call, request = self._call, self._request
        is_complete = exchange.ended
        call.emit(
            BodyEnded(
                call.call_id,
                self.number,
                request.hop,
                request.url.origin,
                head_at,
                now,
                exchange.received_bytes,
                _decoded_bytes(request, head) if is_complete else None,
                is_complete,
                error,
            )
        )
        call.attempt_ended(now, head.status_code, error)

    # --- called by the exchange, in place of its connection ---

    @property
    def connect_trace(self) -> ConnectTrace | None:
        """The timings of the dial."""
        return self._inner.connect_trace

    def watch(self, due: float) -> None:
        """Call the exchange's `expire` at the time `due`; the exchange waits for something."""
        exchange = self._exchange
        if exchange is not None and exchange.head is not None and self._head_at is None:
            self._responded(exchange.head, self._loop.time())
        self._inner.watch(due)

    def response_ended(self, exchange: Exchange, *, reusable: bool) -> None:
        """Report the end of the response, then end the lease."""
        head = exchange.head
        if self._ended_at is None and head is not None:
            self._ended(exchange, head, None)
        if not reusable and self._lease.capacity is None:
            self._lease.close_reason = self._lease.close_reason or "not reusable"
        self._inner.response_ended(exchange, reusable=reusable)

    def abandoned(self, exchange: Exchange) -> None:
        """Report the end of an incomplete response, then end the lease."""
        error = exchange._error  # pyright: ignore[reportPrivateUsage]
        if self._lease.capacity is None:
            self._lease.close_reason = self._lease.close_reason or _close_reason(error)
        head = exchange.head
        if head is None:
            self.error = error  # reported when the attempt raises, or is replayed
        elif self._ended_at is None:
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
    """Return whether the response was closed or dropped, which is no error."""
    return isinstance(error, WriteError) and error.detail == ABANDONED


def _close_reason(error: BaseException | None) -> CloseReason:
    if isinstance(error, ClientClosed):
        return "client closed"
    return "abandoned" if _is_abandoned(error) else "failed"


def _between(started: float | None, ended: float | None) -> float | None:
    return None if started is None or ended is None else ended - started


def _decoded_bytes(request: Request, head: Head) -> int | None:
    """Return the size of a complete body, if its headers determine it (RFC 9112 6.3)."""
    if request.method == "HEAD" or head.status_code in _NO_BODY:
        return 0
    if head.has(b"content-encoding") or head.has(b"transfer-encoding"):
        return None
    lengths = head.values(b"content-length")
    return int(lengths[0]) if len(lengths) == 1 and lengths[0].isdigit() else None
