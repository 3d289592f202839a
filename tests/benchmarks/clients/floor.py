"""No client: the least that asyncio pays for a request, with a length that is known beforehand."""

from __future__ import annotations

import asyncio
from collections import deque
from urllib.parse import urlsplit

from tests.benchmarks.clients.base import Setting

_BUFFER = memoryview(bytearray(1 << 18))


class _Connection(asyncio.BufferedProtocol):
    def __init__(self) -> None:
        self.rest_bytes = -1
        self.reply: asyncio.Future[None] | None = None
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def get_buffer(self, sizehint: int) -> memoryview:
        return _BUFFER

    def buffer_updated(self, nbytes: int) -> None:
        data = bytes(_BUFFER[:nbytes])
        if self.rest_bytes < 0:
            head = data.index(b"\r\n\r\n") + 4
            at = data.index(b"Content-Length: ") + 16
            self.rest_bytes = int(data[at : data.index(b"\r", at)]) + head
        self.rest_bytes -= nbytes
        if not self.rest_bytes and self.reply is not None:
            self.reply.set_result(None)


class Bench:
    def __init__(self, setting: Setting) -> None:
        self.idle: deque[_Connection] = deque()

    async def get(self, url: str) -> int:
        address = urlsplit(url)
        loop = asyncio.get_running_loop()
        if self.idle:
            connection = self.idle.pop()
        else:
            assert address.hostname is not None
            _, connection = await loop.create_connection(
                _Connection, address.hostname, address.port or 80
            )
        connection.rest_bytes, connection.reply = -1, loop.create_future()
        assert connection.transport is not None
        request = f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n"
        connection.transport.write(request.encode())
        await connection.reply
        self.idle.append(connection)
        return -1

    async def download(self, url: str) -> int:
        return await self.get(url)

    async def aclose(self) -> None:
        for connection in self.idle:
            assert connection.transport is not None
            connection.transport.abort()
