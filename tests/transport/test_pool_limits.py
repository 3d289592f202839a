"""The pool at its limits: the moment in which one is reached, and what it holds for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar, cast

import pytest
from h2.settings import SettingCodes

import hyperhttp
from hyperhttp import Client, ClientConfig, Timeout
from hyperhttp._transport.h1_connection import H1Connection
from hyperhttp._transport.pool import Pool
from tests.clock import StoppedLoop, TurnedLoop, run_stopped, run_turned, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server
from tests.transport.owner import Owner

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp import Endpoint
    from hyperhttp._transport.connection import Connection
    from hyperhttp._transport.exchange import Exchange

P = TypeVar("P", bound="asyncio.BaseProtocol")


async def served(peer: Peer) -> None:
    """Respond to each request, to `/half` with half a body."""
    try:
        while True:
            request = await peer.read_request()
            body = b"ha" if b"/half" in request else b"half"
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n" + body)
    except UnexpectedEnd:
        pass


async def fetch(client: Client, url: str) -> bytes:
    return await (await client.get(url)).aread()


def pool_of(client: Client) -> Pool:
    assert client._pool is not None
    return client._pool


@pytest.mark.parametrize(("idle_s", "connections"), [(9.0, 1), (10.0, 2), (11.0, 2)])
def test_a_connection_is_too_old_at_its_very_limit(idle_s: float, connections: int) -> None:
    async def main(loop: StoppedLoop) -> None:
        async with RawServer(served) as server, Client(keepalive_expiry=10.0) as client:
            await fetch(client, server.url("/a"))
            loop.now += idle_s
            await fetch(client, server.url("/b"))
            assert len(server.peers) == connections

    run_stopped(main)


@pytest.mark.parametrize(("age_s", "idle"), [(59.0, 1), (60.0, 0), (61.0, 0)])
def test_a_connection_that_came_of_age_while_it_was_in_use_is_closed_at_once(
    age_s: float, idle: int
) -> None:
    async def main(loop: StoppedLoop) -> None:
        async def ages(peer: Peer) -> None:
            await peer.read_request()
            loop.now += age_s
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok")

        async with (
            RawServer(ages) as server,
            Client(max_connection_age=60.0, timeout=None) as client,
        ):
            assert await fetch(client, server.url("/")) == b"ok"
            assert (client.stats().active, client.stats().idle) == (0, idle)

    run_stopped(main)


@pytest.mark.parametrize(("age_s", "streams"), [(49.0, 4), (50.0, 1), (51.0, 1)])
def test_a_connection_that_came_of_age_gets_none_of_the_streams_that_are_allowed_later(
    age_s: float, streams: int
) -> None:
    waiting, noticed = asyncio.Event(), asyncio.Event()

    async def script(peer: H2Peer) -> None:
        await peer.handshake({SettingCodes.MAX_CONCURRENT_STREAMS: 1})
        stream_id, _ = await peer.request()
        await peer.headers(stream_id, [(":status", "200")])
        await waiting.wait()
        await peer.settings({SettingCodes.MAX_CONCURRENT_STREAMS: 10})
        await (peer.request() if streams > 1 else peer.settings_acknowledged(2))
        noticed.set()
        await peer.raw_peer.ended.wait()

    async def main(loop: StoppedLoop) -> None:
        async with (
            RawH2Server(script) as server,
            Client(
                http2="prior-knowledge", max_connection_age=50.0, max_connections=1, timeout=None
            ) as client,
        ):
            running = await client.get(server.url("/0"))
            loop.now += age_s
            asked = [asyncio.ensure_future(client.get(server.url(f"/{n}"))) for n in (1, 2, 3)]
            await until(lambda: client.stats().waiters == 3)
            waiting.set()
            await until(noticed.is_set)
            (origin,) = client.stats().origins.values()
            assert (origin.streams, origin.waiters) == (streams, 4 - streams)
            for one in asked:
                one.cancel()
            await asyncio.gather(*asked, return_exceptions=True)
            await running.aclose()

    run_stopped(main)


async def test_only_requests_that_run_are_noise() -> None:
    async with RawServer(served) as server, Client() as client:
        held = [await client.get(server.url("/half")) for _ in range(3)]
        pool = pool_of(client)
        assert not pool.is_quiet()
        other = await client.get(server.url("/whole"))
        await other.aread()
        assert client.stats().idle == 1
        await held.pop().aclose()
        assert not pool.is_quiet()
        await held.pop().aclose()
        assert pool.is_quiet()
        await held.pop().aclose()
        assert pool.is_quiet()


class Unconnected:
    """Never connects."""

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        await asyncio.Event().wait()
        return make_protocol()

    async def aclose(self) -> None:
        """Nothing of it stays open."""


def test_a_request_that_dials_does_not_wait_for_the_pool() -> None:
    async def main(loop: TurnedLoop) -> None:
        limits = Timeout(pool=1.0, connect=30.0)
        async with Client(transport=Unconnected(), timeout=limits) as client:
            task = asyncio.ensure_future(client.get("http://example.com/"))
            await until(lambda: client.stats().pending == 1)
            for _ in range(2):
                loop.turn(2)
                for _ in range(20):
                    await asyncio.sleep(0)
                assert not task.done()
            loop.turn(30)
            with pytest.raises(hyperhttp.ConnectTimeout):
                await task

    run_turned(main)


class Connected:
    """A connection as `http1_required` needs it."""

    def __init__(self, key: str, capacity: int | None) -> None:
        self.key = key
        self.capacity = capacity
        self.is_draining = False

    def drain(self) -> None:
        self.is_draining = True


async def test_http2_is_left_for_the_origin_that_refused_it_only() -> None:
    pool = Pool(ClientConfig(), None, asyncio.get_running_loop())
    # Equal texts that are two objects.
    mine, own = "https://b.example.com", b"https://b.example.com".decode()
    refused, same = Connected(mine, 100), Connected(own, 100)
    others = [Connected("https://a.example.com", 100), Connected("https://c.example.com", 100)]
    http1 = Connected(mine, None)
    pool._connections = cast("set[Connection]", {refused, same, *others, http1})
    pool.http1_required(cast("Connection", refused))
    assert (refused.is_draining, same.is_draining) == (True, True)
    assert [one.is_draining for one in (*others, http1)] == [False] * 3
    assert pool._memory.alpn(mine) == ("http/1.1",)


async def turns(number: int = 20) -> None:
    for _ in range(number):
        await asyncio.sleep(0)


def test_each_queued_request_waits_as_long_as_its_own_limit() -> None:
    async def main(loop: StoppedLoop) -> None:
        async with RawServer(served) as server, Client(max_connections=1) as client:
            held = await client.get(server.url("/half"))
            limits = (1.0, 5.0, 5.01, None)
            tasks = [
                asyncio.ensure_future(client.get(server.url("/"), timeout=Timeout(pool=limit)))
                for limit in limits
            ]
            await until(lambda: client.stats().waiters == len(limits))
            start = loop.now
            # The third one is checked with others whose limits are close: 0.02 s later.
            for now, done in (
                (0.99, 0),
                (1.0, 1),
                (4.99, 1),
                (5.0, 2),
                (5.01, 2),
                (5.03, 3),
                (99.0, 3),
            ):
                loop.now = start + now
                await turns()
                assert [task.done() for task in tasks] == [n < done for n in range(len(limits))]
            for task in tasks[:3]:
                with pytest.raises(hyperhttp.PoolTimeout):
                    await task
            await held.aclose()
            assert (await tasks[3]).status_code == 200

    run_stopped(main)


class Refused(Unconnected):
    """Refuses each connection."""

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        raise ConnectionRefusedError("no")


async def test_a_transport_that_cannot_connect_is_a_connect_error() -> None:
    async with Client(transport=Refused()) as client:
        with pytest.raises(hyperhttp.ConnectError) as caught:
            await client.get("http://example.com:81/")
        assert (caught.value.host, caught.value.port) == ("example.com", 81)
        assert isinstance(caught.value.__cause__, ConnectionRefusedError)


def test_idle_connections_are_closed_at_their_limit_or_up_to_a_second_later() -> None:
    async def main(loop: StoppedLoop) -> None:
        async with RawServer(served) as one, RawServer(served) as two, RawServer(served) as three:
            async with Client(keepalive_expiry=10.0) as client:
                start = loop.now
                for server, used in ((one, 0.0), (two, 0.5), (three, 2.0)):
                    loop.now = start + used
                    await fetch(client, server.url("/a"))
                for now, idle in (
                    (9.99, 3),
                    (10.0, 2),
                    (10.5, 2),
                    (11.0, 1),
                    (11.99, 1),
                    (12.0, 0),
                ):
                    loop.now = start + now
                    await turns()
                    assert client.stats().idle == idle

    run_stopped(main)


@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
async def test_asyncio_buffers_64_kib_of_a_request(tls: bool, certificates: Certificates) -> None:
    context = server_context(certificates.good) if tls else None
    async with RawServer(served, tls=context) as server, Client(verify=certificates.ca) as client:
        await fetch(client, server.url("/a", host="localhost"))
        (connection,) = cast("set[H1Connection]", pool_of(client)._connections)
        transport = connection._transport
        assert transport is not None
        assert transport.get_write_buffer_limits()[1] == 65_536


async def test_a_connection_without_a_transport_has_nothing_to_send_and_nothing_to_close() -> None:
    loop, limits = asyncio.get_running_loop(), ClientConfig().limits
    connection = H1Connection("http://example.com", Owner(), limits, memoryview(b""), loop)
    assert connection.unsent_bytes() == 0
    connection.abort()
    assert connection.release() is None


class Failed:
    """An exchange that keeps its error."""

    error: hyperhttp.HyperHTTPError | None = None

    def fail(self, error: hyperhttp.HyperHTTPError) -> None:
        self.error = error


@pytest.mark.parametrize("loss", [None, ConnectionResetError("reset")])
async def test_a_request_that_a_closed_connection_gets_has_sent_nothing(
    loss: OSError | None,
) -> None:
    loop, limits = asyncio.get_running_loop(), ClientConfig().limits
    connection = H1Connection("http://example.com", Owner(), limits, memoryview(b""), loop)
    connection.loss = loss
    exchange = Failed()
    connection._fail_unsent(cast("Exchange", exchange))
    if loss is None:
        assert isinstance(exchange.error, hyperhttp.WriteError)
        assert exchange.error.sent_bytes == 0
    else:
        assert isinstance(exchange.error, hyperhttp.ReadError)
        assert exchange.error.received_bytes == 0
