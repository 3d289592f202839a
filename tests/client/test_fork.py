"""A child process leaves its parent's connections alone, and has connections of its own."""

from __future__ import annotations

import asyncio
import gc
import importlib.util
import os
import sys
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING
from weakref import WeakSet

import pytest

from hyperhttp._client import fork
from hyperhttp._client.fork import AfterFork
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer, UnexpectedEnd
from tests.servers.raw_h2 import H2Peer, RawH2Server

if TYPE_CHECKING:
    import ssl

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")

PROGRAM = """
import asyncio, gc, os, sys
import hyperhttp

url, ca, http2, kind = sys.argv[1:]
http2 = "prior-knowledge" if http2 == "prior-knowledge" else True
policy = hyperhttp.CircuitBreakerPolicy()
client = hyperhttp.Client(base_url=url, verify=ca, http2=http2, circuit_breaker=policy)

async def ask(path):
    return await (await client.get(path)).aread()

async def ask_and_close(path):
    try:
        assert client.stats().origins == {}
        assert client.stats().breakers == {}
        return [await ask(path) for _ in range(2)]
    finally:
        await client.aclose()

def child(loop, kept):
    try:
        loop.run_until_complete(ask("child"))
    except hyperhttp.WrongEventLoop as error:
        assert "parent process" in str(error), str(error)
    else:
        raise AssertionError("the loop of the parent was used")
    kept = None
    gc.collect()
    assert asyncio.run(ask_and_close("child")) == [b"/child"] * 2
    gc.collect()

if kind == "uvloop":
    import uvloop
    loop = uvloop.new_event_loop()
else:
    loop = asyncio.new_event_loop()
assert loop.run_until_complete(ask("parent")) == b"/parent"
kept = loop.run_until_complete(client.get("long"))
pid = os.fork()
if not pid:
    code = 1
    try:
        child(loop, kept)
        code = 0
    except BaseException:
        import traceback
        traceback.print_exc()
    finally:
        sys.stderr.flush()
        os._exit(code)
assert os.waitpid(pid, 0)[1] == 0
assert loop.run_until_complete(kept.aread()) == b"/long"
assert loop.run_until_complete(ask("parent")) == b"/parent"
loop.run_until_complete(client.aclose())
loop.close()
"""


class Site:
    """Responds with the path; the end of `/long` follows the first request of the child."""

    def __init__(self) -> None:
        self.paths: list[tuple[int, str]] = []
        self.child_asked = asyncio.Event()

    def note(self, number: int, path: str) -> None:
        self.paths.append((number, path))
        if path == "/child":
            self.child_asked.set()

    async def __call__(self, peer: Peer) -> None:
        with suppress(UnexpectedEnd):
            while True:
                path = (await peer.read_request()).split(b" ", 2)[1]
                self.note(peer.number, path.decode())
                await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(path))
                if path == b"/long":
                    await self.child_asked.wait()
                await peer.send(path)

    async def h2(self, peer: H2Peer) -> None:
        await peer.handshake()
        number = len({number for number, _ in self.paths})
        with suppress(UnexpectedEnd):
            while True:
                stream, fields = await peer.request()
                path = dict(fields)[":path"]
                self.note(number, path)
                await peer.headers(stream, [(":status", "200")])
                if path == "/long":
                    await self.child_asked.wait()
                await peer.data(stream, path.encode(), end=True)

    def server(self, kind: str, certificates: Certificates) -> RawServer:
        alpn = ("h2",) if kind == "h2 over TLS" else ("http/1.1",)
        tls: ssl.SSLContext | None = None
        if kind in {"tls", "h2 over TLS"}:
            tls = server_context(certificates.good, alpn=alpn)
        if kind in {"h2", "h2 over TLS"}:
            return RawH2Server(self.h2, tls=tls)
        return RawServer(self, tls=tls)


LOOPS = ["asyncio"] if importlib.util.find_spec("uvloop") is None else ["asyncio", "uvloop"]


@pytest.mark.slow
@pytest.mark.parametrize("loop", LOOPS)
@pytest.mark.parametrize("kind", ["cleartext", "tls", "h2", "h2 over TLS"])
async def test_parent_and_child_have_connections_of_their_own(
    kind: str, loop: str, certificates: Certificates
) -> None:
    site = Site()
    async with site.server(kind, certificates) as server:
        http2 = "prior-knowledge" if kind == "h2" else "by ALPN"
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-W",
            "error",
            "-W",
            "ignore:This process:DeprecationWarning",  # uvloop has threads
            "-c",
            PROGRAM,
            server.url("/"),
            str(certificates.ca),
            http2,
            loop,
            cwd=Path(__file__).parents[2],
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await asyncio.wait_for(process.communicate(), 30)
        assert process.returncode == 0, said.decode()
        assert said == b"", said.decode()
        assert site.paths == [
            (0, "/parent"),
            (0, "/long"),
            (1, "/child"),
            (1, "/child"),
            (0, "/parent"),
        ]
        assert len(server.peers) == 2


class Forked:
    """What is told of a fork."""

    def __init__(self) -> None:
        self.told = 0

    def tell(self) -> str:
        self.told += 1
        return "kept"


@pytest.mark.slow
def test_a_method_is_called_until_its_object_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[object] = []
    monkeypatch.setattr(fork, "_kept", kept)
    monkeypatch.setattr(fork, "_watching", WeakSet())
    forked = Forked()
    watch = AfterFork(forked.tell)
    fork._after_fork()  # pyright: ignore[reportPrivateUsage]
    assert (forked.told, kept) == (1, ["kept"])
    del forked
    gc.collect()
    assert watch.call() is None
    del watch
    gc.collect()
    fork._after_fork()  # pyright: ignore[reportPrivateUsage]
    assert kept == ["kept"]
