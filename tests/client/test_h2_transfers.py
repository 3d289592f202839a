"""Bodies of every size over HTTP/2, both ways, their digests checked: nothing is lost or doubled.

Against nginx, hypercorn, nghttpd and a scripted server; through windows and frames of every size on
either side, with padding and without, in bounded memory.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest
from h2.settings import SettingCodes
from hyperframe.frame import DataFrame

from hyperhttp import Client, HTTP2Config, Timeout
from tests.client.quiet import MIB, growing_by_at_most, unused
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.contents import BLOCK_BYTES, blocks, digest_of, file_of
from tests.servers.h2_frames import FRAME_BYTES_DEFAULT, WINDOW_DEFAULT
from tests.servers.hypercorn import Hypercorn
from tests.servers.nghttpd import Nghttpd
from tests.servers.nginx import Nginx
from tests.servers.raw import UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    from collections.abc import AsyncGenerator, AsyncIterator, Callable, Generator

    from hyperhttp._message.request.raw_body import ContentInput

    Program: TypeAlias = Nginx | Hypercorn | Nghttpd

pytestmark = pytest.mark.slow

PROGRAMS = ["nginx", "hypercorn", "nghttpd", "padding_nghttpd"]
# 100 MiB, and somewhat more than 8 MiB: an end that falls on no boundary of anything.
HUGE, LARGE, SMALL = 100 * MIB, 8 * MIB + 12_345, 1_500
# A stream's window, what is held for a slow reader, the buffers of both transports.
GROWTH_BYTES = 4 * MIB
UPLOADS = 90


@pytest.fixture(params=PROGRAMS)
def program(request: pytest.FixtureRequest) -> Program:
    """A server program; one that is not asked for is not started."""
    found: Program = request.getfixturevalue(f"{request.param}_server")
    return found


def client_of(
    *,
    window: int = MIB,
    frame: int = 65_536,
    ca: Path | None = None,
) -> Client:
    """A client with these windows; with a `ca` it is by ALPN that HTTP/2 is spoken."""
    return Client(
        http2="prior-knowledge" if ca is None else True,
        verify=True if ca is None else ca,
        timeout=Timeout(50.0),
        http2_config=HTTP2Config(
            stream_window_bytes=window,
            connection_window_bytes=max(window, WINDOW_DEFAULT),
            max_frame_bytes=frame,
        ),
    )


async def downloaded(client: Client, url: str) -> tuple[int, str]:
    """The size and the digest of what comes, none of which is kept."""
    digest, size = hashlib.sha256(), 0
    async with client.stream("GET", url) as response:
        response.raise_for_status()
        assert response.http_version == "HTTP/2"
        async for piece in response.aiter_raw():
            digest.update(piece)
            size += len(piece)
    return size, digest.hexdigest()


@contextmanager
def offered(program: Program, size: int) -> Generator[str]:
    """The path of a body of this size while the block lasts."""
    if isinstance(program, Hypercorn):
        yield f"/download/{size}"
        return
    with file_of(program.files, size) as name:
        yield f"/{name}"


async def source(size: int) -> AsyncIterator[bytes]:
    """A body whose length nobody knows before its end."""
    for block in blocks(size):
        yield block


async def uploaded(
    client: Client, program: Program, url: Callable[[str], str], size: int
) -> tuple[int, str]:
    """Send a body of this size; the size and the digest of what arrived."""
    if isinstance(program, Hypercorn):
        response = await client.post(url("/upload"), content=source(size))
        await response.aread()
        came = json.loads(response.content)
        assert came["framing"] == "stream"
        return came["bytes"], came["sha256"]
    if isinstance(program, Nginx):
        response = await client.put(url(f"/stored/{size}"), content=source(size))
        response.raise_for_status()
        return _digest_of_file(program.stored / str(size))
    digest, back = hashlib.sha256(), 0
    async with client.stream("POST", url("/"), content=source(size)) as response:
        response.raise_for_status()
        async for piece in response.aiter_raw():
            digest.update(piece)
            back += len(piece)
    return back, digest.hexdigest()


def _digest_of_file(path: Path) -> tuple[int, str]:
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    size = path.stat().st_size
    path.unlink()
    return size, digest


@pytest.mark.peer
class TestPrograms:
    @pytest.mark.slow
    @pytest.mark.timeout(180)
    async def test_a_huge_body_comes_whole_in_bounded_memory(
        self, program: Program, certificates: Certificates
    ) -> None:
        with offered(program, HUGE) as path:
            async with client_of(ca=certificates.ca) as client:
                with growing_by_at_most(GROWTH_BYTES):
                    came = await downloaded(client, program.h2_url(path))
                assert client.stats().idle == 1
        assert came == (HUGE, digest_of(HUGE))

    @pytest.mark.slow
    @pytest.mark.timeout(180)
    async def test_a_huge_body_arrives_whole_in_bounded_memory(
        self, program: Program, certificates: Certificates
    ) -> None:
        async with client_of(ca=certificates.ca) as client:
            with growing_by_at_most(GROWTH_BYTES):
                arrived = await uploaded(client, program, program.h2_url, HUGE)
            assert client.stats().idle == 1
        assert arrived == (HUGE, digest_of(HUGE))

    @pytest.mark.parametrize("frame", [16_384, 1 << 20])
    @pytest.mark.parametrize("window", [1, WINDOW_DEFAULT, 16 * MIB])
    async def test_a_body_comes_whole_through_windows_of_every_size(
        self, program: Program, window: int, frame: int, certificates: Certificates
    ) -> None:
        # Over TLS: in cleartext nginx leaves Nagle's algorithm on, and each window takes 40 ms.
        size = LARGE if window > 1 else SMALL
        with offered(program, size) as path:
            async with client_of(window=window, frame=frame, ca=certificates.ca) as client:
                came = await downloaded(client, program.h2_url(path))
        assert came == (size, digest_of(size))

    async def test_many_bodies_at_a_time_share_a_connection(
        self, program: Program, certificates: Certificates
    ) -> None:
        sizes = [LARGE + number for number in range(3)]
        async with client_of(window=WINDOW_DEFAULT, ca=certificates.ca) as client:
            with offered(program, LARGE) as path:
                coming = [downloaded(client, program.h2_url(path)) for _ in range(3)]
                going = [uploaded(client, program, program.h2_url, size) for size in sizes]
                came = await asyncio.gather(*coming, *going)
            assert came == [(size, digest_of(size)) for size in [LARGE] * 3 + sizes]
            assert client.stats().idle == 1


@pytest.mark.peer
async def test_both_directions_at_once(hypercorn_server: Hypercorn) -> None:
    digest = hashlib.sha256()
    async with client_of() as client:
        url = hypercorn_server.h2c_url("/duplex")
        async with client.stream("POST", url, content=source(LARGE)) as response:
            async for piece in response.aiter_raw():
                digest.update(piece)
    assert digest.hexdigest() == digest_of(LARGE)


# --- the scripted server ---


@dataclass(frozen=True)
class Depot:
    """Sends and takes bodies; for uploads it opens its windows only once they are used up."""

    window: int = WINDOW_DEFAULT
    frame_bytes: int = FRAME_BYTES_DEFAULT
    pad: int | None = None

    async def __call__(self, peer: H2Peer) -> None:
        """Play."""
        peer.keeps_bodies = False
        with suppress(UnexpectedEnd):
            await peer.handshake(
                {
                    SettingCodes.INITIAL_WINDOW_SIZE: self.window,
                    SettingCodes.MAX_FRAME_SIZE: self.frame_bytes,
                }
            )
            if self.window > WINDOW_DEFAULT:
                await peer.window_update(0, self.window - WINDOW_DEFAULT)
            while True:
                stream_id, fields = await peer.request()
                path = dict(fields)[":path"]
                if path == "/upload":
                    arrived = await self._take(peer, stream_id)
                    await peer.respond(stream_id, json.dumps(arrived).encode())
                else:
                    await self._send(peer, stream_id, int(path[1:]))

    async def _send(self, peer: H2Peer, stream_id: int, size: int) -> None:
        await peer.headers(stream_id, [(":status", "200")])
        together = max(1, self.frame_bytes // BLOCK_BYTES)
        pieces = list[bytes]()
        for block in blocks(size):
            pieces.append(block)
            if len(pieces) == together:
                await self._send_block(peer, stream_id, b"".join(pieces))
                pieces.clear()
        await self._send_block(peer, stream_id, b"".join(pieces))
        await peer.data(stream_id, end=True)

    async def _send_block(self, peer: H2Peer, stream_id: int, block: bytes) -> None:
        await peer.body_within_windows(
            stream_id, block, end=False, pad=self.pad, frame_bytes=self.frame_bytes
        )

    async def _take(self, peer: H2Peer, stream_id: int) -> tuple[int, str]:
        digest, size, unreturned = hashlib.sha256(), 0, 0
        while stream_id not in peer.ended:
            # What came before the client knew our SETTINGS may have been more than they allow.
            if unreturned >= self.window:
                await peer.give_back(stream_id)
                unreturned = 0
            frame = await peer.read_frame()
            if isinstance(frame, DataFrame):
                digest.update(frame.data)
                size += len(frame.data)
                unreturned += frame.flow_controlled_length
                assert len(frame.data) <= self.frame_bytes
                assert unreturned <= max(self.window, WINDOW_DEFAULT)
        await peer.give_back(stream_id)
        return size, digest.hexdigest()


@pytest.fixture
async def depot(request: pytest.FixtureRequest) -> AsyncGenerator[RawH2Server]:
    """A `Depot`, which a test gives as a parameter."""
    script: Depot = request.param
    async with RawH2Server(script) as server:
        yield server


async def sent_to(client: Client, server: RawH2Server, content: ContentInput) -> tuple[int, str]:
    """The size and the digest of what arrived."""
    response = await client.post(server.url("/upload", host="localhost"), content=content)
    await response.raise_for_status().aread()
    size, digest = json.loads(response.content)
    return size, digest


async def deaf_for_a_while(peer: H2Peer) -> None:
    """Give much credit, take nothing for some time, ask meanwhile; then take all and respond."""
    peer.keeps_bodies, peer.returns_credit = False, True
    await peer.handshake({SettingCodes.INITIAL_WINDOW_SIZE: 16 * MIB})
    await peer.window_update(0, 1 << 30)
    warm, _ = await peer.request()
    await peer.respond(warm, b"warm")
    asked = [await peer.request()]
    peer.raw_peer.pause_reading()
    for _ in range(50):
        await peer.ping()
        await asyncio.sleep(0)
    peer.raw_peer.resume_reading()
    while len(asked) < UPLOADS:
        asked.append(await peer.request())
    await until_ended(peer, [stream_id for stream_id, _ in asked])
    for stream_id, _ in asked:
        await peer.respond(stream_id, b"ok")


async def until_ended(peer: H2Peer, stream_ids: list[int]) -> None:
    """Read on until all of these are complete."""
    while not peer.ended.issuperset(stream_ids):
        await peer.read_frame()


class TestScript:
    @pytest.mark.slow
    @pytest.mark.timeout(180)
    @pytest.mark.parametrize("pad", [None, 255])
    async def test_a_huge_body_comes_whole_in_bounded_memory(
        self, pad: int | None, certificates: Certificates
    ) -> None:
        tls = server_context(certificates.good, alpn=("h2",))
        async with RawH2Server(Depot(pad=pad), tls=tls) as server:
            async with client_of(ca=certificates.ca) as client:
                with growing_by_at_most(GROWTH_BYTES):
                    url = server.url(f"/{HUGE}", host="localhost")
                    came = await downloaded(client, url)
        assert came == (HUGE, digest_of(HUGE))

    @pytest.mark.slow
    @pytest.mark.timeout(180)
    async def test_a_huge_body_arrives_whole_in_bounded_memory(
        self, certificates: Certificates
    ) -> None:
        tls = server_context(certificates.good, alpn=("h2",))
        async with RawH2Server(Depot(), tls=tls) as server:
            async with client_of(ca=certificates.ca) as client:
                with growing_by_at_most(GROWTH_BYTES):
                    arrived = await sent_to(client, server, source(HUGE))
        assert arrived == (HUGE, digest_of(HUGE))

    @pytest.mark.parametrize("pad", [None, 0, 255])
    @pytest.mark.parametrize("frame", [16_384, 65_536, 1 << 20])
    @pytest.mark.parametrize("window", [1, 1_000, WINDOW_DEFAULT, 16 * MIB])
    async def test_a_body_comes_whole_in_frames_of_every_size_through_every_window(
        self, window: int, frame: int, pad: int | None
    ) -> None:
        if window == 1:
            pad = None  # It is counted too (RFC 9113 6.9.1), and one octet has no room for it.
        size = LARGE if window >= WINDOW_DEFAULT else SMALL * min(window, 100)
        async with RawH2Server(Depot(frame_bytes=frame, pad=pad)) as server:
            async with client_of(window=window, frame=frame) as client:
                came = await downloaded(client, server.url(f"/{size}"))
                await until(lambda: unused(client))
                assert client.stats().idle == 1
        assert came == (size, digest_of(size))

    @pytest.mark.parametrize("kind", ["bytes", "iterator", "async iterator"])
    @pytest.mark.parametrize(
        "depot",
        [
            Depot(window, frame)
            for window in (1, 1_000, WINDOW_DEFAULT, 16 * MIB)
            for frame in (16_384, 1 << 20)
        ],
        ids=lambda depot: f"{depot.window}-{depot.frame_bytes}",
        indirect=True,
    )
    async def test_a_body_arrives_whole_though_the_window_opens_only_when_it_is_used_up(
        self, depot: RawH2Server, kind: str, request: pytest.FixtureRequest
    ) -> None:
        window = request.node.callspec.params["depot"].window
        size = LARGE if window >= WINDOW_DEFAULT else WINDOW_DEFAULT + SMALL * min(window, 100)
        contents: dict[str, Callable[[], ContentInput]] = {
            "bytes": lambda: b"".join(blocks(size)),
            "iterator": lambda: blocks(size),
            "async iterator": lambda: source(size),
        }
        async with client_of() as client:
            assert await sent_to(client, depot, contents[kind]()) == (size, digest_of(size))
            # The windows of the connection are as they were: another body finds its way.
            assert await sent_to(client, depot, b"more") == (4, hashlib.sha256(b"more").hexdigest())
            assert (len(depot.peers), client.stats().idle) == (1, 1)

    @pytest.mark.parametrize("size", [60_000, MIB], ids=["short", "long"])
    async def test_many_uploads_at_a_time_are_held_back_together(self, size: int) -> None:
        content = bytes(size)
        async with RawH2Server(deaf_for_a_while) as server, client_of() as client:
            await (await client.get(server.url())).aread()
            with growing_by_at_most(GROWTH_BYTES):
                replies = await asyncio.gather(
                    *(client.post(server.url(), content=content) for _ in range(UPLOADS))
                )
            assert [await reply.aread() for reply in replies] == [b"ok"] * UPLOADS
            assert len(server.peers) == 1
