"""The pool on real sockets: who gets a connection, what cancellation leaves behind, how it ends."""

from __future__ import annotations

import asyncio
import gc
import os
import random
from contextlib import AsyncExitStack, suppress
from typing import TYPE_CHECKING, Literal, TypeVar

import pytest

import hyperhttp
from hyperhttp import Client, OriginStats, Timeout
from hyperhttp._base._generated.bounds import SURPLUS_IDLE_S
from tests.benchmarks.canned import Canned, Wire, reply
from tests.client.quiet import open_lasting_files
from tests.clock import TurnedLoop, run_turned, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd, replies
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp import Endpoint

P = TypeVar("P", bound="asyncio.BaseProtocol")


async def served(peer: Peer) -> None:
    """Respond to each request with its own path, until the client has had enough."""
    with suppress(UnexpectedEnd):
        while True:
            request = await peer.read_request()
            path = request.split(b" ", 2)[1]
            if path == b"/half":
                await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
                continue
            head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(path)
            await peer.send(head + path)


async def fetch(client: Client, url: str) -> bytes:
    return await (await client.get(url)).aread()


async def test_one_connection_serves_one_request_after_the_other() -> None:
    async with RawServer(served) as server, Client() as client:
        for number in range(20):
            assert await fetch(client, server.url(f"/{number}")) == b"/%d" % number
        assert len(server.peers) == 1


async def test_a_request_is_sent_in_the_turn_in_which_its_connection_is_open() -> None:
    sent: list[bytes] = []
    in_next_turn: list[int] = []

    class Noted(Wire):
        def write(self, data: bytes | bytearray | memoryview) -> None:
            sent.append(bytes(data))
            super().write(data)

    class Opened(Canned):
        async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
            await asyncio.sleep(0)
            protocol = make_protocol()
            protocol.connection_made(Noted(protocol, self.reply))
            asyncio.get_running_loop().call_soon(lambda: in_next_turn.append(len(sent)))
            return protocol

    async with Client(transport=Opened(reply(b"well"))) as client:
        assert await fetch(client, "http://example.com/page") == b"well"
    assert in_next_turn == [1]
    assert sent[0].startswith(b"GET /page HTTP/1.1\r\n")


async def test_no_more_connections_than_allowed_and_everyone_is_served() -> None:
    async with RawServer(served) as server, Client(max_connections=3) as client:
        urls = [server.url(f"/{number}") for number in range(50)]
        bodies = await asyncio.gather(*(fetch(client, url) for url in urls))
        assert bodies == [b"/%d" % number for number in range(50)]
        assert len(server.peers) == 3


async def test_an_idle_connection_to_another_origin_gives_way() -> None:
    async with RawServer(served) as one, RawServer(served) as two:
        async with Client(max_connections=1, timeout=5.0) as client:
            for _ in range(3):
                assert await fetch(client, one.url("/a")) == b"/a"
                assert await fetch(client, two.url("/b")) == b"/b"
        assert (len(one.peers), len(two.peers)) == (3, 3)


async def test_unread_responses_without_a_body_cost_no_slot() -> None:
    reply = b"HTTP/1.1 204 No Content\r\n\r\n"
    async with RawServer(replies(*[(b"HEAD", reply)] * 5)) as server:
        async with Client(max_connections=1, timeout=5.0) as client:
            kept = [await client.head(server.url()) for _ in range(5)]
        assert [response.status_code for response in kept] == [204] * 5
        assert len(server.peers) == 1


def test_idle_connections_are_closed_when_their_time_is_over() -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(served) as server, Client(keepalive_expiry=10.0) as client:
            await fetch(client, server.url("/a"))
            loop.turn(9)
            await fetch(client, server.url("/a"))
            assert len(server.peers) == 1
            loop.turn(9)
            for _ in range(10):
                await asyncio.sleep(0)
            assert not server.peers[0].ended.is_set()
            loop.turn(3)
            await server.peers[0].ended.wait()
            await fetch(client, server.url("/a"))
            assert len(server.peers) == 2

    run_turned(main)


