"""One stream of an HTTP/2 connection, as the exchange that it carries sees it."""

from __future__ import annotations

from math import inf
from typing import TYPE_CHECKING, Protocol, final

from hyperhttp._base._generated.errors import RemoteProtocolError, StreamReset
from hyperhttp._protocol.events import Broken, Chunk, Event, Head

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hyperhttp._network.connect_trace import ConnectTrace
    from hyperhttp._protocol.h2.codec import H2Codec
    from hyperhttp._transport.exchange import Exchange


class StreamConnection(Protocol):
    """The connection that carries the stream."""

    codec: H2Codec
    connect_trace: ConnectTrace | None

    @property
    def write_paused(self) -> bool:
        """Whether the peer takes bytes more slowly than we write them."""
        ...

    def watch(self, due: float) -> None:
        """Look at the streams' times once the clock reads `due`."""
        ...

    def ended(self, stream: H2Stream, /) -> None:
        """The stream is over."""
        ...

    def flush(self) -> None:
        """Write soon what the codec has."""
        ...

    def sent(self, size: int) -> None:
        """So much of a body was given to the codec, and is to be written."""
        ...

    def unsent_bytes(self) -> int:
        """How much lies in the transport."""
        ...


@final
class H2Stream:
    """The `Carrier` of one exchange, and the way of its body."""

    __slots__ = ("_connection", "due", "exchange", "stream_id")

    exchange: Exchange
    cuts_uploads = False

    def __init__(self, connection: StreamConnection) -> None:
        self._connection = connection
        self.stream_id = 0
        """Its number on the wire; 0 before the head was sent."""
        self.due = inf
        """When the exchange wants to be looked at."""

    @property
    def connect_trace(self) -> ConnectTrace | None:
        """How its connection came about."""
        return self._connection.connect_trace

    # --- for the connection ---

    def deliver(self, events: Sequence[Event]) -> None:
        """Hand over what came for it."""
        exchange = self.exchange
        exchange.received_bytes += _size_of(events)
        exchange.deliver(events)

    # --- for the exchange ---

    def watch(self, due: float) -> None:
        """Have the exchange's time looked at once the clock reads `due`."""
        self.due = due
        self._connection.watch(due)

    def response_ended(self, exchange: Exchange, *, reusable: bool) -> None:  # noqa: ARG002
        """The response is complete. A body that is not is cut off (RFC 9113 8.1)."""
        self._connection.ended(self)

    def abandoned(self, exchange: Exchange) -> None:  # noqa: ARG002 - the carrier's signature
        """Reset it; the other streams do not notice."""
        self._connection.ended(self)

    def pause(self) -> None:
        """Open the stream's window no further; the others go on."""
        self._connection.codec.hold(self.stream_id)

    def resume(self) -> None:
        """The reader has caught up."""
        self._connection.codec.release(self.stream_id)
        self._connection.flush()

    def rest_bytes(self) -> int:
        """Nothing that is alone: frames of other streams come between."""
        return 0

    def unsent_bytes(self) -> int:
        """Bytes that wait for the peer to take them; what waits for credit has not been sent."""
        return self._connection.unsent_bytes()

    # --- for the upload ---

    def sendable_bytes(self) -> int:
        """Body bytes that may be sent now: the peer gives credit for them, and keeps up."""
        connection = self._connection
        return 0 if connection.write_paused else connection.codec.sendable(self.stream_id)

    def send(self, data: bytes | memoryview, *, ended: bool) -> None:
        """Send some of the body, at most `room`."""
        self._connection.codec.send(self.stream_id, data, ended=ended)
        self._connection.sent(len(data))


def _size_of(events: Sequence[Event]) -> int:
    """How much has come, for those who ask whether anything has."""
    size = 0
    for event in events:
        match event:
            case Chunk():
                size += len(event.data)
            case Head():
                size += len(event.block)
            case Broken() if isinstance(event.error, (RemoteProtocolError, StreamReset)):
                size += 1  # The server has spoken about this very request.
            case _:
                pass
    return size
