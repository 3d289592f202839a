"""Proxies as a user sees them: each kind on real sockets, what goes wrong, and who sees what."""

from __future__ import annotations

import asyncio
import ssl
import sys
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, ConfigError, ConnectTimeout, LocalProtocolError, Proxy, ProxyError
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.client_certificates import make_client_certificates
from tests.servers.proxies import microsocks, tinyproxy
from tests.servers.proxy import REFUSAL, LoopProxy
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, over_h2

if TYPE_CHECKING:
    from pathlib import Path

    from tests.servers.raw import Script

SECRET = "hunter2"
USER = ("ann", SECRET)
LOOSE: Callable[..., Client] = Client
KINDS = ["http", "https", "socks5", "socks5h"]
ON_LINUX = pytest.mark.skipif(sys.platform != "linux", reason="descriptors are counted in /proc")


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy", "REQUEST_METHOD"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)


async def replies(peer: Peer) -> None:
    with suppress(UnexpectedEnd):
        while True:
            await peer.read_request()
            await peer.send(OK)


async def fetch(client: Client, url: str) -> bytes:
    return await (await client.get(url)).aread()


def proxy_of(
    kind: str, certificates: Certificates, user: tuple[str, str] | None = USER
) -> LoopProxy:
    context = server_context(certificates.good) if kind == "https" else None
    return LoopProxy(tls=context, credentials=user)


async def speaks_h2(peer: H2Peer) -> None:
    with suppress(UnexpectedEnd):
        await peer.handshake()
        while True:
            stream_id, fields = await peer.request()
            assert "proxy-authorization" not in dict(fields)
            await peer.respond(stream_id, b"ok")


def nothing_secret(server: RawServer) -> bool:
    """Whether no server was told what is the proxy's."""
    return not any(
        word in received.lower()
        for received in server.received
        for word in (b"proxy-", b"x-team", SECRET.encode(), b"yw5uomh1bnrlcji=")
    )


# --- each kind of proxy ---


@pytest.mark.parametrize("kind", KINDS)
async def test_a_server_in_the_clear(kind: str, certificates: Certificates) -> None:
    async with RawServer(replies) as server, proxy_of(kind, certificates) as proxy:
        url = proxy.url(None if kind == "https" else kind, f"ann:{SECRET}@")
        async with Client(proxy=url, verify=certificates.ca) as client:
            for _ in range(3):
                assert await fetch(client, server.url("/a", host="localhost")) == b"ok"
            assert proxy.connections == 1
            host = "127.0.0.1" if kind == "socks5" else "localhost"
            assert set(proxy.targets) == {(host, server.port)}
            assert unused(client)
        assert server.received[0].startswith(b"GET /a HTTP/1.1\r\nHost: localhost:")
        assert nothing_secret(server)


@pytest.mark.parametrize("kind", KINDS)
async def test_a_server_by_tls(kind: str, certificates: Certificates) -> None:
    context = server_context(certificates.good)
    async with RawServer(replies, tls=context) as server, proxy_of(kind, certificates) as proxy:
        url = proxy.url(None if kind == "https" else kind, f"ann:{SECRET}@")
        async with Client(proxy=url, verify=certificates.ca) as client:
            for _ in range(3):
                assert await fetch(client, server.url("/a", host="localhost")) == b"ok"
            assert proxy.connections == len(server.peers) == len(proxy.targets) == 1
            (key,) = client.stats().origins
            assert key == f"{server.url('', host='localhost')} via {Proxy(url).url}"
        await server.peers[0].ended.wait()
        await proxy.quiet()
        assert server.received[0].startswith(b"GET /a HTTP/1.1\r\nHost: localhost:")
        assert nothing_secret(server)


@pytest.mark.parametrize("kind", KINDS)
async def test_http2_within_the_tunnel(kind: str, certificates: Certificates) -> None:
    context = server_context(certificates.good, alpn=("h2", "http/1.1"))
    async with (
        RawServer(over_h2(speaks_h2), tls=context) as server,
        proxy_of(kind, certificates) as proxy,
    ):
        url = proxy.url(None if kind == "https" else kind, f"ann:{SECRET}@")
        async with Client(proxy=url, verify=certificates.ca, http2=True) as client:
            urls = [server.url(f"/{number}", host="localhost") for number in range(20)]
            responses = await asyncio.gather(*(client.get(url) for url in urls))
            assert [await response.aread() for response in responses] == [b"ok"] * 20
            assert {response.http_version for response in responses} == {"HTTP/2"}
            assert proxy.connections == len(server.peers) == 1


