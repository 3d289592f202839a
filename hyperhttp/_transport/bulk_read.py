"""Receives a long body without TLS as new bytes objects, not through the shared receive buffer.

asyncio passes a plain protocol the bytes that it received, and copies those of a buffered protocol
into the protocol's buffer. The buffer is faster for short responses, because it avoids a large
allocation for each read. For bodies of many mebibytes the plain protocol is faster.
"""

from __future__ import annotations

import asyncio
from typing import Final, Protocol, final

BULK_READ_BYTES_MIN: Final = 1 << 24
"""The remaining length of a body from which changing the protocol is worth it."""
LARGE_READ_BYTES: Final = 1 << 15
"""The size of a read from which the remaining length is checked."""


class Receiver(Protocol):
    """The connection that the protocol receives for."""

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
    """Receives for a connection while a long body arrives, and forwards everything to it."""

    def __init__(self, connection: Receiver) -> None:
        self._connection = connection

    def data_received(self, data: bytes) -> None:
        """Forward bytes of the body, and what may follow it."""
        self._connection.received(data)

    def eof_received(self) -> None:
        """Forward that the peer sends no more."""
        self._connection.eof_received()

    def connection_lost(self, exc: Exception | None) -> None:
        """Forward that the socket is closed."""
        self._connection.connection_lost(exc)

    def pause_writing(self) -> None:
        """Forward that the peer doesn't keep up."""
        self._connection.pause_writing()

    def resume_writing(self) -> None:
        """Forward that the peer has caught up."""
        self._connection.resume_writing()
