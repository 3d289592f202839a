"""One HTTP/2 connection by itself: what it tells its owner, when it looks at the time, its end.

What its users see stands in `tests/client/test_h2.py`.
"""

from __future__ import annotations

import asyncio
import gc
import socket
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.config import HTTP2Config, Limits, Timeout
from hyperhttp._base._generated.errors import (
    ClientClosed,
    ReadError,
    ReadTimeout,
    RemoteProtocolError,
    TransportError,
)
from hyperhttp._message.request.request import Request
from hyperhttp._transport.connection_state import State
from hyperhttp._transport.deadline import Deadline
from hyperhttp._transport.h2_connection import UNREAD_BYTES_MAX, H2Connection
from tests.client.quiet import run_quietly
from tests.clock import TurnedLoop, until
from tests.servers import h2_frames
from tests.servers.raw_h2 import H2Peer, RawH2Server
from tests.transport.owner import Owner

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from hyperhttp._transport.exchange import Exchange


async def connect(
    server: RawH2Server, config: HTTP2Config | None = None
) -> tuple[Owner, H2Connection]:
    owner, loop = Owner(), asyncio.get_running_loop()
    buffer = memoryview(bytearray(1 << 16))
    _, connection = await loop.create_connection(
        lambda: H2Connection("key", owner, Limits(), config or HTTP2Config(), buffer, loop),
        server.host,
        server.port,
    )
    return owner, connection


def ask(connection: H2Connection, method: str = "GET", timeout: Timeout | None = None) -> Exchange:
    connection.lease()
    deadline = Deadline(timeout or Timeout(), asyncio.get_running_loop().time())
    return connection.start(Request(method, "http://example.com/"), deadline)


async def body_of(exchange: Exchange) -> bytes:
    await exchange.wait_head()
    body = b""
    while piece := await exchange.read():
        body += piece
    return body


async def reply_all(peer: H2Peer) -> None:
    await peer.handshake()
    while True:
        stream_id, _ = await peer.request()
        await peer.respond(stream_id, b"ok")


def play(
    script: Callable[[H2Peer], Coroutine[None, None, None]],
    test: Callable[[TurnedLoop, RawH2Server], Coroutine[None, None, None]],
) -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawH2Server(script) as server:
            await test(loop, server)

    run_quietly(main)


def test_each_stream_that_ends_is_told_and_with_the_last_it_is_idle() -> None:
    async def test(loop: TurnedLoop, server: RawH2Server) -> None:
        owner, connection = await connect(server)
        assert connection.state is State.IDLE
        one, two = ask(connection), ask(connection)
        assert connection.in_use
        assert await body_of(one) == b"ok"
        assert await body_of(two) == b"ok"
        assert (connection.state, connection.in_use) == (State.IDLE, False)
        assert (one.reused, two.reused) == (False, True)
        assert owner.calls == ["capacity 1000", "stream ended", "returned"]
        connection.close()
        await until(lambda: owner.calls[-1] == "disconnected")
        assert "lost" not in owner.calls, "the owner closed it itself"

    play(reply_all, test)


def test_leaving_off_ends_with_the_last_exchange() -> None:
    async def test(loop: TurnedLoop, server: RawH2Server) -> None:
        owner, connection = await connect(server)
        running = ask(connection)
        connection.drain()
        assert connection.state is State.DRAINING
        refused = connection.start(Request("GET", "http://example.com/"), Deadline(Timeout(), 0.0))
        with pytest.raises(TransportError):
            await refused.wait_head()
        assert refused.sent_bytes == 0
        assert await body_of(running) == b"ok"
        await until(lambda: owner.calls[-1] == "disconnected")
        assert owner.calls.count("lost") == 1

    play(reply_all, test)


def test_an_idle_one_that_leaves_off_is_closed() -> None:
    async def test(loop: TurnedLoop, server: RawH2Server) -> None:
        owner, connection = await connect(server)
        connection.drain()
        await until(lambda: owner.calls[-1:] == ["disconnected"])
        assert owner.calls == ["lost", "disconnected"]

    play(reply_all, test)


