"""The client certificate on the wire: which servers of a redirect, or beside a base, see it."""

from __future__ import annotations

import ssl
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from hyperhttp import Client
from tests.servers.certificates import Certificates, server_context
from tests.servers.client_certificates import ClientCertificates, make_client_certificates
from tests.servers.raw import Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, over_h2

if TYPE_CHECKING:
    from tests.servers.raw import Script

VERSIONS = ("HTTP/1.1", "HTTP/2")


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> ClientCertificates:
    return make_client_certificates(tmp_path_factory.mktemp("clients"))


class Asking:
    """A server that asks for a certificate, lets in clients without, and redirects as its path."""

    def __init__(self, version: str, certificates: Certificates, clients: ClientCertificates):
        self.seen: list[bool] = []
        alpn = ("h2",) if version == "HTTP/2" else ("http/1.1",)
        self.tls = server_context(certificates.good, alpn=alpn)
        self.tls.verify_mode = ssl.CERT_OPTIONAL
        self.tls.load_verify_locations(clients.ca)
        self.script: Script = over_h2(self._h2) if version == "HTTP/2" else self._h1
        self.target = ""

    def _note(self, peer: Peer) -> None:
        self.seen.append(bool(peer.transport.get_extra_info("peercert")))

    async def _h1(self, peer: Peer) -> None:
        with suppress(UnexpectedEnd):
            while True:
                request = await peer.read_request()
                self._note(peer)
                if b" /away " in request:
                    lines = f"HTTP/1.1 302 Found\r\nLocation: {self.target}"
                else:
                    lines = "HTTP/1.1 200 OK"
                await peer.send(f"{lines}\r\nContent-Length: 2\r\n\r\nok".encode())

    async def _h2(self, peer: H2Peer) -> None:
        with suppress(UnexpectedEnd):
            await peer.handshake()
            while True:
                stream_id, fields = await peer.request()
                self._note(peer.raw_peer)
                away = dict(fields)[":path"] == "/away"
                location = [("location", self.target)] if away else []
                status = 302 if away else 200
                await peer.respond(stream_id, b"ok", *location, status=status)


@pytest.mark.parametrize("based", [False, True], ids=["no base_url", "base_url"])
@pytest.mark.parametrize("version", VERSIONS)
async def test_a_redirect_target_of_another_origin_does_not_see_it(
    version: str, based: bool, certificates: Certificates, clients: ClientCertificates
) -> None:
    first = Asking(version, certificates, clients)
    second = Asking(version, certificates, clients)
    async with (
        RawServer(first.script, tls=first.tls) as one,
        RawServer(second.script, tls=second.tls) as two,
        Client(
            base_url=one.url() if based else "",
            verify=certificates.ca,
            cert=clients.whole,
            follow_redirects=True,
        ) as client,
    ):
        first.target, second.target = two.url("/away"), one.url("/end")
        response = await client.get(one.url("/away"))
        assert await response.aread() == b"ok"
        assert (first.seen, second.seen) == ([True, False], [False])
        await (await client.get(one.url("/"))).aread()
        await (await client.get(two.url("/"))).aread()
        assert first.seen == [True, False, True]
        # The caller addresses the second one directly, which is enough without a base_url.
        assert second.seen == [False, not based]
        assert len(client.stats().origins) == (3 if based else 4)


@pytest.mark.parametrize("version", VERSIONS)
async def test_a_redirect_within_the_origin_uses_the_same_connection(
    version: str, certificates: Certificates, clients: ClientCertificates
) -> None:
    asking = Asking(version, certificates, clients)
    async with (
        RawServer(asking.script, tls=asking.tls) as server,
        Client(verify=certificates.ca, cert=clients.whole, follow_redirects=True) as client,
    ):
        asking.target = "/end"
        assert await (await client.get(server.url("/away"))).aread() == b"ok"
        assert (asking.seen, len(server.peers)) == ([True, True], 1)
