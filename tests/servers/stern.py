"""A TLS server by OpenSSL's own rules: it says by an alert why it does not let a client in.

asyncio's server closes without a word. This one blocks, in a thread; it serves each that gets in.
"""

from __future__ import annotations

import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tests.servers.raw import OK
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import Generator


@contextmanager
def stern(context: ssl.SSLContext) -> Generator[str]:
    """Serve while the block lasts, one connection at a time; yields the URL."""
    with listening() as listener:
        thread = threading.Thread(target=_serve, args=(listener, context))
        thread.start()
        try:
            yield f"https://127.0.0.1:{port_of(listener)}/"
        finally:
            # Wakes the thread from `accept`, which closing the socket would not.
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, context: ssl.SSLContext) -> None:
    while True:
        try:
            accepted, _ = listener.accept()
        except OSError:
            return
        wrapped = context.wrap_socket(accepted, server_side=True, do_handshake_on_connect=False)
        with suppress(OSError):
            wrapped.do_handshake()
            while wrapped.recv(1 << 16):
                wrapped.sendall(OK)
        _close(socket.socket(fileno=wrapped.detach()))


def _close(plain: socket.socket) -> None:
    """Read what still comes: else the kernel resets, and the client may never see the alert."""
    with plain, suppress(OSError):
        plain.shutdown(socket.SHUT_WR)
        while plain.recv(1 << 16):
            pass