@pytest.mark.parametrize("is_tls", [False, True], ids=["cleartext", "tls"])
def test_tasks_keep_their_connections_above_the_limit_of_idle_ones(
    certificates: Certificates, *, is_tls: bool
) -> None:
    tls, verify = (server_context(certificates.good), certificates.ca) if is_tls else (None, True)

    async def main(loop: TurnedLoop) -> None:
        async with (
            RawServer(served, tls=tls) as server,
            Client(verify=verify, max_keepalive_connections=2) as client,
        ):

            async def fetch_often() -> None:
                for _ in range(10):
                    await fetch(client, server.url("/a"))
                    await asyncio.sleep(0)

            await asyncio.gather(*(fetch_often() for _ in range(8)))
            opened = len(server.peers)
            await asyncio.gather(*(fetch_often() for _ in range(8)))
            assert len(server.peers) == client.stats().idle == opened >= 8
            loop.turn(SURPLUS_IDLE_S / 2)
            await fetch(client, server.url("/a"))
            loop.turn(SURPLUS_IDLE_S)
            await until(lambda: sum(peer.ended.is_set() for peer in server.peers) == opened - 2)
            assert client.stats().idle == 2
            await fetch(client, server.url("/a"))
            assert len(server.peers) == opened

    run_turned(main)


def test_idle_connections_over_http2_are_limited_too(certificates: Certificates) -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        for _ in range(2):
            stream_id, _ = await peer.request()
            await peer.respond(stream_id, b"ok")

    async def main(loop: TurnedLoop) -> None:
        async with AsyncExitStack() as stack:
            tls = server_context(certificates.good, alpn=("h2",))
            servers = [
                await stack.enter_async_context(RawH2Server(script, tls=tls)) for _ in range(4)
            ]
            client = await stack.enter_async_context(
                Client(verify=certificates.ca, max_keepalive_connections=1)
            )
            for _ in range(2):
                for server in servers:
                    assert await fetch(client, server.url()) == b"ok"
            assert [len(server.peers) for server in servers] == [1, 1, 1, 1]
            assert client.stats().idle == 4
            loop.turn(SURPLUS_IDLE_S)
            await until(lambda: client.stats().idle == 1)

    run_turned(main)


def test_a_connection_that_outlived_the_servers_own_limit_is_not_used() -> None:
    reply = b"HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n\r\nok"

    async def main(loop: TurnedLoop) -> None:
        async with RawServer(replies((b"GET", reply))) as server:
            async with Client() as client:
                await fetch(client, server.url())
                loop.turn(4.5)
                await fetch(client, server.url())
            assert len(server.peers) == 2

    run_turned(main)


def test_an_old_connection_is_not_used_again_and_a_running_one_is_not_cut() -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(served) as server, Client(max_connection_age=60.0) as client:
            await fetch(client, server.url("/a"))
            loop.turn(50)
            assert await fetch(client, server.url("/b")) == b"/b"
            assert len(server.peers) == 1
            running = await client.get(server.url("/half"))
            loop.turn(20)
            assert client.stats().active == 1
            await running.aclose()
            await fetch(client, server.url("/c"))
            loop.turn(61)
            await fetch(client, server.url("/d"))
            assert len(server.peers) == 3

    run_turned(main)


class SecondIsSlow:
    """Connects to one server; the second connection waits for a word."""

    def __init__(self, server: RawServer) -> None:
        self.word = asyncio.Event()
        self._server = server
        self._dials = 0

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        self._dials += 1
        if self._dials == 2:
            await self.word.wait()
        _, protocol = await asyncio.get_running_loop().create_connection(
            make_protocol, self._server.host, self._server.port
        )
        return protocol

    async def aclose(self) -> None:
        """Nothing of it stays open."""


