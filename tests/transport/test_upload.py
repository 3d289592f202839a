"""Uploads: every kind of body arrives whole, and never a byte more or less than announced."""

from __future__ import annotations

import asyncio
import io
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from contextvars import ContextVar
from itertools import pairwise
from typing import cast

import pytest

import hyperhttp
from hyperhttp import Client, Endpoint
from hyperhttp._base._generated.bounds import CONTINUE_WAIT_S
from hyperhttp._message.request.raw_body import ContentInput
from tests.benchmarks.canned import Canned, P, Wire
from tests.clock import TurnedLoop, run_turned, until
from tests.servers.raw import OK, Peer, RawServer
from tests.servers.sockets import listening, port_of

EXPECT = {"Expect": "100-continue"}
BODY = bytes(range(256)) * 1000


def pieces() -> Iterator[bytes]:
    for start in range(0, len(BODY), 1000):
        yield BODY[start : start + 1000]


async def apieces() -> AsyncIterator[bytes]:
    for piece in pieces():
        await asyncio.sleep(0)
        yield piece
        yield b""


KINDS: dict[str, Callable[[], ContentInput]] = {
    "bytes": lambda: BODY,
    "memoryview": lambda: memoryview(BODY),
    "list": lambda: [BODY[:7], BODY[7:]],
    "generator": pieces,
    "async generator": apieces,
    "file": lambda: io.BytesIO(BODY),
    "a long view": lambda: memoryview(BODY + b"x")[:-1],
}


def received_body(raw: bytes) -> bytes:
    head, _, body = raw.partition(b"\r\n\r\n")
    if b"Transfer-Encoding: chunked" not in head:
        assert b"Content-Length: %d" % len(BODY) in head
        return body
    assert b"Content-Length" not in head
    plain = b""
    while body:
        size, _, body = body.partition(b"\r\n")
        plain += body[: int(size, 16)]
        assert body[int(size, 16) :][:2] == b"\r\n"
        body = body[int(size, 16) + 2 :]
    return plain


@pytest.mark.parametrize("kind", KINDS)
async def test_every_kind_of_body_arrives_whole(kind: str) -> None:
    received: list[bytes] = []

    async def script(peer: Peer) -> None:
        for _ in range(2):
            received.append(await peer.read_request())
            await peer.send(OK)

    async with RawServer(script) as server, Client() as client:
        for _ in range(2):
            content = KINDS[kind]()
            response = await client.post(server.url(), content=content)
            assert await response.aread() == b"ok"
        assert len(server.peers) == 1, "a complete upload keeps its connection"
    assert [received_body(raw) for raw in received] == [BODY, BODY]


@pytest.mark.parametrize("kind", [*KINDS, "short"])
async def test_who_wants_to_be_told_is_told_until_all_is_sent(kind: str) -> None:
    content = b"short" if kind == "short" else KINDS[kind]()
    size = 5 if kind == "short" else len(BODY)
    told: list[hyperhttp.Progress] = []

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(OK)

    async with RawServer(script) as server, Client() as client:
        await client.post(server.url(), content=content, on_upload=told.append)
    known = "generator" not in kind
    assert {progress.total_bytes for progress in told} == {size if known else None}
    counts = [progress.transferred_bytes for progress in told]
    assert (counts[0], counts[-1]) == (0, size)
    assert all(0 < more - less <= 1 << 17 for less, more in pairwise(counts))


async def test_an_empty_body_is_sent_at_once_and_no_body_not_at_all() -> None:
    told: list[hyperhttp.Progress] = []

    async def script(peer: Peer) -> None:
        for _ in range(3):
            await peer.read_request()
            await peer.send(OK)

    async with RawServer(script) as server, Client() as client:
        for _ in range(2):
            await (await client.post(server.url(), content=b"", on_upload=told.append)).aread()
        await (await client.post(server.url(), on_upload=told.append)).aread()
    assert told == [hyperhttp.Progress(0, 0)] * 2


@pytest.mark.parametrize("at", [0, 1, 3])
async def test_what_who_is_told_raises_comes_out_and_cuts_the_request(at: int) -> None:
    counts: list[int] = []

    def stop(progress: hyperhttp.Progress) -> None:
        counts.append(progress.transferred_bytes)
        if len(counts) > at:
            raise ZeroDivisionError

    async def script(peer: Peer) -> None:
        await peer.read_to_end()

    async with RawServer(script) as server, Client() as client:
        with pytest.raises(ZeroDivisionError):
            await client.post(server.url(), content=[BODY] * 4, on_upload=stop)
        await server.connected(1)
        await server.peers[0].ended.wait()
        assert client.stats().idle == 0
        received = bytes(server.peers[0].received).partition(b"\r\n\r\n")[2]
    assert len(counts) == at + 1
    assert len(received) < 4 * len(BODY)


