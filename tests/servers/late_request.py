"""A server of TLS 1.3 that asks for the client's certificate after the first request.

As Apache does where a location requires one. asyncio's server can't ask, so this one blocks, in a
thread. Its responses contain the names that the client's certificate is for.
"""

from __future__ import annotations

import select
import socket
import ssl
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from tests.servers.certificates import server_context
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import Generator
    from pathlib import Path


@contextmanager
def asks_later(server_pem: Path, client_ca: Path) -> Generator[str]:
    """Serve one connection while the block lasts; yields the URL."""
    context = server_context(server_pem)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.verify_mode = ssl.CERT_REQUIRED
    context.post_handshake_auth = True
    context.load_verify_locations(client_ca)
    with listening() as listener:
        thread = threading.Thread(target=_serve, args=(listener, context))
        thread.start()
        try:
            yield f"https://localhost:{port_of(listener)}/"
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _serve(listener: socket.socket, context: ssl.SSLContext) -> None:
    with suppress(OSError):
        accepted, _ = listener.accept()
        with accepted, context.wrap_socket(accepted, server_side=True) as connection:
            while _read_request(connection):
                if not connection.getpeercert():
                    _ask(connection)
                body = str((connection.getpeercert() or {}).get("subjectAltName")).encode()
                head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
                connection.sendall(head + body)


def _read_request(connection: ssl.SSLSocket) -> bool:
    """Read a request without a body; return False at the end."""
    received = b""
    while not received.endswith(b"\r\n\r\n"):
        piece = connection.recv(1 << 12)
        if not piece:
            return False
        received += piece
    return True


def _ask(connection: ssl.SSLSocket) -> None:
    """Ask for the certificate, and wait for it."""
    connection.verify_client_post_handshake()
    connection.do_handshake()
    connection.setblocking(False)
    while not connection.getpeercert():
        select.select([connection], [], [])
        with suppress(ssl.SSLWantReadError):
            assert not connection.recv(1), "a request before the certificate"
            return
    connection.setblocking(True)
