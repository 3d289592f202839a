"""The server's end of a TLS connection, record by record: a test decides when the bytes go out.

TLS runs in memory, on a socket that is served by the loop of the test. Nothing here knows the
client.
"""

from __future__ import annotations

import asyncio
import socket
import ssl
import struct
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

RECEIVE_BYTES = 1 << 16

T = TypeVar("T")


class TLSEnd:
    """The server's end; `raw` is its socket."""

    def __init__(self, raw: socket.socket, context: ssl.SSLContext) -> None:
        """Serve a connected socket."""
        raw.setblocking(False)
        self.raw = raw
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_side=True)

    @property
    def tls(self) -> ssl.SSLObject:
        """What was negotiated."""
        return self._tls

    async def shake_hands(self) -> None:
        """Complete the handshake, and send the tickets."""
        await self._repeat(self._tls.do_handshake)
        await self.send(self._out.read())

    def records(self, data: bytes = b"") -> bytes:
        """Encrypt data; return its records and what else is to be sent, such as an alert."""
        if data:
            self._tls.write(data)
        return self._out.read()

    def close_notify(self) -> bytes:
        """Return the record of close_notify."""
        with suppress(ssl.SSLWantReadError):
            self._tls.unwrap()
        return self._out.read()

    async def send(self, raw: bytes | bytearray) -> None:
        """Send bytes as they are."""
        await asyncio.get_running_loop().sock_sendall(self.raw, raw)

    async def say(self, data: bytes) -> None:
        """Encrypt and send data."""
        await self.send(self.records(data))

    async def receive(self) -> bytes:
        """Return decrypted data; empty after close_notify. Raises SSLEOFError without one."""
        try:
            return await self._repeat(lambda: self._tls.read(RECEIVE_BYTES))
        except ssl.SSLZeroReturnError:
            return b""

    async def receive_exactly(self, size: int) -> bytes:
        """Return so many bytes of decrypted data."""
        received = bytearray()
        while len(received) < size:
            data = await self.receive()
            assert data, f"the end after {len(received)} of {size} bytes"
            received += data
        assert len(received) == size
        return bytes(received)

    def reset(self) -> None:
        """Close with RST."""
        self.raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.raw.close()

    async def _repeat(self, step: Callable[[], T]) -> T:
        loop = asyncio.get_running_loop()
        while True:
            try:
                return step()
            except ssl.SSLWantReadError:
                await self.send(self._out.read())
                raw = await loop.sock_recv(self.raw, RECEIVE_BYTES)
                if raw:
                    self._in.write(raw)
                else:
                    self._in.write_eof()


async def connected() -> tuple[socket.socket, socket.socket]:
    """Return both ends of a TCP connection, neither of which blocks."""
    loop = asyncio.get_running_loop()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        listener.setblocking(False)
        client = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        client.setblocking(False)
        await loop.sock_connect(client, listener.getsockname())
        server, _ = await loop.sock_accept(listener)
    server.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return client, server