async def test_a_body_that_is_sent_again_is_told_from_nothing_again() -> None:
    counts: list[int] = []

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 307 Go\r\nLocation: /other\r\nContent-Length: 0\r\n\r\n")
        await peer.read_request()
        await peer.send(OK)

    async with RawServer(script) as server, Client(follow_redirects=True) as client:
        await client.post(
            server.url(),
            content=[b"one", b"two"],
            on_upload=lambda progress: counts.append(progress.transferred_bytes),
        )
    assert counts == [0, 3, 6, 0, 3, 6]


async def telling(progress: hyperhttp.Progress) -> None: ...


@pytest.mark.parametrize("wrong", [5, "print", telling])
async def test_what_cannot_be_told_is_refused(wrong: hyperhttp.ProgressCallback) -> None:
    async with Client() as client:
        with pytest.raises(hyperhttp.ConfigError, match="on_upload"):
            client.build_request("POST", "http://127.0.0.1/", content=b"", on_upload=wrong)
        assert client.build_request("POST", "http://127.0.0.1/", on_upload=None).on_upload is None


@pytest.mark.parametrize(
    ("announced", "says"), [(len(BODY) - 1, "longer"), (len(BODY) + 1, "shorter")]
)
async def test_a_body_that_is_not_as_long_as_announced_cuts_the_request(
    announced: int, says: str
) -> None:
    received: list[bytes] = []

    async def script(peer: Peer) -> None:
        received.append(await peer.read_to_end())

    async with RawServer(script) as server, Client() as client:
        with pytest.raises(hyperhttp.LocalProtocolError, match=says) as caught:
            await client.post(
                server.url(), content=pieces(), headers={"Content-Length": str(announced)}
            )
        assert caught.value.field == "Content-Length"
        assert caught.value.request is not None
        await server.connected(1)
        await server.peers[0].ended.wait()
        _, _, body = bytes(server.peers[0].received).partition(b"\r\n\r\n")
        assert len(body) < announced, "the server must not take it for complete"


async def test_a_piece_that_is_not_bytes_is_a_config_error_and_cuts_the_request() -> None:
    async def script(peer: Peer) -> None:
        await peer.read_to_end()

    async with RawServer(script) as server, Client() as client:
        with pytest.raises(hyperhttp.ConfigError, match="content"):
            await client.post(server.url(), content=cast("list[bytes]", [b"good", 7]))


