"""Middleware, hooks and redirects around an attempt: their order, and that nothing leaks."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, Request, Response, Send
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.raw import Peer, RawServer, UnexpectedEnd, replies

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from tests.servers.raw import Script

OK = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
LONG = b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nnot all"
MOVED = b"HTTP/1.1 302 Found\r\nLocation: /there\r\nContent-Length: 0\r\n\r\n"


async def asked(peer: Peer) -> bytes:
    """The next request; nothing once the client has closed."""
    try:
        return await peer.read_request()
    except UnexpectedEnd:
        return b""


async def reply(peer: Peer) -> None:
    """Say again what the field X-Mark of each request says."""
    while request := await asked(peer):
        mark = request.partition(b"X-Mark: ")[2].partition(b"\r\n")[0]
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(mark), mark))


def play(
    script: Script,
    client: Callable[[RawServer], Coroutine[None, None, None]],
) -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(script) as server:
            await client(server)

    run_quietly(main)


def test_middleware_stands_around_the_attempt_the_first_one_outermost() -> None:
    said: list[str] = []

    def named(name: str) -> hyperhttp.Middleware:
        async def around(request: Request, send: Send) -> Response:
            said.append(f"{name} in")
            request.headers["X-Mark"] = request.headers.get("X-Mark", "") + name
            response = await send(request)
            said.append(f"{name} out")
            return response

        return around

    def on_request(request: Request) -> None:
        said.append(f"sent {request.headers['X-Mark']}")

    async def on_response(response: Response) -> None:
        said.append(f"got {response.status_code}")

    async def ask(server: RawServer) -> None:
        async with Client(
            middleware=[named("a"), named("b")],
            event_hooks={"request": [on_request], "response": [on_response]},
        ) as client:
            response = await client.get(server.url())
            assert await response.aread() == b"ab"

    play(reply, ask)
    assert said == ["a in", "b in", "sent ab", "got 200", "b out", "a out"]


def test_middleware_may_response_without_the_network() -> None:
    async def cached(request: Request, send: Send) -> Response:
        return Response.create(request, 203, headers={"X-From": "cache"}, content=b'{"a": 1}')

    async def ask(server: RawServer) -> None:
        async with Client(middleware=[cached]) as client:
            response = await client.get("http://example.com/")
            await response.aread()
            assert (response.status_code, response.json()) == (203, {"a": 1})
            assert response.headers["x-from"] == "cache"
            assert client.stats().origins == {}

    play(reply, ask)


def test_middleware_may_send_twice_and_what_it_does_not_return_is_closed() -> None:
    first: list[Response] = []

    async def again(request: Request, send: Send) -> Response:
        first.append(await send(request))
        return await send(request)

    async def ask(server: RawServer) -> None:
        async with Client(middleware=[again]) as client:
            response = await client.get(server.url())
            with pytest.raises(hyperhttp.ResponseClosed):
                await first[0].aread()
            await response.aclose()
            await until(lambda: unused(client))

    play(replies((b"GET", LONG)), ask)


@pytest.mark.parametrize("where", ["middleware", "request", "response"])
def test_what_raises_leaks_nothing_and_its_error_comes_out(where: str) -> None:
    def fail(_: object) -> None:
        raise ZeroDivisionError

    async def failing(request: Request, send: Send) -> Response:
        await send(request)
        raise ZeroDivisionError

    clients = {
        "middleware": lambda: Client(middleware=[failing]),
        "request": lambda: Client(event_hooks={"request": [fail]}),
        "response": lambda: Client(event_hooks={"response": [fail]}),
    }

    async def ask(server: RawServer) -> None:
        async with clients[where]() as client:
            for _ in range(3):
                with pytest.raises(ZeroDivisionError):
                    await client.get(server.url())
                await until(lambda: unused(client))

    play(replies((b"GET", LONG)), ask)


def test_each_hop_of_a_redirect_is_an_attempt_of_its_own() -> None:
    paths: list[str] = []

    def on_request(request: Request) -> None:
        paths.append(request.url.path)

    async def ask(server: RawServer) -> None:
        async with Client(event_hooks={"request": [on_request]}, follow_redirects=True) as client:
            response = await client.get(server.url("/here"))
            assert await response.aread() == b"ok"
            assert [one.status_code for one in response.history] == [302]

    play(replies((b"GET /here", MOVED), (b"GET /there", OK)), ask)
    assert paths == ["/here", "/there"]


def test_an_error_passes_through_middleware_with_its_facts() -> None:
    caught: list[BaseException] = []

    async def watching(request: Request, send: Send) -> Response:
        try:
            return await send(request)
        except hyperhttp.HyperHTTPError as error:
            caught.append(error)
            raise

    async def ask(server: RawServer) -> None:
        async with Client(middleware=[watching]) as client:
            with pytest.raises(hyperhttp.RemoteProtocolError) as error:
                await client.get(server.url())
            assert caught == [error.value]
            assert error.value.request is not None

    play(replies((b"GET", b"nonsense\r\n\r\n")), ask)
