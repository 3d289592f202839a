"""The TLS handshake on a non-blocking socket, driven by the callbacks of the event loop.

It sets no time limit: the caller cancels it.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
from typing import TYPE_CHECKING, final

from hyperhttp._network.open_sockets import track
from hyperhttp._network.tls_error_queue import cleared
from hyperhttp._network.tls_state import End, end_of

if TYPE_CHECKING:
    import asyncio

    from hyperhttp._network.tls_sessions import SessionSlot

__all__ = ["reset_error", "shake_hands"]


async def shake_hands(
    loop: asyncio.AbstractEventLoop,
    connected: socket.socket,
    context: ssl.SSLContext,
    name: str,
    slot: SessionSlot | None = None,
) -> ssl.SSLSocket:
    """Return the socket with TLS established; the loop still watches it for the caller.

    Closes the socket if that fails or is canceled.

    Raises:
        OSError: The handshake failed, or the connection was lost.
    """
    is_established = False
    wrapped: socket.socket | ssl.SSLSocket = connected
    try:
        _check_connected(connected)
        if connected.proto == socket.IPPROTO_TCP:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        wrapped = secured = context.wrap_socket(
            connected,
            server_hostname=name,
            do_handshake_on_connect=False,
            suppress_ragged_eofs=False,
            session=None if slot is None else slot.take(),
        )
        track(secured)
        await _Handshake(loop, secured).complete()
        is_established = True
        return secured
    finally:
        if not is_established:
            wrapped.close()
            if slot is not None:
                slot.forget()


def reset_error() -> ConnectionResetError:
    """Return the error for a reset, which `ssl` reports without its number."""
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


def _check_connected(connected: socket.socket) -> None:
    """Raise an error if the peer is gone, because `ssl` doesn't close such a socket."""
    try:
        connected.getpeername()
    except OSError as error:
        raise reset_error() from error


@final
class _Handshake:
    """A handshake that takes a step whenever the socket is ready."""

    def __init__(self, loop: asyncio.AbstractEventLoop, wrapped: ssl.SSLSocket) -> None:
        self._loop = loop
        self._socket = wrapped
        self._over = loop.create_future()
        self._fileno = wrapped.fileno()
        self._reads = False
        self._writes = False

    async def complete(self) -> None:
        """Run it to its end. Only the reader is left in the loop, and only if it succeeds."""
        self._step()
        is_complete = False
        try:
            await self._over
            is_complete = True
        finally:
            if self._writes:
                self._loop.remove_writer(self._fileno)
            if self._reads and not is_complete:
                self._loop.remove_reader(self._fileno)

    def _step(self) -> None:
        if self._over.done():
            return  # more arrived before the task could resume
        try:
            self._socket.do_handshake()
        except ssl.SSLWantReadError:
            self._await_reader()
        except ssl.SSLWantWriteError:
            self._await_writer()
        except OSError as error:
            self._over.set_exception(_loss(cleared(error)))
        else:
            self._over.set_result(None)

    def _await_reader(self) -> None:
        if self._writes:
            self._writes = False
            self._loop.remove_writer(self._fileno)
        if not self._reads:
            self._reads = True
            self._loop.add_reader(self._fileno, self._step)

    def _await_writer(self) -> None:
        if not self._writes:
            self._writes = True
            self._loop.add_writer(self._fileno, self._step)


def _loss(error: OSError) -> OSError:
    """Return the error, or the one of the socket that caused it."""
    match end_of(error):
        case End.FAILED:
            return error
        case End.RESET:
            return reset_error() if isinstance(error, ssl.SSLError) else error
        case End.CLOSE_NOTIFY | End.TRUNCATED:
            return ConnectionResetError()  # as asyncio's: "the server closed the connection"
