"""HTTP_1_1_REQUIRED: requests are repeated over HTTP/1.1, and the origin is remembered."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

import pytest
from h2.errors import ErrorCodes

import hyperhttp
from hyperhttp import Client
from tests.client.quiet import unused
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, over_h2

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Iterator

    from hyperhttp import Response

    Refusal: TypeAlias = Callable[["H2Peer", int], Awaitable[None]]

REQUIRED = ErrorCodes.HTTP_1_1_REQUIRED
BOTH = ("h2", "http/1.1")


async def http1(peer: Peer) -> None:
    """Respond to each request with its method and body."""
    with suppress(UnexpectedEnd):
        while True:
            request = await peer.read_request()
            body = request.split(b" ", 1)[0] + b" " + request.partition(b"\r\n\r\n")[2]
            head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
            await peer.send(head + body)


async def by_reset(peer: H2Peer, stream_id: int) -> None:
    await peer.rst(stream_id, REQUIRED)


async def by_goaway(peer: H2Peer, stream_id: int) -> None:
    await peer.goaway(max(0, stream_id - 2), REQUIRED)


def requiring(refuse: Refusal, *, served: int) -> Callable[[H2Peer], Awaitable[None]]:
    """A server that responds to some requests, and wants HTTP/1.1 for the next one."""

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        for _ in range(served):
            stream_id, _ = await peer.request()
            await peer.respond(stream_id, b"HTTP/2")
        stream_id, _ = await peer.request()
        await refuse(peer, stream_id)
        with suppress(UnexpectedEnd):
            await peer.raw_peer.read_to_end()

    return script


async def text_of(response: Response) -> tuple[str, bytes]:
    return response.http_version, await response.aread()


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("refuse", [by_reset, by_goaway])
@pytest.mark.parametrize("served", [0, 1, 3], ids=["first", "second", "fourth"])
async def test_a_request_is_repeated_over_http1_and_the_next_ones_begin_there(
    served: int, refuse: Refusal, method: str, certificates: Certificates
) -> None:
    tls = server_context(certificates.good, alpn=BOTH)
    script = over_h2(requiring(refuse, served=served))
    async with (
        RawServer(script, http1, tls=tls) as server,
        Client(base_url=server.url(), verify=certificates.ca) as client,
    ):
        content = b"body" if method == "POST" else hyperhttp.UNSET
        for _ in range(served):
            response = await client.request(method, "/", content=content)
            assert await text_of(response) == ("HTTP/2", b"HTTP/2")
        for _ in range(3):
            response = await client.request(method, "/", content=content)
            body = f"{method} ".encode() + (b"body" if method == "POST" else b"")
            assert await text_of(response) == ("HTTP/1.1", body)
        await until(lambda: unused(client))
        assert (len(server.peers), client.stats().idle) == (2, 1)


async def test_other_streams_of_the_connection_complete(certificates: Certificates) -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        slow, _ = await peer.request()
        refused, _ = await peer.request()
        await peer.rst(refused, REQUIRED)
        await peer.respond(slow, b"slow")
        await peer.goaway_of_client()

    tls = server_context(certificates.good, alpn=BOTH)
    async with (
        RawServer(over_h2(script), http1, tls=tls) as server,
        Client(base_url=server.url(), verify=certificates.ca) as client,
    ):
        slow, refused = await asyncio.gather(client.get("/slow"), client.post("/", content=b"x"))
        assert await text_of(slow) == ("HTTP/2", b"slow")
        assert await text_of(refused) == ("HTTP/1.1", b"POST x")


@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_request_that_may_have_been_processed_is_repeated_only_if_that_is_safe(
    method: str, certificates: Certificates
) -> None:
    async def closes(peer: H2Peer, stream_id: int) -> None:
        await peer.goaway(stream_id, REQUIRED)
        peer.eof()

    tls = server_context(certificates.good, alpn=BOTH)
    async with (
        RawServer(over_h2(requiring(closes, served=0)), http1, tls=tls) as server,
        Client(base_url=server.url(), verify=certificates.ca) as client,
    ):
        if method == "GET":
            assert await text_of(await client.get("/")) == ("HTTP/1.1", b"GET ")
            return
        with pytest.raises(hyperhttp.ReadError) as caught:
            await client.post("/")
        assert caught.value.retryable == "if_idempotent"
        assert await text_of(await client.post("/")) == ("HTTP/1.1", b"POST ")


async def test_a_response_that_has_begun_is_not_repeated(certificates: Certificates) -> None:
    async def begins(peer: H2Peer, stream_id: int) -> None:
        await peer.headers(stream_id, [(":status", "200")])
        await peer.data(stream_id, b"some")
        await peer.rst(stream_id, REQUIRED)

    tls = server_context(certificates.good, alpn=BOTH)
    async with (
        RawServer(over_h2(requiring(begins, served=0)), http1, tls=tls) as server,
        Client(base_url=server.url(), verify=certificates.ca) as client,
    ):
        response = await client.get("/")
        with pytest.raises(hyperhttp.StreamReset) as caught:
            await response.aread()
        assert not caught.value.is_unprocessed


@pytest.mark.parametrize("own", [False, True], ids=["prior knowledge", "a context of its own"])
async def test_where_http1_cannot_be_offered_the_reset_is_raised(
    own: bool, certificates: Certificates
) -> None:
    tls = server_context(certificates.good, alpn=BOTH)
    context = certificates.client_context()
    context.set_alpn_protocols(["h2", "http/1.1"])
    async with RawServer(over_h2(requiring(by_reset, served=0)), tls=tls) as server:
        client = (
            Client(verify=context)
            if own
            else Client(http2="prior-knowledge", verify=certificates.ca)
        )
        async with client:
            with pytest.raises(hyperhttp.StreamReset) as caught:
                await client.get(server.url())
        assert len(server.peers) == 1
    assert (caught.value.error_code, caught.value.retryable) == (REQUIRED, "if_idempotent")


async def test_a_body_that_can_be_read_only_once_is_not_repeated(
    certificates: Certificates,
) -> None:
    async def later(peer: H2Peer, stream_id: int) -> None:
        await peer.body(stream_id)
        await peer.rst(stream_id, REQUIRED)

    def once() -> Iterator[bytes]:
        yield b"once"

    tls = server_context(certificates.good, alpn=BOTH)
    async with (
        RawServer(over_h2(requiring(later, served=0)), http1, tls=tls) as server,
        Client(base_url=server.url(), verify=certificates.ca) as client,
    ):
        with pytest.raises(hyperhttp.StreamReset, match="can be read only once"):
            await client.post("/", content=once())
        response = await client.post("/", content=once())
        assert response.http_version == "HTTP/1.1"
