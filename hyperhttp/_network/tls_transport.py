"""TLS directly on a socket, as a transport for the protocols of asyncio.

asyncio's own TLS keeps 256 KiB for each connection, copies what passes through it, and drops what
it has received when a write fails. This transport decrypts into the protocol's buffer, and keeps
nothing. It needs an event loop with `add_reader`; `tls_start` chooses between the two.
"""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Final, cast, final

from hyperhttp._base._generated.bounds import TLS_CLOSE_WAIT_S
from hyperhttp._network.base_transport import BaseTransport
from hyperhttp._network.data_receiver import NOTHING, DataReceiver
from hyperhttp._network.tls_facts import ClosedTLS, facts_of
from hyperhttp._network.tls_handshake import Handshake
from hyperhttp._network.tls_state import RECORD_BYTES_MAX, End, Signal, State, after, end_of
from hyperhttp._network.write_queue import Piece

if TYPE_CHECKING:
    from hyperhttp._network.tls_channel import TLSChannel
    from hyperhttp._network.tls_sessions import SessionSlot

__all__ = ["TLSTransport"]

# How often a broken connection is read, because an early response is short.
BROKEN_READS_MAX: Final = 16


@final
class TLSTransport(BaseTransport):
    """The transport of a socket on which TLS is established."""

    __slots__ = (
        "_channel",
        "_facts",
        "_handshake",
        "_is_holding",
        "_receiver",
        "_slot",
        "_state",
        "_timer",
    )

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        channel: TLSChannel,
        slot: SessionSlot | None = None,
    ) -> None:
        self._facts: dict[str, object] = facts_of(channel)
        super().__init__(loop, channel.socket.fileno(), self._facts)
        self._channel = channel
        self._slot = slot
        """The place for the session; None once it was kept."""
        self._state = State.HANDSHAKE
        self._receiver: asyncio.BufferedProtocol = NOTHING
        self._is_holding = False
        """True if data waits for a handshake of TLS 1.2."""
        self._timer: asyncio.TimerHandle | None = None
        self._handshake = Handshake(loop, channel)
        loop.add_reader(self._fileno, self._on_readable)

    async def shake_hands(self) -> None:
        """Establish TLS. Its caller sets the time limit, and aborts the transport if this fails.

        Raises:
            OSError: The handshake failed, or the connection was lost.
        """
        is_complete = False
        try:
            await self._handshake.complete()
            is_complete = True
        finally:
            del self._handshake  # it refers to the channel, which is dropped before this transport
            if not is_complete and self._slot is not None:
                self._slot.forget()

    def start(self, protocol: asyncio.BaseProtocol) -> None:
        """Connect the protocol, and pass it the data that arrives."""
        self._state = after(self._state, Signal.ESTABLISHED)
        self.set_protocol(protocol)
        if self._channel.is_reset:
            # uvloop has closed what watches it.
            self._loop.remove_reader(self._fileno)
            self._loop.add_reader(self._fileno, self._on_readable)
        protocol.connection_made(self)
        if self._channel.has_more or self._channel.is_reset:
            self._loop.call_soon(self._on_readable)
        if self._channel.outgoing.pending:
            # The last message of the handshake. The first request is usually sent before this turn
            # of the loop ends, and takes it along.
            self._loop.call_soon(self._send_output)

    # --- the interface of transports ---

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Set the protocol."""
        self._protocol = protocol
        if isinstance(protocol, asyncio.BufferedProtocol):
            self._receiver = protocol
        else:
            self._receiver = DataReceiver(cast("asyncio.Protocol", protocol))

    def is_closing(self) -> bool:
        """Return whether it accepts no more data."""
        return self._state is not State.OPEN

    def is_reading(self) -> bool:
        """Return whether it reads."""
        return self._state is State.OPEN and not self._is_paused

    def resume_reading(self) -> None:
        """Read on."""
        self._is_paused = False
        self._watch()
        if not self._reads:
            return
        channel = self._channel
        if channel.end is not None or channel.has_more or channel.is_reset:
            # The loop doesn't report what was received already.
            self._loop.call_soon(self._on_readable)

    def write(self, data: Piece) -> None:
        """Send data, or keep what the kernel doesn't accept. Dropped if it is closing."""
        if self._state is not State.OPEN or not data:
            return
        queue = self._queue
        try:
            if self._is_holding:
                queue.hold(data)
            elif queue or len(data) > RECORD_BYTES_MAX:
                queue.extend(self._channel.encrypt_all(data))
            elif self._sent_whole(self._channel.encrypt(data)):
                return
        except ssl.SSLWantReadError:
            self._is_holding = True
            queue.hold(data)
        self._flush()

    def close(self) -> None:
        """Send what is left and close_notify, and wait a while for that of the peer."""
        if self._state is not State.OPEN:
            return
        self._state = after(self._state, Signal.CLOSE)
        if self._queue:
            self._watch()
        else:
            self._shut_down()
        if self._state is not State.CLOSED:
            self._timer = self._loop.call_later(TLS_CLOSE_WAIT_S, self._lose, None)

    def abort(self) -> None:
        """Close the socket at once."""
        self._lose(None)

    # --- called by the loop ---

    def _on_readable(self) -> None:
        if self._state is not State.OPEN:
            self._continue()
            return
        is_handled = False
        try:
            if not self._is_paused:
                channel = self._channel
                self._deliver()
                while (channel.has_more or channel.is_reset) and self.is_reading():
                    self._deliver()
            is_handled = True
        finally:
            if not is_handled:
                self._lose(None)  # a protocol that has failed can't be used any more

    def _continue(self) -> None:
        """Continue the handshake, or the end."""
        if self._state is State.HANDSHAKE:
            self._handshake.step()
        elif self._state is State.CLOSING:
            self._shut_down()

    def _on_writable(self) -> None:
        self._flush()

    def _needs_data(self) -> bool:
        return self.is_reading() or self._state is State.CLOSING

    # --- reading ---

    def _deliver(self) -> None:
        """Pass what fits into one buffer to the protocol, and an end after it."""
        receiver, channel = self._receiver, self._channel
        count = channel.receive(cast("bytearray | memoryview", receiver.get_buffer(-1)))
        if channel.outgoing.pending or self._is_holding:
            self._send_output()
        if count:
            if self._slot is not None:
                self._slot.keep_from(channel.tls)
                self._slot = None
            receiver.buffer_updated(count)
        if channel.end is None or channel.has_more:
            return
        if self._state is State.BROKEN or self.is_reading():
            self._receive_end(channel.end)

    def _receive_end(self, error: OSError) -> None:
        end = end_of(error)
        is_broken = self._state is State.BROKEN
        if end is End.FAILED:
            self._lose(error)  # an alert is the cause of the failed write
        elif end is End.CLOSE_NOTIFY or (end is End.TRUNCATED and not is_broken):
            self._facts["close_notify"] = end is End.CLOSE_NOTIFY
            self._receiver.eof_received()
            if is_broken:
                self._lose(self._loss)
            else:
                self.close()
        else:
            self._lose(self._loss if is_broken else error)

    # --- writing ---

    def _send_output(self) -> None:
        """Send what TLS itself has to send, such as a certificate, and data that waits for it."""
        if self._state in {State.BROKEN, State.CLOSED}:
            return
        output = self._channel.take_output()
        if not (self._queue or self._is_holding):
            if not output or self._sent_whole(output):
                return
        elif output:
            self._queue.add(output)
        if self._is_holding:
            self._encrypt_held()
        self._flush()

    def _encrypt_held(self) -> None:
        data = self._queue.take_held()
        try:
            self._queue.extend(self._channel.encrypt_all(data))
            self._is_holding = False
        except ssl.SSLWantReadError:
            self._queue.hold(data)

    def _sent_whole(self, piece: bytes) -> bool:
        """Send a piece while nothing is queued; return whether nothing is left of it."""
        try:
            sent = self._channel.send(piece)
        except OSError as error:
            self._break(error)
            return True
        if sent == len(piece):
            return True
        self._queue.add(piece)
        self._queue.sent(sent)
        return False

    def _flush(self) -> None:
        queue = self._queue
        try:
            while queue:
                sent = self._channel.send_all(queue.heads())
                if not sent:
                    break
                queue.sent(sent)
        except OSError as error:
            self._break(error)
            return
        self._watch()
        self._pause_or_resume_writing()
        if self._state is State.FLUSHING and not queue:
            self._shut_down()

    def _break(self, error: OSError) -> None:
        """Stop sending; the server may have responded before it closed the connection."""
        self._queue.clear()
        if self._state is State.OPEN:
            self._state = after(self._state, Signal.WRITE_FAILED)
            self._loss = error
            self._watch()
            self._loop.call_soon(self._read_rest)
        else:
            self._lose(error if self._state is State.FLUSHING else None)

    def _read_rest(self) -> None:
        is_handled = False
        try:
            for _ in range(BROKEN_READS_MAX):
                if self._state is State.BROKEN:
                    self._deliver()
            is_handled = True
        finally:
            self._lose(self._loss if is_handled else None)

    # --- the end ---

    def _shut_down(self) -> None:
        """Send close_notify and receive that of the peer, as far as possible now."""
        if self._state is State.FLUSHING:
            self._state = after(self._state, Signal.FLUSHED)
            is_over = self._channel.close_notify()
        else:
            is_over = self._channel.receive_close()
        self._send_output()
        if is_over:
            self._lose(None)
        else:
            self._watch()

    def _lose(self, error: OSError | None) -> None:
        """Stop everything, and notify the protocol in the next turn of the loop."""
        if self._state is State.CLOSED:
            return
        self._state = after(self._state, Signal.ENDED)
        self._loss = error
        self._queue.clear()
        self._watch()
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        self._loop.call_soon(self._finish)

    def _finish(self) -> None:
        protocol = self._protocol
        try:
            protocol.connection_lost(self._loss)
        finally:
            # The protocol refers to this transport, which would keep both alive.
            self._protocol = self._receiver = NOTHING
            # OpenSSL's memory is released, and what was negotiated stays.
            self._facts["ssl_object"] = ClosedTLS.of(self._channel.tls)
            self._facts["tls_channel"] = None
            self._channel.socket.close()
            del self._channel  # a response may keep its connection, and so this transport
