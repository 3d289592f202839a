"""TLS and dialling as a user sees them: each option of the client against a real server."""

from __future__ import annotations

import asyncio
import pickle
import ssl
import sys
import traceback
import warnings
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from unittest.mock import patch

import pytest

import hyperhttp
from hyperhttp import Client, ClientConfig, ConfigError, TLSConfig
from hyperhttp._network import tls
from hyperhttp._network.tls_contexts import TLSContexts
from tests.servers.certificates import Certificates, server_context
from tests.servers.client_certificates import (
    NAME,
    PASSWORD,
    ClientCertificates,
    make_client_certificates,
)
from tests.servers.late_request import asks_later
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.stern import stern
from tests.servers.unix import UnixServer

LOOSE: Callable[..., Client] = Client
ON_LINUX = pytest.mark.skipif(
    sys.platform != "linux", reason="the system's own store and addresses"
)


@pytest.fixture(scope="module")
def clients(tmp_path_factory: pytest.TempPathFactory) -> ClientCertificates:
    return make_client_certificates(tmp_path_factory.mktemp("clients"))


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No context from before, and nothing in the environment."""
    for name in (tls.CA_FILE, tls.CA_DIRECTORY, tls.KEYLOG):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(tls, "CONTEXTS", TLSContexts(tls.make_context))


async def replies(peer: Peer) -> None:
    """Respond to each request, until the client has had enough."""
    with suppress(UnexpectedEnd):
        while True:
            await peer.read_request()
            await peer.send(OK)


async def never_asked(peer: Peer) -> None:
    """A peer that must not get a request."""
    await peer.read_to_end()
    assert not peer.received


async def fetch(client: Client, url: str) -> bytes:
    return await (await client.get(url)).aread()


def shown(error: BaseException) -> str:
    """All that a log could hold of an error."""
    return "".join(traceback.format_exception(error)) + repr(error) + repr(pickle.dumps(error))


class TestNames:
    async def test_an_address_in_the_certificate_is_enough(
        self, certificates: Certificates
    ) -> None:
        for host in ("127.0.0.1", "::1"):
            context = server_context(certificates.good)
            async with RawServer(replies, tls=context, host=host) as server:
                async with Client(verify=certificates.ca) as client:
                    assert await fetch(client, server.url()) == b"ok"

    async def test_an_address_that_is_not_in_it_is_not(self, certificates: Certificates) -> None:
        context = server_context(certificates.wrong_host)
        async with RawServer(never_asked, tls=context) as server:
            async with Client(verify=certificates.ca) as client:
                with pytest.raises(hyperhttp.TLSError, match="IP address mismatch"):
                    await client.get(server.url())

    @pytest.mark.parametrize(
        ("host", "fits"),
        [
            ("example.com", True),
            ("www.example.com", True),
            ("WWW.Example.com", True),
            ("a.b.example.com", False),
            ("wwwexample.com", False),
        ],
    )
    async def test_a_wildcard_stands_for_one_label(
        self, tmp_path: Path, certificates: Certificates, host: str, fits: bool
    ) -> None:
        path, context = tmp_path / "socket", server_context(certificates.good)
        async with UnixServer(path, replies if fits else never_asked, tls=context):
            async with Client(verify=certificates.ca, uds=path) as client:
                if fits:
                    assert await fetch(client, f"https://{host}/") == b"ok"
                    return
                with pytest.raises(hyperhttp.TLSError, match="mismatch"):
                    await client.get(f"https://{host}/")

    async def test_names_are_sent_by_sni_and_addresses_are_not(
        self, certificates: Certificates
    ) -> None:
        names: list[str | None] = []
        context = server_context(certificates.good)

        def heard(_: object, name: str | None, __: object) -> None:
            names.append(name)

        context.sni_callback = heard
        async with RawServer(replies, tls=context) as server:
            async with Client(verify=certificates.ca) as client:
                await fetch(client, server.url(host="localhost"))
                await fetch(client, server.url())
                chosen = server.peers[0].transport.get_extra_info("ssl_object")
                assert chosen.selected_alpn_protocol() == "http/1.1"
        assert names == ["localhost", None]


class TestVersions:
    @pytest.mark.filterwarnings("ignore:.*TLSv1_1 is deprecated:DeprecationWarning")
    async def test_a_server_that_knows_nothing_newer_than_1_1_is_refused(
        self, certificates: Certificates
    ) -> None:
        context = server_context(certificates.good)
        context.set_ciphers("ALL:@SECLEVEL=0")
        context.minimum_version = ssl.TLSVersion.TLSv1_1
        context.maximum_version = ssl.TLSVersion.TLSv1_1
        lenient = certificates.client_context()
        lenient.set_ciphers("ALL:@SECLEVEL=0")
        lenient.minimum_version = ssl.TLSVersion.TLSv1_1
        with stern(context) as url:
            # The server itself is fine: who brings a context for so old a version has a response.
            async with Client(verify=lenient) as client:
                assert await fetch(client, url) == b"ok"
            async with Client(verify=certificates.ca) as client:
                with pytest.raises(hyperhttp.TLSError, match="alert protocol version"):
                    await client.get(url)

    @pytest.mark.parametrize("version", [ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3])
    async def test_1_2_and_1_3_are_spoken(
        self, certificates: Certificates, version: ssl.TLSVersion
    ) -> None:
        context = server_context(certificates.good)
        context.minimum_version = context.maximum_version = version
        async with RawServer(replies, tls=context) as server:
            async with Client(verify=certificates.ca) as client:
                assert await fetch(client, server.url()) == b"ok"


class TestTheEnd:
    @pytest.mark.parametrize("is_whole", [True, False], ids=["close_notify", "cut"])
    async def test_a_body_that_ends_with_the_connection_needs_a_close_notify(
        self, certificates: Certificates, is_whole: bool
    ) -> None:
        async def closes(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(b"HTTP/1.1 200 OK\r\n\r\nabc")
            if is_whole:
                peer.close()
                return
            # FIN alone, as anybody on the way can forge it; what was sent is in the kernel.
            peer.cut()

        async with RawServer(closes, tls=server_context(certificates.good)) as server:
            async with Client(verify=certificates.ca) as client:
                response = await client.get(server.url())
                if is_whole:
                    assert await response.aread() == b"abc"
                    return
                with pytest.raises(hyperhttp.ReadError, match="without the close_notify"):
                    await response.aread()


class TestVerify:
    async def test_not_verifying_warns_once(self, certificates: Certificates) -> None:
        context = server_context(certificates.self_signed)
        async with RawServer(replies, tls=context) as server:
            async with Client(verify=False) as client, Client(verify=False) as other:
                with pytest.warns(UserWarning, match="not verified") as warned:
                    await asyncio.gather(*(fetch(client, server.url()) for _ in range(5)))
                assert len(warned) == 1
                with warnings.catch_warnings():
                    warnings.simplefilter("error")
                    await fetch(other, server.url())

    async def test_clients_that_start_together_share_one_context(
        self, certificates: Certificates
    ) -> None:
        async def one() -> bytes:
            async with Client(verify=certificates.ca) as client:
                return await fetch(client, server.url())

        async with RawServer(replies, tls=server_context(certificates.good)) as server:
            with patch.object(tls.CONTEXTS, "_make", wraps=tls.make_context) as make:
                bodies = await asyncio.gather(*(one() for _ in range(20)))
        assert bodies == [b"ok"] * 20
        assert make.call_count == 1

    async def test_each_request_is_told_of_a_bad_path_by_itself(self, tmp_path: Path) -> None:
        async with Client(verify=tmp_path / "missing.pem", http2=False) as client:
            urls = [f"https://127.0.0.1:1/{number}" for number in range(3)]
            errors = await asyncio.gather(
                *(client.get(url) for url in urls), return_exceptions=True
            )
        for url, error in zip(urls, errors, strict=True):
            assert isinstance(error, ConfigError)
            assert error.option == "verify"
            assert error.url == url

    async def test_the_environment_names_authorities_unless_it_is_not_trusted(
        self, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async with RawServer(replies, tls=server_context(certificates.good)) as server:
            monkeypatch.setenv("SSL_CERT_FILE", str(certificates.ca))
            async with Client() as client:
                assert await fetch(client, server.url()) == b"ok"
            async with Client(trust_env=False) as client:
                with pytest.raises(hyperhttp.TLSError, match="not trusted"):
                    await client.get(server.url())

    @ON_LINUX
    async def test_the_system_is_trusted_on_request(
        self, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        # Where OpenSSL is the system's store, this is how one more authority gets into it.
        monkeypatch.setenv("SSL_CERT_FILE", str(certificates.ca))
        good, expired = (server_context(pem) for pem in (certificates.good, certificates.expired))
        async with RawServer(replies, tls=good) as server, RawServer(replies, tls=expired) as late:
            async with Client(system_trust=True, trust_env=False) as client:
                assert await fetch(client, server.url()) == b"ok"
                with pytest.raises(hyperhttp.TLSError, match="expired"):
                    await client.get(late.url())

    def test_two_ways_to_say_whom_to_trust_are_one_too_many(self) -> None:
        with pytest.raises(ConfigError, match="system_trust: True together with verify"):
            Client(system_trust=True, verify=False)


class TestClientCertificates:
    async def test_a_server_that_asks_for_one_is_shown_it(
        self, certificates: Certificates, clients: ClientCertificates
    ) -> None:
        context = clients.demanding(certificates.good)
        async with RawServer(replies, tls=context) as server:
            for cert in (
                clients.whole,
                str(clients.whole),
                (clients.chain, clients.key),
                (str(clients.chain), clients.locked_key, PASSWORD),
                (clients.locked_whole, None, PASSWORD),
            ):
                async with Client(verify=certificates.ca, cert=cert) as client:
                    assert await fetch(client, server.url()) == b"ok"
                    peer = server.peers[-1].transport.get_extra_info("peercert")
                    assert NAME in str(peer["subjectAltName"])

    @pytest.mark.parametrize(
        ("version", "kind", "says"),
        [
            (ssl.TLSVersion.TLSv1_2, hyperhttp.TLSError, "handshake failure"),
            # In TLS 1.3 a client is done before the server has looked at its certificate.
            (ssl.TLSVersion.TLSv1_3, hyperhttp.TLSError, "certificate required"),
        ],
    )
    async def test_without_one_the_server_refuses_and_the_error_says_why(
        self,
        certificates: Certificates,
        clients: ClientCertificates,
        version: ssl.TLSVersion,
        kind: type[hyperhttp.HyperHTTPError],
        says: str,
    ) -> None:
        context = clients.demanding(certificates.good)
        context.maximum_version = version
        with stern(context) as url:
            async with Client(verify=certificates.ca) as client:
                with pytest.raises(kind, match=says):
                    await client.get(url)
            async with Client(verify=certificates.ca, cert=clients.whole) as client:
                assert await fetch(client, url) == b"ok"

    async def test_a_server_may_ask_for_it_after_the_handshake(
        self, certificates: Certificates, clients: ClientCertificates
    ) -> None:
        with asks_later(certificates.good, clients.ca) as url:
            async with Client(verify=certificates.ca, cert=clients.whole) as client:
                for _ in range(3):
                    assert NAME in (await fetch(client, url)).decode()
                assert client.stats().idle == 1

    async def test_without_one_a_server_cannot_ask_after_the_handshake(
        self, certificates: Certificates, clients: ClientCertificates
    ) -> None:
        with asks_later(certificates.good, clients.ca) as url:
            async with Client(verify=certificates.ca) as client:
                with pytest.raises(hyperhttp.TransportError):
                    await client.post(url)

    async def test_a_wrong_password_is_told_and_never_shown(
        self, clients: ClientCertificates
    ) -> None:
        async with Client(cert=(clients.chain, clients.locked_key, "wrong-s3cr3t")) as client:
            with pytest.raises(ConfigError, match=r"cert: .*the password is wrong") as caught:
                await client.get("https://127.0.0.1:1/")
        assert caught.value.option == "cert"
        assert "wrong-s3cr3t" not in shown(caught.value)

    def test_the_password_is_nowhere_to_be_read(self) -> None:
        client = Client(cert=("a.pem", "b.pem", PASSWORD))
        config = client.config
        for text in (repr(client), repr(config), str(config), config.model_dump_json()):
            assert PASSWORD not in text
        assert PASSWORD not in repr(config.model_dump())
        assert config.tls.cert_password is not None
        assert config.tls.cert_password.get_secret_value() == PASSWORD

    @pytest.mark.parametrize(
        "cert",
        [
            ["a.pem", "b.pem", PASSWORD],
            ("a.pem", "b.pem", PASSWORD, "more"),
            ("a.pem", "b.pem", PASSWORD.encode()),
            ("a.pem", [PASSWORD]),
            ("a.pem", None, ""),
            (None, None, PASSWORD),
            {"password": PASSWORD},
            (),
            "",
            5,
        ],
    )
    def test_a_wrong_shape_is_refused_at_once_and_not_shown(self, cert: object) -> None:
        with pytest.raises(ConfigError) as caught:
            LOOSE(cert=cert)
        assert caught.value.option == "cert"
        assert "password" in caught.value.allowed
        assert PASSWORD not in str(caught.value) + repr(caught.value)

    def test_what_is_not_given_again_is_not_kept(self) -> None:
        base = Client(cert=("a.pem", "b.pem", PASSWORD)).config
        assert Client(config=base, cert="c.pem").config.tls == TLSConfig(cert=Path("c.pem"))
        assert Client(config=base, cert=None).config.tls == TLSConfig()
        assert Client(config=base).config == base

    def test_the_environment_can_name_all_parts(self) -> None:
        environ = {
            "HYPERHTTP_CERT": "a.pem",
            "HYPERHTTP_CERT_KEY": "b.pem",
            "HYPERHTTP_CERT_PASSWORD": PASSWORD,
        }
        config = ClientConfig.from_env(environ=environ)
        assert config == Client(cert=("a.pem", "b.pem", PASSWORD)).config
        del environ["HYPERHTTP_CERT"]
        with pytest.raises(ConfigError) as caught:
            ClientConfig.from_env(environ=environ)
        assert PASSWORD not in str(caught.value)

    async def test_a_context_of_ones_own_brings_its_own(self, trusting: ssl.SSLContext) -> None:
        async with Client(verify=trusting, cert="a.pem") as client:
            with pytest.raises(ConfigError, match="cert: a value beside an SSLContext"):
                await client.get("https://127.0.0.1:1/")


class TestKeylog:
    @pytest.mark.parametrize("by_option", [True, False], ids=["keylog", "SSLKEYLOGFILE"])
    async def test_the_secrets_of_a_connection_are_written_for_wireshark(
        self,
        certificates: Certificates,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
        by_option: bool,
    ) -> None:
        log = tmp_path / "secrets.log"
        if not by_option:
            monkeypatch.setenv("SSLKEYLOGFILE", str(log))
        config = ClientConfig(tls=TLSConfig(verify=certificates.ca))
        option = log if by_option else None
        async with RawServer(replies, tls=server_context(certificates.good)) as server:
            async with Client(config=config, keylog=option) as client:
                assert await fetch(client, server.url()) == b"ok"
        assert "CLIENT_TRAFFIC_SECRET_0" in log.read_text()


class TestWhereConnectionsGo:
    @ON_LINUX
    @pytest.mark.parametrize("is_tls", [True, False], ids=["tls", "cleartext"])
    async def test_they_are_made_from_the_local_address(
        self, certificates: Certificates, is_tls: bool
    ) -> None:
        context = server_context(certificates.good) if is_tls else None
        async with RawServer(replies, tls=context) as server:
            async with Client(verify=certificates.ca, local_address="127.0.0.2") as client:
                assert await fetch(client, server.url(host="localhost")) == b"ok"
                assert server.peers[0].transport.get_extra_info("peername")[0] == "127.0.0.2"

    async def test_a_local_address_that_is_not_ours_is_named(self) -> None:
        async with Client(local_address="192.0.2.7") as client:
            with pytest.raises(hyperhttp.ConnectError, match=r"local_address 192\.0\.2\.7: cannot"):
                await client.get("http://127.0.0.1:1/")

    @pytest.mark.parametrize("address", ["localhost", "", "127.0.0.1:80", "[::1]", 5, "1.2.3"])
    def test_what_is_no_address_is_refused_at_once(self, address: object) -> None:
        with pytest.raises(ConfigError, match="an IP address or None") as caught:
            LOOSE(local_address=address)
        assert caught.value.option == "local_address"

    @pytest.mark.parametrize("is_tls", [True, False], ids=["tls", "cleartext"])
    async def test_a_unix_socket_gets_all_of_them_and_the_host_of_the_url(
        self, certificates: Certificates, tmp_path: Path, is_tls: bool
    ) -> None:
        path, context = tmp_path / "socket", server_context(certificates.good) if is_tls else None
        scheme = "https" if is_tls else "http"
        async with UnixServer(path, replies, tls=context) as server:
            async with Client(verify=certificates.ca, uds=str(path)) as client:
                for host in ("example.com", "www.example.com:8080"):
                    assert await fetch(client, f"{scheme}://{host}/path") == b"ok"
            assert [b"GET /path HTTP/1.1\r\n" in got for got in server.received] == [True, True]
            assert b"\r\nHost: example.com\r\n" in b"\r\n" + server.received[0]
            assert b"\r\nHost: www.example.com:8080\r\n" in server.received[1]

    async def test_a_unix_socket_that_is_not_there_is_named(self, tmp_path: Path) -> None:
        async with Client(uds=tmp_path / "missing") as client:
            with pytest.raises(hyperhttp.ConnectError, match=r"no such file.*missing"):
                await client.get("http://example.com/")

    def test_a_unix_socket_has_no_local_address(self) -> None:
        with pytest.raises(ConfigError, match="together with local_address") as caught:
            Client(uds="/run/app.sock", local_address="127.0.0.1")
        assert caught.value.option == "uds"