def test_an_unused_connection_is_as_old_as_its_dial() -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(served) as server:
            transport = SecondIsSlow(server)
            async with Client(transport=transport, max_connection_age=60.0) as client:
                urls = ("http://example.com/a", "http://example.com/b")
                assert await asyncio.gather(*(fetch(client, url) for url in urls)) == [b"/a", b"/b"]
                transport.word.set()
                await until(lambda: client.stats().idle == 2)
                loop.turn(61)
                await fetch(client, urls[0])
                assert len(server.peers) == 3

    run_turned(main)


def test_an_unused_connection_is_kept_from_its_dial_on() -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(served) as server:
            transport = SecondIsSlow(server)
            async with Client(transport=transport, keepalive_expiry=10.0) as client:
                urls = ("http://example.com/a", "http://example.com/b")
                await asyncio.gather(*(fetch(client, url) for url in urls))
                transport.word.set()
                await until(lambda: client.stats().idle == 2)
                await asyncio.gather(*(fetch(client, url) for url in urls))
                assert len(server.peers) == 2

    run_turned(main)


def test_an_unused_connection_is_kept_no_longer_than_others() -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(served) as server:
            transport = SecondIsSlow(server)
            async with Client(transport=transport, keepalive_expiry=10.0) as client:
                urls = ("http://example.com/a", "http://example.com/b")
                await asyncio.gather(*(fetch(client, url) for url in urls))
                transport.word.set()
                await until(lambda: client.stats().idle == 2)
                loop.turn(11.5)
                await until(lambda: client.stats().idle == 0)

    run_turned(main)


class Unconnected:
    """Notes what is to be connected, and never connects it."""

    def __init__(self) -> None:
        self.endpoints: list[Endpoint] = []

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        self.endpoints.append(endpoint)
        await asyncio.Event().wait()
        return make_protocol()

    async def aclose(self) -> None:
        """Nothing of it stays open."""


@pytest.mark.parametrize(
    ("url", "http2", "alpn", "dials"),
    [
        ("https://example.com/", True, ("h2", "http/1.1"), 1),
        ("https://example.com/", False, ("http/1.1",), 2),
        ("http://example.com/", True, (), 2),
        ("http://example.com/", False, (), 2),
        ("http://example.com/", "prior-knowledge", (), 1),
    ],
)
async def test_requests_share_the_first_dial_where_http2_may_be_negotiated(
    url: str, http2: Literal["prior-knowledge"] | bool, alpn: tuple[str, ...], dials: int
) -> None:
    transport = Unconnected()
    async with Client(transport=transport, http2=http2) as client:
        tasks = [asyncio.ensure_future(client.get(url)) for _ in range(2)]
        await until(lambda: len(transport.endpoints) == dials)
        for _ in range(5):
            await asyncio.sleep(0)
        assert [one.alpn for one in transport.endpoints] == [alpn] * dials
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def test_the_one_that_expires_first_is_closed_first() -> None:
    async def brief(peer: Peer) -> None:
        with suppress(UnexpectedEnd):
            await peer.read_request()
            await peer.send(b"HTTP/1.1 204 No Content\r\nKeep-Alive: timeout=5\r\n\r\n")
            await peer.read_request()

    async def main(loop: TurnedLoop) -> None:
        async with RawServer(brief) as one, RawServer(served) as two:
            async with Client(keepalive_expiry=100.0) as client:
                await fetch(client, one.url("/"))
                await fetch(client, two.url("/"))
                loop.turn(7)
                await until(one.peers[0].ended.is_set)
                assert not two.peers[0].ended.is_set()

    run_turned(main)


def test_a_shared_connection_in_use_does_not_expire_as_if_it_were_idle() -> None:
    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.respond((await peer.request())[0], b"first")
        long, _ = await peer.request()
        await peer.headers(long, [(":status", "200")])
        await peer.respond((await peer.request())[0], b"short")
        await peer.data(long, b"long", end=True)

    async def main(loop: TurnedLoop) -> None:
        async with (
            RawH2Server(script) as server,
            Client(http2="prior-knowledge", keepalive_expiry=10.0, timeout=None) as client,
        ):
            assert await fetch(client, server.url("/first")) == b"first"
            long = await client.get(server.url("/long"))
            loop.turn(20)
            assert await fetch(client, server.url("/short")) == b"short"
            assert await long.aread() == b"long"
            assert len(server.peers) == 1

    run_turned(main)


