"""The attempts of a request of a client with `on_event`: report their events, once each."""

from __future__ import annotations

from typing import TYPE_CHECKING, final

from hyperhttp._base._generated.events import (
    AttemptFailed,
    AttemptStarted,
    BodyEnded,
    CallEnded,
    CallStarted,
    PoolWaited,
    RequestSent,
    ResponseStarted,
)
from hyperhttp._message.response.timings import Timings
from hyperhttp._transport.dial_events import report_dial
from hyperhttp._transport.encoded_body import EncodedBody
from hyperhttp._transport.observed_call import next_call_id

if TYPE_CHECKING:
    import asyncio

    from hyperhttp._message.request.request import Request
    from hyperhttp._message.response.response import Response
    from hyperhttp._network.clock import Now
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._protocol.events import Head
    from hyperhttp._transport.connection import Connection
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange import Exchange
    from hyperhttp._transport.observed_call import Emit, EventSink, ObservedCall
    from hyperhttp._transport.pool import Pool
    from hyperhttp._transport.pool_request import ObservedRequest

__all__ = ["ObservedAttempt", "start_attempt"]


@final
class ObservedAttempt:
    """A request that is sent. It starts when this is created, and is notified of its end.

    Its events show its attributes, so none of these changes after it was reported. Times are 0.0
    until the phase has ended. If a call has no pipeline, its attempt is its record, too.
    """

    __slots__ = (
        "body_bytes",
        "call",
        "call_ended_at",
        "call_id",
        "call_started_at",
        "connection",
        "encoded_body",
        "ended_at",
        "error",
        "exchange",
        "head",
        "head_at",
        "is_complete",
        "is_over",
        "leased_at",
        "now",
        "number",
        "on_event",
        "pool",
        "queued",
        "received_bytes",
        "request",
        "reused",
        "sent_at",
        "sent_bytes",
        "sink",
        "started_at",
        "trace",
    )

    body_bytes: int
    call: ObservedCall | None
    """The call; None if it has no pipeline."""
    call_ended_at: float
    call_id: int
    call_started_at: float
    connection: Connection
    encoded_body: EncodedBody | None
    ended_at: float
    error: BaseException | None
    """The error of the response, while a call without a pipeline hasn't ended."""
    exchange: Exchange | None
    """The exchange, from the start of the request to the end of the response."""
    head: Head
    head_at: float
    is_complete: bool
    is_over: bool
    """True once a call without a pipeline has returned or raised."""
    leased_at: float
    now: Now
    number: int
    on_event: Emit
    pool: Pool
    queued: ObservedRequest | None
    """The request while it waits for a connection."""
    received_bytes: int
    request: Request
    reused: bool
    sent_at: float
    sent_bytes: int
    sink: EventSink
    started_at: float
    trace: ConnectTrace | None
    """The timings of the connection that was opened for it."""

    @property
    def hop(self) -> int:
        """How many redirects led to the request."""
        return self.request._hop  # pyright: ignore[reportPrivateUsage]

    @property
    def origin(self) -> str:
        """Scheme, host and port of the request."""
        return self.request.url.origin

    @property
    def first_hop(self) -> int:
        """The hop of the request of a call without a pipeline."""
        return self.hop

    @property
    def first_origin(self) -> str:
        """The origin of the request of a call without a pipeline."""
        return self.origin

    @property
    def tried(self) -> int:
        """How many attempts a call without a pipeline has started."""
        return self.number

    @property
    def status_code(self) -> int | None:
        """The status code of the response; None without one."""
        return self.head.status_code if self.head_at else None

    @property
    def opened_at(self) -> float:
        """When a connection was available, or opening one started."""
        return self.leased_at if self.trace is None else self.trace.started

    @property
    def connection_id(self) -> int | None:
        """The number of the connection; None without one."""
        return self.connection.connection_id if self.leased_at else None

    @property
    def waited_from(self) -> float:
        """When waiting for the response started."""
        return self.sent_at or self.leased_at

    @property
    def peer(self) -> str | None:
        """The address at the other end; None without a network."""
        trace = self.connection.connect_trace
        return None if trace is None else trace.peer

    def timings(self) -> Timings:
        """Return the time of each phase that has ended."""
        trace = self.trace
        tls_s = None if trace is None else trace.spent_s("tls")
        return Timings(
            pool_s=_between(self.started_at, self.opened_at),
            dns_s=None if trace is None else trace.spent_s("dns"),
            connect_s=None if trace is None else trace.spent_s("connect"),
            tls_s=tls_s or None,
            send_s=_between(self.leased_at, self.sent_at),
            wait_s=_between(self.waited_from, self.head_at),
            download_s=_between(self.head_at, self.ended_at),
            total_s=_between(self.started_at, self.ended_at),
        )

    # --- called to send it ---

    def start(self, connection: Connection, request: Request, deadline: Deadline) -> Exchange:
        """Send the request on the leased connection, and return its exchange."""
        self.leased_at = self.now()
        self.connection = connection
        self.reused = connection.served > 0
        waited = PoolWaited()
        waited._record = self  # pyright: ignore[reportPrivateUsage]
        try:
            self.on_event(waited)
        except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
            self.sink.handler_failed()
        if self.trace is not None:
            self._dialed(self.trace)
        exchange = connection.start(request, deadline)
        if exchange._error is not None:  # pyright: ignore[reportPrivateUsage]
            return exchange
        self.exchange = exchange
        exchange.observer = self
        if exchange.sent and exchange.sent_bytes:
            self._sent(exchange)
        else:  # it has a long body, or the connection sends it in the next turn of the loop
            self.pool.loop.call_soon(self._follow_sending)
        return exchange

    def _follow_sending(self, upload: asyncio.Task[None] | None = None) -> None:
        """Report that the request was sent, now or once its upload is done."""
        exchange = self.exchange
        if exchange is None or exchange.head is not None or self.sent_at:
            return
        if upload is None and exchange.sending:
            task = exchange._upload  # pyright: ignore[reportPrivateUsage]
            assert task is not None, "it is sending"
            task.add_done_callback(self._follow_sending)
        elif exchange.sent and exchange.sent_bytes:
            self._sent(exchange)

    def _sent(self, exchange: Exchange) -> None:
        self.sent_at = self.now()
        self.sent_bytes = exchange.sent_bytes
        event = RequestSent()
        event._record = self  # pyright: ignore[reportPrivateUsage]
        try:
            self.on_event(event)
        except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
            self.sink.handler_failed()

    # --- called with what came of it ---

    def returned(self, response: Response) -> None:
        """Note that the request has a response."""
        response._phases = self  # pyright: ignore[reportPrivateUsage]
        if self.call is not None:
            return
        self.is_over = True
        if self.ended_at:  # `_end_call`, whose call would cost more
            self.call_ended_at = self.now()
            event = CallEnded()
            event._record = self  # pyright: ignore[reportPrivateUsage]
            event._error = self.error  # pyright: ignore[reportPrivateUsage]
            self.error = None
            try:
                self.on_event(event)
            except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
                self.sink.handler_failed()

    def raised(self, error: BaseException) -> None:
        """Report that the request has failed."""
        self._fail(error)
        if self.call is None:
            self.is_over = True
            if self.ended_at:
                self._end_call(self.now(), error)
            else:
                self.error = error

    def replayed(self, error: BaseException) -> ObservedAttempt:
        """Report that the request has failed, and return the attempt that sends it once more."""
        self._fail(error)
        return start_attempt(self.sink, self.pool, self.request, self.call, self)

    def _fail(self, error: BaseException) -> None:
        """Report that the attempt has ended without a response."""
        if self.ended_at:
            return
        exchange = self.exchange
        if exchange is not None and exchange.head is not None:
            exchange.abandon()  # the response isn't returned, because of the error
            return
        now = self.now()
        trace = None if self.queued is None else self.queued.trace
        if trace is not None and not self.leased_at:
            self._dial_failed(trace)
        self.ended_at = now
        self.exchange = self.queued = None
        common = self.call_id, self.number, self.hop, self.origin
        self.sink.emit(AttemptFailed(*common, self.started_at, now, error))
        if self.call is not None:
            self.call.attempt_ended(now, None, error)

    def _dial_failed(self, trace: ConnectTrace) -> None:
        self.trace = trace
        self.reused = False
        event = PoolWaited()
        event._record = self  # pyright: ignore[reportPrivateUsage]
        self.sink.emit(event)
        self._dialed(trace)

    def _dialed(self, trace: ConnectTrace) -> None:
        report_dial(trace, self.sink.emit, (self.call_id, self.number, self.hop, self.origin))

    # --- called by the exchange ---

    def responded(self, head: Head) -> None:
        """Report the response headers."""
        self.head_at = self.now()
        self.head = head
        event = ResponseStarted()
        event._record = self  # pyright: ignore[reportPrivateUsage]
        try:
            self.on_event(event)
        except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
            self.sink.handler_failed()

    def ended(self, exchange: Exchange, error: BaseException | None) -> None:
        """Report the end of the response. Without one, the error is reported when it is raised."""
        head = exchange.head
        if head is None:
            return
        now = self.ended_at = self.now()
        self.exchange = None
        self.received_bytes = exchange.wire_bytes or exchange.received_bytes
        self.body_bytes = exchange.body_bytes
        self.is_complete = exchange.ended
        coding = head.coding
        self.encoded_body = (
            EncodedBody(exchange, coding, self.connection.limits) if coding else None
        )
        event = BodyEnded()
        event._record = self  # pyright: ignore[reportPrivateUsage]
        event._error = error  # pyright: ignore[reportPrivateUsage]
        try:
            self.on_event(event)
        except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
            self.sink.handler_failed()
        call = self.call
        if call is not None:
            call.attempt_ended(now, head.status_code, error)
        elif self.is_over:
            self._end_call(now, self.error or error)
        else:
            self.error = error

    # --- a call without a pipeline ---

    def _end_call(self, now: float, error: BaseException | None) -> None:
        """Report the end of the call."""
        self.call_ended_at = now
        self.error = None  # its traceback refers to this attempt
        event = CallEnded()
        event._record = self  # pyright: ignore[reportPrivateUsage]
        event._error = error  # pyright: ignore[reportPrivateUsage]
        try:
            self.on_event(event)
        except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
            self.sink.handler_failed()


