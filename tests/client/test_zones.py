"""IPv6 zones on the loopback interface: where connections go, and what servers see of it."""

from __future__ import annotations

import socket
import sys
from contextlib import suppress

import pytest

import hyperhttp
from hyperhttp import Client
from tests.servers.certificates import Certificates, server_context
from tests.servers.proxy import LoopProxy
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the name of the interface")
LOOPBACK = "lo"


async def replies(peer: Peer) -> None:
    with suppress(UnexpectedEnd):
        while True:
            await peer.read_request()
            await peer.send(OK)


@pytest.mark.parametrize("secure", [False, True], ids=["cleartext", "TLS"])
@pytest.mark.parametrize("zone", [LOOPBACK, str(socket.if_nametoindex(LOOPBACK))])
async def test_a_zone_chooses_the_interface_and_is_not_sent(
    zone: str, secure: bool, certificates: Certificates
) -> None:
    tls = server_context(certificates.good) if secure else None
    async with (
        RawServer(replies, tls=tls, host="::1") as server,
        Client(verify=certificates.ca) as client,
    ):
        scheme = "https" if secure else "http"
        origin = f"{scheme}://[::1%25{zone}]:{server.port}"
        for _ in range(2):
            assert await (await client.get(f"{origin}/")).aread() == b"ok"
        assert list(client.stats().origins) == [origin]
        assert len(server.peers) == 1
        assert f"\r\nHost: [::1]:{server.port}\r\n".encode() in server.received[0]
        assert b"%" not in server.received[0]


async def test_an_interface_that_is_not_there_is_a_connect_error() -> None:
    async with Client() as client:
        with pytest.raises(hyperhttp.ConnectError, match="no network interface nosuch0"):
            await client.get("http://[::1%25nosuch0]:1/")


async def test_a_local_address_may_have_a_zone() -> None:
    async with (
        RawServer(replies, host="::1") as server,
        Client(local_address=f"::1%{LOOPBACK}") as client,
    ):
        assert await (await client.get(server.url())).aread() == b"ok"


@pytest.mark.parametrize("secure", [False, True], ids=["forwarded", "tunnel"])
async def test_a_proxy_gets_no_zone(secure: bool, certificates: Certificates) -> None:
    tls = server_context(certificates.good) if secure else None
    async with (
        RawServer(replies, tls=tls, host="127.0.0.1") as server,
        LoopProxy() as proxy,
        Client(proxy=proxy.url(), verify=certificates.ca) as client,
    ):
        scheme = "https" if secure else "http"
        url = f"{scheme}://[::1%25{LOOPBACK}]:{server.port}/"
        with suppress(hyperhttp.HyperHTTPError):
            await client.get(url)
    assert proxy.heads
    assert b"%" not in proxy.heads[0]
