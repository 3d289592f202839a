"""Requests of every kind, each of which checks its response, and the servers that give it.

A wire is what they travel on: HTTP/1.1 or HTTP/2, in cleartext or over TLS.
"""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

from h2.settings import SettingCodes

from hyperhttp import Client
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server
from tests.servers.raw_h2_site import body_unless_reset

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

    import hyperhttp

LONG = b"0123456789abcdef" * 20_000
WIRES = ("cleartext", "tls", "h2 cleartext", "h2 tls")


class Site:
    """What the scenarios ask for, each with a response that nobody could mistake for another."""

    async def __call__(self, peer: Peer) -> None:
        """Play."""
        with suppress(UnexpectedEnd):
            while True:
                head = await peer.read_until(b"\r\n\r\n")
                path = head.split(b" ", 2)[1]
                if b"100-continue" in head:
                    await asyncio.sleep(0)
                    await peer.send(b"HTTP/1.1 100 Continue\r\n\r\n")
                await self._take_body(peer, head)
                if path.startswith(b"/away"):
                    await peer.send(_reply(b"302 Found\r\nLocation: /here" + path, b"moved"))
                elif path == b"/long":
                    await peer.send(_reply(b"200 OK", LONG)[:9_000])
                    await peer.drip(_reply(b"200 OK", LONG)[9_000:], 40_000)
                elif path == b"/missing":
                    await peer.drip(_reply(b"404 Not Found", b"nothing there"), 50)
                elif path == b"/slow":
                    await peer.drip(_reply(b"200 OK", path), 10)
                else:
                    await peer.send(_reply(b"200 OK", path))

    async def _take_body(self, peer: Peer, head: bytes) -> None:
        if b"chunked" in head:
            while await peer.read_until(b"\r\n") != b"0\r\n":
                pass
            await peer.read_until(b"\r\n")
        elif (at := head.find(b"Content-Length: ")) > 0:
            await peer.read_exactly(int(head[at + 16 :].split(b"\r\n")[0]))


def _reply(status: bytes, body: bytes) -> bytes:
    return b"HTTP/1.1 %s\r\nContent-Length: %d\r\n\r\n%s" % (status, len(body), body)


class H2Site:
    """The same, on streams; its windows are as narrow as HTTP/2 begins."""

    async def __call__(self, peer: H2Peer) -> None:
        """Play."""
        peer.returns_credit = True
        with suppress(UnexpectedEnd):
            await peer.handshake({SettingCodes.MAX_CONCURRENT_STREAMS: 100})
            while True:
                stream_id, fields = await peer.request()
                if ("expect", "100-continue") in fields:
                    await asyncio.sleep(0)
                    await peer.headers(stream_id, [(":status", "100")])
                if await body_unless_reset(peer, stream_id) is not None:
                    await self._reply(peer, stream_id, dict(fields)[":path"])

    async def _reply(self, peer: H2Peer, stream_id: int, path: str) -> None:
        if path.startswith("/away"):
            location = ("location", f"/here{path}")
            await peer.respond(stream_id, b"moved", location, status=302)
        elif path == "/long":
            await self._drip(peer, stream_id, LONG, 40_000)
        elif path == "/missing":
            body = b"nothing there"
            length = ("content-length", str(len(body)))
            await peer.headers(stream_id, [(":status", "404"), length])
            await self._drip(peer, stream_id, body, 5, has_head=True)
        elif path == "/slow":
            await self._drip(peer, stream_id, path.encode(), 1)
        else:
            await peer.respond(stream_id, path.encode())

    async def _drip(
        self, peer: H2Peer, stream_id: int, body: bytes, size: int, *, has_head: bool = False
    ) -> None:
        """Send a body in pieces, each of which the client has before the next comes."""
        if not has_head:
            await peer.headers(stream_id, [(":status", "200")])
        for start in range(0, len(body), size):
            await peer.body_within_windows(stream_id, body[start : start + size], end=False)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        await peer.data(stream_id, end=True)


def serving(wire: str, certificates: Certificates) -> RawServer:
    """The server of the scenarios for one of the `WIRES`."""
    is_h2, is_tls = wire.startswith("h2"), wire.endswith("tls")
    alpn = ("h2",) if is_h2 else ("http/1.1",)
    context = server_context(certificates.good, alpn=alpn) if is_tls else None
    return RawH2Server(H2Site(), tls=context) if is_h2 else RawServer(Site(), tls=context)


