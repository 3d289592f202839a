"""A request and its response on a connection: receives events, and wakes the waiting task.

The exchange owns the lease of its connection. It returns the connection when the response is
complete. It closes the connection on errors, timeouts, cancellation or if it is dropped. It does
either exactly once. It doesn't parse bytes.
"""

from __future__ import annotations

import asyncio
from math import inf
from typing import TYPE_CHECKING, Final, assert_never, final

from hyperhttp._base._generated.bounds import (
    DISCARD_BYTES_MAX,
    DISCARD_WAIT_S,
    ERROR_BODY_BYTES_MAX,
    ERROR_BODY_WAIT_S,
)
from hyperhttp._base._generated.errors import (
    HyperHTTPError,
    WriteError,
    in_context,
)
from hyperhttp._protocol.events import Broken, Chunk, End, Event, Head, Informational, Trailers
from hyperhttp._protocol.h1.reuse import keeps_connection
from hyperhttp._transport.body_buffer import (
    BODY_BUFFER_BYTES_MAX,
    BODY_BUFFER_BYTES_MIN,
    BodyBuffer,
)
from hyperhttp._transport.eager_future import EagerFuture
from hyperhttp._transport.exchange_upload import Upload

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._message.response.connection_info import ConnectionInfo
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange_connection import ExchangeConnection, ExchangeObserver

# A server that responds with an error or a redirect before it has the body doesn't need the rest.
_EARLY_RESPONSE_STATUS: Final = 300
CONTINUE_STATUS: Final = 100
ABANDONED: Final = "the exchange was abandoned"