async def test_http2_by_prior_knowledge_goes_through_a_tunnel(certificates: Certificates) -> None:
    async with RawServer(over_h2(speaks_h2)) as server, proxy_of("http", certificates) as proxy:
        url = proxy.url(userinfo=f"ann:{SECRET}@")
        async with Client(proxy=url, http2="prior-knowledge") as client:
            response = await client.get(server.url())
            assert (response.http_version, await response.aread()) == ("HTTP/2", b"ok")
        assert proxy.heads[0].startswith(b"CONNECT 127.0.0.1:")


async def test_bodies_go_through_whole(certificates: Certificates) -> None:
    body = bytes(range(256)) * 4096

    async def script(peer: Peer) -> None:
        with suppress(UnexpectedEnd):
            while True:
                head = await peer.read_until(b"\r\n\r\n")
                assert b"PUT" in head
                sent = await peer.read_exactly(len(body))
                await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(sent) + sent)

    for kind in ("http", "https", "socks5h"):
        for tls in (None, server_context(certificates.good)):
            async with RawServer(script, tls=tls) as server:
                async with proxy_of(kind, certificates, None) as proxy:
                    url = proxy.url("socks5h" if kind == "socks5h" else None)
                    async with Client(proxy=url, verify=certificates.ca) as client:
                        target = server.url(host="localhost")
                        response = await client.put(target, content=body)
                        assert await response.aread() == body


async def test_what_an_http_proxy_is_asked(certificates: Certificates) -> None:
    async with RawServer(replies) as server, proxy_of("http", certificates) as proxy:
        mine = Proxy(proxy.url(), username="ann", password=SECRET, headers={"X-Team": "blue"})
        async with Client(proxy=mine) as client:
            url = server.url("/a?b=c")
            await fetch(client, url)
            await (await client.post(url, json=1, headers={"X": "y"})).aread()
    plain, by_headers = proxy.heads
    authority = f"127.0.0.1:{server.port}".encode()
    assert plain.startswith(
        b"GET http://%b/a?b=c HTTP/1.1\r\nHost: %b\r\n" % (authority, authority)
    )
    assert by_headers.startswith(b"POST http://%b/a?b=c HTTP/1.1\r\nHost: " % authority)
    for head in (plain, by_headers):
        assert (
            head.count(b"\r\nX-Team: blue\r\nProxy-Authorization: Basic YW5uOmh1bnRlcjI=\r\n") == 1
        )


async def test_servers_in_the_clear_share_the_connections_to_an_http_proxy(
    certificates: Certificates,
) -> None:
    async with (
        RawServer(replies) as one,
        RawServer(replies) as two,
        proxy_of("http", certificates, None) as proxy,
        Client(proxy=proxy.url()) as client,
    ):
        for server in (one, two, one):
            assert await fetch(client, server.url()) == b"ok"
        assert proxy.connections == 1
        assert [port for _, port in proxy.targets] == [one.port, two.port, one.port]


async def test_our_certificate_is_shown_to_the_server_and_not_to_the_proxy(
    certificates: Certificates, tmp_path: Path
) -> None:
    mine = make_client_certificates(tmp_path)
    curious = mine.demanding(certificates.good)
    curious.verify_mode = ssl.CERT_OPTIONAL
    seen: list[bool] = []

    async def looks(peer: Peer) -> None:
        seen.append(bool(peer.transport.get_extra_info("peercert")))
        await replies(peer)

    async with RawServer(looks, tls=curious) as asked:
        options = {"http://": asked.url("", host="localhost")}
        async with Client(proxy=options, cert=mine.whole, verify=certificates.ca) as client:
            assert await fetch(client, "http://example.com/") == b"ok"
            assert await fetch(client, asked.url(host="localhost")) == b"ok"
    assert seen == [False, True]


# --- which proxy ---