def client_for(
    wire: str,
    certificates: Certificates,
    max_connections: int,
    *,
    on_event: hyperhttp.EventHandler | None = None,
) -> Client:
    """A client that speaks with such a server as the wire wants."""
    return Client(
        on_event=on_event,
        max_connections=max_connections,
        verify=certificates.ca,
        timeout=20.0,
        http2="prior-knowledge" if wire == "h2 cleartext" else True,
    )


class Caller:
    """The scenarios: each asks, checks its response, and notes whether its generators ended."""

    def __init__(self, client: Client, server: RawServer) -> None:
        self.client = client
        self.server = server
        self.open_generators = 0
        # More than the buffers hold; the window of HTTP/2 is the narrowest of them.
        self.large = LONG * (2 if isinstance(server, RawH2Server) else 30)

    def url(self, path: str) -> str:
        """Where `path` is; by a name, so that there is a look-up to wait for."""
        return self.server.url(path, host="localhost")

    async def pieces(self) -> AsyncIterator[bytes]:
        """A body whose source waits in between, and in its end."""
        self.open_generators += 1
        try:
            for _ in range(4):
                yield b"0123456789" * 100
                await asyncio.sleep(0)
        finally:
            for _ in range(3):
                with suppress(asyncio.CancelledError):
                    await asyncio.sleep(0)
            self.open_generators -= 1

    async def plain(self) -> None:
        """GET."""
        response = await self.client.get(self.url("/plain"))
        assert await response.aread() == b"/plain"

    async def slow(self) -> None:
        """A response that comes in small pieces."""
        response = await self.client.get(self.url("/slow"))
        assert await response.aread() == b"/slow"

    async def error_with_body(self) -> None:
        """The body of an error is waited for with its head."""
        response = await self.client.get(self.url("/missing"))
        assert await response.aread() == b"nothing there"

    async def upload(self) -> None:
        """A body in pieces, chunked."""
        response = await self.client.post(self.url("/upload"), content=self.pieces())
        assert await response.aread() == b"/upload"

    async def expecting(self) -> None:
        """A body that waits for the go-ahead."""
        response = await self.client.post(
            self.url("/upload"), content=self.pieces(), headers=self._expect()
        )
        assert await response.aread() == b"/upload"

    def _expect(self) -> dict[str, str]:
        return {"Expect": "100-continue", "Transfer-Encoding": "chunked"}

    async def large_upload(self) -> None:
        """More than the buffers hold."""
        response = await self.client.put(self.url("/large"), content=self.large)
        assert await response.aread() == b"/large"

    async def stream(self) -> None:
        """A body that is read as it comes."""
        parts: list[bytes] = []
        async with self.client.stream("GET", self.url("/long")) as response:
            async for part in response.aiter_bytes():
                parts.append(part)
                await asyncio.sleep(0)
        assert b"".join(parts) == LONG

    async def redirects(self) -> None:
        """Three hops."""
        url = self.url("/away/away/away")
        response = await self.client.get(url, follow_redirects=True, max_redirects=1)
        assert await response.aread() == b"/here/away/away/away"

    async def in_line(self) -> None:
        """Behind another request that has the only connection."""
        async with self.client.stream("GET", self.url("/long")) as held:
            await asyncio.gather(self.plain(), self.let_go_of(held), self.slow())

    async def let_go_of(self, held: hyperhttp.Response) -> None:
        """Read a response to its end, after a while."""
        await asyncio.sleep(0)
        assert await held.aread() == LONG

    async def on_a_new_connection(self) -> None:
        """The last one was not kept."""
        response = await self.client.get(self.url("/plain"), headers={"Connection": "close"})
        assert await response.aread() == b"/plain"


SCENARIOS: dict[str, Callable[[Caller], Awaitable[None]]] = {
    "plain": Caller.plain,
    "slow": Caller.slow,
    "error with body": Caller.error_with_body,
    "upload": Caller.upload,
    "expecting": Caller.expecting,
    "large upload": Caller.large_upload,
    "stream": Caller.stream,
    "redirects": Caller.redirects,
    "in line": Caller.in_line,
    "new connection": Caller.on_a_new_connection,
}
