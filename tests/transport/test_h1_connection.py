"""One connection against a scripted peer: when it is used again, and when it is closed."""

from __future__ import annotations

import asyncio
import gc
import socket
from functools import partial
from math import inf
from threading import Thread
from typing import TYPE_CHECKING

import pytest

from hyperhttp._base._generated.config import Limits, Timeout
from hyperhttp._base._generated.errors import ClientClosed, HyperHTTPError, ReadError, WriteError
from hyperhttp._message.request.request import Request
from hyperhttp._transport.connection_state import State
from hyperhttp._transport.deadline import Deadline
from hyperhttp._transport.exchange import Exchange
from hyperhttp._transport.h1_connection import H1Connection
from tests.clock import until
from tests.servers.raw import OK, Peer, RawServer, replies
from tests.transport.owner import Owner
from tests.transport.wire import Wire

if TYPE_CHECKING:
    from tests.servers.raw import Script


async def connect(server: RawServer, limits: Limits | None = None) -> tuple[Owner, H1Connection]:
    owner, loop = Owner(), asyncio.get_running_loop()
    _, connection = await loop.create_connection(
        lambda: H1Connection(
            "key", owner, limits or Limits(), memoryview(bytearray(1 << 16)), loop
        ),
        server.host,
        server.port,
    )
    assert connection.state is State.IDLE
    connection.lease()
    return owner, connection


def ask(connection: H1Connection, method: str = "GET", **options: object) -> Exchange:
    request = Request(method, "http://example.com/", **options)  # type: ignore[arg-type]  # by the case
    deadline = Deadline(Timeout(), asyncio.get_running_loop().time())
    return connection.start(request, deadline)


async def body_of(exchange: Exchange) -> bytes:
    await exchange.wait_head()
    body = b""
    while piece := await exchange.read():
        body += piece
    return body


async def test_a_complete_exchange_leaves_the_connection_idle_for_the_next() -> None:
    async with RawServer(replies((b"GET", OK), (b"GET", OK))) as server:
        owner, connection = await connect(server)
        first = ask(connection)
        assert await body_of(first) == b"ok"
        assert (owner.calls, connection.state) == (["returned"], State.IDLE)
        connection.lease()
        second = ask(connection)
        assert await body_of(second) == b"ok"
        assert (first.reused, second.reused) == (False, True)
        assert connection.served == 2
        connection.close()
        await until(lambda: owner.calls[-1] == "disconnected")
        assert owner.calls == ["returned", "returned", "disconnected"]


@pytest.mark.parametrize(
    "reply",
    [
        b"HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok",
        b"HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nok",
        OK + b"more",
    ],
    ids=["close", "HTTP/1.0", "unasked bytes"],
)
async def test_a_response_that_ends_the_connection_closes_it(reply: bytes) -> None:
    async with RawServer(replies((b"GET", reply))) as server:
        owner, connection = await connect(server)
        assert await body_of(ask(connection)) == b"ok"
        assert (owner.calls[:1], connection.state) == (["lost"], State.CLOSED)


async def test_our_own_wish_to_close_closes_it() -> None:
    async with RawServer(replies((b"Connection: close", OK))) as server:
        owner, connection = await connect(server)
        exchange = ask(connection, headers={"Connection": "close"})
        assert await body_of(exchange) == b"ok"
        assert owner.calls[:1] == ["lost"]


@pytest.mark.parametrize("act", ["bytes", "eof", "reset"])
async def test_bytes_or_an_end_on_an_idle_connection_close_it_at_once(act: str) -> None:
    async def script(peer: Peer) -> None:
        await replies((b"GET", OK))(peer)
        await until(lambda: told() == ["returned"])
        if act == "bytes":
            await peer.send(OK)
        elif act == "eof":
            peer.close()
        else:
            peer.reset()

    owner = Owner()

    def told() -> list[str]:
        return owner.calls

    async with RawServer(script) as server:
        owner, connection = await connect(server)
        await body_of(ask(connection))
        await until(lambda: connection.state is State.CLOSED)
        assert owner.calls[:2] == ["returned", "lost"]


async def test_bytes_before_a_request_that_waits_for_a_turn_are_not_its_response() -> None:
    async with RawServer(replies((b"GET", OK), (b"POST", OK))) as server:
        owner, connection = await connect(server)
        await body_of(ask(connection))
        connection.lease()
        exchange = ask(connection, "POST", content=b"body")
        connection.received(OK)
        with pytest.raises(ReadError):
            await exchange.wait_head()
        assert (exchange.sent_bytes, exchange.received_bytes) == (0, 0)
        await until(lambda: "disconnected" in owner.calls)
        assert b"POST" not in server.received[0]


