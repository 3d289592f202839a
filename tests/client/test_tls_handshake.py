"""A server that ends the TLS handshake, with or without an alert: a TLSError, whatever the way."""

from __future__ import annotations

import ssl
from contextlib import AsyncExitStack
from typing import TYPE_CHECKING, Literal

import pytest

import hyperhttp
from hyperhttp import Client
from tests.client.quiet import unused
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.client_certificates import ClientCertificates, make_client_certificates
from tests.servers.proxy import LoopProxy
from tests.servers.raw import Peer, RawServer
from tests.servers.stern import stern

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

WAYS = ("direct", "CONNECT", "TLS in TLS", "SOCKS5")
# A fatal alert of a record of TLS 1.2, as servers send it before a version is agreed on.
HANDSHAKE_FAILURE = bytes([21, 3, 3, 0, 2, 2, 40])


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> ClientCertificates:
    return make_client_certificates(tmp_path_factory.mktemp("clients"))


async def closes(peer: Peer) -> None:
    await peer.read_exactly(5)
    peer.close()


async def closes_at_once(peer: Peer) -> None:
    peer.close()


async def resets(peer: Peer) -> None:
    await peer.read_exactly(5)
    peer.reset()


async def closes_in_a_record(peer: Peer) -> None:
    await peer.read_exactly(5)
    await peer.send(bytes([22, 3, 3, 0, 90, 2, 0]))
    peer.close()


async def alerts(peer: Peer) -> None:
    await peer.read_exactly(5)
    await peer.send(HANDSHAKE_FAILURE)
    peer.close()


async def talks_http(peer: Peer) -> None:
    await peer.read_exactly(5)
    await peer.send(b"HTTP/1.1 400 Bad Request\r\n\r\n")
    peer.close()


ENDS: dict[str, tuple[Callable[[Peer], Awaitable[None]], bool]] = {
    "closes": (closes, True),
    "closes at once": (closes_at_once, True),
    "resets": (resets, True),
    "closes in a record": (closes_in_a_record, True),
    "alerts": (alerts, False),
    "talks HTTP": (talks_http, False),
}


async def client_by(
    way: str, certificates: Certificates, stack: AsyncExitStack, cert: object = None
) -> Client:
    """A client that takes one of the ways to a server."""
    proxy: str | None = None
    if way != "direct":
        tls = server_context(certificates.good) if way == "TLS in TLS" else None
        at = await stack.enter_async_context(LoopProxy(tls=tls))
        proxy = at.url("socks5h" if way == "SOCKS5" else None)
    client: Callable[..., Client] = Client
    return await stack.enter_async_context(client(verify=certificates.ca, proxy=proxy, cert=cert))


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("way", WAYS)
async def test_a_handshake_that_the_server_ends_is_a_tls_error(
    way: str, end: str, certificates: Certificates
) -> None:
    script, is_lost = ENDS[end]
    async with RawServer(script) as server, AsyncExitStack() as stack:
        client = await client_by(way, certificates, stack)
        url = server.url(host="localhost").replace("http:", "https:")
        with pytest.raises(hyperhttp.TLSError) as caught:
            await client.post(url, content=b"never sent")
        await until(lambda: unused(client))
    error = caught.value
    assert type(error) is hyperhttp.TLSError
    assert error.phase == "tls"
    assert (error.is_connection_lost, error.retryable) == (
        is_lost,
        "always" if is_lost else "never",
    )
    assert len(error.detail) > len("handshake failed: ")


@pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
@pytest.mark.parametrize("way", WAYS)
async def test_a_server_that_wants_a_certificate_refuses_by_a_tls_error(
    way: str, version: ssl.TLSVersion, certificates: Certificates, clients: ClientCertificates
) -> None:
    context = clients.demanding(certificates.good)
    context.maximum_version = version
    with stern(context) as address:
        url = address.replace("127.0.0.1", "localhost")
        async with AsyncExitStack() as stack:
            client = await client_by(way, certificates, stack)
            with pytest.raises(hyperhttp.TLSError) as caught:
                await client.get(url)
            with_one = await client_by(way, certificates, stack, clients.whole)
            assert await (await with_one.get(url)).aread() == b"ok"
    assert (caught.value.is_connection_lost, caught.value.retryable) == (False, "never")


@pytest.mark.parametrize("first", [closes, resets], ids=["close", "reset"])
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_a_handshake_that_was_lost_is_retried_by_policy(
    first: Callable[[Peer], Awaitable[None]],
    method: Literal["GET", "POST"],
    certificates: Certificates,
) -> None:
    script, attempts = first, 0

    async def lost(peer: Peer) -> None:
        nonlocal attempts
        attempts += 1
        await script(peer)

    policy = hyperhttp.RetryPolicy(
        max_retries=2, backoff=hyperhttp.Backoff(initial=0.001, maximum=0.001)
    )
    async with RawServer(lost) as server, Client(verify=certificates.ca, retry=policy) as client:
        with pytest.raises(hyperhttp.TLSError):
            await client.request(method, server.url().replace("http:", "https:"))
    assert attempts == 3
