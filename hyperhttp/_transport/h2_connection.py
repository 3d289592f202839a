"""An HTTP/2 connection: an asyncio protocol that runs any number of exchanges at a time.

It moves bytes between the socket and the codec and events to the exchanges, and changes its state
by the table in `connection_state`. An error of one stream doesn't affect the others; the loss of
the connection does.
"""

from __future__ import annotations

import asyncio
from copy import copy
from math import inf
from typing import TYPE_CHECKING, Final, assert_never, final

from hyperhttp._base._generated.bounds import FLOOD_PERIOD_S
from hyperhttp._base._generated.errors import (
    HyperHTTPError,
    LocalProtocolError,
    ReadError,
    RemoteProtocolError,
)
from hyperhttp._network.socket_probe import has_ended, leftover
from hyperhttp._policy.replay import only_once
from hyperhttp._protocol.h2.codec import (
    CapacityChanged,
    CreditGained,
    ErrorCodes,
    Fatal,
    GoingAway,
    H2Codec,
    HTTP1Required,
    Notice,
    Ponged,
    Received,
)
from hyperhttp._protocol.h2.request_writer import H2RequestWriter
from hyperhttp._transport.connection import BaseConnection, fail_lost
from hyperhttp._transport.connection_state import Signal, State, after
from hyperhttp._transport.exchange import Exchange
from hyperhttp._transport.h2_stream import H2Stream
from hyperhttp._transport.h2_upload import send_stream_body

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import HTTP2Config, Limits
    from hyperhttp._message.request.request import Request
    from hyperhttp._protocol.h2.request_writer import H2Request
    from hyperhttp._transport.connection import Owner
    from hyperhttp._transport.deadline import Deadline

# The timeouts of many streams are checked together, so that a thousand of them cost one timer.
WATCH_TICK_S: Final = 0.02
# The most that is queued for a server that keeps sending frames and reads none of the replies.
UNREAD_BYTES_MAX: Final = 1 << 22
# How much body the codec may hold before it is written. Only the transport reports that the peer
# doesn't keep up, and many uploads would each send a little more before that.
UNWRITTEN_BYTES_MAX: Final = 1 << 17


