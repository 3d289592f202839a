"""The common part of the transports of a socket, with TLS and without: watching, and the queue."""

from __future__ import annotations

import asyncio
import asyncio.trsock
from typing import TYPE_CHECKING

from hyperhttp._network.data_receiver import NOTHING
from hyperhttp._network.write_queue import Piece, WriteQueue

if TYPE_CHECKING:
    import socket
    from collections.abc import Iterable

__all__ = ["BaseTransport", "facts_of_socket"]


class BaseTransport(asyncio.Transport):
    """A transport of a non-blocking socket, which the loop watches for data already."""

    __slots__ = (
        "_fileno",
        "_is_paused",
        "_loop",
        "_loss",
        "_protocol",
        "_queue",
        "_reads",
        "_writes",
    )

    def __init__(
        self, loop: asyncio.AbstractEventLoop, fileno: int, facts: dict[str, object]
    ) -> None:
        super().__init__(facts)
        self._loop = loop
        self._fileno = fileno
        self._protocol: asyncio.BaseProtocol = NOTHING
        self._queue = WriteQueue()
        self._is_paused = False
        self._reads = True
        """True if the loop watches for data."""
        self._writes = False
        """True if the loop watches for space to write to."""
        self._loss: OSError | None = None

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Return the protocol."""
        return self._protocol

    def pause_reading(self) -> None:
        """Stop reading, so that the kernel makes the peer wait."""
        self._is_paused = True
        self._watch()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set when writers have to pause."""
        self._queue.set_limits(high, low)
        if self._queue.size:
            self._pause_or_resume_writing()

    def get_write_buffer_limits(self) -> tuple[int, int]:
        """Return the low and the high limit."""
        return self._queue.limits

    def get_write_buffer_size(self) -> int:
        """Return how many bytes the kernel hasn't accepted yet."""
        return self._queue.size

    def can_write_eof(self) -> bool:
        """Return False, because protocols don't use half-closed connections."""
        return False

    def writelines(self, list_of_data: Iterable[Piece]) -> None:
        """Send several pieces as one."""
        self.write(b"".join(list_of_data))

    # --- what a transport adds ---

    def _needs_data(self) -> bool:
        """Return whether the loop is to watch for data."""
        raise NotImplementedError

    def _on_readable(self) -> None:
        """Receive data; called by the loop."""
        raise NotImplementedError

    def _on_writable(self) -> None:
        """Send what is queued; called by the loop."""
        raise NotImplementedError

    # --- common steps ---

    def _watch(self) -> None:
        """Have the loop report what can be handled."""
        if (reads := self._needs_data()) != self._reads:
            self._reads = reads
            if reads:
                self._loop.add_reader(self._fileno, self._on_readable)
            else:
                self._loop.remove_reader(self._fileno)
        if (writes := bool(self._queue)) != self._writes:
            self._writes = writes
            if writes:
                self._loop.add_writer(self._fileno, self._on_writable)
            else:
                self._loop.remove_writer(self._fileno)

    def _pause_or_resume_writing(self) -> None:
        if self._queue.became_full():
            self._protocol.pause_writing()
        elif self._loss is None and self._queue.became_free():
            self._protocol.resume_writing()


def facts_of_socket(connected: socket.socket) -> dict[str, object]:
    """Return the information of a transport, by asyncio's names."""
    try:
        peer: object = connected.getpeername()
    except OSError:  # it's gone already
        peer = None
    return {
        "socket": asyncio.trsock.TransportSocket(connected),
        "sockname": connected.getsockname(),
        "peername": peer,
    }