async def test_patterns_choose_the_way(certificates: Certificates) -> None:
    async with RawServer(replies) as server, proxy_of("http", certificates, None) as proxy:
        ways = {"all://": proxy.url(), f"all://127.0.0.1:{server.port}": None}
        async with Client(proxy=ways) as client:
            await fetch(client, server.url())
            assert proxy.connections == 0
            await fetch(client, server.url(host="localhost"))
            assert proxy.connections == 1


async def test_the_environment_is_read_once_and_only_where_it_is_trusted(
    certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with RawServer(replies) as server, proxy_of("http", certificates, None) as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        monkeypatch.setenv("NO_PROXY", "localhost")
        reading = Client()
        monkeypatch.delenv("HTTP_PROXY")
        late = Client()
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        for client, url, connections in (
            (late, server.url(), 0),
            (Client(trust_env=False), server.url(), 0),
            (Client(proxy=None), server.url(), 0),
            (reading, server.url(host="localhost"), 0),
            (reading, server.url(), 1),
        ):
            assert await fetch(client, url) == b"ok"
            assert proxy.connections == connections
        for client in (late, reading):
            await client.aclose()


async def test_a_redirect_may_lead_from_one_way_to_another(certificates: Certificates) -> None:
    context = server_context(certificates.good)
    async with RawServer(replies, tls=context) as secure:
        there = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: %b\r\n\r\n"

        async def leads_on(peer: Peer) -> None:
            await peer.read_request()
            await peer.send(there % secure.url("/b", host="localhost").encode())

        async with RawServer(leads_on) as plain, proxy_of("http", certificates) as proxy:
            url = proxy.url(userinfo=f"ann:{SECRET}@")
            options = {"http://": url, "https://": url}
            async with Client(
                proxy=options, verify=certificates.ca, follow_redirects=True
            ) as client:
                response = await client.get(plain.url("/a"))
                assert await response.aread() == b"ok"
                assert [hop.status_code for hop in response.history] == [302]
            assert [head.split(b" ")[0] for head in proxy.heads] == [b"GET", b"CONNECT"]
            assert nothing_secret(secure)
            assert nothing_secret(plain)


def test_a_proxy_beside_a_unix_socket_is_refused() -> None:
    with pytest.raises(ConfigError, match="beside uds"):
        Client(proxy="http://127.0.0.1:1", uds="a.sock")


def test_a_wrong_proxy_is_refused_at_once_and_not_shown() -> None:
    for wrong in (f"ftp://ann:{SECRET}@127.0.0.1", {f"all://ann:{SECRET}@x": None}, 3):
        with pytest.raises(ConfigError) as caught:
            LOOSE(proxy=wrong)
        assert caught.value.option == "proxy"
        assert SECRET not in f"{caught.value} {caught.value!r}"


@pytest.mark.parametrize("through", [False, True])
async def test_credentials_for_a_proxy_among_the_headers_are_refused(through: bool) -> None:
    async with RawServer(replies) as server, LoopProxy() as proxy:
        headers = {"Proxy-Authorization": "Basic x"}
        given = proxy.url() if through else None
        async with Client(proxy=given) as plain, Client(proxy=given, headers=headers) as telling:
            for refused in (plain.get(server.url(), headers=headers), telling.get(server.url())):
                with pytest.raises(LocalProtocolError, match="option proxy") as caught:
                    await refused
                assert caught.value.field == "Proxy-Authorization"
        assert not server.peers
        assert not proxy.connections


# --- what goes wrong ---


async def failure(client: Client, url: str) -> ProxyError:
    with pytest.raises(ProxyError) as caught:
        await client.get(url)
    error = caught.value
    assert SECRET not in f"{error} {error!r} {error.__cause__!r} {error.__context__!r}"
    return error


async def test_a_proxy_that_wants_credentials_says_so(certificates: Certificates) -> None:
    async with proxy_of("http", certificates) as proxy:
        for userinfo, words in (("", "it wants credentials"), ("ann:x@", "does not accept")):
            async with Client(proxy=proxy.url(userinfo=userinfo)) as client:
                error = await failure(client, "https://example.com/")
                assert (error.status_code, error.excerpt) == (407, REFUSAL.decode())
                assert words in error.detail
                assert error.proxy == proxy.url()
                assert error.origin == "https://example.com"
                response = await client.get("http://example.com/")
                assert (response.status_code, await response.aread()) == (407, REFUSAL)
        assert not proxy.targets


async def test_those_who_share_a_dial_that_is_refused_are_each_told(
    certificates: Certificates,
) -> None:
    async with proxy_of("http", certificates) as proxy, Client(proxy=proxy.url()) as client:
        urls = [f"https://example.com/{number}" for number in range(10)]
        errors = await asyncio.gather(*(failure(client, url) for url in urls))
        assert [str(error.request and error.request.url) for error in errors] == urls
        assert {error.status_code for error in errors} == {407}
        assert proxy.connections == 1


@pytest.mark.parametrize("tls", [False, True])
async def test_a_refusal_that_never_ends_is_told_all_the_same(
    tls: bool, certificates: Certificates, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("hyperhttp._protocol.proxy.connect.PROXY_REASON_WAIT_S", 0.01)

    async def script(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        await peer.send(b"HTTP/1.1 503 Busy\r\nContent-Length: 99\r\n\r\nlater")
        await peer.stall()

    context = server_context(certificates.good) if tls else None
    async with RawServer(script, tls=context) as server:
        async with Client(proxy=server.url("", host="localhost"), verify=certificates.ca) as client:
            error = await failure(client, "https://example.com/")
            assert (error.status_code, error.excerpt) == (503, "later")


@pytest.mark.parametrize("tls", [False, True])
async def test_a_response_that_ends_too_early_at_any_offset(
    tls: bool, certificates: Certificates
) -> None:
    reply = b"HTTP/1.1 200 Connection established\r\nA: b\r\n\r\n"
    context = server_context(certificates.good) if tls else None

    def cut(end: int) -> Script:
        async def script(peer: Peer) -> None:
            await peer.read_until(b"\r\n\r\n")
            await peer.send(reply[:end])
            peer.close()

        return script

    scripts = [cut(end) for end in range(len(reply))]
    async with RawServer(*scripts, tls=context) as server:
        async with Client(proxy=server.url("", host="localhost"), verify=certificates.ca) as client:
            for _ in scripts:
                error = await failure(client, "https://example.com/")
                assert error.status_code is None
                assert "closed the connection" in error.detail


@pytest.mark.parametrize("garbage", [b"SSH-2.0-x\r\n", b"\x05\xff", b"HTTP/1.1 200\x00\r\n\r\n"])
async def test_garbage_is_a_proxy_error(garbage: bytes) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(garbage)
        await peer.stall()

    async with RawServer(script) as server, Client(proxy=server.url("")) as client:
        assert "not HTTP" in (await failure(client, "https://example.com/")).detail


@pytest.mark.parametrize("kind", KINDS)
async def test_a_proxy_that_is_not_there(kind: str, certificates: Certificates) -> None:
    async with proxy_of(kind, certificates) as gone:
        url = gone.url(kind)
    async with Client(proxy=url, verify=certificates.ca) as client:
        for target in ("http://127.0.0.1/", "https://127.0.0.1/"):
            error = await failure(client, target)
            assert error.detail.startswith("the proxy is unreachable: ")
            assert error.proxy == url


async def test_a_server_with_a_wrong_certificate_is_a_tls_error(certificates: Certificates) -> None:
    async def is_left(peer: Peer) -> None:
        await peer.read_to_end()
        assert not peer.received

    for kind in ("http", "https", "socks5h"):
        context = server_context(certificates.unknown_ca)
        async with RawServer(is_left, tls=context) as server:
            async with proxy_of(kind, certificates, None) as proxy:
                url = proxy.url("socks5h" if kind == "socks5h" else None)
                async with Client(proxy=url, verify=certificates.ca) as client:
                    with pytest.raises(hyperhttp.TLSError, match="localhost is not trusted"):
                        await client.get(server.url(host="localhost"))
                    assert unused(client)
                await proxy.quiet()


@ON_LINUX
@pytest.mark.parametrize("ended_by", ["timeout", "cancel", "close"])
@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
@pytest.mark.parametrize("stage", ["connect", "handshake"])
def test_a_dial_that_is_given_up_leaves_nothing(
    ended_by: str, tls: bool, stage: str, certificates: Certificates
) -> None:
    async def stalls(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        if stage == "handshake":
            await peer.send(b"HTTP/1.1 200 OK\r\n\r\n")
            await peer.read_exactly(1)
        await peer.stall()

    async def main(loop: TurnedLoop) -> None:
        context = server_context(certificates.good) if tls else None
        async with RawServer(stalls, tls=context) as server:
            proxy = server.url("", host="localhost")
            client = Client(proxy=proxy, verify=certificates.ca, timeout=5.0)
            task = asyncio.ensure_future(client.get("https://localhost/"))
            await server.connected(1)
            mark = b"\r\n\r\n"
            await until(lambda: mark in server.peers[0].received)
            if stage == "handshake":
                await until(lambda: not server.peers[0].received.endswith(mark))
            if ended_by == "timeout":
                loop.turn(6)
                with pytest.raises(ConnectTimeout, match="through the proxy http") as caught:
                    await task
                assert not isinstance(caught.value, ProxyError)
            elif ended_by == "cancel":
                task.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await task
            else:
                await client.aclose()
                with pytest.raises(hyperhttp.ClientClosed):
                    await task
            await server.peers[0].ended.wait()
            assert unused(client)
            await client.aclose()

    run_quietly(main)


async def test_a_cancelled_request_through_a_tunnel_closes_it(certificates: Certificates) -> None:
    async def silent(peer: Peer) -> None:
        await peer.read_request()
        await peer.stall()

    for kind in ("http", "https", "socks5h"):
        context = server_context(certificates.good)
        async with RawServer(silent, tls=context) as server:
            async with proxy_of(kind, certificates, None) as proxy:
                url = proxy.url("socks5h" if kind == "socks5h" else None)
                async with Client(proxy=url, verify=certificates.ca) as client:
                    task = asyncio.ensure_future(client.get(server.url(host="localhost")))
                    await server.connected(1)
                    await until(lambda: server.peers[0].received.endswith(b"\r\n\r\n"))
                    task.cancel()
                    with pytest.raises(asyncio.CancelledError):
                        await task
                    assert unused(client)
                    await server.peers[0].ended.wait()
                    await proxy.quiet()


async def test_a_tunnel_that_died_idle_is_replaced(certificates: Certificates) -> None:
    context = server_context(certificates.good)
    async with RawServer(replies, tls=context) as server:
        async with proxy_of("https", certificates, None) as proxy:
            async with Client(proxy=proxy.url(), verify=certificates.ca) as client:
                for number in range(3):
                    assert await fetch(client, server.url(host="localhost")) == b"ok"
                    assert len(server.peers) == number + 1
                    server.peers[-1].cut()
                    await proxy.quiet()


# --- real ones ---


@pytest.mark.peer
@pytest.mark.parametrize("program", ["tinyproxy", "microsocks"])
@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
async def test_real_proxies(
    program: str, tls: bool, certificates: Certificates, tmp_path: Path
) -> None:
    context = server_context(certificates.good, alpn=("h2", "http/1.1")) if tls else None
    script = over_h2(speaks_h2) if tls else replies
    run = {"tinyproxy": tinyproxy, "microsocks": microsocks}[program]
    scheme = {"tinyproxy": "http", "microsocks": "socks5h"}[program]
    async with RawServer(script, tls=context) as server:
        with run(tmp_path, USER) as port:
            mine = Proxy(f"{scheme}://127.0.0.1:{port}", username="ann", password=SECRET)
            async with Client(proxy=mine, verify=certificates.ca) as client:
                for _ in range(3):
                    response = await client.get(server.url("/a", host="localhost"))
                    assert await response.aread() == b"ok"
                    assert response.http_version == ("HTTP/2" if tls else "HTTP/1.1")
            async with Client(proxy=f"{scheme}://ann:wrong@127.0.0.1:{port}") as client:
                error = await failure(client, "https://localhost:1/")
                assert error.status_code in {None, 401, 407}
            async with Client(proxy=mine) as client:
                await failure(client, "https://localhost:1/")
        assert SECRET.encode() not in b"".join(server.received)
