"""What the pool and its clients ask of a connection, whichever version of HTTP it speaks.

And what a connection asks of its owner. The versions themselves are `h1_connection`, which carries
one exchange at a time, and `h2_connection`, which carries many.
"""

from __future__ import annotations

import asyncio
from math import inf
from typing import TYPE_CHECKING, Protocol

from hyperhttp._transport.connection_state import State

if TYPE_CHECKING:
    from hyperhttp._base._generated.errors import HyperHTTPError
    from hyperhttp._message.request.request import Request
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._transport.deadline import Deadline
    from hyperhttp._transport.exchange import Exchange

# How much of a request may lie in the transport; asyncio's default for TLS is 512 KiB, all of which
# would count as sent.
WRITE_BUFFER_BYTES = 1 << 16


class BaseConnection(asyncio.BufferedProtocol):
    """What a connection knows of itself, whichever version of HTTP it speaks."""

    __slots__ = (
        "_transport",
        "connect_trace",
        "idle_until",
        "keepalive_s",
        "key",
        "retire_at",
        "served",
        "state",
    )

    def __init__(self, key: str) -> None:
        self.key = key
        self.state = State.DIALING
        self.served = 0
        self.idle_until = 0.0
        self.keepalive_s = inf
        self.retire_at = inf
        self.connect_trace: ConnectTrace | None = None
        self._transport: asyncio.Transport | None = None

    def set_trace(self, connect_trace: ConnectTrace) -> None:
        """It was dialled so."""
        self.connect_trace = connect_trace
        connect_trace.transport = self._transport


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
