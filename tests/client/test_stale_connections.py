"""Kept connections that end just when they are used again: nobody is told who need not be.

The event loop learns of an end a turn later than the kernel. In between stand the requests that are
sent right after an answer, and those that wait for the connection.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, HyperHTTPError
from tests.client.fault_stage import vanish
from tests.client.quiet import run_quietly, unused
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.clock import TurnedLoop

METHODS = ("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH")
ENDS: dict[str, Callable[[Peer], None]] = {
    "close": Peer.close,
    "reset": Peer.reset,
    "half_close": Peer.half_close,
    "vanish": vanish,
}


class Counting:
    """Answers with the path, counts how often each came, and ends as told after each answer."""

    def __init__(self, end: Callable[[Peer], None] | None) -> None:
        self.came = Counter[str]()
        self.peers: list[Peer] = []
        self.ended: set[Peer] = set()
        """Those that were ended from without, and answer no more."""
        self._end = end

    async def __call__(self, peer: Peer) -> None:
        """Play."""
        self.peers.append(peer)
        with suppress(UnexpectedEnd):
            while True:
                request = await peer.read_request()
                method, path, _ = request.split(b" ", 2)
                self.came[path.decode("ascii")] += 1
                if peer in self.ended:
                    return
                body = b"" if method == b"HEAD" else path
                await peer.send(
                    b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n%s" % (len(path), body)
                )
                if self._end is not None:
                    self._end(peer)
                    return


async def ask(client: Client, method: str, url: str) -> None:
    """Ask, with a body where that is usual, and check the answer."""
    path = str(hyperhttp.URL(url).path).encode()
    if method in {"PUT", "POST", "PATCH"}:
        response = await client.request(method, url, content=b"body")
    else:
        response = await client.request(method, url)
    assert await response.aread() == (b"" if method == "HEAD" else path)


@pytest.mark.parametrize("limit", [1, 2, 10])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("end", ["close", "half_close"])
def test_a_server_that_leaves_after_each_answer_without_a_word_fails_nobody_who_waits(
    end: str, method: str, limit: int
) -> None:
    async def main(loop: TurnedLoop) -> None:
        counting = Counting(ENDS[end])
        async with RawServer(counting) as server, Client(max_connections=limit) as client:
            urls = [server.url(f"/{number}") for number in range(40)]
            await asyncio.gather(*(ask(client, method, url) for url in urls))
            assert set(counting.came.values()) == {1}
            assert unused(client)

    run_quietly(main)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("end", ["close", "half_close"])
def test_nor_anybody_who_asks_again_and_again(end: str, method: str) -> None:
    async def main(loop: TurnedLoop) -> None:
        counting = Counting(ENDS[end])
        async with RawServer(counting) as server, Client() as client:
            for number in range(20):
                await ask(client, method, server.url(f"/{number}"))
            assert max(counting.came.values()) == 1
            assert unused(client)

    run_quietly(main)


@pytest.mark.parametrize("method", METHODS)
def test_over_tls_the_end_comes_with_the_answer(method: str, certificates: Certificates) -> None:
    async def main(loop: TurnedLoop) -> None:
        counting = Counting(Peer.close)
        context = server_context(certificates.good)
        async with (
            RawServer(counting, tls=context) as server,
            Client(max_connections=2, verify=certificates.ca) as client,
        ):
            urls = [server.url(f"/{number}", host="localhost") for number in range(20)]
            await asyncio.gather(*(ask(client, method, url) for url in urls))
            assert set(counting.came.values()) == {1}

    run_quietly(main)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("end", ENDS)
def test_whenever_an_idle_connection_ends_the_next_request_goes_elsewhere(
    end: str, method: str
) -> None:
    """Sent at once, and after any number of turns of the loop."""

    async def main(loop: TurnedLoop) -> None:
        counting = Counting(None)
        async with RawServer(counting) as server, Client() as client:
            for turns in range(8):
                await ask(client, "GET", server.url(f"/warm{turns}"))
                counting.ended.add(counting.peers[-1])
                ENDS[end](counting.peers[-1])
                for _ in range(turns):
                    await asyncio.sleep(0)
                try:
                    await ask(client, method, server.url(f"/{turns}"))
                except HyperHTTPError as error:
                    # Ended from another turn of this very loop, it was alive when it was used.
                    assert (method in {"POST", "PATCH"}, turns) == (True, 0), error  # noqa: PT017
                assert counting.came[f"/{turns}"] <= 2
                assert unused(client)

    run_quietly(main)


def test_a_request_goes_out_twice_at_most_and_the_second_time_on_a_new_connection() -> None:
    async def main(loop: TurnedLoop) -> None:
        came = Counter[bytes]()

        async def kills_the_second(peer: Peer) -> None:
            with suppress(UnexpectedEnd):
                for answered in (True, False):
                    came[(await peer.read_request()).split(b" ", 2)[1]] += 1
                    if answered:
                        await peer.send(OK)
                peer.reset()

        async with RawServer(kills_the_second) as server, Client(max_connections=4) as client:
            urls = [server.url(f"/{number}") for number in range(100)]
            ends = await asyncio.gather(*(client.get(url) for url in urls))
            assert [end.status_code for end in ends] == [200] * 100
            assert max(came.values()) == 2
            assert unused(client)

    run_quietly(main)
