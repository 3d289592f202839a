"""An HTTP/1.1 connection: an asyncio protocol that runs one exchange at a time.

It moves bytes between the socket and the codec, and changes its state by the table in
`connection_state`.
"""

from __future__ import annotations

import asyncio
import re
from math import inf
from typing import TYPE_CHECKING, Final, final

from hyperhttp._base._generated.bounds import KEEPALIVE_MARGIN_S
from hyperhttp._base._generated.errors import ClientClosed, LocalProtocolError
from hyperhttp._network.socket_probe import arrivals, has_ended, leftover
from hyperhttp._network.tls import got_close_notify, is_plaintext
from hyperhttp._policy.replay import only_once
from hyperhttp._protocol.h1.codec import H1Codec
from hyperhttp._protocol.h1.request_writer import write_request
from hyperhttp._transport.bulk_read import BULK_READ_BYTES_MIN, LARGE_READ_BYTES, BulkReadProtocol
from hyperhttp._transport.connection import BaseConnection, fail_lost
from hyperhttp._transport.connection_state import Signal, State, after
from hyperhttp._transport.exchange import Exchange
from hyperhttp._transport.upload import send_body

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hyperhttp._base._generated.config import Limits
    from hyperhttp._message.request.request import Request
    from hyperhttp._protocol.h1.request_writer import WireRequest
    from hyperhttp._transport.connection import CloseReason, Owner
    from hyperhttp._transport.deadline import Deadline


# RFC 9112 C.2.2: a hint of how long the server keeps an idle connection.
_KEEPALIVE_TIMEOUT: Final = re.compile(rb"(?:^|[,;\s])timeout\s*=\s*([0-9]{1,9})", re.IGNORECASE)