@final
class Exchange(Upload["Exchange"]):
    """The events of one response, and the lease of its connection until it is complete."""

    __slots__ = (
        "_alone",
        "_body_buffer",
        "_clock",
        "_error",
        "_held_bytes_max",
        "_is_late",
        "_paused",
        "_waiter",
        "ended",
        "has_response",
        "head",
        "observer",
        "progressed",
        "reused",
        "streams_body",
        "trailers",
        "wire_bytes",
    )

    def __init__(
        self,
        connection: ExchangeConnection[Exchange],
        deadline: Deadline,
        loop: asyncio.AbstractEventLoop,
        held_bytes_max: int,
        reused: bool,
        alone: bool = False,
    ) -> None:
        self._connection = connection
        self._alone = alone
        """True if no other exchange was running at its start: its task may resume at once."""
        self._deadline = deadline
        self._loop = loop
        self._held_bytes_max = held_bytes_max
        self._chunks = []
        self._chunks_read = self._held_bytes = 0
        self.wire_bytes = self.body_bytes = self.sent_bytes = self._unsent_seen = 0
        self._waiter: asyncio.Future[None] | EagerFuture | None = None
        self._drained: asyncio.Future[None] | None = None
        self._go_ahead: asyncio.Future[None] | None = None
        self._upload: asyncio.Task[None] | None = None
        self._body_buffer: BodyBuffer | None = None
        self._error: BaseException | None = None
        self._paused = False
        self.has_response = False
        """True if a stream broke by what the server sent for it."""
        self._patience_until = inf
        """When to stop waiting for the body of an error, or for one that is discarded."""
        self._is_late = False
        """True if such a body hasn't come in time."""
        self.head: Head | None = None
        self.observer: ExchangeObserver[Exchange] | None = None
        """Reports its events; None without a listener."""
        self.trailers: Sequence[tuple[bytes, bytes]] = ()
        self.ended = False
        self.decoding = None
        self.sent = True
        self.reused = reused
        self.progressed = False
        """True if the connection processed other requests, but not this one."""
        self.streams_body = False
        """True if the body is sent in pieces, so that its source may have been consumed."""

    # --- called by the task ---

    async def wait_head(self) -> Head:
        """Return the final response headers; raise the error if the exchange fails."""
        while self.head is None:
            await self._wait()
        return self.head

    @property
    def over(self) -> bool:
        """True if it has ended, failed, or was abandoned."""
        return self.ended or self._error is not None

    @property
    def received_bytes(self) -> int:
        """How many bytes were received for it; 0 only if there were none.

        HTTP/1.1 counts what it receives. Of a stream, it's the size of its body and of its headers
        before compression.
        """
        head_bytes = 0 if self.head is None else len(self.head.block)
        return self.wire_bytes or head_bytes + self.body_bytes + self.has_response

    @property
    def failure(self) -> BaseException | None:
        """The error that ended it; None if it was closed or dropped, which isn't an error."""
        error = self._error
        is_abandoned = isinstance(error, WriteError) and error.detail == ABANDONED
        return None if is_abandoned else error

    @property
    def connection(self) -> ConnectionInfo | None:
        """Information about the connection; None without a trace of the dial."""
        connect_trace = self._connection.connect_trace
        return None if connect_trace is None else connect_trace.info(is_reused=self.reused)

    async def settle(self) -> None:
        """Wait for a short body, chunked or not, for a short time (decision 0024).

        Errors are raised when the body is read.
        """
        # No more than this is received before the body is read.
        most = min(ERROR_BODY_BYTES_MAX, self._held_bytes_max)
        lengths = [] if self.head is None else self.head.values(b"content-length")
        if any(length.isdigit() and int(length) > most for length in lengths):
            return
        self._patience_until = self._deadline.until(self._loop.time(), ERROR_BODY_WAIT_S)
        if self.sending:
            self._connection.watch(self._patience_until)
        while not (self.over or self._is_late) and self._held_bytes <= most:
            await self._wait()
        self._patience_until = inf

    async def read(self, *, whole: bool = False) -> bytes:
        """Return the next piece of the body, or `b""` once it is complete.

        `whole` allows a piece as long as the rest of the body.
        """
        if whole and not self.over and (rest := self._connection.rest_bytes()):
            length = self._held_bytes + rest
            if BODY_BUFFER_BYTES_MIN <= length <= BODY_BUFFER_BYTES_MAX:
                return await self._read_whole(length)
        while not self._chunks:
            if self.ended:
                return b""
            await self._wait()
        piece = self._next_chunk()
        self._held_bytes -= len(piece)
        if self._paused and self._held_bytes * 2 <= self._held_bytes_max:
            self._paused = False
            self._connection.resume()
        return piece

    async def _read_whole(self, length: int) -> bytes:
        body_buffer = self._body_buffer = BodyBuffer(length)
        try:
            body_buffer.add(self.take())
            while not self.ended:
                await self._wait()
                body_buffer.add(self.take())
            return body_buffer.take()
        finally:
            self._body_buffer = None
            body_buffer.close()

    def take(self) -> bytes:
        """Return the part of the body that was received; all of it once `ended`."""
        chunks = self._chunks
        piece = chunks[0] if len(chunks) == 1 else b"".join(chunks)
        chunks.clear()
        self._chunks_read = 0
        self._held_bytes = 0
        if self._paused:
            self._paused = False
            self._connection.resume()
        return piece

    async def discard(self) -> None:
        """Read the rest of the body and drop it, if that keeps the connection and is quick.

        Otherwise the connection is closed.
        """
        head = self.head
        if not self._is_late and self.sent and head is not None and keeps_connection(head):
            self._patience_until = self._deadline.until(self._loop.time(), DISCARD_WAIT_S)
            discarded = 0
            while not (self.over or self._is_late):
                discarded += self._held_bytes
                self.take()
                if discarded + self._connection.rest_bytes() > DISCARD_BYTES_MAX:
                    break
                await self._wait()
        self.abandon()

    def abandon(self) -> None:
        """End it, and have its connection closed by the event loop; safe in any thread."""
        if self.over:
            return
        self._error = WriteError(detail=ABANDONED, sent_bytes=self.sent_bytes)
        if asyncio._get_running_loop() is self._loop or self._loop.is_closed():
            self._end()
        else:
            self._loop.call_soon_threadsafe(self._end)

    def _end(self) -> None:
        self._stop_upload()
        if self.observer is not None:
            self.observer.ended(self, self.failure)
        self._connection.abandoned(self)
        self._wake()

    def notify(self, waiter: asyncio.Future[None]) -> None:
        """Complete `waiter` once the final headers have come, or the exchange has failed."""
        self._waiter = waiter
        if self.head is None and not self.over:
            self._await_bytes()
        else:
            self._wake()

    async def _wait(self) -> None:
        """Wait for the next events.

        An error is raised only after the events that came before it.
        """
        if self._error is not None:
            raise self._error
        self._await_bytes()
        waiter = EagerFuture(self._loop) if self._alone else self._loop.create_future()
        self._waiter = waiter
        woken = False
        try:
            await waiter
            woken = True
        finally:
            self._waiter = None
            # Not `waiter.cancelled()`: the task may be canceled after the waiter was completed and
            # before the task has run.
            if not woken:
                self.abandon()

    # --- called by the connection ---

    def deliver(self, events: Sequence[Event], *, at_once: bool = False) -> None:
        """Store the events of received bytes; `at_once`: the waiting task may resume meanwhile."""
        for event in events:  # without `match`, which takes half as long again
            if isinstance(event, Chunk):
                data = event.data
                self._chunks.append(bytes(data))  # copies a view
                self._held_bytes += len(data)
                self.body_bytes += len(data)
            elif isinstance(event, Head):
                self.head = event
                if self.observer is not None:
                    self.observer.responded(event)
                if self._upload is not None and event.status_code >= _EARLY_RESPONSE_STATUS:
                    self._refuse_upload()
            elif isinstance(event, End):
                self.ended = True
                if self._upload is not None:
                    self._stop_upload()
                if self.observer is not None:
                    self.observer.ended(self, None)
                self._connection.response_ended(self, event.reusable)
            else:
                self._deliver_rare(event)
        if self._held_bytes > self._held_bytes_max:
            self._pause_reading()
        if self.head is None and self._error is None:
            self._await_bytes()
        else:
            self._wake(at_once)

    def free_space(self) -> memoryview | None:
        """Return where to receive the next bytes of the body; None: they have to come as events."""
        body_buffer = self._body_buffer
        return None if body_buffer is None or self._chunks else body_buffer.free_space()

    def received(self, size: int) -> None:
        """Note that `size` bytes of the body were received into the last `free_space`."""
        if self._body_buffer is not None:
            self.body_bytes += size
            self._body_buffer.received(size)
            self._await_bytes()

    def _deliver_rare(self, event: Trailers | Informational | Broken) -> None:
        match event:
            case Trailers():
                self.trailers = event.fields
            case Informational():
                if event.head.status_code == CONTINUE_STATUS:
                    self.go_ahead()
            case Broken():
                self.progressed = event.progressed
                self.has_response = event.is_response
                self.fail(event.error)
            case _:
                assert_never(event)

    def _pause_reading(self) -> None:
        """Stop reading, so that a slow reader makes the server wait instead of filling memory."""
        if not (self._paused or self.ended):
            self._paused = True
            self._connection.pause()

    def fail(self, error: BaseException) -> None:
        """End it with an error, which is raised when the task next waits."""
        if not self.over:
            if isinstance(error, HyperHTTPError):
                in_context(error, elapsed=self._loop.time() - self._deadline.started)
            self._error = error
            self._end()

    def expire(self, now: float) -> None:
        """Check the time limits; called when the time passed to `watch` has come."""
        deadline = self._deadline
        if self.over:
            return
        if now >= deadline.total_at:
            self.fail(deadline.total_error(now, "write" if self.sending else "read"))
        elif now >= self._patience_until:
            self._patience_until = inf
            self._is_late = True
            limit_s = None if self._drained is None else deadline.timeout.write
            self._connection.watch(deadline.until(now, limit_s))
            self._wake()
        elif self._drained is not None:
            self._expire_write(now)
        elif self._go_ahead is not None:
            self.go_ahead()
        elif self._waiter is not None and not self.sending:
            self.fail(deadline.read_error(now, self.received_bytes))
        else:
            self._connection.watch(deadline.total_at)

    def _await_bytes(self) -> None:
        """Restart the read timeout, unless the client has to send first."""
        deadline = self._deadline
        if self._drained is None and self._go_ahead is None:
            limit_s = None if self._upload is not None else deadline.timeout.read
            due = deadline.until(self._loop.time(), limit_s)
            self._connection.watch(min(due, self._patience_until))

    def _wake(self, at_once: bool = False) -> None:
        waiter, self._waiter = self._waiter, None
        if waiter is None or waiter.done():
            return
        if not isinstance(waiter, EagerFuture):
            waiter.set_result(None)
        elif at_once:
            waiter.wake_at_once()
        else:
            waiter.wake()
