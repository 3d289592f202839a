"""Closing a client where its event loop is not: in another one, in another thread, or too late."""

from __future__ import annotations

import asyncio
import gc
import importlib.util
import threading
import warnings
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING
from unittest import mock

import pytest

import hyperhttp
from hyperhttp import Client, ClientClosed
from hyperhttp._base._generated.bounds import CLOSE_WAIT_S
from hyperhttp._transport.pool import Pool
from tests.client.quiet import open_files, run_quietly
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from tests.clock import TurnedLoop

pytestmark = pytest.mark.slow

LOOPS = ["asyncio"] if importlib.util.find_spec("uvloop") is None else ["asyncio", "uvloop"]
KINDS = ["cleartext", "tls", "h2", "h2 over TLS"]


async def responds(peer: Peer) -> None:
    """Respond to each request, to `/half` with half a body."""
    try:
        while True:
            request = await peer.read_request()
            await peer.send(OK[:-1] if b"/half" in request else OK)
    except UnexpectedEnd:
        pass


async def responds_over_h2(peer: H2Peer) -> None:
    await peer.handshake()
    try:
        while True:
            stream, fields = await peer.request()
            await peer.headers(stream, [(":status", "200")])
            await peer.data(stream, b"o", end=dict(fields)[":path"] != "/half")
    except UnexpectedEnd:
        pass


def server_of(kind: str, certificates: Certificates) -> RawServer:
    tls = None
    if kind in {"tls", "h2 over TLS"}:
        alpn = ("h2",) if kind == "h2 over TLS" else ("http/1.1",)
        tls = server_context(certificates.good, alpn=alpn)
    if kind in {"h2", "h2 over TLS"}:
        return RawH2Server(responds_over_h2, tls=tls)
    return RawServer(responds, tls=tls)


def client_of(kind: str, certificates: Certificates) -> Client:
    http2 = "prior-knowledge" if kind == "h2" else True
    return Client(verify=certificates.ca, http2=http2, timeout=10.0)  # type: ignore[arg-type]  # by the case


def new_loop(name: str) -> asyncio.AbstractEventLoop:
    if name == "uvloop":
        import uvloop  # noqa: PLC0415 - it may be missing

        return uvloop.new_event_loop()
    return asyncio.new_event_loop()


@contextmanager
def unclosed(loop_name: str) -> Generator[None]:
    """Expect the warnings of asyncio about transports that it didn't close.

    uvloop warns sooner, if at all, and doesn't close its handles where that warning is an error.
    """
    if loop_name == "uvloop":
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)
            yield
        return
    with pytest.warns(ResourceWarning):
        yield


class ServerInThread:
    """A server with an event loop and a thread of its own, which outlives those of the client."""

    def __init__(self, server: RawServer) -> None:
        self.server = server
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever)

    def __enter__(self) -> RawServer:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self.server.__aenter__(), self._loop).result(10)
        return self.server

    def __exit__(self, *error: object) -> None:
        end = self.server.__aexit__(None, None, None)
        asyncio.run_coroutine_threadsafe(end, self._loop).result(10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def all_have_left(self) -> None:
        """Wait until every client has closed its connection."""
        asyncio.run_coroutine_threadsafe(self._ended(), self._loop).result(10)

    async def _ended(self) -> None:
        await asyncio.gather(*(peer.ended.wait() for peer in self.server.peers))


async def use(client: Client, url: str) -> hyperhttp.Response:
    """Leave an idle connection or stream, and a response that isn't complete."""
    idle, busy = await asyncio.gather(client.get(url), client.get(url))
    await asyncio.gather(idle.aread(), busy.aread())
    return await client.get(url + "half")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("ended", [True, False], ids=["closed loop", "stopped loop"])
@pytest.mark.parametrize("loop_name", LOOPS)
def test_after_the_loop_has_ended_the_sockets_are_closed(
    kind: str, ended: bool, loop_name: str, certificates: Certificates
) -> None:
    held = ServerInThread(server_of(kind, certificates))
    with held as server, unclosed(loop_name):
        client = client_of(kind, certificates)
        loop = new_loop(loop_name)
        response = loop.run_until_complete(use(client, server.url("/")))
        if ended:
            loop.close()
        asyncio.run(client.aclose())
        held.all_have_left()
        asyncio.run(client.aclose())
        asyncio.run(response.aclose())
        with pytest.raises(ClientClosed):
            asyncio.run(client.get(server.url("/")))
        assert client.stats().origins == {}
        if not ended:
            loop.close()
        del client, response, loop
        gc.collect()


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("loop_name", LOOPS)
def test_in_another_thread_the_loop_of_the_client_closes_it(
    kind: str, loop_name: str, certificates: Certificates
) -> None:
    held = ServerInThread(server_of(kind, certificates))
    with held as server:
        client = client_of(kind, certificates)

        async def wait_for_the_end() -> None:
            response = await use(client, server.url("/"))
            await asyncio.to_thread(asyncio.run, client.aclose())
            with pytest.raises(ClientClosed):
                await response.aread()
            await client.aclose()

        before = open_files()
        with asyncio.Runner(loop_factory=partial(new_loop, loop_name)) as runner:
            runner.run(wait_for_the_end())
        held.all_have_left()
        gc.collect()
        assert open_files() <= before + len(server.peers)


@pytest.mark.parametrize("how", ["aclose", "with"])
@pytest.mark.parametrize("loop_name", LOOPS)
def test_in_a_second_loop_of_the_same_thread_too(
    how: str, loop_name: str, certificates: Certificates
) -> None:
    def end(client: Client) -> None:
        if how == "aclose":
            asyncio.run(client.aclose())
            return

        async def leave() -> None:
            async with client:
                pass

        asyncio.run(leave())

    _close_after_run(end, certificates, loop_name)


def _close_after_run(
    end: Callable[[Client], None], certificates: Certificates, loop_name: str
) -> None:
    held = ServerInThread(server_of("cleartext", certificates))
    with held as server, unclosed(loop_name):
        client = client_of("cleartext", certificates)

        with asyncio.Runner(loop_factory=partial(new_loop, loop_name)) as runner:
            runner.run(ask(client, server.url("/")))
        end(client)
        held.all_have_left()
        del client
        gc.collect()


async def ask(client: Client, url: str) -> None:
    assert await (await client.get(url)).aread() == b"ok"


def test_a_client_that_has_closed_leaves_no_timer_behind() -> None:
    async def main(loop: TurnedLoop) -> None:
        with mock.patch.object(Pool, "_abort_all") as aborts:
            async with RawServer(responds) as server, Client() as client:
                await (await client.get(server.url())).aread()
                await client.aclose()
                loop.turn(CLOSE_WAIT_S + 1)
                for _ in range(3):
                    await asyncio.sleep(0)
            assert aborts.call_count == 0

    run_quietly(main)
