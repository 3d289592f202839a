"""A scripted peer: a test says, byte by byte, what the server does, and reads what it received.

A script is a coroutine function that gets a `Peer`. A script that fails (or meets another request
than it expects) makes `async with RawServer(...)` raise, so no mistake of a test is lost. Nothing
here knows the client.
"""

from __future__ import annotations

import asyncio
import re
import socket
import struct
from typing import TYPE_CHECKING, Self, TypeAlias, cast

from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    import ssl
    from collections.abc import Awaitable, Callable, Sequence
    from types import TracebackType

    Script: TypeAlias = Callable[["Peer"], Awaitable[None]]

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
_CONTENT_LENGTH = re.compile(rb"\r\ncontent-length:[ \t]*(\d+)[ \t]*\r\n", re.IGNORECASE)
_CHUNKED = re.compile(rb"\r\ntransfer-encoding:[ \t]*chunked[ \t]*\r\n", re.IGNORECASE)


class UnexpectedEnd(AssertionError):
    """The client closed the connection while the script waited for more."""


class Peer(asyncio.Protocol):
    """The server's end of one connection; `received` holds every byte that has come."""

    def __init__(self, server: RawServer) -> None:
        """Wait for the connection; `RawServer` starts the script when it stands."""
        self.received = bytearray()
        self.ended = asyncio.Event()
        self.number = 0
        self._server = server
        self._taken = 0
        self._news = asyncio.Event()
        self._writable = asyncio.Event()
        self._writable.set()
        self._transport: asyncio.Transport | None = None

    # What asyncio calls.

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Transports of uvloop are no subclasses.
        self._transport = cast("asyncio.Transport", transport)
        self._server.accepted(self)

    def data_received(self, data: bytes) -> None:
        self.received += data
        self._news.set()

    def eof_received(self) -> bool:
        self.ended.set()
        self._news.set()
        return self._transport is not None and not self._is_tls

    def connection_lost(self, exc: Exception | None) -> None:
        self.ended.set()
        self._news.set()
        self._writable.set()

    def pause_writing(self) -> None:
        self._writable.clear()

    def resume_writing(self) -> None:
        self._writable.set()

    # What a script reads.

    async def read_until(self, mark: bytes) -> bytes:
        """Take everything up to and with `mark`."""
        while (found := self.received.find(mark, self._taken)) < 0:
            await self._more(f"waiting for {mark!r}")
        return self._take(found + len(mark) - self._taken)

    async def read_exactly(self, count: int) -> bytes:
        """Take `count` bytes."""
        while len(self.received) - self._taken < count:
            await self._more(f"waiting for {count} bytes")
        return self._take(count)

    async def read_request(self) -> bytes:
        """Take one whole request: its head, and its body by Content-Length or chunks."""
        head = await self.read_until(b"\r\n\r\n")
        if _CHUNKED.search(head):
            return head + await self._read_chunks()
        length = _CONTENT_LENGTH.search(head)
        return head + await self.read_exactly(int(length[1]) if length else 0)

    async def read_to_end(self) -> bytes:
        """Take everything until the client closes (or half-closes, or resets)."""
        while not self.ended.is_set():
            self._news.clear()
            await self._news.wait()
        return self._take(len(self.received) - self._taken)

    def forget(self) -> None:
        """Hold nothing of what was taken any more: it may be more than memory should hold."""
        del self.received[: self._taken]
        self._taken = 0

    # What a script does.

    async def send(self, data: bytes) -> None:
        """Send `data`, and wait until the kernel has nearly all of it (or the client is gone)."""
        if not (self.ended.is_set() or self.transport.is_closing()):
            self.transport.write(data)
        await self._writable.wait()

    async def drip(self, data: bytes, size: int = 1) -> None:
        """Send `data` in pieces of `size` bytes, each its own segment as far as loopback allows."""
        for start in range(0, len(data), size):
            await self.send(data[start : start + size])
            # Two turns of the loop: the client, which shares it, reads this piece before the next.
            await asyncio.sleep(0)
            await asyncio.sleep(0)

    async def stall(self) -> None:
        """Say nothing more, until the client gives up or the server closes."""
        await self.ended.wait()

    def half_close(self) -> None:
        """Send FIN and go on reading; cleartext only."""
        self.transport.write_eof()

    def close(self) -> None:
        """Close in order: FIN, and with TLS close_notify before it."""
        self.transport.close()

    def cut(self) -> None:
        """Close the socket at once: FIN without close_notify, what was not yet sent is lost."""
        self.transport.abort()

    def reset(self) -> None:
        """Close with RST."""
        linger = struct.pack("ii", 1, 0)
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
        self.transport.abort()

    def pause_reading(self) -> None:
        """Leave what the client sends in the kernel, so that its writes come to a stop."""
        self.transport.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self.transport.resume_reading()

    @property
    def transport(self) -> asyncio.Transport:
        """The transport under the connection."""
        assert self._transport is not None
        return self._transport

    @property
    def socket(self) -> socket.socket:
        """The connected socket; asyncio wraps it, and keeps it."""
        found: socket.socket = self.transport.get_extra_info("socket")
        return found

    @property
    def _is_tls(self) -> bool:
        return self.transport.get_extra_info("ssl_object") is not None

    def _take(self, count: int) -> bytes:
        taken = bytes(self.received[self._taken : self._taken + count])
        self._taken += count
        return taken

    async def _more(self, purpose: str) -> None:
        if self.ended.is_set():
            rest = bytes(self.received[self._taken :])
            raise UnexpectedEnd(
                f"the client closed while the script was {purpose}; it had {rest!r}"
            )
        self._news.clear()
        await self._news.wait()

    async def _read_chunks(self) -> bytes:
        body = b""
        while True:
            line = await self.read_until(b"\r\n")
            size = int(line.split(b";")[0], 16)
            body += line
            if not size:
                return body + await self._read_trailers()
            body += await self.read_exactly(size + 2)

    async def _read_trailers(self) -> bytes:
        trailers = b""
        while not trailers.endswith(b"\r\n\r\n") and trailers != b"\r\n":
            trailers += await self.read_until(b"\r\n")
        return trailers


