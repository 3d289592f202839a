"""Many requests at once, some of which meet a fault: each ends right, and nothing is left."""

from __future__ import annotations

import asyncio
import gc
import os
import random
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

import hyperhttp
from hyperhttp import Client, Timeout
from hyperhttp._base._generated.bounds import SURPLUS_IDLE_S
from tests import traced_memory
from tests.client.quiet import open_lasting_files
from tests.clock import TurnedLoop, run_turned, until
from tests.servers.raw import Peer, RawServer, UnexpectedEnd

pytestmark = pytest.mark.slow

REQUESTS = 1_000
FAULTY = 0.05


def body_for(path: bytes) -> bytes:
    """The response of the server for a path: enough to come in several reads now and then."""
    number = int(path.rsplit(b"/", 1)[1])
    return path * (1 + number % 50)


async def moody(peer: Peer) -> None:
    """Respond to each path with its own body; a path that names a fault gets that fault."""
    try:
        while True:
            request = await peer.read_request()
            path = request.split(b" ", 2)[1]
            body = body_for(path)
            head = b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % len(body)
            _, fault, _ = path.split(b"/")
            if fault == b"reset":
                peer.reset()
                return
            if fault == b"cut":
                await peer.send(head + body[: len(body) // 2])
                peer.close()
                return
            if fault == b"garbage":
                await peer.send(b"\x00nonsense\r\n\r\n")
                return
            if fault == b"surplus":
                await peer.send(head + body + b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")
                continue
            await peer.send(head + body)
            if fault == b"leave":
                peer.close()
                return
    except UnexpectedEnd:
        pass


# What a caller may get: its own body, or an error of one of these kinds.
OUTCOMES: dict[str, tuple[type[hyperhttp.HyperHTTPError], ...]] = {
    "fine": (),
    "leave": (),
    "surplus": (),
    "reset": (hyperhttp.ReadError,),
    "cut": (hyperhttp.RemoteProtocolError, hyperhttp.ReadError),
    "garbage": (hyperhttp.RemoteProtocolError,),
}


async def ask(client: Client, server: RawServer, fault: str, number: int) -> str:
    """One request; how it ended."""
    path = f"/{fault}/{number}"
    failure: hyperhttp.HyperHTTPError | None = None
    body = b""
    try:
        body = await (await client.get(server.url(path))).aread()
    except hyperhttp.HyperHTTPError as error:
        failure = error
    if failure is None:
        assert not OUTCOMES[fault], f"{path} should have failed"
        assert body == body_for(path.encode()), f"{path} got another response"
        return "body"
    assert isinstance(failure, OUTCOMES[fault]), f"{path} ended in {failure!r}"
    assert failure.request is not None
    assert failure.request.url.path == path
    return "error"


@pytest.mark.parametrize("seed", range(10))
def test_a_thousand_requests_with_faults_each_end_right_and_leave_nothing(seed: int) -> None:
    async def main(loop: TurnedLoop) -> None:
        chance = random.Random(seed)
        faults = [name for name in OUTCOMES if name != "fine"]
        await open_lasting_files()
        before = len(os.listdir("/proc/self/fd"))
        async with RawServer(moody) as server:
            async with Client(max_connections=50, timeout=Timeout(50.0)) as client:
                asked = [
                    ask(
                        client,
                        server,
                        chance.choice(faults) if chance.random() < FAULTY else "fine",
                        number,
                    )
                    for number in range(REQUESTS)
                ]
                ends = await asyncio.gather(*asked)
                assert ends.count("body") > REQUESTS * 0.9
                assert "error" in ends
                stats = client.stats()
                assert (stats.active, stats.pending, stats.waiters) == (0, 0, 0)
                loop.turn(SURPLUS_IDLE_S)
                await until(lambda: client.stats().idle <= 20)
        assert {task for task in asyncio.all_tasks() if task is not asyncio.current_task()} == set()
        gc.collect()
        await until(lambda: len(os.listdir("/proc/self/fd")) <= before)

    run_turned(main)


async def test_ten_thousand_who_wait_are_served_in_the_order_of_their_coming() -> None:
    served: list[int] = []

    async def polite(peer: Peer) -> None:
        try:
            while True:
                request = await peer.read_request()
                served.append(int(request.split(b" ", 2)[1][1:]))
                await peer.send(b"HTTP/1.1 204 No Content\r\n\r\n")
        except UnexpectedEnd:
            pass

    limit, number = 100, 10_000
    async with RawServer(polite) as server:
        async with Client(max_connections=limit, timeout=Timeout(50.0)) as client:
            await asyncio.gather(*(client.get(server.url(f"/{n}")) for n in range(number)))
            assert client.stats().waiters == 0
        assert len(server.peers) <= limit
    assert sorted(served) == list(range(number))
    # A hundred connections overtake each other by a few places; nobody waits for a second round.
    late = max(abs(place - n) for place, n in enumerate(served))
    assert late <= 3 * limit


SERVER = """
import asyncio
class Reply(asyncio.Protocol):
    def connection_made(self, transport):
        self.transport = transport
    def data_received(self, data):
        self.transport.write(b"HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok")
async def main():
    server = await asyncio.get_running_loop().create_server(Reply, "127.0.0.1", 0, backlog=2048)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()
asyncio.run(main())
"""


@contextmanager
def server_elsewhere() -> Iterator[str]:
    """The URL of a server in a process of its own, so that its memory is not counted."""
    with subprocess.Popen([sys.executable, "-c", SERVER], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        try:
            yield f"http://127.0.0.1:{int(run.stdout.readline())}/"
        finally:
            run.kill()


async def test_an_idle_connection_takes_at_most_ten_kib() -> None:
    number = 1_000

    async def fetch() -> None:
        assert await (await client.get(url)).aread() == b"ok"

    with server_elsewhere() as url:
        async with Client(max_connections=number, max_keepalive_connections=number) as client:
            await fetch()
            gc.collect()
            traced_memory.start()
            before, _ = traced_memory.get_traced_memory()
            await asyncio.gather(*(fetch() for _ in range(number)))
            gc.collect()
            after, _ = traced_memory.get_traced_memory()
            traced_memory.stop()
            idle = client.stats().idle
        assert idle > number * 0.9
        assert (after - before) / idle <= 10 * 1024
