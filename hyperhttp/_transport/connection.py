"""What the pool and its clients ask of a connection, whichever version of HTTP it speaks.

And what a connection asks of its owner. The versions themselves are `h1_connection`, which carries
one exchange at a time, and `h2_connection`, which carries many.
"""

from __future__ import annotations

import asyncio
from math import inf
from typing import TYPE_CHECKING, Protocol, cast

from hyperhttp._network.clock import Alarm
from hyperhttp._network.exception_mapping import loss_error
from hyperhttp._transport.connection_state import Signal, State, after

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import Limits
    from hyperhttp._base._generated.errors import HyperHTTPError
    from hyperhttp._message.request.request import Request
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange import Exchange

# How much of a request may lie in the transport; asyncio's default for TLS is 512 KiB, all of which
# would count as sent.
WRITE_BUFFER_BYTES = 1 << 16


class BaseConnection(asyncio.BufferedProtocol):
    """What connections of HTTP/1.1 and HTTP/2 have in common."""

    __slots__ = (
        "_alarm",
        "_buffer",
        "_limits",
        "_loop",
        "_loss",
        "_owner",
        "_transport",
        "_write_paused",
        "connect_trace",
        "idle_until",
        "keepalive_s",
        "key",
        "retire_at",
        "served",
        "state",
    )

    def __init__(
        self,
        key: str,
        owner: Owner,
        limits: Limits,
        buffer: memoryview,
        loop: asyncio.AbstractEventLoop,
    ) -> None:
        self.key = key
        self.state = State.DIALING
        self.served = 0
        self.idle_until = 0.0
        self.keepalive_s = inf
        self.retire_at = inf
        self.connect_trace: ConnectTrace | None = None
        self._owner = owner
        self._limits = limits
        self._buffer = buffer
        self._loop = loop
        self._alarm = Alarm(loop, self._on_alarm)
        self._transport: asyncio.Transport | None = None
        self._loss: OSError | None = None
        self._write_paused = False

    def set_trace(self, connect_trace: ConnectTrace) -> None:
        """Keep the timings of the dial."""
        self.connect_trace = connect_trace
        connect_trace.transport = self._transport

    @property
    def write_paused(self) -> bool:
        """Whether the peer reads more slowly than the connection writes."""
        return self._write_paused

    def unsent_bytes(self) -> int:
        """Return how many bytes the peer hasn't accepted yet."""
        return 0 if self._transport is None else self._transport.get_write_buffer_size()

    def abort(self) -> None:
        """Close the socket without waiting for the peer."""
        # A response may outlive its loop, whose transports were closed with it.
        if self._transport is not None and not self._loop.is_closed():
            self._transport.abort()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to use a transport that is connected, with TLS established."""
        # By its type alone: uvloop's transports are no subclasses.
        transport = cast("asyncio.Transport", transport)
        self._transport = transport
        transport.set_write_buffer_limits(WRITE_BUFFER_BYTES)
        self.state = after(self.state, Signal.DIALED)

    def pause_writing(self) -> None:
        """Note that the peer doesn't keep up."""
        self._write_paused = True

    def _on_alarm(self, now: float) -> None:
        raise NotImplementedError

    def _end_state(self) -> None:
        self.state = after(self.state, Signal.CLOSED)
        self._alarm.stop()

    def _fail_unsent(self, exchange: Exchange) -> None:
        """Fail an exchange whose request can't be sent because the connection is closed."""
        lost = self._loss
        exchange.fail(loss_error(lost, sending=lost is None, sent_bytes=0, received_bytes=0))


def fail_lost(exchange: Exchange, error: OSError | None) -> None:
    """Fail an exchange whose connection was lost."""
    exchange.fail(
        loss_error(
            error,
            sending=not exchange.sent,
            sent_bytes=exchange.sent_bytes,
            received_bytes=exchange.received_bytes,
        )
    )


class Connection(Protocol):
    """One connection, as the pool sees it."""

    key: str
    """Its origin."""
    state: State
    idle_until: float
    """When it is too old to be used again, by the clock of the loop."""
    keepalive_s: float
    """How long the server says that it keeps an idle connection."""
    retire_at: float
    """When it must not be given away any more, however busy it is."""

    @property
    def capacity(self) -> int | None:
        """How many exchanges it may carry at a time; None: it is for one alone."""
        ...

    @property
    def in_use(self) -> bool:
        """Whether it carries an exchange."""
        ...

    def lease(self) -> None:
        """The pool gives it away (again)."""
        ...

    def start(self, request: Request, deadline: Deadline) -> Exchange:
        """Send the request; the answer comes in the exchange."""
        ...

    def drain(self) -> None:
        """Take nothing new; it ends with the last exchange that it carries."""
        ...

    def close(self) -> None:
        """Close it without telling the owner."""
        ...

    def __hash__(self) -> int:
        """Each is itself and no other."""
        ...

    def fail(self, error: HyperHTTPError) -> None:
        """Close it now; what it carries is told the error."""
        ...

    def abort(self) -> None:
        """Close the socket without waiting for the peer."""
        ...


class Owner(Protocol):
    """Who leases connections out: it is told once each time a lease ends, and once of its end."""

    def returned(self, connection: Connection, /) -> None:
        """An exchange is over, and the connection is good for another."""
        ...

    def capacity_changed(self, connection: Connection, /) -> None:
        """It may carry more exchanges than before, or fewer."""
        ...

    def is_quiet(self) -> bool:
        """Whether no other connection is in use."""
        ...

    def lost(self, connection: Connection, /) -> None:
        """It must not be used again; told once, unless the owner closed it itself."""
        ...

    def disconnected(self, connection: Connection, /) -> None:
        """Its socket is closed."""
        ...

    def uploading(self, upload: asyncio.Task[None], /) -> None:
        """A body goes out from this task."""
        ...
