"""A connected socket as a transport, without TLS.

asyncio's own takes several turns of the loop, and a future, until it's connected. This one is
connected at once. It needs an event loop with `add_reader`; `tls_start` chooses between the two.
"""

from __future__ import annotations

import asyncio
import socket
from typing import TYPE_CHECKING, Final, cast, final

from hyperhttp._network.base_transport import BaseTransport, facts_of_socket
from hyperhttp._network.data_receiver import NOTHING

if TYPE_CHECKING:
    from hyperhttp._network.write_queue import Piece

__all__ = ["SocketTransport"]

# How much a protocol without a buffer gets at a time, as with asyncio.
DATA_BYTES_MAX: Final = 1 << 18


@final
class SocketTransport(BaseTransport):
    """The transport of a connected, non-blocking socket."""

    __slots__ = ("_buffered", "_is_closing", "_is_lost", "_socket")

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        connected: socket.socket,
        protocol: asyncio.BaseProtocol,
    ) -> None:
        """Start to use the socket; the transport closes it. Raises OSError."""
        super().__init__(loop, connected.fileno(), facts_of_socket(connected))
        self._socket = connected
        self._buffered: asyncio.BufferedProtocol | None = None
        """The protocol, if it has a buffer."""
        self._is_closing = self._is_lost = False
        self.set_protocol(protocol)
        if connected.proto == socket.IPPROTO_TCP:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        loop.add_reader(self._fileno, self._on_readable)
        protocol.connection_made(self)

    # --- the interface of transports ---

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Set the protocol."""
        self._protocol = protocol
        self._buffered = protocol if isinstance(protocol, asyncio.BufferedProtocol) else None

    def is_closing(self) -> bool:
        """Return whether it accepts no more data."""
        return self._is_closing

    def is_reading(self) -> bool:
        """Return whether it reads."""
        return not (self._is_closing or self._is_paused)

    def resume_reading(self) -> None:
        """Read on."""
        self._is_paused = False
        self._watch()

    def write(self, data: Piece) -> None:
        """Send data, or keep what the kernel doesn't accept. Dropped if it is closing."""
        if self._is_closing or not data:
            return
        sent = 0
        if not self._queue:
            try:
                sent = self._socket.send(data)
            except (BlockingIOError, InterruptedError):
                pass
            except OSError as error:
                self._lose(error)
                return
            if sent == len(data):
                return
        self._queue.add(data if isinstance(data, bytes) else bytes(data))
        self._queue.sent(sent)
        self._watch()
        self._pause_or_resume_writing()

    def close(self) -> None:
        """Send what is left, and close the socket."""
        if self._is_closing:
            return
        self._is_closing = True
        if self._queue:
            self._watch()
        else:
            self._lose(None)

    def abort(self) -> None:
        """Close the socket without sending what is left."""
        self._lose(None)

    # --- called by the loop ---

    def _needs_data(self) -> bool:
        return self.is_reading()

    def _on_readable(self) -> None:
        is_handled = False
        try:
            if not (self._is_closing or self._is_paused):
                self._receive()
            is_handled = True
        finally:
            if not is_handled:
                self._lose(None)  # a protocol that has failed can't be used any more

    def _receive(self) -> None:
        buffered = self._buffered
        received: bytes | int
        try:
            if buffered is None:
                received = self._socket.recv(DATA_BYTES_MAX)
            else:
                received = self._socket.recv_into(buffered.get_buffer(-1))
        except (BlockingIOError, InterruptedError):
            return
        except OSError as error:
            self._lose(error)
            return
        protocol = cast("asyncio.Protocol", self._protocol)
        if not received:
            if buffered is not None and not memoryview(buffered.get_buffer(-1)).nbytes:
                raise RuntimeError("the buffer of the protocol is empty")  # this isn't the end
            protocol.eof_received()
            self.close()
        elif isinstance(received, bytes):
            protocol.data_received(received)
        elif buffered is not None:
            buffered.buffer_updated(received)

    def _on_writable(self) -> None:
        queue = self._queue
        try:
            while queue:
                queue.sent(self._socket.sendmsg(queue.heads()))
        except (BlockingIOError, InterruptedError):
            pass
        except OSError as error:
            self._lose(error)
            return
        self._watch()
        self._pause_or_resume_writing()
        if self._is_closing and not queue:
            self._lose(None)

    def _lose(self, error: OSError | None) -> None:
        """Stop everything, and notify the protocol in the next turn of the loop."""
        if self._is_lost:
            return
        self._is_lost = self._is_closing = True
        self._loss = error
        self._queue.clear()
        self._watch()
        self._loop.call_soon(self._finish)

    def _finish(self) -> None:
        protocol = self._protocol
        try:
            protocol.connection_lost(self._loss)
        finally:
            # The protocol refers to this transport, which would keep both alive.
            self._protocol = self._buffered = NOTHING
            self._socket.close()
