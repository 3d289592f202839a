"""TLS with the programs that others use: Apache, nginx and OpenSSL's own server."""

from __future__ import annotations

import asyncio
import ssl
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client, HyperHTTPError, ReadError, TLSError
from tests.client.quiet import unused
from tests.servers.apache import GUARDED, OPEN, Apache, apache
from tests.servers.client_certificates import ClientCertificates, make_client_certificates
from tests.servers.s_server import s_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from hyperhttp import Response
    from tests.servers.certificates import Certificates
    from tests.servers.nginx import Nginx

pytestmark = pytest.mark.peer

PROTOCOLS = {"TLSv1.2": "-tls1_2", "TLSv1.3": "-tls1_3"}


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> ClientCertificates:
    return make_client_certificates(tmp_path_factory.mktemp("clients"))


@pytest.fixture(scope="module")
def apache_server(
    tmp_path_factory: pytest.TempPathFactory,
    certificates: Certificates,
    clients: ClientCertificates,
) -> Iterator[Apache]:
    """Run Apache with a location that needs a certificate."""
    folder = tmp_path_factory.mktemp("apache")
    with apache(folder, certificates.good, clients.ca) as server:
        yield server


def limited(certificates: Certificates, version: ssl.TLSVersion) -> ssl.SSLContext:
    context = certificates.client_context()
    context.maximum_version = version
    context.set_alpn_protocols(["http/1.1"])
    return context


class TestApache:
    @pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
    async def test_it_asks_for_a_certificate_where_a_location_needs_one(
        self,
        version: ssl.TLSVersion,
        apache_server: Apache,
        certificates: Certificates,
        clients: ClientCertificates,
    ) -> None:
        context = limited(certificates, version)
        context.load_cert_chain(clients.whole)
        context.post_handshake_auth = True
        async with Client(verify=context) as client:
            for path, content in (("/open", OPEN), ("/guarded", GUARDED), ("/open", OPEN)) * 2:
                response = await client.get(apache_server.url(path))
                assert await response.aread() == content
            # A body that is sent before it asks; it keeps it until the certificate is there.
            response = await client.post(apache_server.url("/guarded"), content=bytes(500_000))
            await response.aread()
            assert response.status_code in {200, 405}
            assert unused(client)

    @pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
    async def test_a_resumed_session_stands_for_the_certificate_or_it_is_asked_for_again(
        self,
        version: ssl.TLSVersion,
        apache_server: Apache,
        certificates: Certificates,
        clients: ClientCertificates,
    ) -> None:
        context = limited(certificates, version)
        context.load_cert_chain(clients.whole)
        context.post_handshake_auth = True
        async with Client(
            verify=context, max_keepalive_connections=0, tls_session_uses=4
        ) as client:
            flags: list[bool] = []
            for _ in range(4):
                response = await client.get(apache_server.url("/guarded"))
                assert await response.aread() == GUARDED
                assert response.connection is not None
                assert response.connection.tls is not None
                flags.append(response.connection.tls.is_resumed)
            # Over TLS 1.2, it doesn't issue a ticket in a renegotiation.
            assert flags[-1] is (version is ssl.TLSVersion.TLSv1_3)

    async def test_without_one_it_refuses(
        self, apache_server: Apache, certificates: Certificates
    ) -> None:
        async with Client(verify=certificates.ca) as client:
            refused = await client.get(apache_server.url("/guarded"))
            assert refused.status_code == 403
            assert await (await client.get(apache_server.url("/open"))).aread() == OPEN

    @pytest.mark.parametrize("path", ["/open", "/guarded"])
    async def test_many_at_a_time(
        self,
        path: str,
        apache_server: Apache,
        certificates: Certificates,
        clients: ClientCertificates,
    ) -> None:
        async with Client(verify=certificates.ca, cert=clients.whole) as client:
            urls = [apache_server.url(path)] * 20
            responses: list[Response] = await asyncio.gather(*map(client.get, urls))
            assert {one.status_code for one in responses} == {200}


