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
from hyperhttp._network.data_receiver import NOTHING, DataReceiver
from hyperhttp._network.tls_error_queue import clear_errors, cleared
from hyperhttp._network.tls_facts import ClosedTLS, facts_of
from hyperhttp._network.tls_handshake import reset_error
from hyperhttp._network.tls_state import End, Signal, State, after, end_of, is_reset, reads_on
from hyperhttp._network.write_queue import Piece, WriteQueue

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hyperhttp._network.tls_sessions import SessionSlot

__all__ = ["TLSTransport"]

# How much is encrypted at a time: a blocked write must be repeated with the same bytes.
WRITE_BYTES_MAX: Final = 1 << 17
# How long data isn't read while a write is blocked, if the server may ask for a certificate.
READ_DEFERRAL_S: Final = 1.0
# How often a broken connection is read, because an early response is short.
BROKEN_READS_MAX: Final = 16


@final
class TLSTransport(asyncio.Transport):
    """The transport of a socket on which TLS is established."""

    __slots__ = (
        "_deferral",
        "_end",
        "_facts",
        "_fileno",
        "_is_blocked",
        "_is_eager",
        "_is_paused",
        "_loop",
        "_loss",
        "_may_be_asked",
        "_protocol",
        "_queue",
        "_read_wants_write",
        "_reads",
        "_receiver",
        "_slot",
        "_socket",
        "_state",
        "_timer",
        "_turns",
        "_write_wants_read",
        "_writes",
    )

    def __init__(
        self,
        loop: asyncio.AbstractEventLoop,
        wrapped: ssl.SSLSocket,
        slot: SessionSlot | None = None,
    ) -> None:
        self._facts: dict[str, object] = facts_of(wrapped)
        super().__init__(self._facts)
        self._loop = loop
        self._socket = wrapped
        self._fileno = wrapped.fileno()
        self._slot = slot
        """The place for the session; None once it was kept."""
        self._state = State.HANDSHAKE
        self._protocol: asyncio.BaseProtocol = NOTHING
        self._receiver: asyncio.BufferedProtocol = NOTHING
        self._queue = WriteQueue(WRITE_BYTES_MAX)
        self._is_eager = wrapped.selected_alpn_protocol() == "h2"
        self._is_paused = False
        self._may_be_asked = wrapped.context.post_handshake_auth and wrapped.version() == "TLSv1.3"
        """True if the server may ask for a certificate at any time (RFC 8446 4.6.2)."""
        self._is_blocked = False
        """True if a write must be repeated, and OpenSSL can't send anything else before it."""
        self._deferral: asyncio.TimerHandle | None = None
        """Reads despite a blocked write, once it fires."""
        self._reads = True
        """True if the loop watches for data; `shake_hands` has left it so."""
        self._writes = False
        """True if the loop watches for space to write to."""
        self._read_wants_write = False
        """True if a read has to send first, such as a certificate that the server asks for."""
        self._write_wants_read = False
        """True if a write has to receive first: a handshake of TLS 1.2."""
        self._turns = 0
        """How many times data was delivered since the last write."""
        self._end: OSError | None = None
        """The end of the data, while reading is paused."""
        self._loss: OSError | None = None
        self._timer: asyncio.TimerHandle | None = None

    def start(self, protocol: asyncio.BaseProtocol) -> None:
        """Connect the protocol, and pass it the data that arrives."""
        self._state = after(self._state, Signal.ESTABLISHED)
        self.set_protocol(protocol)
        self._loop.add_reader(self._fileno, self._on_readable)
        protocol.connection_made(self)

    # --- the interface of transports ---

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Set the protocol."""
        self._protocol = protocol
        if isinstance(protocol, asyncio.BufferedProtocol):
            self._receiver = protocol
        else:
            self._receiver = DataReceiver(cast("asyncio.Protocol", protocol))

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Return the protocol."""
        return self._protocol

    def is_closing(self) -> bool:
        """Return whether it accepts no more data."""
        return self._state is not State.OPEN

    def is_reading(self) -> bool:
        """Return whether it reads."""
        return self._state is State.OPEN and not self._is_paused

    def pause_reading(self) -> None:
        """Stop reading, so that the kernel makes the peer wait."""
        self._is_paused = True
        self._watch()

    def resume_reading(self) -> None:
        """Read on."""
        self._is_paused = False
        self._watch()
        if self._reads and (self._end is not None or self._socket.pending()):
            # The loop doesn't report what is decrypted already.
            self._loop.call_soon(self._on_readable)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set when writers have to pause."""
        self._queue.set_limits(high, low)
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

    def write(self, data: Piece) -> None:
        """Send data, or keep what the kernel doesn't accept. Dropped if it is closing."""
        size = len(data)
        if self._state is not State.OPEN or not size:
            return
        self._turns = 0
        if not self._queue and size <= WRITE_BYTES_MAX:
            sent = self._send(data)
            if sent == size:
                return
            if sent:
                data = memoryview(data)[sent:]
            self._keep(data)
        elif self._queue:
            self._keep(data)
        else:
            self._queue.add(data)
            self._flush()

    def writelines(self, list_of_data: Iterable[Piece]) -> None:
        """Send several pieces as one."""
        self.write(b"".join(list_of_data))

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
        if self._state is State.CLOSING:
            self._shut_down()
            return
        if self._write_wants_read:
            self._write_wants_read = False
            self._flush()
        if self._is_blocked and self._may_be_asked:
            self._defer_reading()
        else:
            self._read_all()

    def _read_all(self) -> None:
        is_handled = False
        try:
            while self._state is State.OPEN and not self._is_paused and self._receive():
                pass
            is_handled = True
        finally:
            if not is_handled:
                self._lose(None)  # a protocol that has failed can't be used any more

    def _on_writable(self) -> None:
        if self._state is State.CLOSING:
            self._shut_down()
            return
        if self._read_wants_write:
            self._read_wants_write = False
            self._on_readable()
        self._flush()

    def _watch(self) -> None:
        """Have the loop report what can be handled."""
        state = self._state
        reads = (state is State.OPEN and not self._is_paused and self._deferral is None) or (
            self._write_wants_read or state is State.CLOSING
        )
        if reads != self._reads:
            self._reads = reads
            if reads:
                self._loop.add_reader(self._fileno, self._on_readable)
            else:
                self._loop.remove_reader(self._fileno)
        writes = self._read_wants_write or (bool(self._queue) and not self._write_wants_read)
        if writes != self._writes:
            self._writes = writes
            if writes:
                self._loop.add_writer(self._fileno, self._on_writable)
            else:
                self._loop.remove_writer(self._fileno)

    # --- reading ---

    def _receive(self) -> bool:
        """Deliver what fits into one buffer; return whether more is decrypted already."""
        is_full = self._end is None and self._deliver()
        if self._end is not None and (self._state is State.BROKEN or self.is_reading()):
            self._receive_end(self._end)
            return False
        # Only a full buffer can leave a part of a record.
        return is_full and self._socket.pending() > 0

    def _deliver(self) -> bool:
        receiver = self._receiver
        buffer = cast("bytearray | memoryview", receiver.get_buffer(-1))
        if pending := self._socket.pending():
            # The rest of a record only: a fast peer mustn't keep the loop from other tasks.
            buffer = memoryview(buffer)[:pending]
        count = self._fill(buffer)
        if count:
            self._turns += 1
            if self._slot is not None:
                self._slot.keep_from(self._socket)
                self._slot = None
            receiver.buffer_updated(count)
        return count == len(buffer)

    def _fill(self, buffer: bytearray | memoryview) -> int:
        """Decrypt into the buffer; return how much. `_end` is set if nothing follows."""
        filled, space = 0, len(buffer)
        try:
            while True:
                rest = memoryview(buffer)[filled:] if filled else buffer
                count = self._socket.recv_into(rest, space)
                if not count:
                    raise ssl.SSLZeroReturnError
                filled += count
                space -= count
                if not reads_on(count, space, is_eager=self._is_eager or self._turns > 0):
                    return filled
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLWantWriteError:
            self._read_wants_write = True
            self._watch()
        except OSError as error:
            self._end = cleared(error)
        return filled

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
            self._lose(self._loss if is_broken else reset_error())

    def _defer_reading(self) -> None:
        """Read after the next write, because a certificate can't be sent in the middle of one.

        The response of a server that doesn't read any more is read after a while nevertheless.
        """
        if self._deferral is None:
            self._deferral = self._loop.call_later(READ_DEFERRAL_S, self._read_despite)
            self._watch()

    def _read_despite(self) -> None:
        self._end_deferral()
        self._watch()
        self._read_all()

    def _end_deferral(self) -> None:
        if self._deferral is not None:
            self._deferral.cancel()
            self._deferral = None

    # --- writing ---

    def _send(self, piece: Piece) -> int:
        """Encrypt and send a piece; return 0 if that isn't possible now, or not any more."""
        try:
            return self._socket.send(piece)
        except ssl.SSLWantWriteError:
            self._is_blocked = True
        except ssl.SSLWantReadError:
            self._write_wants_read = True
        except OSError as error:
            self._break(cleared(error))
        return 0

    def _keep(self, data: Piece) -> None:
        if self._state is State.OPEN:
            self._queue.add(data)
            self._watch()
            self._pause_or_resume_writing()

    def _flush(self) -> None:
        queue = self._queue
        while queue and not self._write_wants_read:
            sent = self._send(queue.head())
            if not sent:
                break
            self._is_blocked = False
            queue.sent(sent)
            if self._deferral is not None:
                self._end_deferral()
                break
        self._watch()
        self._pause_or_resume_writing()
        if self._state is State.FLUSHING and not queue:
            self._shut_down()

    def _pause_or_resume_writing(self) -> None:
        if self._queue.became_full():
            self._protocol.pause_writing()
        elif self._loss is None and self._queue.became_free():
            self._protocol.resume_writing()

    def _break(self, error: OSError) -> None:
        """Stop sending; the server may have responded before it closed the connection."""
        loss = reset_error() if is_reset(error) else error
        self._queue.clear()
        if self._state is State.OPEN:
            self._state = after(self._state, Signal.WRITE_FAILED)
            self._loss = loss
            self._watch()
            self._loop.call_soon(self._read_rest)
        else:
            self._lose(loss)

    def _read_rest(self) -> None:
        self._is_eager = True
        is_handled = False
        try:
            for _ in range(BROKEN_READS_MAX):
                if self._state is State.BROKEN:
                    self._receive()
            is_handled = True
        finally:
            self._lose(self._loss if is_handled else None)

    # --- the end ---

    def _shut_down(self) -> None:
        """Send close_notify and receive that of the peer, as far as possible now."""
        if self._state is State.FLUSHING:
            self._state = after(self._state, Signal.FLUSHED)
            self._keep_facts()
        self._read_wants_write = False
        try:
            self._socket.unwrap()
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError) as error:
            self._read_wants_write = isinstance(error, ssl.SSLWantWriteError)
            self._watch()
            return
        except OSError:
            clear_errors()  # unexpected data, or the end without close_notify
        self._lose(None)

    def _lose(self, error: OSError | None) -> None:
        """Stop everything, and notify the protocol in the next turn of the loop."""
        if self._state is State.CLOSED:
            return
        self._state = after(self._state, Signal.ENDED)
        self._loss = error
        self._queue.clear()
        self._read_wants_write = self._write_wants_read = False
        self._watch()
        self._end_deferral()
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
            self._keep_facts()
            self._socket.close()

    def _keep_facts(self) -> None:
        """Keep what was negotiated, because OpenSSL's memory is released with the socket."""
        if self._facts["ssl_object"] is self._socket:
            self._facts["ssl_object"] = ClosedTLS.of(self._socket)