@final
class H1Connection(BaseConnection):
    """Runs one exchange after another; `buffer` is shared by all connections of a loop."""

    __slots__ = (
        "_arrivals",
        "_codec",
        "_for_proxy",
        "_in_bulk_read",
        "_is_direct",
        "exchange",
    )

    def __init__(
        self,
        key: str,
        owner: Owner,
        limits: Limits,
        buffer: memoryview,
        loop: asyncio.AbstractEventLoop,
        *,
        for_proxy: bytes | None = None,
    ) -> None:
        super().__init__(key, owner, limits, buffer, loop)
        self._for_proxy = for_proxy
        """Header lines for a forwarding proxy at the other end; None if the server is there."""
        self._codec = H1Codec(limits)
        self._arrivals: Callable[[int], object] | None = None
        """True if bytes or an end have arrived that the loop hasn't reported; None: not known."""
        self.exchange: Exchange | None = None
        self._in_bulk_read = False
        """True if a `BulkReadProtocol` receives for this connection."""
        self._is_direct = False
        """True if the last bytes were received directly into the body's buffer."""

    # --- called by the pool and its clients ---

    cuts_uploads = True

    @property
    def capacity(self) -> int | None:
        """None: it runs one exchange at a time."""
        return None

    @property
    def in_use(self) -> bool:
        """True if it runs an exchange."""
        return self.exchange is not None

    def lease(self) -> None:
        """Note that the pool has leased it."""
        self.state = after(self.state, Signal.LEASED)

    def start(self, request: Request, deadline: Deadline) -> Exchange:
        """Send the headers, start to send the body, and return the exchange."""
        # By position: keywords would take half as long again (decision 0050).
        held_bytes_max, reused = self.limits.receive_buffer_bytes, self.served > 0
        exchange = Exchange(
            self, deadline, self._loop, held_bytes_max, reused, self._owner.is_quiet()
        )
        try:
            wire = write_request(request, self._for_proxy)
        except LocalProtocolError as error:
            self._refuse(exchange, error)
            return exchange
        if self.state is not State.BUSY or self._transport is None:
            self._fail_unsent(exchange)
            return exchange
        self.exchange = exchange
        if self.served and only_once(request):
            # The server may have closed it after its last response: let the loop notice that first.
            self._loop.call_soon(self._send_unless_closed, exchange, wire)
        elif self._arrivals is not None and (arrived := self._arrivals(0)):
            said = "the server sent data or closed the connection before the request"
            fail_lost(exchange, arrived if isinstance(arrived, OSError) else OSError(said))
        else:
            self._send(exchange, wire, self._transport)
        self.served += 1
        return exchange

    def _refuse(self, exchange: Exchange, error: LocalProtocolError) -> None:
        """Fail a request that can't be sent; the connection can be used for others."""
        exchange.fail(error)
        if self.state is State.BUSY:
            self.state = after(self.state, Signal.RETURNED)
            self._owner.returned(self)

    def _send_unless_closed(self, exchange: Exchange, wire: WireRequest) -> None:
        """Send a request that can't be retried, unless the server has closed the connection."""
        transport = self._transport
        if self.exchange is not exchange or transport is None:
            return
        if has_ended(transport):
            fail_lost(exchange, OSError("the server had closed it"))
        else:
            self._send(exchange, wire, transport)

    def _send(self, exchange: Exchange, wire: WireRequest, transport: asyncio.Transport) -> None:
        if transport.is_closing():
            return  # `connection_lost` will report the cause
        self._codec.begin(wire.method, wire.keep_alive)
        exchange.sent_bytes = len(wire.head)
        transport.write(wire.head)
        if transport.is_closing():
            exchange.sent_bytes = 0  # the kernel refused the first byte
        elif wire.stream is not None or self._write_paused:
            body = send_body(wire, transport, exchange, self)
            self._owner.uploading(exchange.start_upload(body))

    def drain(self) -> None:
        """Close it: there is nothing running but what it was leased for."""
        self.close()

    def close(self) -> None:
        """Close it without notifying the owner; TLS sends close_notify."""
        if self.state is not State.CLOSED:
            self._end_state()
            if self._transport is not None:
                self._transport.close()

    def fail(self, error: BaseException) -> None:
        """Close it now, and fail the running exchange with the error."""
        exchange = self.exchange
        if exchange is not None:
            exchange.fail(error)
        else:
            self.close()

    # --- called by the exchange ---

    def watch(self, due: float) -> None:
        """Call the exchange's `expire` at the time `due`."""
        self._alarm.set(due)

    def response_ended(self, exchange: Exchange, reusable: bool) -> None:
        """Become idle if the exchange is complete and the connection reusable; close otherwise."""
        self.exchange = None
        if self._in_bulk_read and self._transport is not None:
            self._in_bulk_read = False
            self._transport.set_protocol(self)
        head = exchange.head
        if head is not None and head.has(b"keep-alive"):
            self.keepalive_s = _keepalive_s(head.values(b"keep-alive"))
        if reusable and exchange.sent and self.state is State.BUSY and self._is_clear():
            self.state = after(self.state, Signal.RETURNED)
            self._owner.returned(self)
            return
        self.closes_as("not reusable")
        self._end_state()
        if self._transport is not None:
            if exchange.sent:
                self._transport.close()
            else:
                self._transport.abort()
        self._owner.lost(self)

    def _is_clear(self) -> bool:
        """Return whether the transport has sent everything, and can send more.

        A transport that is closing may still deliver what had come before a write failed.
        """
        transport = self._transport
        return (
            transport is not None
            and not transport.get_write_buffer_size()
            and not transport.is_closing()
        )

    def abandoned(self, exchange: Exchange) -> None:
        """Close the connection of an incomplete exchange."""
        if self.exchange is exchange:
            self.exchange = None
            self.closes_as(_close_reason(exchange.failure))
            self._drop()

    def pause(self) -> None:
        """Stop reading, so that the kernel makes the server wait."""
        if self._transport is not None:
            self._transport.pause_reading()

    def resume(self) -> None:
        """Read on."""
        if self._transport is not None and not self._transport.is_closing():
            self._transport.resume_reading()

    def rest_bytes(self) -> int:
        """Return how much of the body is missing, if its length is known; 0 otherwise."""
        return self._codec.rest_bytes

    def _on_alarm(self, now: float) -> None:
        if self.exchange is not None:
            self.exchange.expire(now)

    # --- called by the event loop ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to use a transport."""
        super().connection_made(transport)
        self._arrivals = arrivals(transport)

    def get_buffer(self, sizehint: int) -> memoryview:  # noqa: ARG002 - asyncio's signature
        """Return the shared buffer, which is emptied before the loop handles another connection.

        A body that is read whole is received directly into its own buffer.
        """
        free_space = None if self.exchange is None else self.exchange.free_space()
        self._is_direct = free_space is not None
        return self._buffer if free_space is None else free_space

    def buffer_updated(self, nbytes: int) -> None:
        """Handle received bytes."""
        exchange = self.exchange
        if self._is_direct and exchange is not None:
            exchange.wire_bytes += nbytes
            self._codec.skip(nbytes)
            exchange.received(nbytes)
        else:
            self.received(bytes(self._buffer[:nbytes]))

    def received(self, data: bytes) -> None:
        """Handle received bytes; close the connection if no exchange is running."""
        exchange = self.exchange
        if exchange is None:
            self._drop()
            return
        if not exchange.sent_bytes:
            fail_lost(exchange, OSError("the server sent data before the request"))
            return
        exchange.wire_bytes += len(data)
        events = self._codec.receive(data)
        if len(data) >= LARGE_READ_BYTES and not self._in_bulk_read:
            self._start_bulk_read()
        exchange.deliver(events, at_once=True)

    def _start_bulk_read(self) -> None:
        """Switch to bulk reading if a long body follows and there is no TLS."""
        transport = self._transport
        is_long = self._codec.rest_bytes >= BULK_READ_BYTES_MIN
        if is_long and transport is not None and is_plaintext(transport):
            self._in_bulk_read = True
            transport.set_protocol(BulkReadProtocol(self))

    def eof_received(self) -> None:
        """Handle the end of the server's data."""
        exchange, transport = self.exchange, self._transport
        if exchange is None:
            self._drop()
        elif exchange.sending and not exchange.wire_bytes:
            fail_lost(exchange, OSError("it was closed before the whole request was sent"))
        elif transport is None or got_close_notify(transport):
            exchange.deliver(self._codec.receive_eof())
        else:
            fail_lost(exchange, OSError("it was closed without the close_notify of TLS"))

    def connection_lost(self, exc: Exception | None) -> None:
        """Handle the closed socket, whichever side closed it."""
        exchange, transport = self.exchange, self._transport
        self.loss = exc if isinstance(exc, OSError) else None
        self._transport = self._arrivals = None
        if exchange is not None and transport is not None:
            if exchange.sending:
                self._read_leftover(exchange, transport)
            fail_lost(exchange, self.loss)
        self._drop()
        self._owner.disconnected(self)
        self._forget_owner()

    def resume_writing(self) -> None:
        """Resume the upload."""
        self._write_paused = False
        if self.exchange is not None:
            self.exchange.drained()

    def _read_leftover(self, exchange: Exchange, transport: asyncio.Transport) -> None:
        """Read a response that may have come before the connection was reset during an upload."""
        for data in leftover(transport):
            if exchange.over:
                return
            exchange.wire_bytes += len(data)
            exchange.deliver(self._codec.receive(data))

    def _drop(self) -> None:
        """Close a connection that is idle, or leased and not yet used."""
        if self.state is not State.CLOSED:
            self._end_state()
            self.abort()
            self._owner.lost(self)


def _close_reason(error: BaseException | None) -> CloseReason:
    if error is None:
        return "abandoned"
    return "client closed" if isinstance(error, ClientClosed) else "failed"


def _keepalive_s(values: Sequence[bytes]) -> float:
    """Return how long the server keeps the connection idle; `inf` if it doesn't state that."""
    found = _KEEPALIVE_TIMEOUT.search(b", ".join(values))
    return inf if found is None else max(0.0, int(found[1]) - KEEPALIVE_MARGIN_S)
