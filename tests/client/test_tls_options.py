"""The options of TLS as data: versions, ciphers, pins, names, single hosts, proxies, new files."""

from __future__ import annotations

import os
import shutil
import ssl
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pytest
import truststore
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding

import hyperhttp
from hyperhttp import Client, ConfigError, Proxy, TLSConfig, TLSError
from hyperhttp._network import tls
from hyperhttp._network.public_key import pin_of
from hyperhttp._network.tls_contexts import TLSContexts
from tests.servers.certificates import Certificates, server_context
from tests.servers.client_certificates import ClientCertificates, make_client_certificates
from tests.servers.proxy import LoopProxy
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    pass

OTHER_PIN = "sha256/47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="


class Clock:
    """The clock of the shared contexts."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """No context from before, and nothing in the environment."""
    for name in (tls.CA_FILE, tls.CA_DIRECTORY, tls.KEYLOG):
        monkeypatch.delenv(name, raising=False)
    clock = Clock()
    monkeypatch.setattr(tls, "CONTEXTS", TLSContexts(tls.make_context, clock))
    return clock


@pytest.fixture
def clients(tmp_path: Path) -> ClientCertificates:
    folder = tmp_path / "clients"
    folder.mkdir()
    return make_client_certificates(folder)


async def replies(peer: Peer) -> None:
    with suppress(UnexpectedEnd):
        while True:
            await peer.read_request()
            await peer.send(OK)


async def replies_h2(peer: H2Peer) -> None:
    with suppress(UnexpectedEnd):
        await peer.handshake()
        while True:
            stream_id, _ = await peer.request()
            await peer.respond(stream_id, b"ok")


def serving(context: ssl.SSLContext, *, http2: bool = False) -> RawServer:
    if http2:
        context.set_alpn_protocols(["h2"])
        return RawH2Server(replies_h2, tls=context)
    return RawServer(replies, tls=context)


async def fetch(client: Client, url: str) -> bytes:
    return await (await client.get(url)).aread()


def pin(path: Path) -> str:
    return pin_of(x509.load_pem_x509_certificates(path.read_bytes())[0].public_bytes(Encoding.DER))


@pytest.mark.parametrize("http2", [False, True])
class TestPins:
    async def test_a_server_with_a_pinned_key_is_used(
        self, certificates: Certificates, *, http2: bool
    ) -> None:
        pins = {OTHER_PIN, pin(certificates.good)}
        async with (
            serving(server_context(certificates.good), http2=http2) as server,
            Client(verify=certificates.ca, tls_pins=pins) as client,
        ):
            assert await fetch(client, server.url()) == b"ok"

    async def test_another_key_is_an_error_before_anything_is_sent(
        self, certificates: Certificates, *, http2: bool
    ) -> None:
        async with serving(server_context(certificates.good), http2=http2) as server:
            for verify in (certificates.ca, certificates.client_context()):
                async with Client(verify=verify, tls_pins={OTHER_PIN}) as client:
                    with pytest.raises(TLSError, match="isn't one of the pins") as caught:
                        await client.get(server.url())
                assert not caught.value.is_connection_lost
            assert not any(b"/" in peer.received for peer in server.peers)

    async def test_a_pin_is_enough_for_a_certificate_that_is_not_verified(
        self, certificates: Certificates, *, http2: bool
    ) -> None:
        async with serving(server_context(certificates.self_signed), http2=http2) as server:
            config = TLSConfig(verify=False, pins={pin(certificates.self_signed)})
            async with Client(tls_hosts={"localhost": config}) as client:
                with pytest.warns(UserWarning, match="not verified"):
                    assert await fetch(client, server.url(host="localhost")) == b"ok"

    async def test_sessions_of_a_pinned_server_are_resumed(
        self, certificates: Certificates, *, http2: bool
    ) -> None:
        async with (
            serving(server_context(certificates.good), http2=http2) as server,
            Client(
                verify=certificates.ca,
                tls_pins={pin(certificates.good)},
                tls_session_uses=2,
                max_keepalive_connections=0,
            ) as client,
        ):
            assert [await fetch(client, server.url()) for _ in range(3)] == [b"ok"] * 3


async def test_a_pin_holds_within_a_tunnel_through_a_tls_proxy(certificates: Certificates) -> None:
    """TLS inside TLS is that of the event loop."""
    async with (
        serving(server_context(certificates.good)) as server,
        LoopProxy(tls=server_context(certificates.good)) as proxy,
    ):
        for pins, fits in (({pin(certificates.good)}, True), ({OTHER_PIN}, False)):
            config = TLSConfig(verify=certificates.ca, pins=pins)
            async with Client(
                verify=certificates.ca, tls_hosts={"localhost": config}, proxy=proxy.url(None)
            ) as client:
                if fits:
                    assert await fetch(client, server.url(host="localhost")) == b"ok"
                    continue
                with pytest.raises(TLSError, match="isn't one of the pins"):
                    await client.get(server.url(host="localhost"))


@pytest.mark.parametrize(
    ("minimum", "server_maximum", "fits"),
    [
        ("TLSv1.2", ssl.TLSVersion.TLSv1_2, True),
        ("TLSv1.3", ssl.TLSVersion.TLSv1_3, True),
        ("TLSv1.3", ssl.TLSVersion.TLSv1_2, False),
    ],
)
async def test_older_versions_are_refused(
    minimum: Literal["TLSv1.2", "TLSv1.3"],
    server_maximum: ssl.TLSVersion,
    fits: bool,
    certificates: Certificates,
) -> None:
    context = server_context(certificates.good)
    context.maximum_version = server_maximum
    async with (
        serving(context) as server,
        Client(verify=certificates.ca, tls_min_version=minimum) as client,
    ):
        if fits:
            assert await fetch(client, server.url()) == b"ok"
            return
        with pytest.raises(TLSError, match="handshake"):
            await client.get(server.url())


async def test_only_the_ciphers_of_the_option_are_used(certificates: Certificates) -> None:
    context = server_context(certificates.good)
    context.maximum_version = ssl.TLSVersion.TLSv1_2
    async with serving(context) as server:
        async with Client(verify=certificates.ca, tls_ciphers="ECDHE+CHACHA20") as client:
            response = await client.get(server.url())
            assert response.connection is not None
            assert response.connection.tls is not None
            assert "CHACHA20" in (response.connection.tls.cipher or "")
        async with Client(verify=certificates.ca, tls_ciphers="no such cipher") as client:
            with pytest.raises(ConfigError) as caught:
                await client.get(server.url())
            assert caught.value.option == "ciphers"


async def test_another_name_is_sent_and_verified(certificates: Certificates) -> None:
    names: list[str | None] = []
    context = server_context(certificates.wrong_host)
    context.sni_callback = lambda _, name, __: names.append(name)
    async with serving(context) as server:
        async with Client(
            verify=certificates.ca, tls_server_hostname="other.example.com"
        ) as client:
            response = await client.get(server.url())
            assert response.request.headers["Host"].startswith("127.0.0.1")
        async with Client(verify=certificates.ca, tls_server_hostname="example.com") as client:
            with pytest.raises(TLSError, match="not trusted"):
                await client.get(server.url())
    assert names == ["other.example.com", "example.com"]


async def test_a_configuration_applies_to_its_host_alone(certificates: Certificates) -> None:
    config = TLSConfig(verify=certificates.ca)
    async with (
        serving(server_context(certificates.good)) as server,
        Client(tls_hosts={"LOCALHOST.": config}) as client,
    ):
        assert await fetch(client, server.url(host="localhost")) == b"ok"
        with pytest.raises(TLSError, match="not trusted"):
            await client.get(server.url(host="127.0.0.1"))


async def test_it_replaces_a_context_of_the_caller_too(certificates: Certificates) -> None:
    async with (
        serving(server_context(certificates.good)) as server,
        Client(
            verify=ssl.create_default_context(),
            tls_hosts={"localhost": TLSConfig(verify=certificates.ca)},
        ) as client,
    ):
        assert await fetch(client, server.url(host="localhost")) == b"ok"


async def test_each_host_gets_its_client_certificate(
    certificates: Certificates, clients: ClientCertificates
) -> None:
    config = TLSConfig(verify=certificates.ca, cert=clients.whole)
    async with (
        serving(clients.demanding(certificates.good)) as server,
        Client(verify=certificates.ca, tls_hosts={"localhost": config}) as client,
    ):
        assert await fetch(client, server.url(host="localhost")) == b"ok"
        with pytest.raises(hyperhttp.HyperHTTPError):
            await client.get(server.url(host="127.0.0.1"))


async def test_a_redirect_from_elsewhere_gets_no_certificate(
    certificates: Certificates, clients: ClientCertificates
) -> None:
    config = TLSConfig(verify=certificates.ca, cert=clients.whole)
    async with serving(clients.demanding(certificates.good)) as server:
        location = server.url(host="localhost")
        reply = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n".encode()

        async def redirects(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(reply)

        async with (
            RawServer(redirects, tls=server_context(certificates.good)) as other,
            Client(
                verify=certificates.ca, tls_hosts={"localhost": config}, follow_redirects=True
            ) as client,
        ):
            with pytest.raises(hyperhttp.HyperHTTPError):
                await client.get(other.url(host="127.0.0.1"))


class TestProxies:
    async def test_a_proxy_has_its_own_verification(self, certificates: Certificates) -> None:
        async with (
            serving(server_context(certificates.good)) as server,
            LoopProxy(tls=server_context(certificates.self_signed)) as proxy,
        ):
            url = server.url(host="localhost")
            own = Proxy(proxy.url(None), tls=TLSConfig(verify=certificates.self_signed))
            async with Client(verify=certificates.ca, proxy=own) as client:
                assert await fetch(client, url) == b"ok"
            async with Client(verify=certificates.ca, proxy=proxy.url(None)) as client:
                with pytest.raises(hyperhttp.ProxyError, match="not trusted"):
                    await client.get(url)

    async def test_pins_and_name_of_the_client_are_not_for_the_proxy(
        self, certificates: Certificates
    ) -> None:
        async with (
            serving(server_context(certificates.good)) as server,
            LoopProxy(tls=server_context(certificates.wrong_host)) as proxy,
            Client(
                verify=certificates.ca,
                tls_pins={pin(certificates.good)},
                tls_server_hostname="example.com",
                proxy=Proxy(
                    proxy.url(None),
                    tls=TLSConfig(verify=certificates.ca, server_hostname="other.example.com"),
                ),
            ) as client,
        ):
            assert await fetch(client, server.url()) == b"ok"

    async def test_a_proxy_may_be_pinned(self, certificates: Certificates) -> None:
        async with (
            serving(server_context(certificates.good)) as server,
            LoopProxy(tls=server_context(certificates.good)) as proxy,
        ):
            config = TLSConfig(verify=certificates.ca, pins={OTHER_PIN})
            own = Proxy(proxy.url(None), tls=config)
            async with Client(verify=certificates.ca, proxy=own) as client:
                with pytest.raises(hyperhttp.ProxyError, match="isn't one of the pins"):
                    await client.get(server.url(host="localhost"))

    def test_the_configuration_is_for_a_proxy_with_tls(self) -> None:
        for given in ("http://127.0.0.1", "socks5://127.0.0.1"):
            with pytest.raises(ConfigError, match="without TLS"):
                Proxy(given, tls=TLSConfig())
        with pytest.raises(ConfigError, match="tls="):
            Proxy("https://127.0.0.1", tls=False)  # type: ignore[arg-type]  # wrong on purpose
        proxy = Proxy("https://127.0.0.1", tls=TLSConfig(min_version="TLSv1.3"))
        assert proxy.tls == TLSConfig(min_version="TLSv1.3")
        assert proxy != Proxy("https://127.0.0.1")


class TestNewFiles:
    async def test_a_renewed_client_certificate_is_used_for_new_connections(
        self, certificates: Certificates, clients: ClientCertificates, tmp_path: Path, clock: Clock
    ) -> None:
        folder = tmp_path / "stranger"
        folder.mkdir()
        stranger = make_client_certificates(folder)
        cert = Path(shutil.copy(stranger.whole, tmp_path / "client.pem"))
        async with (
            serving(clients.demanding(certificates.good)) as server,
            Client(verify=certificates.ca, cert=cert) as client,
        ):
            with pytest.raises(hyperhttp.HyperHTTPError):
                await client.get(server.url())
            os.replace(shutil.copy(clients.whole, tmp_path / "new.pem"), cert)
            clock.now += 1.0
            assert await fetch(client, server.url()) == b"ok"

    async def test_renewed_authorities_are_used_for_new_connections(
        self, certificates: Certificates, tmp_path: Path, clock: Clock
    ) -> None:
        ca = Path(shutil.copy(certificates.self_signed, tmp_path / "ca.pem"))
        async with (
            serving(server_context(certificates.good)) as server,
            Client(verify=ca) as client,
        ):
            with pytest.raises(TLSError, match="not trusted"):
                await client.get(server.url())
            os.replace(shutil.copy(certificates.ca, tmp_path / "new.pem"), ca)
            clock.now += 1.0
            assert await fetch(client, server.url()) == b"ok"


@pytest.mark.parametrize(
    "given",
    ["", "sha256/", "sha256/AAAA", OTHER_PIN.removeprefix("sha256/"), OTHER_PIN[:-1], "sha1/AAAA"],
)
def test_a_pin_is_a_sha256_in_base64(given: str) -> None:
    with pytest.raises(ConfigError, match="sha256"):
        TLSConfig(pins={given})


def test_none_of_them_has_an_effect_beside_a_transport() -> None:
    transport = hyperhttp.MockTransport({"GET /": "ok"})
    for option in (
        {"tls_hosts": {"localhost": TLSConfig()}},
        {"tls_pins": {OTHER_PIN}},
        {"tls_min_version": "TLSv1.3"},
        {"tls_ciphers": "ECDHE"},
        {"tls_server_hostname": "localhost"},
    ):
        loose: type = Client
        with pytest.raises(ConfigError, match="beside transport"):
            loose(transport=transport, **option)


async def test_a_context_of_truststore_verifies_on_the_socket(certificates: Certificates) -> None:
    own: ssl.SSLContext = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    own.load_verify_locations(certificates.ca)
    async with serving(server_context(certificates.good)) as server, Client(verify=own) as client:
        assert await fetch(client, server.url()) == b"ok"
    async with serving(server_context(certificates.self_signed)) as server:
        async with Client(verify=own) as client:
            with pytest.raises(TLSError, match="not trusted"):
                await client.get(server.url())