def test_failing_it_tells_each_exchange_an_error_of_its_own() -> None:
    async def silent(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.goaway_of_client()

    async def test(loop: TurnedLoop, server: RawH2Server) -> None:
        owner, connection = await connect(server)
        running = [ask(connection) for _ in range(3)]
        connection.fail(ClientClosed())
        errors: list[BaseException] = []
        for exchange in running:
            with pytest.raises(ClientClosed) as caught:
                await exchange.wait_head()
            errors.append(caught.value)
        assert len(set(map(id, errors))) == 3
        await until(lambda: owner.calls[-1:] == ["disconnected"])

    play(silent, test)


def test_one_timer_looks_at_all_streams_each_at_its_own_time() -> None:
    async def silent(peer: H2Peer) -> None:
        await peer.handshake()
        for _ in range(3):
            await peer.request()
        await peer.reset_of(1)
        await peer.reset_of(3)
        stream_id = 5
        await peer.respond(stream_id, b"late")

    async def test(loop: TurnedLoop, server: RawH2Server) -> None:
        _, connection = await connect(server, HTTP2Config(ping_after=None))
        five, nine = Timeout(None, read=5.0), Timeout(None, read=9.0)
        asked = [ask(connection, timeout=timeout) for timeout in (five, nine, Timeout(None))]
        first, second, third = (asyncio.ensure_future(body_of(one)) for one in asked)
        await asyncio.sleep(0)
        loop.turn(5.1)
        with pytest.raises(ReadTimeout):
            await first
        assert not second.done()
        loop.turn(4.0)
        with pytest.raises(ReadTimeout):
            await second
        assert await third == b"late"

    play(silent, test)


def test_a_server_that_does_not_response_a_ping_is_given_up_by_all() -> None:
    async def deaf(peer: H2Peer) -> None:
        await peer.handshake()
        peer.replies = False
        await peer.request()
        await peer.read_to_end()

    async def test(loop: TurnedLoop, server: RawH2Server) -> None:
        config = HTTP2Config(ping_after=3.0, ping_timeout=2.0)
        owner, connection = await connect(server, config)
        exchange = ask(connection, timeout=Timeout(None))
        await until(lambda: owner.calls == ["capacity 1000"])
        for _ in range(50):  # what lies in the sockets is heard before the time is later
            await asyncio.sleep(0)
        loop.turn(3.1)
        for _ in range(50):
            await asyncio.sleep(0)
        loop.turn(2.1)
        with pytest.raises(ReadError, match=r"PING within 2 s"):
            await exchange.wait_head()
        await until(lambda: owner.calls[-1] == "disconnected")

    play(deaf, test)


def test_a_server_that_asks_and_does_not_listen_is_cut() -> None:
    async def test(loop: TurnedLoop, server: RawH2Server) -> None:
        owner, connection = await connect(server)
        exchange = ask(connection, timeout=Timeout(None))
        await until(lambda: owner.calls == ["capacity 1000"])
        # As if the kernel took nothing any more, and many of our responses had gathered.
        connection.pause_writing()
        connection.unread_bytes = UNREAD_BYTES_MAX
        ping = h2_frames.ping()
        connection.get_buffer(-1)[: len(ping)] = ping
        connection.buffer_updated(len(ping))
        with pytest.raises(RemoteProtocolError, match="does not listen"):
            await exchange.wait_head()
        await until(lambda: owner.calls[-1] == "disconnected")

    async def quiet(peer: H2Peer) -> None:
        await peer.handshake()
        await peer.request()
        await peer.raw_peer.ended.wait()

    play(quiet, test)


def test_aborting_after_the_loop_was_closed_is_harmless() -> None:
    ours, theirs = socket.socketpair()
    loop = asyncio.new_event_loop()
    buffer = memoryview(bytearray(64))
    _, connection = loop.run_until_complete(
        loop.create_connection(
            lambda: H2Connection("key", Owner(), Limits(), HTTP2Config(), buffer, loop), sock=ours
        )
    )
    loop.close()
    connection.abort()
    theirs.close()
    del _, connection
    with pytest.warns(ResourceWarning, match="unclosed transport"):
        gc.collect()