def test_a_shared_connection_that_is_too_old_ends_what_runs_and_takes_nothing_new() -> None:
    asked_again = asyncio.Event()

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream, fields = await peer.request()
        if dict(fields)[":path"] == "/long":
            await peer.headers(stream, [(":status", "200")])
            await asked_again.wait()
            await peer.data(stream, b"long", end=True)
        else:
            asked_again.set()
            await peer.respond(stream, b"other")

    async def main(loop: TurnedLoop) -> None:
        async with (
            RawH2Server(script) as server,
            Client(http2="prior-knowledge", max_connection_age=60.0, timeout=None) as client,
        ):
            long = await client.get(server.url("/long"))
            loop.turn(61)
            assert await fetch(client, server.url("/other")) == b"other"
            assert await long.aread() == b"long"
            assert len(server.peers) == 2

    run_turned(main)


async def test_at_most_one_connection_in_use_is_quiet() -> None:
    async with RawServer(served) as server, Client() as client:
        await asyncio.gather(fetch(client, server.url("/a")), fetch(client, server.url("/b")))
        pool = client._pool  # pyright: ignore[reportPrivateUsage]
        assert pool is not None
        assert len(server.peers) == 2
        assert pool.is_quiet()
        one = await client.get(server.url("/half"))
        assert pool.is_quiet()
        two = await client.get(server.url("/half"))
        assert not pool.is_quiet()
        await two.aclose()
        assert pool.is_quiet()
        await one.aclose()


async def test_a_connection_that_died_idle_is_replaced_without_a_word() -> None:
    async def once(peer: Peer) -> None:
        await replies((b"GET", OK))(peer)
        peer.close()

    async with RawServer(once, served) as server, Client() as client:
        assert await fetch(client, server.url("/a")) == b"ok"
        await server.peers[0].ended.wait()
        assert await fetch(client, server.url("/b")) == b"/b"


@pytest.mark.parametrize(
    ("method", "replayed"),
    [("GET", True), ("PUT", True), ("DELETE", True), ("POST", False), ("PATCH", False)],
)
async def test_a_kept_connection_that_dies_under_a_request_is_replaced_when_that_is_safe(
    method: str, replayed: bool
) -> None:
    async def dies_on_the_second(peer: Peer) -> None:
        await replies((b"GET", OK))(peer)
        await peer.read_request()
        peer.reset()

    async with RawServer(dies_on_the_second, served) as server, Client() as client:
        assert await fetch(client, server.url("/a")) == b"ok"
        asked = client.request(method, server.url("/b"))
        if replayed:
            assert await (await asked).aread() == b"/b"
            return
        with pytest.raises(hyperhttp.ReadError) as caught:
            await asked
        assert caught.value.received_bytes == 0
        assert len(server.peers) == 1


async def test_a_request_is_replayed_once_only() -> None:
    async def dies(peer: Peer) -> None:
        if peer.number == 0:
            await replies((b"GET", OK))(peer)
        await peer.read_request()
        peer.reset()

    async with RawServer(dies) as server, Client() as client:
        await fetch(client, server.url("/a"))
        with pytest.raises(hyperhttp.ReadError):
            await fetch(client, server.url("/b"))
        assert len(server.peers) == 2


