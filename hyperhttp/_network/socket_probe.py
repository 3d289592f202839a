"""Sockets without their event loop: what the kernel has received, and closing.

A server that refuses an upload responds and closes, and the kernel resets the connection because
the client still sends. asyncio then closes the socket without reading the response. And a server
that closes right after its response may be gone before the event loop notices.
"""

from __future__ import annotations

import os
import select
import socket
from typing import TYPE_CHECKING, Final

from hyperhttp._network.tls_arrivals import arrivals_of

if TYPE_CHECKING:
    import asyncio
    import asyncio.trsock
    from collections.abc import Callable, Iterator

    from hyperhttp._network.tls_channel import TLSChannel

_READ_BYTES: Final = 1 << 16
# An early response is short; reading more isn't worth blocking the loop.
_READS_MAX: Final = 16


def leftover(transport: asyncio.BaseTransport) -> Iterator[bytes]:
    """Yield the bytes received before the connection broke; for use in `connection_lost`.

    There are none with TLS, because only the transport can decrypt them.
    """
    borrowed = None if _is_tls(transport) else _borrowed(transport)
    if borrowed is None:
        return
    try:
        for _ in range(_READS_MAX):
            data = borrowed.recv(_READ_BYTES)
            if not data:
                return
            yield data
    except OSError:
        return
    finally:
        borrowed.detach()


def has_ended(transport: asyncio.BaseTransport, *, may_speak: bool = False) -> bool:
    """Return whether a connection that should be silent has ended or received bytes.

    With `may_speak`, bytes may arrive, so only the end counts. The same applies to TLS, which may
    send records itself.
    """
    if transport.get_extra_info("socket") is None:
        return transport.is_closing()  # a transport in memory has no socket
    channel: TLSChannel | None = transport.get_extra_info("tls_channel")
    if channel is not None and not may_speak:
        return bool(arrivals_of(channel)(0))
    if _is_silent(transport):
        return False
    borrowed = _borrowed(transport)
    if borrowed is None:
        return True
    try:
        come = borrowed.recv(1, socket.MSG_PEEK)
    except (BlockingIOError, InterruptedError):
        return False
    except OSError:
        return True
    finally:
        borrowed.detach()
    return not (come and (may_speak or _is_tls(transport)))


def release_socket(transport: asyncio.BaseTransport) -> None:
    """Close this process's copy of a socket, without the event loop and without notifying the peer.

    The number of the descriptor stays valid, because the transport closes it some day. Another
    process that has a copy of the socket isn't affected.
    """
    try:
        wrapped: asyncio.trsock.TransportSocket | None = transport.get_extra_info("socket")
    except OSError:  # of uvloop, if a forked process has closed its copy already
        return
    if wrapped is None or (fileno := wrapped.fileno()) < 0:
        return
    try:
        # The loop may have closed the socket, and the number may be that of another file now.
        borrowed = socket.socket(wrapped.family, wrapped.type, wrapped.proto, fileno)
    except OSError:
        return
    try:
        if borrowed.getsockname() == transport.get_extra_info("sockname"):
            with open(os.devnull, "rb") as nothing:
                os.dup2(nothing.fileno(), fileno)
    except OSError:
        return
    finally:
        borrowed.detach()


def arrivals(transport: asyncio.BaseTransport) -> Callable[[int], object] | None:
    """Return a function that returns a true value if unread bytes or an end have arrived.

    Its argument is the number of milliseconds to wait: 0. A call is a single system call. The
    result is None for transports in memory, and for asyncio's TLS, which can receive its own
    records at any time.
    """
    channel: TLSChannel | None = transport.get_extra_info("tls_channel")
    if channel is not None:
        return arrivals_of(channel)
    wrapped: asyncio.trsock.TransportSocket | None = transport.get_extra_info("socket")
    if wrapped is None or wrapped.fileno() < 0 or _is_tls(transport):
        return None
    if not hasattr(select, "poll"):
        return lambda _: has_ended(transport)
    poll = select.poll()
    poll.register(wrapped.fileno(), select.POLLIN)
    return poll.poll


def _is_silent(transport: asyncio.BaseTransport) -> bool:
    """Return whether neither bytes nor an end have arrived: the usual case, in one system call."""
    wrapped: asyncio.trsock.TransportSocket | None = transport.get_extra_info("socket")
    if wrapped is None or wrapped.fileno() < 0 or not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(wrapped.fileno(), select.POLLIN)
    return not poll.poll(0)


def _is_tls(transport: asyncio.BaseTransport) -> bool:
    return transport.get_extra_info("ssl_object") is not None


def _borrowed(transport: asyncio.BaseTransport) -> socket.socket | None:
    """Return a copy of the transport's socket, to be detached because the transport owns it."""
    wrapped: asyncio.trsock.TransportSocket | None = transport.get_extra_info("socket")
    if wrapped is None or (fileno := wrapped.fileno()) < 0:
        return None
    borrowed = socket.socket(wrapped.family, wrapped.type, wrapped.proto, fileno)
    borrowed.setblocking(False)
    return borrowed
