"""Bodies of responses that others replace: short ones keep their connection, others end it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, DigestAuth, Timeout, TotalTimeout
from hyperhttp._base._generated.bounds import DISCARD_BYTES_MAX, DISCARD_WAIT_S
from hyperhttp._transport import exchange
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    import ssl

    from hyperhttp import Response

MOVED = b"HTTP/1.1 302 Found\r\nLocation: /there\r\n"
BUSY = b"HTTP/1.1 503 Busy\r\nRetry-After: 0\r\n"
CHALLENGE = b'HTTP/1.1 401 Who\r\nWWW-Authenticate: Digest realm="r", nonce="n", qop="auth"\r\n'
REPLACED = {"redirect": MOVED, "retry": BUSY, "auth": CHALLENGE}
OPTIONS: dict[str, dict[str, object]] = {
    "redirect": {"follow_redirects": True},
    "retry": {"retry": True},
    "auth": {"auth": DigestAuth("ann", "secret")},
}


class Late:
    """Sends the body of its first response after the headers, as pieces; then responds with OK."""

    def __init__(self, head: bytes, *pieces: bytes, waits: bool = True) -> None:
        self.head = head
        self.pieces = pieces
        self.waits = waits
        self.may_go_on = asyncio.Event()
        self.requests = 0

    async def __call__(self, peer: Peer) -> None:
        try:
            while True:
                await peer.read_request()
                self.requests += 1
                if self.requests == 1:
                    await self._late(peer)
                else:
                    await peer.send(OK)
        except UnexpectedEnd:
            pass

    async def _late(self, peer: Peer) -> None:
        await peer.send(self.head)
        if self.waits:
            await self.may_go_on.wait()
        for piece in self.pieces:
            await peer.drip(piece, 4096)


def length(size: int) -> bytes:
    return b"Content-Length: %d\r\n\r\n" % size


CHUNKS = b"Transfer-Encoding: chunked\r\n\r\n"


async def follow(client: Client, server: RawServer) -> Response:
    response = await client.get(server.url("/", host="localhost"))
    assert await response.aread() == b"ok"
    assert unused(client)
    return response


def client_of(kind: str, tls: ssl.SSLContext | None = None, **options: object) -> Client:
    options = {**OPTIONS[kind], "verify": tls or True, "timeout": None, **options}
    return Client(**options)  # type: ignore[arg-type]  # by the case


@pytest.mark.parametrize("kind", REPLACED)
@pytest.mark.parametrize("encrypted", [False, True], ids=["cleartext", "tls"])
@pytest.mark.parametrize(
    "pieces",
    [
        (length(5), b"hello"),
        (length(DISCARD_BYTES_MAX), b"x" * DISCARD_BYTES_MAX),
        (CHUNKS, b"5\r\nhello\r\n", b"0\r\n\r\n"),
        (CHUNKS, b"8000\r\n" + b"x" * 0x8000 + b"\r\n0\r\nT: v\r\n\r\n"),
    ],
    ids=["short", "at the limit", "chunked", "with trailers"],
)
def test_a_body_that_comes_after_its_headers_keeps_the_connection(
    kind: str, encrypted: bool, pieces: tuple[bytes, ...], certificates: Certificates
) -> None:
    async def main(loop: TurnedLoop) -> None:
        late = Late(REPLACED[kind] + pieces[0], *pieces[1:], waits=False)
        context = server_context(certificates.good) if encrypted else None
        async with (
            RawServer(late, tls=context) as server,
            client_of(kind, certificates.client_context()) as client,
        ):
            await follow(client, server)
            assert (late.requests, len(server.peers)) == (2, 1)

    run_quietly(main)


@pytest.mark.parametrize("kind", REPLACED)
@pytest.mark.parametrize(
    "pieces",
    [
        (length(DISCARD_BYTES_MAX + 1), b"x" * 100),
        (length(1 << 40), b""),
        (CHUNKS, b"20000\r\n" + b"x" * 0x20000 + b"\r\n"),
        (b"\r\n", b"ends with the connection"),
        (b"Connection: close\r\n" + CHUNKS, b"5\r\nhell"),
    ],
    ids=["too long", "much too long", "too many chunks", "without an end", "not kept"],
)
def test_a_body_that_would_take_too_long_ends_its_connection_at_once(
    kind: str, pieces: tuple[bytes, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "DISCARD_WAIT_S", 1e6)

    async def main(loop: TurnedLoop) -> None:
        late = Late(REPLACED[kind] + pieces[0], *pieces[1:], waits=False)
        async with RawServer(late) as server, client_of(kind) as client:
            await follow(client, server)
            assert (late.requests, len(server.peers)) == (2, 2)

    run_quietly(main)


# Short bodies of errors are awaited anyway, because their errors show them.
@pytest.mark.parametrize(
    ("kind", "framing"),
    [("redirect", length(5)), *((kind, CHUNKS + b"5\r\nhel") for kind in REPLACED)],
)
def test_a_body_that_stalls_is_awaited_for_a_moment_only(kind: str, framing: bytes) -> None:
    async def main(loop: TurnedLoop) -> None:
        late = Late(REPLACED[kind] + framing)
        async with RawServer(late) as server, client_of(kind) as client:
            running = asyncio.ensure_future(follow(client, server))
            await until(lambda: late.requests == 1)
            for _ in range(50):
                await asyncio.sleep(0)
            loop.turn(DISCARD_WAIT_S - 0.1)
            for _ in range(50):
                await asyncio.sleep(0)
            assert (late.requests, client.stats().active) == (1, 1)
            loop.turn(0.2)
            await running
            assert (late.requests, len(server.peers)) == (2, 2)

    run_quietly(main)


def test_the_total_timeout_ends_it_earlier() -> None:
    async def main(loop: TurnedLoop) -> None:
        late = Late(MOVED + length(5))
        async with (
            RawServer(late) as server,
            client_of("redirect", timeout=Timeout(None, total=0.2)) as client,
        ):
            running = asyncio.ensure_future(follow(client, server))
            await until(lambda: late.requests == 1)
            for _ in range(50):
                await asyncio.sleep(0)
            loop.turn(0.21)
            with pytest.raises(TotalTimeout):
                await running
            await until(lambda: unused(client))
            for _ in range(50):
                await asyncio.sleep(0)

    run_quietly(main)


@pytest.mark.parametrize("how", ["cancel", "aclose"])
def test_a_call_that_ends_meanwhile_leaves_nothing(how: str) -> None:
    async def main(loop: TurnedLoop) -> None:
        late = Late(MOVED + length(5))
        async with RawServer(late) as server, client_of("redirect") as client:
            running = asyncio.ensure_future(follow(client, server))
            await until(lambda: late.requests == 1)
            for _ in range(50):
                await asyncio.sleep(0)
            if how == "cancel":
                running.cancel()
            else:
                await client.aclose()
            [end] = await asyncio.gather(running, return_exceptions=True)
            assert isinstance(end, BaseException)
            assert type(end).__name__ == {"cancel": "CancelledError", "aclose": "ClientClosed"}[how]
            assert unused(client)

    run_quietly(main)


def test_a_stream_of_http2_is_ended_alone() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream, _ = await peer.request()
        await peer.headers(stream, [(":status", "302"), ("location", "/there")])
        await peer.reset_of(stream)
        await peer.respond((await peer.request())[0], b"ok")

    async def main(loop: TurnedLoop) -> None:
        async with (
            RawH2Server(script) as server,
            client_of("redirect", http2="prior-knowledge") as client,
        ):
            await follow(client, server)
            assert len(server.peers) == 1

    run_quietly(main)