@pytest.mark.parametrize("seed", range(3))
async def test_200_cancellations_leave_every_slot_free_and_the_next_responses_right(
    seed: int,
) -> None:
    chance = random.Random(seed)
    async with RawServer(served) as server:
        async with Client(max_connections=2, timeout=Timeout(20.0)) as client:
            for number in range(200):
                asked = asyncio.ensure_future(fetch(client, server.url(f"/cancel{number}")))
                for _ in range(chance.randrange(12)):
                    await asyncio.sleep(0)
                asked.cancel()
                await asyncio.wait([asked])
                if not asked.cancelled():
                    assert asked.result() == b"/cancel%d" % number
            urls = [server.url(f"/{number}") for number in range(50)]
            bodies = await asyncio.gather(*(fetch(client, url) for url in urls))
            assert bodies == [b"/%d" % number for number in range(50)]


async def test_cancelled_waiters_do_not_take_what_they_were_served() -> None:
    async with RawServer(served) as server, Client(max_connections=1, timeout=20.0) as client:
        await fetch(client, server.url("/warm"))
        for turns in range(12):
            asked = [
                asyncio.ensure_future(fetch(client, server.url(f"/{number}")))
                for number in range(20)
            ]
            for _ in range(turns):
                await asyncio.sleep(0)
            for task in asked[::2]:
                task.cancel()
            await asyncio.wait(asked)
            for number, task in enumerate(asked):
                assert task.cancelled() or task.result() == b"/%d" % number
            assert not any(task.cancelled() for task in asked[1::2])


async def test_asyncio_timeout_and_task_groups_behave(certificates: Certificates) -> None:
    async def silent(peer: Peer) -> None:
        await peer.stall()

    async with RawServer(silent) as server, Client() as client:
        with pytest.raises(TimeoutError) as caught:
            async with asyncio.timeout(0):
                await client.get(server.url())
        assert not isinstance(caught.value, hyperhttp.HyperHTTPError)
        with pytest.raises(ExceptionGroup) as group:
            async with asyncio.TaskGroup() as tasks:
                tasks.create_task(fetch(client, server.url()))
                tasks.create_task(fetch(client, "http://127.0.0.1:1/"))
        assert [type(error) for error in group.value.exceptions] == [hyperhttp.ConnectError]


@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
async def test_closing_ends_everything_and_leaves_no_descriptor(
    tls: bool, certificates: Certificates
) -> None:
    async def warm() -> None:
        async with Client(verify=certificates.ca) as client:
            with pytest.raises(hyperhttp.ConnectError):
                await client.get("https://127.0.0.1:1/")

    await warm()  # what a process opens once: the executor's and the resolver's files
    await open_lasting_files()
    context = server_context(certificates.good) if tls else None
    before = len(os.listdir("/proc/self/fd"))
    async with RawServer(served, tls=context) as server:
        client = Client(verify=certificates.ca, max_connections=2)
        url = server.url("/half", host="localhost")
        held = [await client.get(url), await client.get(url)]
        waiting = [asyncio.ensure_future(response.aread()) for response in held]
        waiting += [asyncio.ensure_future(fetch(client, url)) for _ in range(3)]
        for _ in range(5):
            await asyncio.sleep(0)
        await asyncio.gather(client.aclose(), client.aclose())
        ends = await asyncio.gather(*waiting, return_exceptions=True)
        assert [type(end) for end in ends] == [hyperhttp.ClientClosed] * 5
        other = Client(verify=certificates.ca)
        assert await fetch(other, server.url("/idle", host="localhost")) == b"/idle"
        await other.aclose()
        del held, waiting, ends
        await until(lambda: all(peer.ended.is_set() for peer in server.peers))
    await until(lambda: len(os.listdir("/proc/self/fd")) <= before)
    gc.collect()
    assert {task for task in asyncio.all_tasks() if task is not asyncio.current_task()} == set()


async def test_the_first_tls_connection_to_a_server_is_awaited_before_more_are_made(
    certificates: Certificates,
) -> None:
    context = server_context(certificates.good)
    async with RawServer(served, tls=context) as server:
        async with Client(verify=certificates.ca) as client:
            url = server.url("/a", host="localhost")
            asked = [asyncio.ensure_future(fetch(client, url)) for _ in range(5)]
            while not client.stats().active:
                assert client.stats().pending <= 1
                await asyncio.sleep(0)
            assert await asyncio.gather(*asked) == [b"/a"] * 5
            await asyncio.gather(*(fetch(client, url) for _ in range(9)))
            assert len(server.peers) > 1


