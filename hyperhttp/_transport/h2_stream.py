"""A stream of an HTTP/2 connection, as the connection of an exchange."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Protocol, final

if TYPE_CHECKING:
    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._protocol.h2.codec import H2Codec
    from hyperhttp._transport.exchange import Exchange


class StreamConnection(Protocol):
    """The connection of the stream."""

    codec: H2Codec
    connect_trace: ConnectTrace | None

    @property
    def write_paused(self) -> bool:
        """True if the peer reads more slowly than the connection writes."""
        ...

    def watch(self, due: float) -> None:
        """Check the streams' timeouts at the time `due`."""
        ...

    def ended(self, stream: H2Stream, /) -> None:
        """Note that the stream is over."""
        ...

    def flush(self) -> None:
        """Write the codec's output soon."""
        ...

    def sent(self, size: int) -> None:
        """Note that the codec was given `size` bytes of a body to write."""
        ...

    def unsent_bytes(self) -> int:
        """Return how many bytes the transport holds."""
        ...


@final
class H2Stream:
    """The `ExchangeConnection` of one exchange, and the `BodyWriter` of its upload."""

    __slots__ = ("_connection", "due", "exchange", "stream_id")

    exchange: Exchange
    cuts_uploads = False

    def __init__(self, connection: StreamConnection) -> None:
        self._connection = connection
        self.stream_id = 0
        """The stream's number; 0 before the headers were sent."""
        self.due = inf
        """When to check the timeouts of the exchange."""

    @property
    def connect_trace(self) -> ConnectTrace | None:
        """The timings of the connection's dial."""
        return self._connection.connect_trace

    # --- called by the exchange ---

    def watch(self, due: float) -> None:
        """Check the timeouts of the exchange at the time `due`."""
        self.due = due
        self._connection.watch(due)

    def response_ended(self, exchange: Exchange, reusable: bool) -> None:  # noqa: ARG002
        """End the stream; an incomplete request body is cut off (RFC 9113 8.1)."""
        self._connection.ended(self)

    def abandoned(self, exchange: Exchange) -> None:  # noqa: ARG002 - the protocol's signature
        """Reset the stream; other streams aren't affected."""
        self._connection.ended(self)

    def pause(self) -> None:
        """Keep the stream's window closed; other streams aren't affected."""
        self._connection.codec.hold(self.stream_id)

    def resume(self) -> None:
        """Open the stream's window."""
        self._connection.codec.release(self.stream_id)
        self._connection.flush()

    def rest_bytes(self) -> int:
        """Return 0, because frames of other streams come in between."""
        return 0

    def unsent_bytes(self) -> int:
        """Return the bytes that the peer hasn't accepted; what waits for credit isn't included."""
        return self._connection.unsent_bytes()

    # --- called by the upload ---

    def sendable_bytes(self) -> int:
        """Return how many body bytes may be sent now; 0 while the peer gives no credit or lags."""
        connection = self._connection
        return 0 if connection.write_paused else connection.codec.sendable(self.stream_id)

    def send(self, data: bytes | memoryview, *, ended: bool) -> None:
        """Send at most `sendable_bytes` of the body."""
        self._connection.codec.send(self.stream_id, data, ended=ended)
        self._connection.sent(len(data))
