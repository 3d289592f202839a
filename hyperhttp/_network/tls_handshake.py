"""The TLS handshake on a non-blocking socket, driven by the callbacks of the event loop.

It sets no time limit: the caller cancels it.
"""

from __future__ import annotations

import errno
import os
import socket
from asyncio.selector_events import BaseSelectorEventLoop
from contextlib import suppress
from typing import TYPE_CHECKING, final

from hyperhttp._network.tls_channel import TLSChannel
from hyperhttp._network.tls_state import End, end_of

if TYPE_CHECKING:
    import asyncio
    import ssl

    from hyperhttp._network.tls_sessions import SessionSlot

__all__ = ["Handshake", "open_channel", "reset_error"]


def open_channel(
    loop: asyncio.AbstractEventLoop,
    connected: socket.socket,
    context: ssl.SSLContext,
    name: str,
    slot: SessionSlot | None = None,
) -> TLSChannel:
    """Return TLS on the socket before its handshake. Closes the socket if that fails.

    Raises:
        OSError: The name can't be used, or the session.
    """
    is_open = False
    try:
        if connected.proto == socket.IPPROTO_TCP:
            connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        session = None if slot is None else slot.take()
        # Loops of asyncio report a reset until it's received.
        is_standard = isinstance(loop, BaseSelectorEventLoop)
        channel = TLSChannel(connected, context, name, session, checks_reset=not is_standard)
        is_open = True
        return channel
    finally:
        if not is_open:
            connected.close()
            if slot is not None:
                slot.forget()


def reset_error() -> ConnectionResetError:
    """Return the error for a connection that was lost without an error of the system."""
    return ConnectionResetError(errno.ECONNRESET, os.strerror(errno.ECONNRESET))


@final
class Handshake:
    """A handshake that takes a step whenever the socket is ready, which its owner notices."""

    def __init__(self, loop: asyncio.AbstractEventLoop, channel: TLSChannel) -> None:
        self._loop = loop
        self._channel = channel
        self._over = loop.create_future()
        self._fileno = channel.socket.fileno()
        self._unsent = b""
        self._writes = False

    async def complete(self) -> None:
        """Run it to its end, while the owner calls `step`.

        Raises:
            OSError: It failed, or the connection was lost.
        """
        try:
            self._advance()
            await self._over
        finally:
            self._watch_writer(is_needed=False)

    def step(self) -> None:
        """Continue, because data has arrived or there is space to write to."""
        if self._over.done():
            self._channel.check_reset()
            return  # more arrived before the task could resume
        self._channel.receive_handshake()
        self._advance()

    def _advance(self) -> None:
        try:
            is_complete = self._channel.shake_hands()
            if not is_complete:
                self._unsent += self._channel.take_output()
                self._send()
        except OSError as error:
            with suppress(OSError):  # an alert, which the peer may not wait for
                self._channel.send(self._channel.take_output())
            self._over.set_exception(_loss(error))
        else:
            if is_complete:
                self._over.set_result(None)

    def _send(self) -> None:
        if self._unsent:
            self._unsent = self._unsent[self._channel.send(self._unsent) :]
            self._watch_writer(is_needed=bool(self._unsent))

    def _watch_writer(self, *, is_needed: bool) -> None:
        if is_needed is not self._writes:
            self._writes = is_needed
            if is_needed:
                self._loop.add_writer(self._fileno, self.step)
            else:
                self._loop.remove_writer(self._fileno)


def _loss(error: OSError) -> OSError:
    """Return the error, or that of a connection that the server closed."""
    match end_of(error):
        case End.FAILED | End.RESET:
            return error
        case End.CLOSE_NOTIFY | End.TRUNCATED:
            return ConnectionResetError()  # as asyncio's: "the server closed the connection"