@pytest.mark.parametrize("number", [1, 5])
async def test_a_failed_first_tls_connection_is_told_to_everyone_who_waited(
    number: int, certificates: Certificates
) -> None:
    context = server_context(certificates.unknown_ca)
    async with RawServer(served, tls=context) as server:
        async with Client(verify=certificates.ca) as client:
            url = server.url("/a", host="localhost")
            asked = [fetch(client, f"{url}?{n}") for n in range(number)]
            ends = await asyncio.gather(*asked, return_exceptions=True)
            assert [type(end) for end in ends] == [hyperhttp.TLSError] * number
            paths = [
                end.url.query for end in ends if isinstance(end, hyperhttp.TLSError) and end.url
            ]
            assert paths == [str(n) for n in range(number)]
            assert client.stats().origins == {}


def test_a_first_tls_connection_that_hangs_is_told_to_everyone_who_waited(
    certificates: Certificates,
) -> None:
    async def silent(peer: Peer) -> None:
        await peer.stall()

    async def main(loop: TurnedLoop) -> None:
        async with RawServer(silent) as server, Client(verify=certificates.ca) as client:
            url = server.url("/a", host="localhost").replace("http:", "https:")
            asked = [asyncio.ensure_future(fetch(client, url)) for _ in range(3)]
            await until(lambda: bool(server.peers) and bool(server.peers[0].received))
            loop.turn(31)
            ends = await asyncio.gather(*asked, return_exceptions=True)
            kinds = {type(end) for end in ends}
            assert kinds <= {hyperhttp.ConnectTimeout, hyperhttp.PoolTimeout}
            assert len(server.peers) == 1

    run_turned(main)


async def test_a_caller_who_leaves_hands_the_shared_dial_on(certificates: Certificates) -> None:
    async with RawServer(served, tls=server_context(certificates.good)) as server:
        async with Client(verify=certificates.ca) as client:
            url = server.url("/a", host="localhost")
            first, second = (asyncio.ensure_future(fetch(client, url)) for _ in range(2))
            await asyncio.sleep(0)
            first.cancel()
            assert await second == b"/a"


async def test_stats_tell_what_is_used_and_who_waits() -> None:
    client = Client(max_connections=1)
    assert client.stats().origins == {}
    async with RawServer(served) as server, client:
        origin = server.url("")
        held = await client.get(server.url("/half"))
        waiting = asyncio.ensure_future(fetch(client, server.url("/a")))
        await asyncio.sleep(0)
        assert client.stats().origins == {origin: OriginStats(0, 1, 0, 1)}
        await held.aclose()
        await waiting
        assert client.stats().origins == {origin: OriginStats(1, 0, 0, 0)}


async def test_closing_while_dialling_ends_the_dial() -> None:
    client = Client()
    async with RawServer(served) as server:
        asked = [asyncio.ensure_future(client.get(server.url())) for _ in range(3)]
        await asyncio.sleep(0)
        await client.aclose()
        ends = await asyncio.gather(*asked, return_exceptions=True)
        assert [type(end) for end in ends] == [hyperhttp.ClientClosed] * 3
    gc.collect()


async def test_tls_peers_that_do_not_take_leave_are_cut_after_a_moment(
    certificates: Certificates,
) -> None:
    async def deaf(peer: Peer) -> None:
        await replies((b"GET", OK))(peer)
        peer.pause_reading()
        await peer.stall()

    async with RawServer(deaf, tls=server_context(certificates.good)) as server:
        client = Client(verify=certificates.ca)
        assert await fetch(client, server.url(host="localhost")) == b"ok"
        loop = asyncio.get_running_loop()
        started = loop.time()
        await client.aclose()
        assert loop.time() - started < 2.0
