"""No client: the least that Python's TLS on an event loop's sockets pays for a known response."""

from __future__ import annotations

import asyncio
import socket
import ssl
from collections import deque
from collections.abc import AsyncIterable
from contextlib import suppress
from urllib.parse import SplitResult, urlsplit

from tests.benchmarks.cases import LARGE_BYTES
from tests.benchmarks.clients.base import Setting

BUFFER = memoryview(bytearray(1 << 18))
_RECORD_BYTES = 1 << 14


class Line:
    """A socket with TLS, whose callbacks the event loop calls."""

    def __init__(self, wrapped: ssl.SSLSocket) -> None:
        self.socket = wrapped
        self.loop = asyncio.get_running_loop()
        self.loop.add_reader(wrapped.fileno(), self.readable)

    def readable(self) -> None:
        """Read what fits into the buffer, and hand it over."""
        filled = 0
        with suppress(ssl.SSLWantReadError):
            while filled < len(BUFFER):
                rest = BUFFER[filled:] if filled else BUFFER
                count = self.socket.recv_into(rest, len(rest))
                filled += count
                if count < _RECORD_BYTES:
                    break
        self.received(filled)

    def received(self, count: int) -> None:
        """Handle so many bytes of the buffer."""
        raise NotImplementedError

    async def send(self, data: bytes) -> None:
        """Send everything, as fast as the server reads."""
        while True:
            try:
                self.socket.send(data)
            except ssl.SSLWantWriteError:
                writable = self.loop.create_future()
                self.loop.add_writer(self.socket.fileno(), writable.set_result, None)
                try:
                    await writable
                finally:
                    self.loop.remove_writer(self.socket.fileno())
            else:
                return

    def close(self) -> None:
        """Close it without a word."""
        self.loop.remove_reader(self.socket.fileno())
        self.socket.close()


async def dialed(address: SplitResult, context: ssl.SSLContext) -> ssl.SSLSocket:
    """Return a connected socket with TLS."""
    loop = asyncio.get_running_loop()
    plain = socket.socket()
    plain.setblocking(False)
    await loop.sock_connect(plain, ("127.0.0.1", address.port))
    plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    wrapped = context.wrap_socket(
        plain, server_hostname=address.hostname, do_handshake_on_connect=False
    )
    while True:
        try:
            wrapped.do_handshake()
        except ssl.SSLWantReadError:
            arrived = loop.create_future()
            loop.add_reader(wrapped.fileno(), _resolve, arrived)
            await arrived
        else:
            return wrapped


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class _Connection(Line):
    def __init__(self, wrapped: ssl.SSLSocket) -> None:
        super().__init__(wrapped)
        self.rest_bytes = -1
        self.answer: asyncio.Future[None] = self.loop.create_future()

    def received(self, count: int) -> None:
        if not count:
            return  # tickets, or the end of an idle connection
        if self.rest_bytes < 0:
            data = bytes(BUFFER[:count])
            head = data.index(b"\r\n\r\n") + 4
            at = data.index(b"Content-Length: ") + 16
            self.rest_bytes = int(data[at : data.index(b"\r", at)]) + head
        self.rest_bytes -= count
        if not self.rest_bytes:
            self.answer.set_result(None)


class Bench:
    def __init__(self, setting: Setting) -> None:
        self.idle: deque[_Connection] = deque()
        self.context = ssl.create_default_context(cafile=setting.ca)

    async def _connection(self, address: SplitResult) -> _Connection:
        if self.idle:
            connection = self.idle.pop()
            connection.rest_bytes, connection.answer = -1, connection.loop.create_future()
            return connection
        return _Connection(await dialed(address, self.context))

    async def get(self, url: str) -> int:
        address = urlsplit(url)
        connection = await self._connection(address)
        request = f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n"
        connection.socket.send(request.encode())
        await connection.answer
        if address.path.startswith("/close/"):
            connection.close()
        else:
            self.idle.append(connection)
        return -1

    async def download(self, url: str) -> int:
        return await self.get(url)

    async def upload(self, url: str, pieces: AsyncIterable[bytes]) -> str:
        address = urlsplit(url)
        connection = await self._connection(address)
        head = f"POST {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n"
        await connection.send(f"{head}Content-Length: {LARGE_BYTES}\r\n\r\n".encode())
        async for piece in pieces:
            await connection.send(piece)
        await connection.answer
        self.idle.append(connection)
        return str(LARGE_BYTES)

    async def aclose(self) -> None:
        for connection in self.idle:
            connection.close()
