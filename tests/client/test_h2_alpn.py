"""Which HTTP is spoken: what we offer by ALPN, what the server chooses, and servers that lie."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, TypeAlias

import pytest
from h2.errors import ErrorCodes
from h2.settings import SettingCodes

import hyperhttp
from hyperhttp import Client
from tests.client.quiet import unused
from tests.clock import until
from tests.servers import h2_frames
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, over_h2

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.servers.raw import Script

HTTP2: TypeAlias = bool | Literal["prior-knowledge"]
BOTH = ("h2", "http/1.1")
RECORD_HEAD_BYTES = 5
ALPN_EXTENSION = 16


async def speaks_http1(peer: Peer) -> None:
    """Respond to each request."""
    with suppress(UnexpectedEnd):
        while True:
            await peer.read_request()
            await peer.send(OK)


async def _speaks_http2(peer: H2Peer) -> None:
    with suppress(UnexpectedEnd):
        await peer.handshake()
        while True:
            stream_id, _ = await peer.request()
            await peer.respond(stream_id, b"ok")


speaks_http2 = over_h2(_speaks_http2)


async def version_of(client: Client, server: RawServer) -> str:
    """What the response came by."""
    response = await client.get(server.url(host="localhost"))
    assert await response.aread() == b"ok"
    return response.http_version


def two_bytes(data: bytes) -> bytes:
    """Data behind its length, as TLS writes it."""
    return len(data).to_bytes(2, "big") + data


def alpn_extension(names: Sequence[str]) -> bytes:
    """The extension of a ClientHello that offers these, in this order (RFC 7301 3.1)."""
    listed = b"".join(bytes([len(name)]) + name.encode() for name in names)
    return ALPN_EXTENSION.to_bytes(2, "big") + two_bytes(two_bytes(listed))


# --- what we offer ---


@pytest.mark.parametrize(
    ("http2", "offered"),
    [(True, BOTH), (False, ("http/1.1",)), ("prior-knowledge", ("h2",))],
    ids=["True", "False", "prior-knowledge"],
)
async def test_we_offer_what_we_would_speak(
    http2: HTTP2, offered: tuple[str, ...], certificates: Certificates
) -> None:
    hellos: list[bytes] = []

    async def listens(peer: Peer) -> None:
        head = await peer.read_exactly(RECORD_HEAD_BYTES)
        hellos.append(await peer.read_exactly(int.from_bytes(head[3:], "big")))
        peer.close()

    async with RawServer(listens) as server, Client(http2=http2, verify=certificates.ca) as client:
        with pytest.raises(hyperhttp.TLSError, match="during the handshake"):
            await client.get(server.url(host="localhost").replace("http:", "https:"))
    assert alpn_extension(offered) in hellos[0]


@pytest.mark.parametrize("http2", [True, False])
async def test_in_cleartext_http1_is_spoken_unless_http2_is_known_to_be_there(http2: bool) -> None:
    async with RawServer(speaks_http1) as server, Client(http2=http2) as client:
        assert await version_of(client, server) == "HTTP/1.1"
    async with RawServer(speaks_http2) as server, Client(http2="prior-knowledge") as client:
        assert await version_of(client, server) == "HTTP/2"


# --- what the server chooses ---


@pytest.mark.parametrize(
    ("http2", "alpn", "version"),
    [
        (True, BOTH, "HTTP/2"),
        (True, ("h2",), "HTTP/2"),
        (True, ("http/1.1", "h2"), "HTTP/1.1"),
        (True, ("http/1.1",), "HTTP/1.1"),
        (True, ("spdy/3",), "HTTP/1.1"),
        (True, (), "HTTP/1.1"),
        (False, BOTH, "HTTP/1.1"),
        (False, ("h2",), "HTTP/1.1"),
        (False, (), "HTTP/1.1"),
        ("prior-knowledge", BOTH, "HTTP/2"),
        ("prior-knowledge", ("http/1.1",), "HTTP/2"),
        ("prior-knowledge", (), "HTTP/2"),
    ],
)
async def test_what_the_server_chooses_is_spoken(
    http2: HTTP2, alpn: tuple[str, ...], version: str, certificates: Certificates
) -> None:
    script = speaks_http2 if version == "HTTP/2" else speaks_http1
    context = server_context(certificates.good, alpn=alpn)
    async with RawServer(script, tls=context) as server:
        async with Client(http2=http2, verify=certificates.ca) as client:
            assert await version_of(client, server) == version
            assert await version_of(client, server) == version
            assert len(server.peers) == 1


@pytest.mark.parametrize(
    ("offered", "version"), [((), "HTTP/1.1"), (("http/1.1",), "HTTP/1.1"), (("h2",), "HTTP/2")]
)
@pytest.mark.parametrize("http2", [True, False])
async def test_a_context_of_the_users_own_offers_what_it_says(
    offered: tuple[str, ...], version: str, http2: bool, certificates: Certificates
) -> None:
    own = certificates.client_context()
    if offered:
        own.set_alpn_protocols(list(offered))
    script = speaks_http2 if version == "HTTP/2" else speaks_http1
    context = server_context(certificates.good, alpn=BOTH)
    async with RawServer(script, tls=context) as server, Client(verify=own, http2=http2) as client:
        assert await version_of(client, server) == version


@pytest.mark.parametrize(("alpn", "connections"), [(("h2",), 1), (("http/1.1",), 5)])
async def test_who_waits_for_the_first_connection_shares_it_if_it_can_be_shared(
    alpn: tuple[str, ...], connections: int, certificates: Certificates
) -> None:
    script = speaks_http2 if connections == 1 else speaks_http1
    context = server_context(certificates.good, alpn=alpn)
    async with RawServer(script, tls=context) as server:
        async with Client(verify=certificates.ca) as client:
            await asyncio.gather(*(version_of(client, server) for _ in range(5)))
            assert len(server.peers) <= connections
            assert len(server.peers) == client.stats().idle


# --- servers that lie ---


async def refuses_frames(peer: Peer) -> None:
    """What a server of HTTP/1.1 says to the preface of HTTP/2."""
    await peer.read_until(b"\r\n\r\n")
    await peer.send(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n")
    peer.close()


async def refuses_text(peer: Peer) -> None:
    """What a server of HTTP/2 says to a request of HTTP/1.1, once that has come."""
    await peer.read_until(b"\r\n\r\n")
    goaway = h2_frames.goaway(0, ErrorCodes.PROTOCOL_ERROR)
    await peer.send(h2_frames.settings({SettingCodes.MAX_CONCURRENT_STREAMS: 100}) + goaway)
    peer.close()


async def greets_in_frames(peer: Peer) -> None:
    """Its SETTINGS need not wait for the client's preface (RFC 9113 3.4)."""
    await peer.send(h2_frames.settings({SettingCodes.MAX_CONCURRENT_STREAMS: 100}))
    await peer.read_to_end()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize(
    ("alpn", "script", "named"),
    [
        (("h2",), refuses_frames, "HTTP/2"),
        (("http/1.1",), refuses_text, "not HTTP/1"),
        ((), refuses_text, "not HTTP/1"),
        (("http/1.1",), greets_in_frames, "not HTTP/1"),
        ((), greets_in_frames, "not HTTP/1"),
    ],
    ids=["h2", "http/1.1", "nothing", "http/1.1 at once", "nothing at once"],
)
async def test_a_server_that_speaks_another_protocol_than_it_chose_is_a_typed_error(
    method: str,
    alpn: tuple[str, ...],
    script: Script,
    named: str,
    certificates: Certificates,
) -> None:
    context = server_context(certificates.good, alpn=alpn)
    async with RawServer(script, tls=context) as server:
        async with Client(verify=certificates.ca, timeout=10.0) as client:
            with pytest.raises(hyperhttp.RemoteProtocolError, match=named) as caught:
                await client.request(method, server.url(host="localhost"))
            assert caught.value.origin == server.url("", host="localhost")
            await until(lambda: unused(client))
            assert client.stats().idle == 0


async def test_a_lie_does_not_outlast_its_connection(certificates: Certificates) -> None:
    context = server_context(certificates.good, alpn=("h2",))
    async with RawServer(refuses_frames, speaks_http2, tls=context) as server:
        async with Client(verify=certificates.ca) as client:
            with pytest.raises(hyperhttp.RemoteProtocolError):
                await client.get(server.url(host="localhost"))
            assert await version_of(client, server) == "HTTP/2"


async def test_all_who_shared_the_connection_of_a_liar_are_told(certificates: Certificates) -> None:
    context = server_context(certificates.good, alpn=("h2",))
    async with RawServer(refuses_frames, tls=context) as server:
        async with Client(verify=certificates.ca) as client:
            url = server.url(host="localhost")
            told = await asyncio.gather(
                *(client.post(url) for _ in range(4)), return_exceptions=True
            )
            assert [type(error) for error in told] == [hyperhttp.RemoteProtocolError] * 4
            assert len({id(error) for error in told}) == 4
            assert unused(client)
