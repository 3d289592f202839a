"""A connection is reset after a response, before its upload has ended: nothing else uses it."""

from __future__ import annotations

import asyncio
import socket
import struct
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Final

import pytest

from hyperhttp import Client
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import AsyncGenerator, Generator

OK: Final = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
NO_LINGER: Final = struct.pack("ii", 1, 0)
PATIENCE_S: Final = 10.0


@contextmanager
def resetting(context: ssl.SSLContext | None) -> Generator[tuple[str, threading.Event]]:
    """Serve two connections, and reset the first after its response, during the upload."""
    is_reset = threading.Event()

    def serve() -> None:
        for _ in range(2):
            with suppress(OSError):
                accepted, _ = listener.accept()
                # Nagle's algorithm would hold the response back, and the reset discard it.
                accepted.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                with accepted if context is None else context.wrap_socket(accepted, True) as peer:
                    _respond(peer)
                    if is_reset.is_set():
                        peer.recv(1 << 10)  # the last chunk
                    peer.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, NO_LINGER)
            is_reset.set()

    with listening() as listener:
        thread = threading.Thread(target=serve)
        thread.start()
        try:
            yield f"{'https' if context else 'http'}://localhost:{port_of(listener)}/", is_reset
        finally:
            with suppress(OSError):
                listener.shutdown(socket.SHUT_RDWR)
            thread.join()


def _respond(peer: socket.socket) -> None:
    received = b""
    while b"piece\r\n" not in received:
        received += peer.recv(1 << 10)
    peer.sendall(OK)


@pytest.mark.parametrize("secure", [False, True], ids=["cleartext", "TLS"])
async def test_the_next_request_gets_another_connection(
    secure: bool, certificates: Certificates
) -> None:
    context = server_context(certificates.good, alpn=("http/1.1",)) if secure else None
    with resetting(context) as (url, is_reset):

        async def body() -> AsyncGenerator[bytes]:
            yield b"piece"
            # The loop doesn't read before it has sent the last chunk.
            is_reset.wait(PATIENCE_S)

        async with Client(verify=certificates.ca, http2=False, max_connections=1) as client:

            async def send() -> bytes:
                return await (await client.post(url, content=body())).aread()

            first = asyncio.create_task(send())
            await until(lambda: bool(client.stats().origins))
            async with asyncio.timeout(PATIENCE_S):
                bodies = [await send(), await first]
        assert bodies == [b"ok", b"ok"]
