"""A record of a dial knows how long each step took, and reads the rest off the transport."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, ConnectionInfo, MockTransport, Proxy
from hyperhttp._network.connect_trace import ConnectTrace
from tests.network.hand_clock import HandClock
from tests.servers.certificates import Certificates, server_context
from tests.servers.proxy import LoopProxy
from tests.servers.raw import OK, RawServer, replies
from tests.servers.unix import UnixServer

if TYPE_CHECKING:
    from pathlib import Path

    from hyperhttp import Response

CLOSE = OK.replace(b"\r\n", b"\r\nConnection: close\r\n", 1)


def info_of(response: Response) -> ConnectionInfo:
    assert response.connection is not None
    return response.connection


def test_a_step_lasts_from_the_mark_before_it_and_adds_up() -> None:
    clock = HandClock()
    trace = ConnectTrace(clock.time)
    for step, at in (("tls", 1.0), ("dns", 3.0), ("connect", 7.0), ("proxy", 15.0), ("tls", 31.0)):
        clock.now = 1000.0 + at
        trace.mark(step)  # type: ignore[arg-type]  # a tuple of literals is widened to str
    info = trace.info(is_reused=True)
    assert (info.tls_s, info.dns_s, info.connect_s, info.proxy_s) == (17.0, 2.0, 4.0, 8.0)
    assert (info.is_reused, info.address, info.tls) == (True, None, None)


async def test_without_tls_there_is_an_address_and_the_time_of_connecting() -> None:
    async with RawServer(replies((b"GET /a ", OK), (b"GET /b ", OK))) as server:
        async with Client() as client:
            first = await client.get(server.url("/a"))
            second = await client.get(server.url("/b"))
    one, two = info_of(first), info_of(second)
    assert one.address == two.address == f"127.0.0.1:{server.port}"
    assert (one.is_reused, two.is_reused) == (False, True)
    assert one.connect_s > 0
    assert (one.tls, one.tls_s, one.proxy_s) == (None, 0.0, 0.0)
    assert one.opening_s <= first.elapsed


async def test_an_address_of_ipv6_is_in_brackets() -> None:
    async with RawServer(replies((b"GET / ", OK)), host="::1") as server:
        async with Client() as client:
            response = await client.get(f"http://[::1]:{server.port}/")
    assert info_of(response).address == f"[::1]:{server.port}"


async def test_a_unix_socket_has_its_path(tmp_path: Path) -> None:
    path = tmp_path / "s"
    async with UnixServer(path, replies((b"GET / ", OK))):
        async with Client(uds=path) as client:
            response = await client.get("http://example.com/")
    assert info_of(response).address == str(path)
    assert info_of(response).connect_s > 0


@pytest.mark.parametrize("alpn", [("http/1.1",), ()])
async def test_tls_is_told_of_with_the_certificate(
    certificates: Certificates, alpn: tuple[str, ...]
) -> None:
    context = server_context(certificates.good, alpn=alpn)
    async with RawServer(replies((b"GET / ", CLOSE)), tls=context) as server:
        async with Client(verify=certificates.ca) as client:
            response = await client.get(server.url(host="localhost"))
            info = info_of(response)
    tls = info.tls
    assert tls is not None
    assert tls.version == "TLSv1.3"
    assert tls.cipher.startswith("TLS_")
    assert tls.alpn == (alpn[0] if alpn else None)
    assert tls.subject == "localhost"
    assert tls.issuer
    assert tls.expires is not None
    assert tls.expires > datetime.now(UTC) + timedelta(days=1)
    assert info.tls_s > 0


@pytest.mark.filterwarnings("ignore:TLS certificates are not verified")
async def test_a_certificate_that_was_not_checked_is_not_told_of(
    certificates: Certificates,
) -> None:
    context = server_context(certificates.self_signed)
    async with RawServer(replies((b"GET / ", OK)), tls=context) as server:
        async with Client(verify=False) as client:
            response = await client.get(server.url(host="localhost"))
            tls = info_of(response).tls
    assert tls is not None
    assert (tls.subject, tls.issuer, tls.expires) == (None, None, None)


async def test_a_tunnel_takes_time_of_its_own(certificates: Certificates) -> None:
    context = server_context(certificates.good)
    async with RawServer(replies((b"GET / ", OK)), tls=context) as server, LoopProxy() as proxy:
        async with Client(proxy=Proxy(proxy.url()), verify=certificates.ca) as client:
            info = info_of(await client.get(server.url(host="localhost")))
    assert info.proxy_s > 0
    assert info.tls is not None
    assert info.tls.subject == "localhost"


async def test_what_stands_in_place_of_the_network_has_no_connection() -> None:
    async with Client(transport=MockTransport({"GET /": b"x"})) as client:
        assert (await client.get("http://example.com/")).connection is None
