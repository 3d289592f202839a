"""TLS between a non-blocking socket and memory: receives records, decrypts them, and encrypts.

OpenSSL on a socket makes two system calls for each record. Here one call receives many records,
into a buffer that all connections share. OpenSSL is given one record at a time:
its memory never shrinks, so a connection keeps no more than that of one record. And it never looks
for data in vain, which costs an exception.
"""

from __future__ import annotations

import os
import socket
import ssl
from collections import deque
from functools import partial
from typing import TYPE_CHECKING, Final, TypeAlias, cast, final

from hyperhttp._network.receive_buffer import create_buffer
from hyperhttp._network.tls_error_queue import call, clear_errors, is_alert, repeat
from hyperhttp._network.tls_state import RECORD_BYTES_MAX

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = ["Buffer", "TLSChannel"]

Buffer: TypeAlias = bytes | bytearray | memoryview

# The types of `ssl` don't contain that it returns the number of bytes.
_Read: TypeAlias = "Callable[[int, bytearray | memoryview], int]"

# OpenSSL allocates a third more than it's given, so this makes space for a whole record.
_FIRST_BYTES: Final = bytes(12_360)
# Most responses are shorter, and then the memory isn't needed.
_SHORT_BYTES: Final = 4096
RECEIVE_BYTES: Final = 1 << 18
_HEADER_BYTES: Final = 5
# RFC 5246 6.2.3: the most that a record can be. That of TLS 1.3 is smaller.
_WIRE_BYTES_MAX: Final = _HEADER_BYTES + RECORD_BYTES_MAX + 2048
# RFC 8446 5.1, RFC 6520 3: from change_cipher_spec to heartbeat.
_TYPES: Final = range(20, 25)


# A buffer is empty whenever a call ends, so there are as many as calls that run at the same time.
# It belongs to no thread: each of many threads that run a loop in turn would keep one.
# Few are kept: others are needed when threads receive at the same time, which is rare and short.
_IDLE_BUFFERS_MAX: Final = 2
_idle: Final[deque[memoryview]] = deque(maxlen=_IDLE_BUFFERS_MAX)


def _take_buffer() -> memoryview:
    """Return a buffer for encrypted data, to be appended to `_idle` afterwards."""
    try:
        return _idle.pop()
    except IndexError:
        return create_buffer(RECEIVE_BYTES + 2 * _WIRE_BYTES_MAX)