def start_attempt(
    sink: EventSink,
    pool: Pool,
    request: Request,
    call: ObservedCall | None = None,
    replayed: ObservedAttempt | None = None,
) -> ObservedAttempt:
    """Create an attempt, and report its start. Without a pipeline, this starts its call, too."""
    # Without a constructor, which would take half as long again.
    attempt = ObservedAttempt()
    attempt.sink = sink
    on_event = attempt.on_event = sink.on_event
    clock = attempt.now = pool.stopwatch
    attempt.pool = pool
    attempt.request = request
    now = attempt.started_at = clock()
    attempt.leased_at = attempt.head_at = attempt.sent_at = attempt.ended_at = 0.0
    attempt.exchange = attempt.queued = attempt.trace = attempt.error = None
    attempt.is_over = False
    attempt.call = call
    if call is not None:
        attempt.call_id = call.call_id
        attempt.number = call.attempt_starts(request, now)
    elif replayed is not None:
        attempt.call_id = replayed.call_id
        attempt.call_started_at = replayed.call_started_at
        attempt.number = replayed.number + 1
    else:
        attempt.call_id = next_call_id()
        attempt.call_started_at = now
        attempt.number = 1
        call_started = CallStarted()
        call_started._record = attempt  # pyright: ignore[reportPrivateUsage]
        try:
            on_event(call_started)
        except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
            sink.handler_failed()
    started = AttemptStarted()
    started._record = attempt  # pyright: ignore[reportPrivateUsage]
    try:
        on_event(started)
    except Exception:  # noqa: BLE001 - as in `emit`, whose call would cost more
        sink.handler_failed()
    return attempt


def _between(started: float, ended: float) -> float | None:
    return ended - started if started and ended else None
