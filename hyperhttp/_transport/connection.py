"""The common part of HTTP/1.1 and HTTP/2 connections, and their interfaces with the pool.

`h1_connection` runs one exchange at a time, `h2_connection` runs many.
"""

from __future__ import annotations

import asyncio
from math import inf
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias, cast, final

from hyperhttp._network.clock import Alarm
from hyperhttp._network.exception_mapping import loss_error
from hyperhttp._network.socket_probe import release_socket
from hyperhttp._transport.connection_state import Signal, State, after

if TYPE_CHECKING:
    from hyperhttp._base._generated.config import Limits
    from hyperhttp._base._generated.errors import HyperHTTPError
    from hyperhttp._message.request.request import Request
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange import Exchange

# How much of a request asyncio buffers. Its default for TLS is 512 KiB, all of which would count as
# sent.
WRITE_BUFFER_BYTES = 1 << 16

CloseReason: TypeAlias = Literal[
    "abandoned", "client closed", "expired", "failed", "not reusable", "closed by the server"
]


class BaseConnection(asyncio.BufferedProtocol):
    """The common base of HTTP/1.1 and HTTP/2 connections."""

    __slots__ = (
        "_alarm",
        "_buffer",
        "_loop",
        "_owner",
        "_transport",
        "_write_paused",
        "close_reason",
        "connect_trace",
        "connection_id",
        "idle_since",
        "idle_until",
        "keepalive_s",
        "key",
        "limits",
        "loss",
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
        self.idle_since = 0.0
        self.idle_until = 0.0
        self.keepalive_s = inf
        self.retire_at = inf
        self.connect_trace: ConnectTrace | None = None
        self.connection_id = 0
        """Its number in events."""
        self.close_reason: CloseReason | None = None
        """Why it was closed, as far as events need it."""
        self._owner = owner
        self.limits = limits
        self._buffer = buffer
        self._loop = loop
        self._alarm = Alarm(loop, self._on_alarm)
        self._transport: asyncio.Transport | None = None
        self.loss: OSError | None = None
        """Why the connection was lost."""
        self._write_paused = False

    def set_trace(self, connect_trace: ConnectTrace) -> None:
        """Keep the timings of the dial."""
        self.connect_trace = connect_trace
        connect_trace.keep(self._transport)

    def closes_as(self, reason: CloseReason) -> None:
        """Note why it is closed, unless it was noted before."""
        self.close_reason = self.close_reason or reason

    @property
    def write_paused(self) -> bool:
        """True if the peer reads more slowly than the connection writes."""
        return self._write_paused

    def unsent_bytes(self) -> int:
        """Return how many bytes the peer hasn't accepted yet."""
        return 0 if self._transport is None else self._transport.get_write_buffer_size()

    def abort(self) -> None:
        """Close the socket without waiting for the peer."""
        # A response may outlive its loop, whose transports were closed with it.
        if self._transport is not None and not self._loop.is_closed():
            self._transport.abort()

    def release(self) -> asyncio.Transport | None:
        """Close the socket without the event loop, which may be gone, or a message to the peer.

        Returns the transport, whose end may need the event loop.
        """
        transport, self._transport = self._transport, None
        if transport is not None:
            release_socket(transport)
        return transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to use a transport that is connected, with TLS established."""
        # Checked by its type alone, because uvloop's transports aren't subclasses.
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

    def _forget_owner(self) -> None:
        """Release the pool and its buffer, which responses of this connection would keep.

        The callback of the timer refers to the connection: a cycle for the garbage collector.
        """
        self._alarm.close()
        self._owner = _NOBODY
        self._buffer = memoryview(b"")

    def _fail_unsent(self, exchange: Exchange) -> None:
        """Fail an exchange whose request can't be sent because the connection is closed."""
        lost = self.loss
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
    """A connection, as the pool uses it."""

    key: str
    """The key of its origin or proxy route."""
    state: State
    idle_since: float
    """When its last exchange ended, by the loop's clock."""
    idle_until: float
    """When it becomes too old to be reused, by the loop's clock."""
    keepalive_s: float
    """How long the server keeps an idle connection."""
    loss: OSError | None
    """Why the connection was lost."""
    connect_trace: ConnectTrace | None
    """The timings of the dial; None if they weren't recorded."""
    connection_id: int
    """Its number in events."""
    close_reason: CloseReason | None
    """Why it was closed, as far as events need it."""
    limits: Limits
    """The limits of its responses."""
    served: int
    """How many requests it has served."""
    retire_at: float
    """When it must not get new exchanges any more, even if it is busy."""

    @property
    def capacity(self) -> int | None:
        """How many exchanges it can run at a time; None for a connection that runs one."""
        ...

    @property
    def in_use(self) -> bool:
        """True if it runs an exchange."""
        ...

    def lease(self) -> None:
        """Note that the pool has leased it."""
        ...

    def start(self, request: Request, deadline: Deadline) -> Exchange:
        """Send the request and return its exchange."""
        ...

    def drain(self) -> None:
        """Accept nothing new, and close after the last running exchange."""
        ...

    def close(self) -> None:
        """Close it without notifying the owner."""
        ...

    def __hash__(self) -> int:
        """Hash by identity."""
        ...

    def fail(self, error: HyperHTTPError) -> None:
        """Close it now, and fail its exchanges with the error."""
        ...

    def abort(self) -> None:
        """Close the socket without waiting for the peer."""
        ...

    def release(self) -> asyncio.Transport | None:
        """Close the socket without the event loop, and return the transport."""
        ...


class Owner(Protocol):
    """The pool, as a connection notifies it: once per ended lease, and once about its own end."""

    def returned(self, connection: Connection, /) -> None:
        """Note that an exchange is complete, and the connection can be reused."""
        ...

    def stream_ended(self, connection: Connection, /) -> None:
        """Note that one of its exchanges is complete, while others run."""
        ...

    def capacity_changed(self, connection: Connection, allowed: int = 0, /) -> None:
        """Note that it can run more exchanges than before, or fewer.

        `allowed` is the limit that the server has sent; 0 if the reason is another one.
        """
        ...

    def http1_required(self, connection: Connection, /) -> None:
        """Note that the server refuses HTTP/2 (RFC 9113 7, HTTP_1_1_REQUIRED)."""
        ...

    def is_quiet(self) -> bool:
        """Return whether no other connection is in use."""
        ...

    def lost(self, connection: Connection, /) -> None:
        """Note that it must not be reused; not called if the owner closed it."""
        ...

    def disconnected(self, connection: Connection, /) -> None:
        """Note that its socket is closed."""
        ...

    def uploading(self, upload: asyncio.Task[None], /) -> None:
        """Keep track of a task that sends a body."""
        ...


@final
class _Nobody:
    """The owner of a connection whose socket is closed. It ignores what the connection reports."""

    __slots__ = ()

    def returned(self, connection: Connection, /) -> None: ...
    def stream_ended(self, connection: Connection, /) -> None: ...
    def capacity_changed(self, connection: Connection, allowed: int = 0, /) -> None: ...
    def http1_required(self, connection: Connection, /) -> None: ...
    def lost(self, connection: Connection, /) -> None: ...
    def disconnected(self, connection: Connection, /) -> None: ...
    def uploading(self, upload: asyncio.Task[None], /) -> None: ...

    def is_quiet(self) -> bool:
        return True


_NOBODY: Final = _Nobody()
