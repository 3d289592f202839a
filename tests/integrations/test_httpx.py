"""The transports for httpx and httpx2: bodies, time limits, cancellation, pools and their end."""

from __future__ import annotations

import asyncio
import threading
from typing import TYPE_CHECKING, TypeAlias

import httpx
import httpx2
import pytest

from hyperhttp import ClientClosed, WrongEventLoop
from hyperhttp.integrations import httpx as for_httpx
from hyperhttp.integrations import httpx2 as for_httpx2
from tests.integrations.libraries import LIBRARIES
from tests.servers.certificates import server_context
from tests.servers.proxy import LoopProxy
from tests.servers.raw import OK, Peer, RawServer
from tests.servers.raw_h2 import H2Peer, RawH2Server
from tests.servers.threaded import echo_path, read_head, response, serving
from tests.servers.unix import UnixServer

if TYPE_CHECKING:
    import socket
    import ssl
    from collections.abc import AsyncIterator, Iterator
    from pathlib import Path
    from types import ModuleType

    from tests.servers.certificates import Certificates

CHUNKED = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
Client: TypeAlias = httpx.Client | httpx2.Client
AsyncClient: TypeAlias = httpx.AsyncClient | httpx2.AsyncClient
each_library = pytest.mark.parametrize(
    "library", [module for _, module in LIBRARIES], ids=[name for name, _ in LIBRARIES]
)


def client_of(library: ModuleType, **options: object) -> Client:
    """A client of the library over our transport, with these options of the transport."""
    ours = for_httpx if library is httpx else for_httpx2
    client: Client = library.Client(transport=ours.HyperHTTPTransport(**options))
    return client


def async_client_of(library: ModuleType, **options: object) -> AsyncClient:
    """The same for asyncio."""
    ours = for_httpx if library is httpx else for_httpx2
    client: AsyncClient = library.AsyncClient(transport=ours.AsyncHyperHTTPTransport(**options))
    return client


# --- bodies of requests ---


@each_library
async def test_a_stream_is_sent_piece_by_piece(library: ModuleType) -> None:
    arrived = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.read_until(b"5\r\nfirst\r\n")
        arrived.set()
        await peer.read_until(b"6\r\nsecond\r\n0\r\n\r\n")
        await peer.send(OK)

    async def pieces() -> AsyncIterator[bytes]:
        yield b"first"
        await arrived.wait()
        yield b"second"

    async with RawServer(script) as server, async_client_of(library) as client:
        assert (await client.post(server.url(), content=pieces())).text == "ok"


@each_library
async def test_a_stream_of_known_length_has_that_length(library: ModuleType) -> None:
    async def script(peer: Peer) -> None:
        request = await peer.read_request()
        assert b"Content-Length: 6\r\n" in request
        assert request.endswith(b"\r\n\r\nabcdef")
        await peer.send(OK)

    async def pieces() -> AsyncIterator[bytes]:
        yield b"abc"
        yield b"def"

    headers = {"Content-Length": "6"}
    async with RawServer(script) as server, async_client_of(library) as client:
        sent = await client.post(server.url(), content=pieces(), headers=headers)
        assert sent.status_code == 200


@each_library
async def test_multipart_files_are_sent(library: ModuleType) -> None:
    async def script(peer: Peer) -> None:
        assert b"file content" in await peer.read_request()
        await peer.send(OK)

    async with RawServer(script) as server, async_client_of(library) as client:
        assert (await client.post(server.url(), files={"a": b"file content"})).text == "ok"


@each_library
def test_a_synchronous_stream_runs_in_the_thread_of_its_call(library: ModuleType) -> None:
    threads: list[threading.Thread] = []

    def pieces() -> Iterator[bytes]:
        threads.append(threading.current_thread())
        yield b"a" * 70_000
        yield b"end"

    def script(connection: socket.socket) -> None:
        received = read_head(connection)
        while not received.endswith(b"3\r\nend\r\n0\r\n\r\n"):
            received += connection.recv(65_536)
        connection.sendall(response(b"got it"))

    with serving(script) as url, client_of(library) as client:
        assert client.post(url, content=pieces()).text == "got it"
    assert threads == [threading.current_thread()]