@pytest.mark.parametrize(("method", "waits"), [("GET", False), ("POST", True)])
async def test_only_what_cannot_be_retried_waits_for_a_turn_and_only_if_the_connection_was_used(
    method: str, waits: bool
) -> None:
    async with RawServer(replies((b"/", OK), (b"/", OK))) as server:
        _, connection = await connect(server)
        first = ask(connection, method)
        assert first.sent_bytes
        await body_of(first)
        connection.lease()
        second = ask(connection, method)
        assert (second.sent_bytes == 0) == waits
        assert await body_of(second) == b"ok"
        connection.close()


async def test_what_is_asked_of_a_closed_connection_has_no_effect() -> None:
    async with RawServer(replies((b"GET", OK))) as server:
        owner, connection = await connect(server)
        await body_of(ask(connection))
        connection.close()
        await until(lambda: "disconnected" in owner.calls)
        connection.pause()
        connection.resume()
        connection.close()
        assert owner.calls == ["returned", "disconnected"]


@pytest.mark.parametrize("unsent", [0, 1, 60_000])
async def test_a_response_before_the_request_has_left_ends_the_connection(unsent: int) -> None:
    owner, loop, transport = Owner(), asyncio.get_running_loop(), Wire(unsent)
    connection = H1Connection("key", owner, Limits(), memoryview(bytearray(64)), loop)
    connection.connection_made(transport)
    connection.lease()
    exchange = ask(connection)
    connection.received(OK)
    assert await body_of(exchange) == b"ok"
    assert owner.calls == ["lost" if unsent else "returned"]
    assert transport.ends == ["closed"] * bool(unsent)


async def test_an_exchange_on_a_connection_that_has_died_says_that_nothing_was_sent() -> None:
    async def script(peer: Peer) -> None:
        peer.close()

    async with RawServer(script) as server:
        _, connection = await connect(server)
        await until(lambda: connection.state is State.CLOSED)
        exchange = ask(connection)
        with pytest.raises(WriteError) as caught:
            await exchange.wait_head()
        assert (caught.value.sent_bytes, exchange.sent_bytes, exchange.received_bytes) == (0, 0, 0)


async def test_an_abandoned_exchange_closes_the_connection_once() -> None:
    async with RawServer(replies((b"GET", OK[:-1]))) as server:
        owner, connection = await connect(server)
        exchange = ask(connection)
        await exchange.wait_head()
        exchange.abandon()
        exchange.abandon()
        await until(lambda: "disconnected" in owner.calls)
        assert owner.calls == ["lost", "disconnected"]


async def test_failing_it_tells_the_running_exchange() -> None:
    async with RawServer(replies((b"GET", b""))) as server:
        owner, connection = await connect(server)
        exchange = ask(connection)
        connection.fail(ClientClosed())
        with pytest.raises(ClientClosed):
            await exchange.wait_head()
        connection.fail(ClientClosed())
        connection.close()
        await until(lambda: "disconnected" in owner.calls)
        assert owner.calls == ["lost", "disconnected"]


async def _early_413(peer: Peer) -> None:
    await peer.read_until(b"\r\n\r\n")
    await peer.send(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\nbig")
    await peer.read_to_end()


async def test_an_early_refusal_of_an_upload_is_the_response_and_ends_the_connection() -> None:
    stopped = asyncio.Event()

    async def endless() -> object:
        try:
            while True:
                yield b"x" * 1000
                await asyncio.sleep(0)
        finally:
            stopped.set()

    async with RawServer(_early_413) as server:
        owner, connection = await connect(server)
        exchange = ask(connection, "POST", content=endless())
        assert (await exchange.wait_head()).status_code == 413
        assert await body_of(exchange) == b"big"
        await stopped.wait()
        await until(lambda: "disconnected" in owner.calls)
        assert owner.calls == ["lost", "disconnected"]


async def test_a_refused_upload_is_cut_before_the_response_is_complete() -> None:
    stopped = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        await peer.send(b"HTTP/1.1 413 Too Large\r\nContent-Length: 3\r\n\r\n")
        await stopped.wait()
        await peer.send(b"big")

    async def endless() -> object:
        try:
            while True:
                yield b"x"
                await asyncio.sleep(0)
        finally:
            stopped.set()

    async with RawServer(script) as server:
        _, connection = await connect(server)
        assert await body_of(ask(connection, "POST", content=endless())) == b"big"


async def test_looking_for_early_bytes_does_not_wait() -> None:
    async with RawServer(replies((b"GET", OK))) as server:
        _, connection = await connect(server)
        waits_ms: list[int] = []
        connection._arrivals = waits_ms.append  # pyright: ignore[reportPrivateUsage]
        await body_of(ask(connection))
        assert waits_ms == [0]
        connection.close()


@pytest.mark.slow
async def test_a_large_unread_body_is_held_back_in_bounded_memory() -> None:
    size = 30_000_000
    sent = asyncio.Event()

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % size)
        await peer.send(b"x" * size)
        sent.set()

    async with RawServer(script) as server:
        owner, connection = await connect(server, Limits(receive_buffer_bytes=100_000))
        exchange = ask(connection)
        await exchange.wait_head()
        for _ in range(300):
            await asyncio.sleep(0)
        assert not sent.is_set()
        assert exchange.received_bytes < 300_000
        assert len(await body_of(exchange)) == size
        assert owner.calls == ["returned"]


