"""What the kernel holds of a connection that the event loop has not seen.

A server that refuses an upload answers, closes, and the kernel resets the connection because we
went on sending; asyncio then closes the socket without reading the answer that lies in it. And a
server that closes right after its answer may be gone before the loop has turned. Knows no HTTP.
"""

from __future__ import annotations

import select
import socket
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncio
    import asyncio.trsock
    from collections.abc import Iterator

_READ_BYTES: Final = 1 << 16
# An early answer is short; what is beyond this is not worth keeping the loop for.
_READS_MAX: Final = 16


def leftover(transport: asyncio.BaseTransport) -> Iterator[bytes]:
    """The bytes that came before the connection broke, for use in `connection_lost`.

    Nothing for TLS, whose records only the transport could open.
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
    """Whether a connection on which nothing should come is at its end, or carries something.

    `may_speak`: bytes may come though nobody waits for any, so that only the end counts. So it is
    with TLS, whose records may be its own business.
    """
    if transport.get_extra_info("socket") is None:
        return transport.is_closing()  # In memory nothing lies below the loop.
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


def _is_silent(transport: asyncio.BaseTransport) -> bool:
    """Whether nothing has come, neither bytes nor an end: the ordinary case, by one system call."""
    wrapped: asyncio.trsock.TransportSocket | None = transport.get_extra_info("socket")
    if wrapped is None or wrapped.fileno() < 0 or not hasattr(select, "poll"):
        return False
    poll = select.poll()
    poll.register(wrapped.fileno(), select.POLLIN)
    return not poll.poll(0)


def _is_tls(transport: asyncio.BaseTransport) -> bool:
    return transport.get_extra_info("ssl_object") is not None


def _borrowed(transport: asyncio.BaseTransport) -> socket.socket | None:
    """The transport's socket, to be detached: the transport owns it, and closes it."""
    wrapped: asyncio.trsock.TransportSocket | None = transport.get_extra_info("socket")
    if wrapped is None or (fileno := wrapped.fileno()) < 0:
        return None
    borrowed = socket.socket(wrapped.family, wrapped.type, wrapped.proto, fileno)
    borrowed.setblocking(False)
    return borrowed