def replies(*steps: tuple[bytes, bytes]) -> Script:
    """A script of (expect, reply): read a request, which must hold `expect`, and send `reply`."""

    async def script(peer: Peer) -> None:
        for expect, reply in steps:
            request = await peer.read_request()
            assert expect in request, f"expected {expect!r} in {request!r}"
            await peer.send(reply)

    return script


class RawServer:
    """Plays one script a connection, in order; the last one also serves every connection after it.

    `async with RawServer(replies((b"GET / ", OK))) as server: ... server.url("/")`
    """

    def __init__(
        self,
        *scripts: Script,
        tls: ssl.SSLContext | None = None,
        host: str = "127.0.0.1",
        listener: socket.socket | None = None,
    ) -> None:
        """Take the scripts, and a listening socket if it is to be a special one."""
        assert scripts, "a server without a script would send nothing"
        self.peers: list[Peer] = []
        self.host = host
        self.port = 0
        self._listener = listener
        self._scripts = scripts
        self._tls = tls
        self._tasks: list[asyncio.Task[None]] = []
        self._server: asyncio.Server | None = None
        self._news = asyncio.Event()

    @property
    def received(self) -> Sequence[bytes]:
        """All that came so far, one item a connection."""
        return [bytes(peer.received) for peer in self.peers]

    def url(self, path: str = "/", *, host: str | None = None) -> str:
        """The URL of `path` here; `host` overrides the name that the client sees."""
        name = host or (f"[{self.host}]" if ":" in self.host else self.host)
        return f"{'https' if self._tls else 'http'}://{name}:{self.port}{path}"

    def accepted(self, peer: Peer) -> None:
        """Start the script of a connection that has just been made."""
        peer.number = len(self.peers)
        self.peers.append(peer)
        script = self._scripts[min(peer.number, len(self._scripts) - 1)]
        self._tasks.append(asyncio.ensure_future(_play(script, peer)))
        self._news.set()

    async def connected(self, count: int) -> None:
        """Wait until so many connections have been made."""
        while len(self.peers) < count:
            self._news.clear()
            await self._news.wait()

    def refuse(self) -> None:
        """Accept no more connections; those that stand go on."""
        assert self._server is not None
        self._server.close()

    async def __aenter__(self) -> Self:
        """Listen."""
        listener = self._listener or listening(self.host)
        self.port = port_of(listener)
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: Peer(self), sock=listener, ssl=self._tls)
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Stop; raise what a script raised, unless the test has failed already."""
        assert self._server is not None
        self._stop()
        # A client may be done before its connection is accepted, and asyncio fails to make the
        # transport of a connection whose server is closed.
        for _ in range(4):
            await asyncio.sleep(0)
        self._server.close()
        self._stop()
        ends = await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.gather(*(peer.ended.wait() for peer in self.peers))
        for end in ends:
            if isinstance(end, Exception):
                if error is None:
                    raise end
                error.add_note(f"A script of RawServer failed: {end!r}")

    def _stop(self) -> None:
        for peer in self.peers:
            peer.cut()
        for task in self._tasks:
            task.cancel()


async def _play(script: Script, peer: Peer) -> None:
    finished = False
    try:
        await script(peer)
        finished = True  # the connection stays open: a client may keep it alive
    finally:
        if not finished:
            peer.cut()