@pytest.mark.parametrize(
    ("field", "keepalive_s"),
    [
        (b"Keep-Alive: timeout=5\r\n", 4.0),
        (b"keep-alive: max=100, Timeout = 60\r\n", 59.0),
        (b"Keep-Alive: timeout=0\r\n", 0.0),
        (b"Keep-Alive: timeout=soon\r\n", inf),
        (b"Keep-Alive: mytimeout=5\r\n", inf),
        (b"", inf),
    ],
)
async def test_the_server_may_say_how_long_it_keeps_the_connection(
    field: bytes, keepalive_s: float
) -> None:
    reply = b"HTTP/1.1 200 OK\r\n" + field + b"Content-Length: 2\r\n\r\nok"
    async with RawServer(replies((b"GET", reply))) as server:
        _, connection = await connect(server)
        await body_of(ask(connection))
        assert connection.keepalive_s == keepalive_s


async def test_how_long_the_server_keeps_the_connection_holds_until_it_says_otherwise() -> None:
    limited = b"HTTP/1.1 200 OK\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n\r\nok"
    async with RawServer(replies((b"GET", limited), (b"GET", OK))) as server:
        _, connection = await connect(server)
        await body_of(ask(connection))
        connection.lease()
        await body_of(ask(connection))
        assert connection.keepalive_s == 4.0
        connection.close()


@pytest.mark.parametrize(("notified", "body"), [(True, b"ok"), (False, None)])
async def test_without_its_end_a_body_over_tls_is_whole_only_after_close_notify(
    notified: bool, body: bytes | None
) -> None:
    loop, transport = asyncio.get_running_loop(), Wire(info={"close_notify": notified})
    connection = H1Connection("key", Owner(), Limits(), memoryview(bytearray(64)), loop)
    connection.connection_made(transport)
    connection.lease()
    exchange = ask(connection)
    connection.received(b"HTTP/1.1 200 OK\r\n\r\nok")
    connection.eof_received()
    if body is None:
        with pytest.raises(ReadError):
            await body_of(exchange)
    else:
        assert await body_of(exchange) == body


REPLY = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"


def _cut_at(offset: int, *, reset: bool) -> Script:
    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(REPLY[:offset])
        peer.reset() if reset else peer.close()

    return script


@pytest.mark.parametrize("reset", [True, False], ids=["reset", "close"])
async def test_a_response_cut_at_any_offset_is_an_error_never_a_shorter_body(reset: bool) -> None:
    for offset in range(len(REPLY)):
        async with RawServer(_cut_at(offset, reset=reset)) as server:
            owner, connection = await connect(server)
            with pytest.raises(HyperHTTPError):
                await body_of(ask(connection))
            await until(partial(owner.calls.__contains__, "disconnected"))
            assert owner.calls == ["lost", "disconnected"]


def test_aborting_after_the_loop_was_closed_is_harmless() -> None:
    ours, theirs = socket.socketpair()
    loop = asyncio.new_event_loop()
    _, connection = loop.run_until_complete(
        loop.create_connection(
            lambda: H1Connection("key", Owner(), Limits(), memoryview(bytearray(64)), loop),
            sock=ours,
        )
    )
    loop.close()
    connection.abort()
    theirs.close()
    del _, connection
    with pytest.warns(ResourceWarning, match="unclosed transport"):
        gc.collect()


def wired() -> tuple[Owner, H1Connection, Wire]:
    owner, wire = Owner(), Wire()
    connection = H1Connection(
        "key", owner, Limits(), memoryview(bytearray(1 << 16)), asyncio.get_running_loop()
    )
    connection.connection_made(wire)
    connection.lease()
    return owner, connection, wire


async def test_a_response_on_a_connection_that_is_closing_does_not_make_it_reusable() -> None:
    owner, connection, wire = wired()
    exchange = ask(connection)
    wire.abort()
    connection.received(OK)
    assert await body_of(exchange) == b"ok"
    assert (owner.calls, connection.state) == (["lost"], State.CLOSED)


async def test_a_response_that_another_thread_leaves_ends_with_a_lost_connection() -> None:
    owner, connection, _ = wired()
    exchange = ask(connection)
    leaving = Thread(target=exchange.abandon)
    leaving.start()
    leaving.join()  # the loop ends it in its next turn
    connection.connection_lost(None)
    troubles: list[object] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, trouble: troubles.append(trouble))
    await asyncio.sleep(0)
    assert not connection.in_use
    assert (owner.calls, troubles) == (["lost", "disconnected"], [])
