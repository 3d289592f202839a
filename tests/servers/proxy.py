"""A proxy on loopback: HTTP (absolute-form and CONNECT) and SOCKS5 on one port, TLS or not.

It does what it is asked and notes what it was told; whatever name it is to connect to, it goes to
loopback. Refusals and garbage are scripts of `RawServer`. Nothing here knows the client.
"""

from __future__ import annotations

import asyncio
import re
from base64 import b64encode
from contextlib import suppress
from typing import TYPE_CHECKING, Self

from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import ssl
    from types import TracebackType

LOOPBACK = "127.0.0.1"
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)", re.IGNORECASE)
_PROXY_FIELD = re.compile(rb"\r\nproxy-[a-z-]+:[^\r]*", re.IGNORECASE)
_ABSOLUTE = re.compile(rb"([A-Z]+) http://([^/ ]+)(/[^ ]*) ")
REFUSAL = b"sign in first"


class LoopProxy:
    """A proxy while the block lasts.

    `heads` are the heads of HTTP requests to it, `targets` whom it connected to, as it was told.
    """

    def __init__(
        self,
        *,
        tls: ssl.SSLContext | None = None,
        credentials: tuple[str, str] | None = None,
    ) -> None:
        """Take what it asks for; it is spoken to by TLS if there is a context."""
        self.heads: list[bytes] = []
        self.targets: list[tuple[str, int]] = []
        self.connections = 0
        self.port = 0
        self._tls = tls
        self._credentials = credentials
        self._server: asyncio.Server | None = None
        self._writers: set[asyncio.StreamWriter] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def url(self, scheme: str | None = None, userinfo: str = "") -> str:
        """Its URL, by the name that the certificate has."""
        return f"{scheme or ('https' if self._tls else 'http')}://{userinfo}localhost:{self.port}"

    @property
    def is_quiet(self) -> bool:
        """Whether nobody is connected."""
        return not self._tasks

    async def quiet(self) -> None:
        """Wait until nobody is connected any more."""
        while self._tasks:
            await asyncio.wait(self._tasks)

    async def __aenter__(self) -> Self:
        """Listen."""
        listener = listening(LOOPBACK)
        self.port = port_of(listener)
        self._server = await asyncio.start_server(self._accept, sock=listener, ssl=self._tls)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop, and cut what is left; raise what went wrong here."""
        assert self._server is not None
        self._server.close()
        for writer in self._writers:
            writer.transport.abort()
        for task in self._tasks:
            task.cancel()
        ends = await asyncio.gather(*self._tasks, return_exceptions=True)
        for end in ends:
            if error is None and isinstance(end, Exception):
                raise end

    def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.connections += 1
        task = asyncio.ensure_future(self._serve(reader, writer))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._writers.add(writer)
        try:
            with suppress(asyncio.IncompleteReadError, ConnectionError):
                first = await reader.readexactly(1)
                if first == b"\x05":
                    await self._socks(reader, writer)
                else:
                    await self._http(first, reader, writer)
        finally:
            self._writers.discard(writer)
            writer.transport.abort() if self._tls else writer.close()

    # HTTP

    async def _http(
        self, first: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        while True:
            head = first + await reader.readuntil(b"\r\n\r\n")
            first = b""
            self.heads.append(head)
            if not self._lets_in(head):
                writer.write(
                    b"HTTP/1.1 407 Proxy Authentication Required\r\n"
                    b"Proxy-Authenticate: Basic realm=x\r\nContent-Type: text/plain\r\n"
                    b"Content-Length: %d\r\n\r\n" % len(REFUSAL) + REFUSAL
                )
            elif head.startswith(b"CONNECT "):
                await self._connect(head, reader, writer)
                return
            else:
                await self._forward(head, reader, writer)

    def _lets_in(self, head: bytes) -> bool:
        if self._credentials is None:
            return True
        token = b64encode(":".join(self._credentials).encode())
        return b"\r\nProxy-Authorization: Basic " + token + b"\r\n" in head

    async def _connect(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        host, _, port = head.split(b" ", 2)[1].decode().rpartition(":")
        there = await self._reach(host.strip("[]"), int(port))
        writer.write(b"HTTP/1.1 200 Connection established\r\n\r\n")
        await self._relay(reader, writer, *there)

    async def _forward(
        self, head: bytes, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> None:
        """One request to the server, on a connection of its own, and its response back."""
        found = _ABSOLUTE.match(head)
        assert found is not None, f"not in absolute-form: {head!r}"
        host, _, port = found[2].decode().partition(":")
        server_reader, server_writer = await self._reach(host, int(port or 80))
        try:
            line = found[1] + b" " + found[3] + b" "
            server_writer.write(_PROXY_FIELD.sub(b"", line + head[found.end() :]))
            server_writer.write(await _body(head, reader))
            reply = await server_reader.readuntil(b"\r\n\r\n")
            writer.write(reply + await _body(reply, server_reader))
        finally:
            self._writers.discard(server_writer)
            server_writer.close()

    # SOCKS5

    async def _socks(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        methods = await reader.readexactly((await reader.readexactly(1))[0])
        wanted = 0 if self._credentials is None else 2
        if wanted not in methods:
            writer.write(b"\x05\xff")
            return
        writer.write(bytes([5, wanted]))
        if wanted and not await self._sign_in(reader, writer):
            return
        kind = (await reader.readexactly(4))[3]
        host = await _socks_host(kind, reader)
        port = int.from_bytes(await reader.readexactly(2), "big")
        there = await self._reach(host, port)
        writer.write(b"\x05\x00\x00\x01\x7f\x00\x00\x01\x00\x00")
        await self._relay(reader, writer, *there)

    async def _sign_in(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        assert await reader.readexactly(1) == b"\x01"
        given = [await _prefixed(reader) for _ in range(2)]
        is_right = self._credentials == tuple(part.decode() for part in given)
        writer.write(b"\x01\x00" if is_right else b"\x01\x01")
        return is_right

    # Both

    async def _reach(
        self, host: str, port: int
    ) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
        self.targets.append((host, port))
        reader, writer = await asyncio.open_connection(LOOPBACK, port)
        self._writers.add(writer)
        return reader, writer

    async def _relay(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        server_reader: asyncio.StreamReader,
        server_writer: asyncio.StreamWriter,
    ) -> None:
        pumps = [
            asyncio.ensure_future(_pump(reader, server_writer)),
            asyncio.ensure_future(_pump(server_reader, writer)),
        ]
        try:
            await asyncio.wait(pumps, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for pump in pumps:
                pump.cancel()
            await asyncio.gather(*pumps, return_exceptions=True)
            self._writers.discard(server_writer)
            server_writer.transport.abort()


async def _pump(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    with suppress(ConnectionError):
        while data := await reader.read(1 << 16):
            writer.write(data)
            await writer.drain()


async def _body(head: bytes, reader: asyncio.StreamReader) -> bytes:
    length = _CONTENT_LENGTH.search(head)
    return await reader.readexactly(int(length[1]) if length else 0)


async def _prefixed(reader: asyncio.StreamReader) -> bytes:
    return await reader.readexactly((await reader.readexactly(1))[0])


async def _socks_host(kind: int, reader: asyncio.StreamReader) -> str:
    if kind == 1:
        return ".".join(str(byte) for byte in await reader.readexactly(4))
    assert kind == 3, f"an address of type {kind}"
    return (await _prefixed(reader)).decode()