class TestOpenSSL:
    @pytest.mark.parametrize("version", PROTOCOLS)
    @pytest.mark.parametrize(
        "options",
        [(), ("-no_ticket", "-num_tickets", "0"), ("-num_tickets", "9"), ("-max_send_frag", "512")],
        ids=" ".join,
    )
    async def test_a_body_ends_by_close_notify(
        self, options: tuple[str, ...], version: str, certificates: Certificates, tmp_path: Path
    ) -> None:
        content = bytes(range(256)) * 1000
        (tmp_path / "file").write_bytes(b"HTTP/1.1 200 OK\r\n\r\n" + content)
        more = (PROTOCOLS[version], "-HTTP", "-http_server_binmode", *options)
        async with (
            s_server(certificates.good, *more, folder=tmp_path) as server,
            Client(verify=certificates.ca) as client,
        ):
            for _ in range(3):
                response = await client.get(server.url("/file"))
                assert await response.aread() == content
                assert response.connection is not None
                assert response.connection.tls is not None
                assert response.connection.tls.version == version

    @pytest.mark.parametrize("command", [b"k", b"K"], ids=["its own keys", "both keys"])
    async def test_keys_are_updated_before_during_and_after_a_response(
        self, command: bytes, certificates: Certificates
    ) -> None:
        async def update() -> None:
            await server.type(command + b"\n")
            # Its own message; those of the client come with its next data.
            await server.shows(b">>> TLS 1.3, Handshake [length 0005], KeyUpdate")

        async with (
            s_server(certificates.good, "-tls1_3", "-crlf", "-msg") as server,
            Client(verify=certificates.ca) as client,
        ):
            for number in range(3):
                asked = asyncio.ensure_future(client.post(server.url(f"/{number}"), content=b"ok?"))
                await server.shows(b"POST /%d " % number)
                await server.shows(b"ok?")
                await update()
                await server.type(b"HTTP/1.1 200 OK\nContent-Length: 4\n\nok")
                body = (await asked).aiter_bytes()
                assert await anext(body) == b"ok"
                await update()
                await server.type(b"ay")
                assert [piece async for piece in body] == [b"ay"]
                await update()
            assert client.stats().idle == 1

    async def test_a_certificate_is_asked_for_while_the_connection_is_idle(
        self, certificates: Certificates, clients: ClientCertificates
    ) -> None:
        more = ("-tls1_3", "-crlf", "-msg", "-verify", "3", "-CAfile", str(clients.ca))
        async with (
            s_server(certificates.good, *more) as server,
            Client(verify=certificates.ca, cert=clients.whole) as client,
        ):
            for number in range(2):
                asked = asyncio.ensure_future(client.get(server.url(f"/{number}")))
                await server.shows(b"GET /%d " % number)
                await server.type(b"HTTP/1.1 200 OK\nContent-Length: 2\n\nok")
                assert await (await asked).aread() == b"ok"
                await server.type(b"c\n")
                await server.shows(b"CertificateRequest")
                await server.shows(b"CertificateVerify")
            assert client.stats().idle == 1


class TestNginx:
    @pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
    @pytest.mark.parametrize("http2", [False, True])
    async def test_large_bodies_in_both_directions(
        self,
        http2: bool,
        version: ssl.TLSVersion,
        nginx_server: Nginx,
        certificates: Certificates,
    ) -> None:
        context = certificates.client_context()
        context.maximum_version = version
        context.set_alpn_protocols(["h2", "http/1.1"] if http2 else ["http/1.1"])
        url = nginx_server.h2_url if http2 else lambda path: nginx_server.url(path, tls=True)
        body = bytes(range(256)) * 4096
        async with Client(verify=context, http2=http2) as client:
            responses = await asyncio.gather(
                *(client.post(url("/mirror"), content=body) for _ in range(8))
            )
            for response in responses:
                assert await response.aread() == b"POST " + body
                assert response.http_version == ("HTTP/2" if http2 else "HTTP/1.1")


@pytest.mark.parametrize("version", PROTOCOLS)
async def test_a_server_without_a_common_version_is_an_error(
    version: str, certificates: Certificates
) -> None:
    context = certificates.client_context()
    if version == "TLSv1.2":
        context.minimum_version = ssl.TLSVersion.TLSv1_3
    else:
        context.maximum_version = ssl.TLSVersion.TLSv1_2
    async with (
        s_server(certificates.good, PROTOCOLS[version]) as server,
        Client(verify=context) as client,
    ):
        with pytest.raises(TLSError, match=r"(?i)protocol version|alert"):
            await client.get(server.url())


async def test_a_server_that_is_killed_in_a_body_is_an_error(certificates: Certificates) -> None:
    async with (
        s_server(certificates.good, "-crlf") as server,
        Client(verify=certificates.ca) as client,
    ):
        asked = asyncio.ensure_future(client.get(server.url()))
        await server.shows(b"GET / ")
        await server.type(b"HTTP/1.1 200 OK\n\nhalf of it")
        response = await asked
        server.process.kill()
        with pytest.raises(ReadError) as caught:
            await response.aread()
        assert isinstance(caught.value, HyperHTTPError)
