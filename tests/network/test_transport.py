"""What stands in place of the network: no names, no sockets, no TLS, and the rest as ever."""

from __future__ import annotations

import asyncio
import errno
from typing import TYPE_CHECKING, TypeVar
from unittest import mock

import pytest

import hyperhttp
from hyperhttp import Client, Endpoint
from hyperhttp.testing import MockTransport
from tests.testing.peers import fetch

if TYPE_CHECKING:
    from collections.abc import Callable

P = TypeVar("P", bound=asyncio.BaseProtocol)


class Watched:
    """A transport that notes where connections were to lead, and how often clients closed."""

    def __init__(self, error: BaseException | None = None) -> None:
        self.endpoints: list[Endpoint] = []
        self.closed = 0
        self._inner = MockTransport("well")
        self._error = error

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        self.endpoints.append(endpoint)
        if self._error is not None:
            raise self._error
        return await self._inner.connect(endpoint, make_protocol)

    async def aclose(self) -> None:
        self.closed += 1


async def test_the_endpoint_is_that_of_the_url_and_offers_what_the_client_speaks() -> None:
    transport = Watched()
    async with Client(transport=transport) as client:
        await fetch(client, "http://example.com/a")
        await fetch(client, "https://[::1]:8443/b")
    async with Client(transport=transport, http2=False) as client:
        await fetch(client, "https://example.com/")
    assert transport.endpoints == [
        Endpoint("example.com", 80, is_tls=False, alpn=()),
        Endpoint("::1", 8443, is_tls=True, alpn=("h2", "http/1.1")),
        Endpoint("example.com", 443, is_tls=True, alpn=("http/1.1",)),
    ]
    assert transport.closed == 2


async def test_no_socket_name_or_tls_context_is_made() -> None:
    with (
        mock.patch("socket.socket.connect", side_effect=AssertionError),
        mock.patch("socket.getaddrinfo", side_effect=AssertionError),
        mock.patch("hyperhttp._transport.origin_tls.server_tls", side_effect=AssertionError),
    ):
        async with Client(transport=Watched()) as client:
            assert await fetch(client, "https://example.com/") == b"well"


@pytest.mark.parametrize(
    ("http2", "scheme", "version"),
    [
        (True, "http", "HTTP/1.1"),
        (True, "https", "HTTP/2"),
        (False, "https", "HTTP/1.1"),
        ("prior-knowledge", "http", "HTTP/2"),
        ("prior-knowledge", "https", "HTTP/2"),
    ],
)
async def test_the_transport_chooses_the_protocol(http2: bool, scheme: str, version: str) -> None:
    async with Client(transport=Watched(), http2=http2) as client:
        response = await client.get(f"{scheme}://example.com/")
        assert response.http_version == version
        await response.aread()


async def test_a_transport_without_http2_is_spoken_to_by_http_1() -> None:
    async with Client(transport=MockTransport(http2=False)) as client:
        assert (await client.get("https://example.com/")).http_version == "HTTP/1.1"


async def test_an_os_error_is_a_connect_error_and_others_are_as_they_are() -> None:
    for error, raised in (
        (OSError(errno.EHOSTUNREACH, "no"), hyperhttp.ConnectError),
        (KeyError("mine"), KeyError),
    ):
        async with Client(transport=Watched(error)) as client:
            with pytest.raises(raised):
                await client.get("http://example.com/")


async def test_connections_are_kept_counted_and_closed_as_ever() -> None:
    transport = Watched()
    async with Client(transport=transport, max_connections=1) as client:
        for path in ("a", "b"):
            await fetch(client, f"http://example.com/{path}")
        assert len(transport.endpoints) == 1
        assert client.stats().origins["http://example.com"].idle == 1
        await fetch(client, "http://example.org/")
        assert len(transport.endpoints) == 2


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_what_may_be_sent_once_only_goes_out_on_a_kept_connection(scheme: str) -> None:
    transport = Watched()
    async with Client(transport=transport) as client:
        for _ in range(2):
            assert await (await client.post(f"{scheme}://example.com/")).aread() == b"well"
    assert len(transport.endpoints) == 1
