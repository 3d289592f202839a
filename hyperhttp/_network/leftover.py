"""What a socket still holds when writing to it has failed.

A server that refuses an upload answers, closes, and the kernel resets the connection because we
went on sending; asyncio then closes the socket without reading the answer that lies in it. Knows no
HTTP.
"""

from __future__ import annotations

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
    wrapped: asyncio.trsock.TransportSocket | None = transport.get_extra_info("socket")
    if wrapped is None or transport.get_extra_info("ssl_object") is not None:
        return
    if (fileno := wrapped.fileno()) < 0:
        return
    borrowed = socket.socket(fileno=fileno)
    try:
        borrowed.setblocking(False)
        for _ in range(_READS_MAX):
            data = borrowed.recv(_READ_BYTES)
            if not data:
                return
            yield data
    except OSError:
        return
    finally:
        borrowed.detach()  # The transport owns it, and closes it.
