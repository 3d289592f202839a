"""No client: the least that Python's TLS in memory and an event loop pay for a known response."""

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

_RECORD_BYTES = 1 << 14
_ENCRYPTED = memoryview(bytearray(1 << 18))
# With the record whose start OpenSSL has got before.
BUFFER = memoryview(bytearray((1 << 18) + _RECORD_BYTES))


class Line:
    """A socket whose callbacks the event loop calls, and TLS beside it."""

    def __init__(self, plain: socket.socket, context: ssl.SSLContext, name: str | None) -> None:
        self.socket = plain
        self.loop = asyncio.get_running_loop()
        self._incoming, self._outgoing = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._incoming, self._outgoing, server_hostname=name)

    async def connect(self, port: int) -> None:
        """Connect, and establish TLS; its last message goes along with the first request."""
        loop, plain = self.loop, self.socket
        plain.setblocking(False)
        await loop.sock_connect(plain, ("127.0.0.1", port))
        plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        while True:
            try:
                self._tls.do_handshake()
            except ssl.SSLWantReadError:
                await loop.sock_sendall(plain, self._outgoing.read())
                self._incoming.write(await loop.sock_recv(plain, len(_ENCRYPTED)))
            else:
                loop.add_reader(plain.fileno(), self.readable)
                return

    def readable(self) -> None:
        """Receive what has come, decrypt it, and hand it over."""
        incoming, read, filled = self._incoming, self._tls.read, 0
        incoming.write(_ENCRYPTED[: self.socket.recv_into(_ENCRYPTED)])
        with suppress(ssl.SSLWantReadError):
            while incoming.pending:
                rest = BUFFER[filled:]
                # The types of `ssl` don't have it that a number is returned.
                if not (count := int(read(len(rest), rest))):
                    break
                filled += count
        self.received(filled)

    def received(self, count: int) -> None:
        """Handle so many bytes of the buffer."""
        raise NotImplementedError

    def send_short(self, data: bytes) -> None:
        """Send what the kernel surely has space for."""
        self._tls.write(data)
        self.socket.send(self._outgoing.read())

    async def send(self, data: bytes) -> None:
        """Send everything, as fast as the server reads."""
        view = memoryview(data)
        for start in range(0, len(view), _RECORD_BYTES):
            self._tls.write(view[start : start + _RECORD_BYTES])
        rest = memoryview(self._outgoing.read())
        while rest:
            try:
                rest = rest[self.socket.send(rest) :]
            except BlockingIOError:
                await self._writable()

    async def _writable(self) -> None:
        writable = self.loop.create_future()
        self.loop.add_writer(self.socket.fileno(), _resolve, writable)
        try:
            await writable
        finally:
            self.loop.remove_writer(self.socket.fileno())

    def close(self) -> None:
        """Close it without a word."""
        self.loop.remove_reader(self.socket.fileno())
        self.socket.close()


def _resolve(future: asyncio.Future[None]) -> None:
    if not future.done():
        future.set_result(None)


class _Connection(Line):
    def __init__(self, plain: socket.socket, context: ssl.SSLContext, name: str | None) -> None:
        super().__init__(plain, context, name)
        self.begin()

    def begin(self) -> None:
        """Expect a response."""
        self.answer: asyncio.Future[None] = self.loop.create_future()
        self._rest_bytes = -1
        self._start = b""

    def received(self, count: int) -> None:
        if not count:
            return  # tickets, or the end of an idle connection
        if self._rest_bytes < 0:
            self._start += bytes(BUFFER[:count])
            self._rest_bytes = _rest_bytes(self._start)
        else:
            self._rest_bytes -= count
        if not self._rest_bytes:
            self.answer.set_result(None)


def _rest_bytes(start: bytes) -> int:
    """How much follows the start of a response; -1 while a chunked one hasn't ended."""
    name = start.find(b"Content-Length: ")
    if name < 0:
        return 0 if start.endswith(b"0\r\n\r\n") else -1
    value = start[name + 16 : start.index(b"\r", name)]
    return int(value) + start.index(b"\r\n\r\n") + 4 - len(start)


class Bench:
    def __init__(self, setting: Setting) -> None:
        self.idle: deque[_Connection] = deque()
        self.context = ssl.create_default_context(cafile=setting.ca)

    async def _connection(self, address: SplitResult) -> _Connection:
        if self.idle:
            connection = self.idle.pop()
            connection.begin()
            return connection
        connection = _Connection(socket.socket(), self.context, address.hostname)
        await connection.connect(address.port or 443)
        return connection

    async def get(self, url: str) -> int:
        address = urlsplit(url)
        connection = await self._connection(address)
        request = f"GET {address.path} HTTP/1.1\r\nHost: {address.netloc}\r\n\r\n"
        connection.send_short(request.encode())
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
