"""Kept connections that end just when they are used again: nobody is told who need not be.

The event loop learns of an end a turn later than the kernel. In between stand the requests that are
sent right after a response, and those that wait for the connection.
"""

from __future__ import annotations

import asyncio
import select
from collections import Counter
from contextlib import suppress
from itertools import product
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, HyperHTTPError, TransportError
from hyperhttp._network import dial
from hyperhttp._network.connect_socket import connect_socket
from tests.client.fault_stage import vanish
from tests.client.quiet import run_quietly, unused
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from hyperhttp._network.address import Address
    from tests.clock import TurnedLoop

METHODS = ("GET", "HEAD", "PUT", "DELETE", "POST", "PATCH")
ENDS: dict[str, Callable[[Peer], None]] = {
    "close": Peer.close,
    "reset": Peer.reset,
    "half_close": Peer.half_close,
    "vanish": vanish,
}


class Counting:
    """Responds with the path, counts how often each came, and ends as told after each."""

    def __init__(self, end: Callable[[Peer], None] | None) -> None:
        self.came = Counter[str]()
        self.peers: list[Peer] = []
        self.ended: set[Peer] = set()
        """Those that were ended from without, and don't respond any more."""
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
    """Ask, with a body where that is usual, and check the response."""
    path = str(hyperhttp.URL(url).path).encode()
    if method in {"PUT", "POST", "PATCH"}:
        response = await client.request(method, url, content=b"body")
    else:
        response = await client.request(method, url)
    assert await response.aread() == (b"" if method == "HEAD" else path)


@pytest.mark.parametrize("limit", [1, 2, 10])
@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("end", ["close", "half_close"])
def test_a_server_that_leaves_after_each_response_without_a_word_fails_nobody_who_waits(
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
def test_over_tls_the_end_comes_with_the_response(method: str, certificates: Certificates) -> None:
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
                for replied in (True, False):
                    came[(await peer.read_request()).split(b" ", 2)[1]] += 1
                    if replied:
                        await peer.send(OK)
                peer.reset()

        async with RawServer(kills_the_second) as server, Client(max_connections=4) as client:
            urls = [server.url(f"/{number}") for number in range(100)]
            ends = await asyncio.gather(*(client.get(url) for url in urls))
            assert [end.status_code for end in ends] == [200] * 100
            assert max(came.values()) == 2
            assert unused(client)

    run_quietly(main)


UNASKED = (b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong", b"w", b"HTTP/1.1 408 Timeout\r\n")


async def ask_after_unasked_bytes(
    client: Client, url: str, counting: Counting, method: str
) -> None:
    """Ask while the kernel has bytes that the loop reads in one of the next turns, or never."""
    for number, (turns, unasked) in enumerate(product(range(5), UNASKED), start=1):
        await ask(client, "GET", f"{url}/warm{number}")
        counting.ended.add(counting.peers[-1])
        counting.peers[-1].transport.write(unasked)
        for _ in range(turns):
            await asyncio.sleep(0)
        await ask(client, method, f"{url}/{number}")
        assert counting.came[f"/{number}"] == 1
        assert len(counting.peers) == number + 1
        assert unused(client)


@pytest.mark.parametrize("method", METHODS)
def test_bytes_from_before_a_request_are_never_its_response(method: str) -> None:
    async def main(loop: TurnedLoop) -> None:
        counting = Counting(None)
        async with RawServer(counting) as server, Client() as client:
            await ask_after_unasked_bytes(client, server.url("").rstrip("/"), counting, method)

    run_quietly(main)


@pytest.mark.parametrize("method", METHODS)
async def test_over_tls_they_are_not_either(method: str, certificates: Certificates) -> None:
    counting = Counting(None)
    context = server_context(certificates.good)
    async with (
        RawServer(counting, tls=context) as server,
        Client(verify=certificates.ca) as client,
    ):
        url = server.url("", host="localhost").rstrip("/")
        await ask_after_unasked_bytes(client, url, counting, method)


async def connect_and_wait_for_data(address: Address, local_address: str | None) -> socket.socket:
    """Connect, and return once the server has sent something."""
    opened = await connect_socket(address, local_address)
    while not select.select([opened], [], [], 0)[0]:  # noqa: ASYNC110 - the loop isn't to watch it
        await asyncio.sleep(0)
    return opened


@pytest.mark.parametrize("method", METHODS)
async def test_a_new_connection_on_which_the_server_speaks_first_is_not_used(
    method: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bytes are in the kernel before the connection is used."""
    monkeypatch.setattr(dial, "connect_socket", connect_and_wait_for_data)
    asked: list[bytes] = []

    async def speaks_first(peer: Peer) -> None:
        peer.transport.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nwrong")
        asked.append(await peer.read_to_end())

    async with RawServer(speaks_first) as server, Client() as client:
        with pytest.raises(TransportError):
            await ask(client, method, server.url("/"))
        assert set(asked) == {b""}
