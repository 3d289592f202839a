"""The number of streams that a server allows holds for the next connection to it, too."""

from __future__ import annotations

import asyncio
from contextlib import nullcontext, suppress
from typing import TYPE_CHECKING
from unittest.mock import patch

import pytest
from h2.settings import SettingCodes

from hyperhttp import Client, HTTP2Config
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.h2_frames import PREFACE
from tests.servers.raw import UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

LIMIT = SettingCodes.MAX_CONCURRENT_STREAMS


def leaving(*limits: int, at_once: bool = False) -> Callable[[H2Peer], Awaitable[None]]:
    """A server that sends these limits, responds to one request, and ends the connection.

    With `at_once`, all of its frames arrive together.
    """

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream_id, _ = await peer.request()
        sent = bytearray()

        async def keep(frames: bytes) -> None:
            sent.extend(frames)

        with patch.object(peer, "raw", keep) if at_once else nullcontext():
            for limit in limits:
                await peer.settings({LIMIT: limit})
            await peer.respond(stream_id, b"ok")
            await peer.goaway(stream_id)
        await peer.raw(bytes(sent))
        with suppress(UnexpectedEnd):
            await peer.raw_peer.read_to_end()

    return script


class Late:
    """A server whose SETTINGS come only after the first requests."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.before_settings: int | None = None

    async def __call__(self, peer: H2Peer) -> None:
        peer.replies = False  # nothing may come before the SETTINGS
        assert await peer.raw_peer.read_exactly(len(PREFACE)) == PREFACE
        asked = asyncio.Queue[int]()
        reading = asyncio.ensure_future(_read(peer, asked))
        for _ in range(500):
            await asyncio.sleep(0)
        self.before_settings = asked.qsize()
        await peer.settings({LIMIT: self.limit})
        responding = asyncio.ensure_future(_respond(peer, asked))
        await reading
        responding.cancel()


async def _read(peer: H2Peer, asked: asyncio.Queue[int]) -> None:
    with suppress(UnexpectedEnd):
        while True:
            asked.put_nowait((await peer.request())[0])


async def _respond(peer: H2Peer, asked: asyncio.Queue[int]) -> None:
    while True:
        await peer.respond(await asked.get(), b"ok")


@pytest.mark.parametrize("at_once", [False, True], ids=["apart", "at once"])
@pytest.mark.parametrize("secure", [False, True], ids=["cleartext", "TLS"])
@pytest.mark.parametrize(
    ("limits", "max_streams", "expected"),
    [
        ((2,), 100, 2),
        ((1,), 100, 1),
        ((7, 3), 100, 3),
        ((3, 0, 4), 100, 4),
        ((5,), 2, 2),
        ((150,), 1000, 120),
    ],
)
async def test_the_next_connection_opens_no_more_streams_before_its_settings(
    limits: tuple[int, ...],
    max_streams: int,
    expected: int,
    secure: bool,
    at_once: bool,
    certificates: Certificates,
) -> None:
    late = Late(limits[-1])
    tls = server_context(certificates.good, alpn=("h2",)) if secure else None
    async with (
        RawH2Server(leaving(*limits, at_once=at_once), late, tls=tls) as server,
        Client(
            base_url=server.url(),
            http2=True if secure else "prior-knowledge",
            verify=certificates.ca,
            http2_config=HTTP2Config(max_streams=max_streams),
            max_connections_per_host=1,
        ) as client,
    ):
        assert await (await client.get("/")).aread() == b"ok"
        await until(lambda: client.stats().idle == 0)
        responses = await asyncio.gather(*(client.get("/") for _ in range(120)))
        assert [await one.aread() for one in responses] == [b"ok"] * 120
        assert len(server.peers) == 2
    assert late.before_settings == expected


async def test_another_origin_has_a_limit_of_its_own() -> None:
    late = Late(100)
    async with (
        RawH2Server(leaving(2)) as first,
        RawH2Server(late) as second,
        Client(http2="prior-knowledge", max_connections_per_host=1) as client,
    ):
        assert await (await client.get(first.url())).aread() == b"ok"
        responses = await asyncio.gather(*(client.get(second.url()) for _ in range(20)))
        assert [await one.aread() for one in responses] == [b"ok"] * 20
    assert late.before_settings == 20