async def test_a_success_before_the_end_of_the_upload_lets_both_go_on() -> None:
    async def echo(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        await peer.send(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        for _ in range(3):
            await peer.read_until(b"ping\r\n")
            await peer.send(b"4\r\npong\r\n")
        await peer.read_until(b"0\r\n\r\n")
        await peer.send(b"0\r\n\r\n")

    turn = asyncio.Queue[bytes]()

    async def pings() -> AsyncIterator[bytes]:
        for _ in range(3):
            yield await turn.get()

    async with RawServer(echo) as server, Client() as client:
        response = await client.post(server.url(), content=pings())
        replies = response.aiter_bytes()
        for _ in range(3):
            turn.put_nowait(b"ping")
            assert await anext(replies) == b"pong"
        assert [piece async for piece in replies] == []


def test_with_expect_the_body_waits_for_the_go_ahead() -> None:
    async def main(loop: TurnedLoop) -> None:
        async def script(peer: Peer) -> None:
            head = await peer.read_until(b"\r\n\r\n")
            assert b"Expect: 100-continue" in head
            for _ in range(20):
                await asyncio.sleep(0)
            assert len(peer.received) == len(head)
            await peer.send(b"HTTP/1.1 103 Early Hints\r\n\r\n")
            for _ in range(20):
                await asyncio.sleep(0)
            assert len(peer.received) == len(head)
            await peer.send(b"HTTP/1.1 100 Continue\r\n\r\n")
            assert await peer.read_exactly(4) == b"body"
            await peer.send(OK)

        async with RawServer(script) as server, Client() as client:
            response = await client.put(server.url(), content=b"body", headers=EXPECT)
            assert await response.aread() == b"ok"
            assert client.stats().idle == 1

    run_turned(main)


def test_without_a_go_ahead_the_body_goes_out_after_a_moment() -> None:
    async def main(loop: TurnedLoop) -> None:
        async def script(peer: Peer) -> None:
            await peer.read_until(b"\r\n\r\n")
            assert counts == []
            loop.turn(CONTINUE_WAIT_S)
            assert await peer.read_exactly(4) == b"body"
            await peer.send(OK)

        counts: list[int] = []

        def tell(progress: hyperhttp.Progress) -> None:
            counts.append(progress.transferred_bytes)

        async with RawServer(script) as server, Client() as client:
            response = await client.put(
                server.url(), content=b"body", headers=EXPECT, on_upload=tell
            )
            assert await response.aread() == b"ok"
        assert counts == [0, 4]

    run_turned(main)


async def test_a_refusal_instead_of_the_go_ahead_saves_the_body() -> None:
    async def script(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        await peer.send(b"HTTP/1.1 417 No\r\nContent-Length: 0\r\n\r\n")
        assert await peer.read_to_end() == b""

    async with RawServer(script) as server, Client() as client:
        response = await client.put(server.url(), content=b"body", headers=EXPECT)
        assert response.status_code == 417
        await server.connected(1)
        await server.peers[0].ended.wait()


def _refuse(listener: socket.socket, times: int) -> None:
    """Respond without reading the body, and close: the kernel resets what still comes."""
    for _ in range(times):
        connection, _ = listener.accept()
        with connection:
            connection.recv(1000)
            connection.sendall(
                b"HTTP/1.1 413 Too Large\r\nConnection: close\r\nContent-Length: 3\r\n\r\nbig"
            )


async def test_a_refusal_that_comes_with_a_reset_is_still_the_response() -> None:
    times = 30
    with listening("127.0.0.1") as listener:
        refusing = threading.Thread(target=_refuse, args=(listener, times))
        refusing.start()
        async with Client() as client:
            for _ in range(times):
                url = f"http://127.0.0.1:{port_of(listener)}/"
                response = await client.post(url, content=b"x" * 3_000_000)
                assert (response.status_code, await response.aread()) == (413, b"big")
        refusing.join()


async def test_the_callers_generator_is_closed_when_the_upload_is_cancelled() -> None:
    closed = asyncio.Event()
    begun = asyncio.Event()

    async def source() -> AsyncIterator[bytes]:
        try:
            yield b"x"
            begun.set()
            await asyncio.get_running_loop().create_future()
        finally:
            closed.set()

    async def script(peer: Peer) -> None:
        await peer.read_to_end()

    async with RawServer(script) as server, Client() as client:
        asked = asyncio.ensure_future(client.post(server.url(), content=source()))
        await begun.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        await closed.wait()


CALLER: ContextVar[str] = ContextVar("CALLER", default="nobody")


@pytest.mark.parametrize("content", [b"short", BODY, [BODY]], ids=["short", "long", "pieces"])
async def test_who_is_told_runs_with_the_callers_variables(content: ContentInput) -> None:
    callers: set[str] = set()

    async def script(peer: Peer) -> None:
        for _ in range(2):
            await peer.read_request()
            await peer.send(OK)

    async def call(client: Client, url: str) -> None:
        CALLER.set("the caller")
        for _ in range(2):  # on a new connection, and on a kept one
            response = await client.post(
                url, content=content, on_upload=lambda _: callers.add(CALLER.get())
            )
            await response.aread()

    async with RawServer(script) as server, Client() as client:
        await asyncio.create_task(call(client, server.url()))
    assert callers == {"the caller"}


@pytest.mark.parametrize("content", [b"short", BODY, [BODY]], ids=["short", "long", "pieces"])
async def test_the_variables_are_the_callers_though_another_one_gives_the_connection(
    content: ContentInput,
) -> None:
    callers: list[str] = []

    async def script(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(OK[:-1])
        await given.wait()
        await peer.send(OK[-1:])
        await peer.read_request()
        await peer.send(OK)

    async def call(client: Client, url: str) -> None:
        CALLER.set("the caller")
        response = await client.post(
            url, content=content, on_upload=lambda _: callers.append(CALLER.get())
        )
        await response.aread()

    given = asyncio.Event()
    async with RawServer(script) as server, Client(max_connections=1) as client:
        first = await client.get(server.url())
        CALLER.set("another")
        second = asyncio.create_task(call(client, server.url()))
        await until(lambda: client.stats().waiters > 0)
        given.set()
        assert await first.aread() == b"ok"
        await second
    assert set(callers) == {"the caller"}


class Prompt(Wire):
    """Responds in the same turn of the loop in which the last byte of the body was written."""

    def __init__(self, protocol: asyncio.BaseProtocol, body_bytes: int) -> None:
        super().__init__(protocol, OK)
        self._received = b""
        self._body_bytes = body_bytes

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self._received += data
        _, end_of_head, body = self._received.partition(b"\r\n\r\n")
        is_whole = bool(end_of_head) and len(body) == self._body_bytes
        if is_whole or body.endswith(b"0\r\n\r\n"):
            self._received = b""
            super().write(data)


class PromptServer(Canned):
    """Counts its connections."""

    def __init__(self, body_bytes: int) -> None:
        super().__init__(OK)
        self.connections = 0
        self._body_bytes = body_bytes

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        self.connections += 1
        protocol = make_protocol()
        protocol.connection_made(Prompt(protocol, self._body_bytes))
        return protocol


@pytest.mark.parametrize("kind", KINDS)
async def test_a_response_right_after_the_last_byte_leaves_the_connection_usable(kind: str) -> None:
    server = PromptServer(len(BODY))
    async with Client(transport=server) as client:
        for _ in range(3):
            response = await client.put("http://example.com/", content=KINDS[kind]())
            assert await response.aread() == b"ok"
    assert server.connections == 1
