"""What the kernel holds of a connection that the event loop has not seen.

A server that refuses an upload answers, closes, and the kernel resets the connection because we
went on sending; asyncio then closes the socket without reading the answer that lies in it. And a
server that closes right after its answer may be gone before the loop has turned. Knows no HTTP.
"""

from __future__ import annotations

import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    import asyncio
    import asyncio.trsock
    from collections.abc import Generator, Iterator

_READ_BYTES: Final = 1 << 16
# An early answer is short; what is beyond this is not worth keeping the loop for.
_READS_MAX: Final = 16


def leftover(transport: asyncio.BaseTransport) -> Iterator[bytes]:
    """The bytes that came before the connection broke, for use in `connection_lost`.

    Nothing for TLS, whose records only the transport could open.
    """
    with _borrowed(transport) as borrowed:
        if borrowed is None or _is_tls(transport):
            return
        for _ in range(_READS_MAX):
            try:
                data = borrowed.recv(_READ_BYTES)
            except OSError:
                return
            if not data:
                return
            yield data


def has_ended(transport: asyncio.BaseTransport) -> bool:
    """Whether a connection on which nothing should come is at its end, or carries something.

    Of TLS only the end is seen: its records may be its own business.
    """
    with _borrowed(transport) as borrowed:
        if borrowed is None:
            return True
        try:
            come = borrowed.recv(1, socket.MSG_PEEK)
        except (BlockingIOError, InterruptedError):
            return False
        except OSError:
            return True
        return not (come and _is_tls(transport))


def _is_tls(transport: asyncio.BaseTransport) -> bool:
    return transport.get_extra_info("ssl_object") is not None


@contextmanager
def _borrowed(transport: asyncio.BaseTransport) -> Generator[socket.socket | None]:
    """The transport's socket, which the transport goes on to own; None when it has been closed."""
    wrapped: asyncio.trsock.TransportSocket | None = transport.get_extra_info("socket")
    fileno = -1 if wrapped is None else wrapped.fileno()
    if fileno < 0:
        yield None
        return
    borrowed = socket.socket(fileno=fileno)
    try:
        borrowed.setblocking(False)
        yield borrowed
    finally:
        borrowed.detach()
