"""A long body in the clear, taken as the kernel gives it: without a copy out of the receive buffer.

asyncio hands the bytes of a plain protocol over as they were received, and those of a buffered one
in the protocol's own buffer. For short answers the buffer is the better choice, as it spares a
large allocation for each read; a body of many mebibytes gains by the other. Decides nothing.
"""

from __future__ import annotations

import asyncio
from typing import Final, Protocol, final

BULK_READ_BYTES_MIN: Final = 1 << 24
"""How much must still be to come, to be worth the change of protocols."""
LARGE_READ_BYTES: Final = 1 << 15
"""What a read has at least, before anybody looks whether much is still to come."""


class Receiver(Protocol):
    """The connection that the protocol stands in for."""

    def received(self, data: bytes, /) -> None:
        """Take bytes of the body, and what may follow it."""
        ...

    def eof_received(self) -> None:
        """Note that the peer sends no more."""
        ...

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the socket is closed."""
        ...

    def pause_writing(self) -> None:
        """Note that the peer doesn't keep up."""
        ...

    def resume_writing(self) -> None:
        """Note that the peer has caught up."""
        ...


@final
class BulkReadProtocol(asyncio.Protocol):
    """Stands in for the connection while such a body comes, and tells it everything."""

    def __init__(self, connection: Receiver) -> None:
        self._connection = connection

    def data_received(self, data: bytes) -> None:
        """Bytes of the body, and what may follow it."""
        self._connection.received(data)

    def eof_received(self) -> None:
        """The peer sends no more."""
        self._connection.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """The socket is closed."""
        self._connection.connection_lost(exc)

    def pause_writing(self) -> None:
        """The peer does not keep up."""
        self._connection.pause_writing()

    def resume_writing(self) -> None:
        """The peer has caught up."""
        self._connection.resume_writing()