@final
class H2Connection(BaseConnection):
    """Runs exchanges side by side; `buffer` is shared by all connections of a loop."""

    __slots__ = (
        "_config",
        "_flush_is_due",
        "_period_ends_at",
        "_pinged_at",
        "_received_at",
        "_unwritten_bytes",
        "_uploads",
        "_writer",
        "codec",
        "streams",
        "unread_bytes",
    )

    def __init__(
        self,
        key: str,
        owner: Owner,
        limits: Limits,
        config: HTTP2Config,
        buffer: memoryview,
        loop: asyncio.AbstractEventLoop,
        *,
        known_capacity: int | None = None,
        may_use_http1: bool = False,
    ) -> None:
        super().__init__(key, owner, limits, buffer, loop)
        self.codec = H2Codec(
            limits, config, known_capacity=known_capacity, may_use_http1=may_use_http1
        )
        self._writer = H2RequestWriter()
        self._config = config
        self.streams: dict[int, H2Stream] = {}
        self._uploads: dict[int, H2Stream] = {}
        self.unread_bytes = 0
        """How much was sent in reply while the peer read nothing."""
        self._unwritten_bytes = 0
        self._flush_is_due = False
        self._received_at = 0.0
        self._pinged_at: float | None = None
        self._period_ends_at = 0.0

    # --- called by the pool and its clients ---

    @property
    def capacity(self) -> int | None:
        """How many exchanges the server allows at a time."""
        return self.codec.capacity

    @property
    def in_use(self) -> bool:
        """True if it runs an exchange."""
        return bool(self.streams)

    def lease(self) -> None:
        """Note that the pool has leased it, perhaps once more."""
        if self.state is State.IDLE:
            self.state = after(self.state, Signal.LEASED)

    def start(self, request: Request, deadline: Deadline) -> Exchange:
        """Send the request on a new stream and return its exchange."""
        stream = H2Stream(self)
        # By position: keywords would take half as long again (decision 0050).
        held_bytes_max, reused = self.limits.receive_buffer_bytes, self.served > 0
        exchange = Exchange(stream, deadline, self._loop, held_bytes_max, reused)
        stream.exchange = exchange
        try:
            wire = self._writer.write(request)
        except LocalProtocolError as error:
            self.streams[stream.stream_id] = stream  # so that `ended` ends its lease
            exchange.fail(error)
            return exchange
        if self.served and not self.streams and only_once(request):
            self._check_closed()
        transport = self._transport
        if self.state is not State.BUSY or transport is None or transport.is_closing():
            self._fail_unsent(exchange)
            return exchange
        self.served += 1
        self._send(stream, exchange, wire)
        if len(self.streams) == 1:
            self._write()
        else:
            self.flush()
        return exchange

    def drain(self) -> None:
        """Accept nothing new, and close after the last running exchange."""
        if self.state is State.BUSY:
            self.state = after(self.state, Signal.LEAVING)
            # Without GOAWAY: some servers close the connection then, and streams with it.
            self.codec.stop_opening()
            self._owner.capacity_changed(self)
        elif self.state is State.IDLE:
            self.close()
            self._owner.lost(self)

    def close(self) -> None:
        """Close it with GOAWAY, without notifying the owner."""
        if self.state is not State.CLOSED:
            self._end_state()
            self.codec.send_goaway()
            self._write()
            if self._transport is not None:
                self._transport.close()

    def fail(self, error: HyperHTTPError) -> None:
        """Close it now, and fail each exchange with the error."""
        self.close()
        self._fail_all(error)

    # --- called by the streams ---

    def watch(self, due: float) -> None:
        """Check the streams' timeouts at the time `due`."""
        if due < self._alarm.due:
            self._alarm.set(due)

    def ended(self, stream: H2Stream) -> None:
        """End the lease of a stream; without streams the connection becomes idle."""
        if self.streams.pop(stream.stream_id, None) is None:
            return
        has_ended = stream.exchange.ended
        # Otherwise the stream is over on both sides.
        if self._uploads.pop(stream.stream_id, None) is not None or not has_ended:
            self.codec.reset(
                stream.stream_id, ErrorCodes.NO_ERROR if has_ended else ErrorCodes.CANCEL
            )
        # The exchange refers to the stream. Without this cycle, neither waits for the garbage
        # collector.
        del stream.exchange
        if self.codec.has_output:
            self.flush()
        if self.state is State.DRAINING and not self.streams:
            self.close()
            self._owner.lost(self)
        elif self.streams:
            if self.state is not State.CLOSED:
                self._owner.stream_ended(self)
        elif self.state is not State.CLOSED:
            if self.state is State.BUSY:
                self.state = after(self.state, Signal.RETURNED)
            self._owner.returned(self)

    def flush(self) -> None:
        """Schedule a write, which combines what many tasks send in one iteration of the loop."""
        # A response may outlive its loop, whose transports were closed with it.
        if not self._flush_is_due and not self._loop.is_closed():
            self._flush_is_due = True
            self._loop.call_soon(self._flush)

    def sent(self, size: int) -> None:
        """Write body bytes that the codec was given: later, or now if it holds many."""
        self._unwritten_bytes += size
        if self._unwritten_bytes >= UNWRITTEN_BYTES_MAX:
            self._write()
        else:
            self.flush()

    def _send(self, stream: H2Stream, exchange: Exchange, wire: H2Request) -> None:
        codec, body = self.codec, wire.body
        ended = not body and wire.stream is None
        stream_id = stream.stream_id = codec.open(wire.method, wire.fields, ended)
        self.streams[stream_id] = stream
        exchange.sent_bytes = codec.head_bytes
        if ended:
            return
        if body and len(body) <= codec.sendable(stream_id) and not self._write_paused:
            codec.send(stream_id, body, ended=True)
            exchange.sent_bytes += len(body)
            self.sent(len(body))
            return
        upload = exchange.start_upload(send_stream_body(wire, stream, exchange))
        self._uploads[stream_id] = stream
        self._owner.uploading(upload)

    def _flush(self) -> None:
        self._flush_is_due = False
        self._write()

    def _write(self) -> int:
        """Write the codec's output, and return its size."""
        self._unwritten_bytes = 0
        data = self.codec.take_output()
        if data and self._transport is not None and not self._loop.is_closed():
            self._transport.write(data)
        return len(data)

    def _check_closed(self) -> None:
        """Close the connection if the server has; called for requests that can't be retried."""
        # Frames may arrive on an idle connection, such as those of streams that were reset.
        if self._transport is not None and has_ended(self._transport, may_speak=True):
            self._drop()

    # --- time ---

    def _on_alarm(self, now: float) -> None:
        for stream in list(self.streams.values()):
            if stream.due <= now:
                stream.due = inf
                stream.exchange.expire(now)
        due = min((stream.due for stream in self.streams.values()), default=inf)
        due = min(due, self._ping_if_due(now))
        if self._transport is not None and not self._transport.is_closing():
            self._alarm.set(max(due, now + WATCH_TICK_S))

    def _ping_if_due(self, now: float) -> float:
        """Send a PING to a server that has been silent; return when to check again."""
        after_s, timeout_s = self._config.ping_after, self._config.ping_timeout
        if after_s is None or self.state is State.CLOSED:
            return inf
        if self._pinged_at is not None and self._received_at < self._pinged_at:
            due = self._pinged_at + timeout_s
            if now >= due:
                detail = f"the server did not respond to a PING within {timeout_s:g} s"
                self._break(ReadError(detail=detail))
            return due
        due = self._received_at + after_s
        if now < due:
            return due
        self._pinged_at = now
        self.codec.ping()
        self.flush()
        return now + timeout_s

    # --- called by the event loop ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Send the connection preface at once."""
        super().connection_made(transport)
        self._received_at = self._loop.time()
        if self._config.ping_after is not None:
            self._alarm.set(self._received_at + self._config.ping_after)
        self.codec.begin()
        self._write()

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's signature
        """Return the shared buffer, which is emptied before the loop handles another connection."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Handle received bytes."""
        now = self._received_at = self._loop.time()
        if now >= self._period_ends_at:
            self._period_ends_at = now + FLOOD_PERIOD_S
            self.codec.renew_flood_limits()
        self._take(self.codec.receive(self._buffer[:nbytes]))
        if self.codec.has_output:
            size = self._write()
            if self._write_paused:
                self.unread_bytes += size
            if self.unread_bytes > UNREAD_BYTES_MAX:
                self._break(RemoteProtocolError(detail="the server asks and does not listen"))

    def eof_received(self) -> None:
        """Handle the end of the server's data."""
        self._take(self.codec.receive_eof())
        self._drop()

    def connection_lost(self, exc: Exception | None) -> None:
        """Handle the closed socket, whichever side closed it."""
        transport, loss = self._transport, exc if isinstance(exc, OSError) else None
        self.loss = loss
        if self.streams and transport is not None:
            for data in leftover(transport):
                # Read the responses that may have come before the connection was reset during an
                # upload.
                self._take(self.codec.receive(data))
        self._transport = None
        self._drop()
        for stream in list(self.streams.values()):
            fail_lost(stream.exchange, loss)
        self._owner.disconnected(self)
        self._forget_owner()

    def resume_writing(self) -> None:
        """Resume the uploads."""
        self._write_paused = False
        self.unread_bytes = 0
        self._wake_uploads()

    # --- received frames ---

    def _take(self, received: Received) -> None:
        """Handle notices first: a task whose stream failed must not get this connection again."""
        for notice in received.notices:
            self._note(notice)
        for stream_id, events in received.streams.items():
            stream = self.streams.get(stream_id)
            if stream is not None:
                stream.exchange.deliver(events)
        if self.state is State.DRAINING and not self.streams:
            self._drop()

    def _note(self, notice: Notice) -> None:
        match notice:
            case CreditGained():
                self._wake_uploads()
            case CapacityChanged(capacity):
                # By now the connection may allow none: a GOAWAY can follow in the same read.
                self._owner.capacity_changed(self, capacity)
            case Ponged():
                pass  # every frame shows that the server is alive
            case GoingAway():
                self._stop_new_streams()
            case HTTP1Required():
                self._use_http1()
            case Fatal():
                self._drop()
            case _:
                assert_never(notice)

    def _stop_new_streams(self) -> None:
        """Stop opening streams after GOAWAY; running ones may complete (RFC 9113 6.8)."""
        if self.state is State.IDLE:
            self.close()
            self._owner.lost(self)
        elif self.state is State.BUSY:
            self.state = after(self.state, Signal.LEAVING)
            self._owner.capacity_changed(self)

    def _use_http1(self) -> None:
        """Have requests repeated over HTTP/1.1, also if the connection ends before a response."""
        for stream in self.streams.values():
            # As after the loss of a reused connection: idempotent requests are repeated.
            stream.exchange.reused = True
        self._owner.http1_required(self)

    def _wake_uploads(self) -> None:
        uploads = self._uploads
        for stream in uploads.values():
            stream.exchange.drained()
        if uploads:
            # The first may use all the credit, so another one is first the next time.
            first = next(iter(uploads))
            uploads[first] = uploads.pop(first)

    # --- the end ---

    def _break(self, error: HyperHTTPError) -> None:
        """Close the connection and fail all its exchanges."""
        self._drop()
        self._fail_all(error)

    def _fail_all(self, error: HyperHTTPError) -> None:
        for stream in list(self.streams.values()):
            # Each exchange gets its own copy, because an error refers to one request.
            stream.exchange.fail(copy(error))

    def _drop(self) -> None:
        """Close the connection after the codec's last output is written."""
        if self.state is not State.CLOSED:
            self._end_state()
            self._write()
            if self._transport is not None:
                if self._write_paused:
                    self.abort()
                else:
                    self._transport.close()
            self._owner.lost(self)
