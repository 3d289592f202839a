"""Two asyncio transports that are connected in memory.

They follow asyncio's rules. Bytes arrive in a later iteration of the loop and in bounded pieces. A
paused reader pauses the writer. A connection ends in order (EOF), or is cut off (a reset).
"""

from __future__ import annotations

import asyncio
import errno
import os
from collections import deque
from typing import TYPE_CHECKING, Final, final

if TYPE_CHECKING:
    from collections.abc import Iterable

# What a read of a socket brings at most in practice, and asyncio's own marks for writing.
PIECE_BYTES: Final = 1 << 16
HIGH_WATER_BYTES: Final = 1 << 16


def pipe(
    loop: asyncio.AbstractEventLoop, *, alpn_protocol: str | None = None
) -> tuple[PipeTransport, PipeTransport]:
    """Both ends of a connection; each is to be given its protocol by `start`."""
    one, other = PipeTransport(loop, alpn_protocol), PipeTransport(loop, alpn_protocol)
    one.peer, other.peer = other, one
    return one, other


@final
class PipeTransport(asyncio.Transport):
    """An end of a connection in memory."""

    peer: PipeTransport

    def __init__(self, loop: asyncio.AbstractEventLoop, alpn_protocol: str | None) -> None:
        super().__init__({"alpn_protocol": alpn_protocol})
        self._loop = loop
        self._protocol: asyncio.BaseProtocol = asyncio.BaseProtocol()
        self._unsent: deque[bytes] = deque()
        self._unsent_bytes = 0
        self._high, self._low = HIGH_WATER_BYTES, HIGH_WATER_BYTES // 4
        self._wants_pause = False
        self._reads = False
        self._ends = False
        """True if an EOF follows what is unsent."""
        self._end_told = False
        self._closing = False
        self._lost = False
        self._is_due = False

    def start(self, protocol: asyncio.BaseProtocol) -> None:
        """Connect it to its protocol; bytes come from now on."""
        self._protocol = protocol
        self._reads = True
        protocol.connection_made(self)
        self.peer.pump()

    # --- asyncio's interface ---

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Return the receiving protocol."""
        return self._protocol

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Another receives from now on."""
        self._protocol = protocol

    def is_closing(self) -> bool:
        """Return whether it is closed, or about to be."""
        return self._closing

    def is_reading(self) -> bool:
        """Return whether what comes is received."""
        return self._reads and not self._closing

    def pause_reading(self) -> None:
        """Receive nothing; the writer at the other end will notice."""
        self._reads = False

    def resume_reading(self) -> None:
        """Receive again."""
        self._reads = True
        self.peer.pump()

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set the limits at which the protocol is paused and resumed."""
        self._high = HIGH_WATER_BYTES if high is None else high
        self._low = self._high // 4 if low is None else low
        self._tell_pressure()

    def get_write_buffer_size(self) -> int:
        """Return the number of bytes that the other end has not received."""
        return self._unsent_bytes

    def get_write_buffer_limits(self) -> tuple[int, int]:
        """Return the low and the high limit."""
        return self._low, self._high

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send; after the end nothing is sent any more."""
        piece = bytes(data)
        if self._ends or self._closing or not piece:
            return
        self._unsent.append(piece)
        self._unsent_bytes += len(piece)
        self.pump()
        self._tell_pressure()

    def writelines(self, list_of_data: Iterable[bytes | bytearray | memoryview]) -> None:
        """Send several pieces."""
        for data in list_of_data:
            self.write(data)

    def can_write_eof(self) -> bool:
        """Return whether one direction can end alone."""
        return True

    def write_eof(self) -> None:
        """Send an end after the unsent bytes. Receiving continues."""
        self._ends = True
        self.pump()

    def close(self) -> None:
        """End in order: what is unsent is sent before."""
        if not self._closing:
            self._closing = True
            self._ends = True
            self.pump()

    def abort(self) -> None:
        """Cut the connection: unsent bytes are lost, and the other end receives a reset."""
        self._fail_lost(None)
        self.peer.lose_by(errno.ECONNRESET)

    # --- between the two ends ---

    def pump(self) -> None:
        """Let bytes go over in the next turn of the loop."""
        if not self._is_due and not self._loop.is_closed():
            self._is_due = True
            self._loop.call_soon(self._deliver)

    def lose_by(self, code: int) -> None:
        """Handle the loss of the other end."""
        self._fail_lost(OSError(code, os.strerror(code)))

    def _deliver(self) -> None:
        """Hand one piece over, then the end; the rest waits for another turn."""
        self._is_due = False
        if self._lost:
            return
        peer = self.peer
        if self._unsent and peer.is_gone:
            # The error of a kernel for bytes to a closed socket, after all that it sent before.
            if peer.is_lost:
                self.lose_by(errno.EPIPE)
        elif self._unsent:
            if not peer.is_reading():
                return
            peer.receive(self._next_piece())
            self._tell_pressure()
            if self._unsent or self._ends:
                self.pump()
        elif self._ends:
            self._deliver_end()

    def _deliver_end(self) -> None:
        if not self._end_told and not self.peer.is_gone:
            if not self.peer.is_reading():
                return
            self._end_told = True
            self.peer.receive_eof()
        if self._closing:
            self._fail_lost(None)

    def _next_piece(self) -> bytes:
        """Return the bytes of one socket read: small pieces joined, large ones split."""
        taken: list[bytes] = []
        space = PIECE_BYTES
        while self._unsent and space:
            piece = self._unsent.popleft()
            if len(piece) > space:
                self._unsent.appendleft(piece[space:])
                piece = piece[:space]
            taken.append(piece)
            space -= len(piece)
        self._unsent_bytes -= PIECE_BYTES - space
        return b"".join(taken)

    @property
    def is_lost(self) -> bool:
        """True if it's closed, and all that it sent has arrived or is dropped."""
        return self._lost

    @property
    def is_gone(self) -> bool:
        """True if nothing that comes is received any more."""
        return self._lost or self._closing

    def receive(self, data: bytes) -> None:
        """Handle received bytes."""
        protocol = self._protocol
        if isinstance(protocol, asyncio.BufferedProtocol):
            self._fill(protocol, memoryview(data))
        elif isinstance(protocol, asyncio.Protocol):
            protocol.data_received(data)

    def _fill(self, protocol: asyncio.BufferedProtocol, data: memoryview) -> None:
        while data and not self.is_gone:
            space = memoryview(protocol.get_buffer(len(data)))
            size = min(len(space), len(data))
            space[:size] = data[:size]
            protocol.buffer_updated(size)
            data = data[size:]

    def receive_eof(self) -> None:
        """Handle the end of the input. Unless the protocol keeps it open, this end closes too."""
        protocol = self._protocol
        stays = False
        if isinstance(protocol, asyncio.Protocol | asyncio.BufferedProtocol):
            stays = bool(protocol.eof_received())
        if not stays:
            self.close()

    # --- its end ---

    def _fail_lost(self, error: OSError | None) -> None:
        if self._lost:
            return
        self._lost = self._closing = True
        self._unsent.clear()
        self._unsent_bytes = 0
        if not self._loop.is_closed():
            self._loop.call_soon(self._protocol.connection_lost, error)
            # Who still sends here learns of it.
            self.peer.pump()

    def _tell_pressure(self) -> None:
        protocol = self._protocol
        if not self._wants_pause and self._unsent_bytes > self._high:
            self._wants_pause = True
            protocol.pause_writing()
        elif self._wants_pause and self._unsent_bytes <= self._low and not self._lost:
            self._wants_pause = False
            protocol.resume_writing()
