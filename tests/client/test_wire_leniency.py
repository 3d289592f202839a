"""Odd HTTP/1.1 responses: which are delivered, which are refused at once, and what is kept."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Self

import pytest

from hyperhttp import Client, HyperHTTPError, RemoteProtocolError
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    import ssl

START = b"HTTP/1.1 200 OK\r\n"
CONTROLS = [*range(0x01, 0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F]
HELLO = b"Content-Length: 5\r\n\r\nhello"


@pytest.fixture(params=["cleartext", "tls"])
def tls(request: pytest.FixtureRequest, certificates: Certificates) -> ssl.SSLContext | None:
    return server_context(certificates.good) if request.param == "tls" else None


async def never_closing(peer: Peer, responses: tuple[bytes, ...]) -> None:
    """Respond to one request after the other, the last time for ever, and leave it open."""
    try:
        for number in range(1000):
            await peer.read_request()
            await peer.send(responses[min(number, len(responses) - 1)])
    except UnexpectedEnd:
        pass


class Site:
    """A server that responds as it is told, and a client that trusts it."""

    def __init__(
        self, tls: ssl.SSLContext | None, certificates: Certificates, *responses: bytes
    ) -> None:
        self.server = RawServer(lambda peer: never_closing(peer, responses), tls=tls)
        self.client = Client(verify=certificates.ca, timeout=30.0)

    @property
    def url(self) -> str:
        return self.server.url("/", host="localhost")

    async def __aenter__(self) -> Self:
        await self.server.__aenter__()
        return self

    async def __aexit__(self, *error: object) -> None:
        await self.client.aclose()
        await self.server.__aexit__(None, None, None)


@pytest.mark.parametrize("control", CONTROLS)
async def test_a_control_byte_in_a_header_loses_only_the_cookie_that_has_it(
    control: int, tls: ssl.SSLContext | None, certificates: Certificates
) -> None:
    byte = bytes([control])
    fields = (
        b"Set-Cookie: bad=OIO%cyX; path=/\r\nSet-Cookie: worse=1; path=/%c\r\n"
        b"Set-Cookie: good=1\r\nX-A: a%cb\r\nX-B: %c\r\nX-C: c\r\n" % ((control,) * 4)
    )
    async with Site(tls, certificates, START + fields + HELLO) as site:
        for _ in range(2):
            response = await site.client.get(site.url)
            assert (response.status_code, await response.aread()) == (200, b"hello")
            assert response.headers["x-a"] == f"a{byte.decode()}b"
            assert response.headers["x-b"] == byte.decode()
            assert response.headers["x-c"] == "c"
            assert list(site.client.cookies) == ["good"]
        assert len(site.server.peers) == 1


@pytest.mark.parametrize("value", [b"a\x00b", b"a\rb", b"\x00", b"a\r"])
async def test_nul_and_carriage_returns_in_a_header_are_errors(
    value: bytes, tls: ssl.SSLContext | None, certificates: Certificates
) -> None:
    async with Site(tls, certificates, START + b"X-A: " + value + b"\r\n" + HELLO) as site:
        with pytest.raises(RemoteProtocolError):
            await site.client.get(site.url)


async def test_a_redirect_to_control_bytes_is_a_typed_error(certificates: Certificates) -> None:
    moved = b"HTTP/1.1 302 Found\r\nLocation: /\x01\r\nContent-Length: 0\r\n\r\n"
    async with Site(None, certificates, moved) as site:
        with pytest.raises(HyperHTTPError) as caught:
            await site.client.get(site.url, follow_redirects=True)
        assert str(caught.value).isprintable()


@pytest.mark.parametrize(
    "framing",
    [
        b"Content-Length: 5\r\n",
        b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: gzip, chunked\r\nContent-Length: 9999999999999999999\r\n",
    ],
)
@pytest.mark.parametrize(
    ("method", "status"), [("HEAD", 200), ("HEAD", 404), ("GET", 304), ("DELETE", 204)]
)
async def test_a_response_without_a_body_keeps_its_connection_whatever_frames_it(
    method: str,
    status: int,
    framing: bytes,
    tls: ssl.SSLContext | None,
    certificates: Certificates,
) -> None:
    said = b"HTTP/1.1 %d Whatever\r\n%b\r\n" % (status, framing)
    async with Site(tls, certificates, said) as site:
        for _ in range(3):
            response = await site.client.request(method, site.url)
            assert (response.status_code, await response.aread()) == (status, b"")
        assert len(site.server.peers) == 1


@pytest.mark.parametrize(
    "framing",
    [b"Content-Length: 5\r\n", b"Transfer-Encoding: gzip, chunked\r\nContent-Length: 5\r\n"],
)
async def test_neither_frames_the_tunnel_of_a_proxy(
    framing: bytes, certificates: Certificates
) -> None:
    """The tunnel opens; then the proxy plays the server, which closes in the handshake."""
    opened = asyncio.Event()

    async def proxy(peer: Peer) -> None:
        assert (await peer.read_request()).startswith(b"CONNECT ")
        await peer.send(b"HTTP/1.1 200 Fine\r\n" + framing + b"\r\n")
        await peer.read_exactly(1)
        opened.set()
        peer.close()

    async with RawServer(proxy) as server, Client(proxy=server.url(), timeout=30.0) as client:
        with pytest.raises(HyperHTTPError):
            await client.get("https://example.com/")
        assert opened.is_set()


@pytest.mark.parametrize(
    "message",
    [
        b"Content-Length: 9223372036854775808\r\n\r\nx",
        b"Content-Length: 9999999999999999999\r\n\r\nx",
        b"Transfer-Encoding: chunked\r\n\r\n8000000000000000\r\nx",
        b"Transfer-Encoding: chunked\r\n\r\nFFFFFFFFFFFFFFFFF\r\nx",
        b"Transfer-Encoding: chunked\r\n\r\n1\r\na\r\nFFFFFFFFFFFFFFFFF;a\r\nx",
        b"Transfer-Encoding: chunked\r\n\r\n2;a\rb\r\nhi",
        b"Transfer-Encoding: chunked\r\n\r\n2;\0\r\nhi",
        b"Transfer-Encoding: chunked\r\n\r\n5;\r\nhello",
        b"X-Odd: \x01\r\nTransfer-Encoding: chunked\r\n\r\n5;\r\nhello",
    ],
)
async def test_framing_that_cannot_be_right_is_refused_at_once(
    message: bytes, tls: ssl.SSLContext | None, certificates: Certificates
) -> None:
    async with Site(tls, certificates, START + message) as site:
        with pytest.raises(RemoteProtocolError):
            await (await site.client.get(site.url)).aread()


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.2 200 OK\r\n" + HELLO,
        b"HTTP/1.9 200\r\n" + HELLO,
        b"\r\n" + START + HELLO,
        b"\r\nHTTP/1.1 103 Early Hints\r\n\r\n\r\n" + START + HELLO,
        START + b"Transfer-Encoding: identity\r\n" + HELLO,
        START + b"Transfer-Encoding: identity, chunked\r\n\r\n5 \r\nhello\r\n0\r\n\r\n",
        START + b"Transfer-Encoding: chunked\r\n\r\n5 ;a=b \r\nhello\r\n0\t\r\n\r\n",
    ],
)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_other_clients_accept_is_accepted(
    method: str, said: bytes, tls: ssl.SSLContext | None, certificates: Certificates
) -> None:
    async with Site(tls, certificates, said) as site:
        for _ in range(3):
            response = await site.client.request(method, site.url)
            assert (response.status_code, await response.aread()) == (200, b"hello")
            assert response.http_version == "HTTP/1.1"
        assert len(site.server.peers) == 1


async def test_only_one_empty_line_is_ignored(
    tls: ssl.SSLContext | None, certificates: Certificates
) -> None:
    async with Site(tls, certificates, b"\r\n\r\n" + OK) as site:
        with pytest.raises(RemoteProtocolError):
            await site.client.get(site.url)
