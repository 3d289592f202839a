"""Resumption of TLS sessions: with real servers, over both protocols, and never by default."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING, Any

import pytest

import hyperhttp
from hyperhttp import Client, SyncClient, TLSReady

if TYPE_CHECKING:
    from hyperhttp import Response
    from tests.servers.certificates import Certificates
    from tests.servers.nginx import Nginx

pytestmark = pytest.mark.peer

VERSIONS = [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3]


def resumed(response: Response) -> bool:
    assert response.connection is not None
    assert response.connection.tls is not None
    return response.connection.tls.is_resumed


async def dialed_again(client: Client, url: str, count: int) -> list[bool]:
    """Whether each of so many connections, one after the other, was resumed."""
    results: list[bool] = []
    for _ in range(count):
        response = await client.get(url)
        await response.aread()
        results.append(resumed(response))
    return results


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("http2", [False, True])
@pytest.mark.parametrize(
    ("uses", "expected"), [(0, [False] * 4), (1, [False] + [True] * 3), (4, [False] + [True] * 5)]
)
async def test_new_connections_resume_as_often_as_allowed(
    uses: int,
    expected: list[bool],
    http2: bool,
    version: ssl.TLSVersion,
    nginx_server: Nginx,
    certificates: Certificates,
) -> None:
    context = certificates.client_context()
    context.maximum_version = version
    context.set_alpn_protocols(["h2", "http/1.1"] if http2 else ["http/1.1"])
    url = nginx_server.h2_url("/text") if http2 else nginx_server.url("/text", tls=True)
    events: list[TLSReady] = []
    async with Client(
        verify=context,
        http2=http2,
        max_keepalive_connections=0,
        tls_session_uses=uses,
        on_event=lambda event: events.append(event) if isinstance(event, TLSReady) else None,
    ) as client:
        assert await dialed_again(client, url, len(expected)) == expected
    assert [event.resumed for event in events] == expected


async def test_clients_do_not_share_sessions(
    nginx_server: Nginx, certificates: Certificates
) -> None:
    url = nginx_server.url("/text", tls=True)
    for _ in range(2):
        async with Client(
            verify=certificates.ca, max_keepalive_connections=0, tls_session_uses=4
        ) as client:
            assert await dialed_again(client, url, 2) == [False, True]


async def test_many_at_a_time(nginx_server: Nginx, certificates: Certificates) -> None:
    url = nginx_server.url("/close", tls=True)
    async with Client(verify=certificates.ca, tls_session_uses=1) as client:
        flags: list[bool] = []
        for _ in range(3):
            responses = await asyncio.gather(*(client.get(url) for _ in range(12)))
            for response in responses:
                await response.aread()
            flags = [resumed(response) for response in responses]
        assert any(flags)
        assert not all(flags)


def test_a_synchronous_client_resumes_too(nginx_server: Nginx, certificates: Certificates) -> None:
    url = nginx_server.url("/close", tls=True)
    with SyncClient(verify=certificates.ca, tls_session_uses=2) as client:
        flags = []
        for _ in range(3):
            response = client.get(url)
            response.read()
            assert response.connection is not None
            assert response.connection.tls is not None
            flags.append(response.connection.tls.is_resumed)
    assert flags == [False, True, True]


@pytest.mark.parametrize("uses", [-1, 17, 1.5, "many"])
def test_other_counts_are_refused(uses: Any) -> None:
    with pytest.raises(hyperhttp.ConfigError, match="session_uses"):
        Client(tls_session_uses=uses)


def test_it_has_no_effect_beside_a_transport() -> None:
    with pytest.raises(hyperhttp.ConfigError, match="tls_session_uses"):
        Client(transport=hyperhttp.MockTransport(200), tls_session_uses=1)