@final
class TLSChannel:
    """A socket and its TLS. It doesn't wait: the caller watches the socket."""

    __slots__ = (
        "_carried",
        "_checks_reset",
        "_has_space",
        "_incoming",
        "_missing_bytes",
        "_reset",
        "end",
        "has_more",
        "is_reset",
        "outgoing",
        "socket",
        "tls",
    )

    def __init__(
        self,
        connected: socket.socket,
        context: ssl.SSLContext,
        name: str,
        session: ssl.SSLSession | None = None,
        *,
        checks_reset: bool = False,
    ) -> None:
        """Start TLS.

        Args:
            connected: The socket.
            context: The settings.
            name: The name of the server.
            session: The session to resume.
            checks_reset: Whether to look for a reset after each read. uvloop calls back once, and
                stops to watch the socket, so data that came before a reset would hide it.
        """
        self._incoming = ssl.MemoryBIO()
        self.outgoing = ssl.MemoryBIO()
        """The encrypted output; between calls, only records of TLS itself, as a certificate."""
        self.socket = connected
        self.tls = context.wrap_bio(
            self._incoming, self.outgoing, server_hostname=name, session=session
        )
        self._carried = b""
        """Received bytes that OpenSSL hasn't got: no space was left, or half a header."""
        self._missing_bytes = 0
        """The rest of the record whose start OpenSSL has got."""
        self._has_space = False
        """True if OpenSSL has the memory for a whole record."""
        self.has_more = False
        """True if more was received than there was space for."""
        self.end: OSError | None = None
        """Why nothing follows: an error of `tls_state.end_of`."""
        self._checks_reset = checks_reset
        self._reset: OSError | None = None
        self.is_reset = False
        """True if the connection was reset: the loop reports nothing any more."""

    # --- reading ---

    def check_reset(self) -> None:
        """Note a reset. Receive until the end afterwards, without waiting for the loop."""
        if not self._checks_reset:
            return
        if number := self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self._reset = OSError(number, os.strerror(number))
            self.is_reset = True

    def receive(self, buffer: bytearray | memoryview) -> int:
        """Decrypt into the buffer what there was no space for, or else receive; return how much."""
        if self.has_more:
            return self._receive_rest(buffer)
        if self.end is not None:
            return 0
        view = _take_buffer()
        size = self._receive_raw(view, len(buffer))
        if size > _SHORT_BYTES and not (self._has_space or self._missing_bytes):
            self._make_space()
        count = self._decrypt(view, size, buffer) if size else 0
        _idle.append(view)
        return count

    def _make_space(self) -> None:
        """Allocate the memory of a record for OpenSSL, which has no bytes that it hasn't read.

        Allocated between the pieces of a body, it would keep their memory from the system.
        """
        self._incoming.write(_FIRST_BYTES)
        self._incoming.read()
        self._has_space = True

    def _receive_rest(self, buffer: bytearray | memoryview) -> int:
        if self.tls.pending():
            count = cast("_Read", self.tls.read)(len(buffer), buffer)
            self.has_more = bool(self.tls.pending() or self._carried)
            return count
        view = _take_buffer()
        count = self._decrypt(view, self._take_carried(view), buffer)
        _idle.append(view)
        return count

    def receive_handshake(self) -> None:
        """Receive messages of the handshake for `shake_hands`."""
        view = _take_buffer()
        if size := self._receive_raw(view):
            self._incoming.write(view[:size])
        _idle.append(view)

    def shake_hands(self) -> bool:
        """Take as many steps of the handshake as possible; return whether it's complete.

        The last message of the client is sent with the first data, or by `take_output`.

        Raises:
            OSError: It failed, or the connection was lost.
        """
        try:
            self.tls.do_handshake()
        except ssl.SSLWantReadError:
            if self.end is not None:
                raise self.end from None
            if not self.is_reset:
                return False
            self.receive_handshake()
            return self.shake_hands()
        except ssl.SSLError:
            clear_errors(self.tls)
            raise
        # Data of the server can follow at once.
        self._carried = self._incoming.read()
        self.has_more = bool(self._carried)
        return True

    def _receive_raw(self, view: memoryview, space: int = 0) -> int:
        """Receive behind what is carried; return how much of the buffer is filled."""
        start = self._take_carried(view) if self._carried else 0
        if start >= _WIRE_BYTES_MAX:
            return start
        size = RECORD_BYTES_MAX if space < RECORD_BYTES_MAX else min(space, RECEIVE_BYTES)
        try:
            count = self.socket.recv_into(view[start:] if start else view, size)
        except (BlockingIOError, InterruptedError):
            return start
        except OSError as error:
            self.end = error
            return start
        if not count:
            self.end = self._reset or ssl.SSLEOFError("the peer closed it without close_notify")
        elif self._checks_reset:
            self.check_reset()
        return start + count

    def _take_carried(self, view: memoryview) -> int:
        size = len(self._carried)
        view[:size] = self._carried
        self._carried = b""
        return size

    def _decrypt(self, view: memoryview, size: int, buffer: bytearray | memoryview) -> int:
        read = cast("_Read", self.tls.read)
        position, filled, space = 0, 0, len(buffer)
        self.has_more = False
        while position < size and space:
            position = self._feed(view, position, size)
            if self._missing_bytes:
                break
            into = memoryview(buffer)[filled:] if filled else buffer
            try:
                count = read(space, into)
            except ssl.SSLWantReadError:
                continue  # a ticket, or another record of TLS itself
            except ssl.SSLError as error:
                self.end = self._end_after(error, into)
                if self.end is None:
                    continue
                return filled
            if not count:
                self.end = ssl.SSLZeroReturnError()
                return filled
            filled += count
            space -= count
        if not space:
            self._carried = bytes(view[position:size]) or self._carried
            self.has_more = position < size or self.tls.pending() > 0
        return filled

    def _end_after(self, error: ssl.SSLError, buffer: bytearray | memoryview) -> OSError | None:
        """Read again after an error; return why nothing follows, or None if it isn't our error."""
        try:
            # No data: there would have been no error.
            repeat(partial(cast("_Read", self.tls.read), 1, buffer), error, self.tls)
        except ssl.SSLWantReadError:
            return None
        except ssl.SSLError as ours:
            return ours
        # OpenSSL reads close_notify again after an alert.
        return error if is_alert(error) else ssl.SSLZeroReturnError()

    def _feed(self, view: memoryview, position: int, size: int) -> int:
        """Pass the next record to OpenSSL, or its start; return where the next one begins."""
        rest = size - position
        missing = self._missing_bytes
        if not missing:
            if rest < _HEADER_BYTES:
                self._carried = bytes(view[position:size])
                return size
            missing = _HEADER_BYTES + (view[position + 3] << 8 | view[position + 4])
            if missing > _WIRE_BYTES_MAX or view[position] not in _TYPES:
                missing = rest  # this isn't TLS, and OpenSSL has the error for it
        if missing > rest:
            self._incoming.write(view[position:size])
            self._missing_bytes = missing - rest
            return size
        end = position + missing
        self._incoming.write(view[position:end])
        self._missing_bytes = 0
        return end

    # --- writing ---

    def take_output(self) -> bytes:
        """Return what TLS itself has to send."""
        return self.outgoing.read()

    def encrypt(self, data: Buffer) -> bytes:
        """Return data of one record, encrypted.

        Raises:
            SSLWantReadError: A handshake of TLS 1.2 is running.
        """
        self.tls.write(data)
        return self.outgoing.read()

    def encrypt_all(self, data: Buffer) -> Iterator[bytes]:
        """Yield long data, encrypted in records."""
        view, write, read = memoryview(data), self.tls.write, self.outgoing.read
        for start in range(0, len(view), RECORD_BYTES_MAX):
            write(view[start : start + RECORD_BYTES_MAX])
            yield read()

    def close_notify(self) -> bool:
        """End TLS; return whether it's over on both sides. `take_output` has what is to be sent."""
        try:
            call(self.tls.unwrap, self.tls)
        except ssl.SSLWantReadError:
            return self.end is not None or self.is_reset
        except ssl.SSLError:
            pass  # data that nothing waits for
        return True

    def receive_close(self) -> bool:
        """Receive the close_notify of the peer; return whether TLS is over on both sides."""
        view, position = _take_buffer(), 0
        size = self._receive_raw(view)
        while position < size:
            position = self._feed(view, position, size)
        _idle.append(view)
        return self.close_notify()

    def send(self, piece: Buffer) -> int:
        """Send an encrypted piece; return how much the kernel accepted. Raises OSError."""
        try:
            return self.socket.send(piece)
        except (BlockingIOError, InterruptedError):
            return 0

    def send_all(self, pieces: Sequence[Buffer]) -> int:
        """Send several encrypted pieces in one system call, as `send` does."""
        try:
            return self.socket.sendmsg(pieces)
        except (BlockingIOError, InterruptedError):
            return 0