@each_library
async def test_an_error_of_the_stream_is_raised_unchanged(library: ModuleType) -> None:
    async def pieces() -> AsyncIterator[bytes]:
        yield b"a"
        raise LookupError

    async with RawServer(_until_closed) as server, async_client_of(library) as client:
        with pytest.raises(LookupError):
            await client.post(server.url(), content=pieces())


# --- bodies of responses ---


@each_library
@pytest.mark.parametrize("leaves", ["headers", "body"])
async def test_a_response_that_is_left_early_closes_its_connection(
    library: ModuleType, leaves: str
) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(CHUNKED + b"1\r\na\r\n")
        assert await peer.read_to_end() == b""

    async with RawServer(script) as server, async_client_of(library) as client:
        async with client.stream("GET", server.url()) as streamed:
            if leaves == "body":
                async for piece in streamed.aiter_raw():
                    assert piece == b"a"
                    break
        await server.peers[0].ended.wait()


@each_library
def test_a_synchronous_response_that_is_left_early_closes_its_connection(
    library: ModuleType,
) -> None:
    ended = threading.Event()

    def script(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(CHUNKED + b"1\r\na\r\n")
        assert connection.recv(1) == b""
        ended.set()

    with serving(script) as url, client_of(library) as client:
        with client.stream("GET", url) as streamed:
            assert next(streamed.iter_raw()) == b"a"
        assert ended.wait(10)


@each_library
async def test_a_response_left_early_resets_its_stream_only(
    library: ModuleType, certificates: Certificates, trusting: ssl.SSLContext
) -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        first, _ = await peer.request()
        await peer.headers(first, [(":status", "200")])
        await peer.data(first, b"piece")
        assert await peer.reset_of(first) == 8  # CANCEL
        second, _ = await peer.request()
        await peer.respond(second, b"second")

    tls = server_context(certificates.good, alpn=("h2",))
    client = async_client_of(library, verify=trusting, http2=True)
    async with RawH2Server(script, tls=tls) as server, client:
        async with client.stream("GET", server.url(host="localhost")) as streamed:
            assert streamed.http_version == "HTTP/2"
            assert await anext(streamed.aiter_raw()) == b"piece"
        assert (await client.get(server.url(host="localhost"))).text == "second"


@each_library
def test_pieces_are_yielded_as_they_come(library: ModuleType) -> None:
    go = threading.Event()

    def script(connection: socket.socket) -> None:
        read_head(connection)
        connection.sendall(CHUNKED + b"1\r\na\r\n")
        assert go.wait(10)
        connection.sendall(b"1\r\nb\r\n0\r\n\r\n")

    with serving(script) as url, client_of(library) as client:
        with client.stream("GET", url) as streamed:
            pieces = streamed.iter_raw()
            assert next(pieces) == b"a"
            go.set()
            assert list(pieces) == [b"b"]


@each_library
async def test_the_body_is_not_decoded(library: ModuleType) -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\n"

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(head + b"raw")

    async with RawServer(script) as server, async_client_of(library) as client:
        async with client.stream("GET", server.url()) as streamed:
            assert [piece async for piece in streamed.aiter_raw()] == [b"raw"]


# --- time limits ---


@each_library
@pytest.mark.parametrize("phase", ["read", "write", "pool"])
async def test_each_time_limit_raises_its_error(library: ModuleType, phase: str) -> None:
    async def script(peer: Peer) -> None:
        peer.pause_reading()
        await peer.stall()

    kinds = {"read": "ReadTimeout", "write": "WriteTimeout", "pool": "PoolTimeout"}
    timeout = library.Timeout(None, **{phase: 0.05})
    content = b"x" * (32 << 20) if phase == "write" else None
    limits = library.Limits(max_connections=1)
    async with RawServer(script) as server, async_client_of(library, limits=limits) as client:
        first = None
        if phase == "pool":
            first = asyncio.create_task(client.get(server.url(), timeout=None))
            await server.connected(1)
        with pytest.raises(getattr(library, kinds[phase])) as caught:
            await client.post(server.url(), content=content, timeout=timeout)
        assert type(caught.value) is getattr(library, kinds[phase])
        assert type(caught.value.__cause__).__name__ == kinds[phase]
        assert caught.value.request.method == "POST"
        if first is not None:
            first.cancel()
            await asyncio.wait([first])


@each_library
async def test_a_slow_handshake_is_a_connect_timeout(
    library: ModuleType, trusting: ssl.SSLContext
) -> None:
    async with RawServer(Peer.stall) as server, async_client_of(library, verify=trusting) as client:
        timeout = library.Timeout(None, connect=0.05)
        with pytest.raises(library.ConnectTimeout):
            await client.get(server.url().replace("http:", "https:"), timeout=timeout)


@each_library
async def test_without_a_limit_nothing_times_out(library: ModuleType) -> None:
    async with RawServer(Peer.stall) as server, async_client_of(library) as client:
        call = asyncio.create_task(client.get(server.url(), timeout=None))
        await server.connected(1)
        assert not (await asyncio.wait([call], timeout=0.05))[0]
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call


# --- cancellation, loops and the end ---


@each_library
@pytest.mark.parametrize("sends", [b"", CHUNKED + b"1\r\na\r\n"], ids=["headers", "body"])
async def test_cancellation_passes_and_closes_the_connection(
    library: ModuleType, sends: bytes
) -> None:
    asked = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(sends)
        asked.set()
        assert await peer.read_to_end() == b""

    async with RawServer(script) as server, async_client_of(library) as client:
        call = asyncio.create_task(client.get(server.url(), timeout=None))
        await asked.wait()
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
        await server.peers[0].ended.wait()


@each_library
def test_a_transport_belongs_to_one_event_loop(library: ModuleType) -> None:
    client = async_client_of(library)
    with serving(echo_path) as url, asyncio.Runner() as first, asyncio.Runner() as second:
        assert first.run(_text(client, url)) == "/"
        with pytest.raises(WrongEventLoop):
            second.run(_text(client, url))
        first.run(client.aclose())


async def _text(client: AsyncClient, url: str) -> str:
    return (await client.get(url)).text


@each_library
def test_another_library_than_asyncio_is_refused(library: ModuleType) -> None:
    client = async_client_of(library)
    call = client.get("http://127.0.0.1:1/", timeout=None)
    with pytest.raises(WrongEventLoop, match="another library than asyncio"):
        call.send(None)  # as trio does


@each_library
async def test_closing_ends_what_is_running(library: ModuleType) -> None:
    async with RawServer(_until_closed) as server, async_client_of(library) as client:
        call = asyncio.create_task(client.get(server.url(), timeout=None))
        await server.connected(1)
        await client.aclose()
        with pytest.raises(library.NetworkError) as caught:
            await call
        assert isinstance(caught.value.__cause__, ClientClosed)


@each_library
def test_threads_share_a_transport(library: ModuleType) -> None:
    found: list[str] = []

    def run() -> None:
        found.extend(client.get(f"{url}/{number}").text for number in range(10))

    with serving(echo_path) as url, client_of(library) as client:
        threads = [threading.Thread(target=run) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(10)
    assert sorted(found) == sorted(f"/{number}" for number in range(10) for _ in range(4))


# --- the pool, and the ways to a server ---


@each_library
def test_connections_are_reused_unless_no_idle_ones_are_kept(library: ModuleType) -> None:
    def script(connection: socket.socket) -> None:
        while read_head(connection):
            connection.sendall(response(b"%d" % connection.getpeername()[1]))

    with serving(script) as url:
        for idle_max, connections in ((20, 1), (0, 3)):
            limits = library.Limits(max_keepalive_connections=idle_max)
            with client_of(library, limits=limits) as client:
                ports = {client.get(url).text for _ in range(3)}
            assert len(ports) == connections


@each_library
async def test_cookies_are_kept_by_the_client_alone(library: ModuleType) -> None:
    cookie = b"HTTP/1.1 204 No Content\r\nSet-Cookie: a=1\r\n\r\n"
    seen: list[bytes] = []

    async def script(peer: Peer) -> None:
        for _ in range(2):
            seen.append(await peer.read_request())
            await peer.send(cookie)

    async with RawServer(script) as server, async_client_of(library) as client:
        await client.get(server.url())
        client.cookies.clear()
        await client.get(server.url())
    assert b"cookie" not in seen[1].lower()


@each_library
@pytest.mark.parametrize("is_tls", [False, True])
async def test_a_proxy_is_used_with_its_credentials(
    library: ModuleType, certificates: Certificates, trusting: ssl.SSLContext, *, is_tls: bool
) -> None:
    async def script(peer: Peer) -> None:
        assert b"proxy-authorization" not in (await peer.read_request()).lower()
        await peer.send(OK)

    tls = server_context(certificates.good) if is_tls else None
    async with (
        LoopProxy(credentials=("user", "pass word")) as proxy,
        RawServer(script, tls=tls) as server,
    ):
        given = library.Proxy(proxy.url(), auth=("user", "pass word"), headers={"X-Proxy": "1"})
        async with async_client_of(library, proxy=given, verify=trusting) as client:
            assert (await client.get(server.url(host="localhost"))).text == "ok"
        assert b"\r\nX-Proxy: 1\r\n" in proxy.heads[0]


@each_library
async def test_a_proxy_that_refuses_is_a_proxy_error(
    library: ModuleType, certificates: Certificates, trusting: ssl.SSLContext
) -> None:
    async with LoopProxy(credentials=("user", "pass")) as proxy:
        async with async_client_of(library, proxy=proxy.url(), verify=trusting) as client:
            with pytest.raises(library.ProxyError):
                await client.get("https://example.com/")


@each_library
async def test_a_socks_proxy_resolves_the_name(library: ModuleType) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(OK)

    async with LoopProxy() as proxy, RawServer(script) as server:
        async with async_client_of(library, proxy=proxy.url("socks5")) as client:
            assert (await client.get(server.url(host="localhost"))).text == "ok"
        assert proxy.targets == [("localhost", server.port)]


@each_library
async def test_proxies_of_the_environment_are_used_on_request(
    library: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(OK)

    async with LoopProxy() as proxy, RawServer(script) as server:
        monkeypatch.setenv("HTTP_PROXY", proxy.url())
        for env_proxies, times in ((False, 0), (True, 1)):
            async with async_client_of(library, env_proxies=env_proxies) as client:
                assert (await client.get(server.url(host="localhost"))).text == "ok"
            assert len(proxy.heads) == times


@each_library
async def test_mounts_choose_the_transport(library: ModuleType) -> None:
    ours = (for_httpx if library is httpx else for_httpx2).AsyncHyperHTTPTransport()
    async with (
        RawServer(_one_request) as server,
        library.AsyncClient(mounts={"all://": ours}) as client,
    ):
        found = await client.get(server.url())
        assert type(found.extensions["network_stream"]).__module__.startswith("hyperhttp.")


async def _until_closed(peer: Peer) -> None:
    await peer.read_to_end()


async def _one_request(peer: Peer) -> None:
    await peer.read_request()
    await peer.send(OK)


@each_library
async def test_a_unix_socket_is_used(library: ModuleType, tmp_path: Path) -> None:
    async def script(peer: Peer) -> None:
        assert b"Host: example.com\r\n" in await peer.read_request()
        await peer.send(OK)

    path = tmp_path / "socket"
    async with UnixServer(path, script), async_client_of(library, uds=str(path)) as client:
        assert (await client.get("http://example.com/")).text == "ok"


@each_library
async def test_the_connection_can_be_asked_about(
    library: ModuleType, certificates: Certificates, trusting: ssl.SSLContext
) -> None:
    tls = server_context(certificates.good)
    async with (
        RawServer(_one_request, tls=tls) as server,
        async_client_of(library, verify=trusting, local_address="127.0.0.1") as client,
    ):
        found = await client.get(server.url(host="localhost"))
        stream = found.extensions["network_stream"]
        assert stream.get_extra_info("server_addr") == ("127.0.0.1", server.port)
        assert stream.get_extra_info("client_addr")[0] == "127.0.0.1"
        assert stream.get_extra_info("ssl_object").version() == "TLSv1.3"
        assert stream.get_extra_info("unknown") is None


@each_library
async def test_nothing_is_logged_twice(
    library: ModuleType, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    async with RawServer(_one_request) as server, async_client_of(library) as client:
        await client.get(server.url())
    lines = [one for one in caplog.records if one.name != "asyncio"]
    assert [one.name for one in lines] == [library.__name__]
