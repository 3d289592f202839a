"""Those who wait for a connection: served in the order of their coming, each at the same cost."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client
from tests.client.event_log import EventLog
from tests.client.quiet import run_quietly, unused
from tests.client.scenarios import WIRES, client_for, serving
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

if TYPE_CHECKING:
    from types import FrameType

    from tests.clock import TurnedLoop
    from tests.servers.certificates import Certificates

LIMIT = 100
WAITING = 10_000
_PACKAGE = str(Path(hyperhttp.__file__).parent)


class Book:
    """Responds to everything, and notes the number in each path in the order of their coming."""

    def __init__(self) -> None:
        self.served: list[int] = []

    async def __call__(self, peer: Peer) -> None:
        """Play."""
        with suppress(UnexpectedEnd):
            while True:
                request = await peer.read_request()
                self.served.append(int(request.split(b" ", 2)[1][1:]))
                await peer.send(OK)


async def ask(client: Client, url: str) -> None:
    """One request, read to its end."""
    assert await (await client.get(url)).aread() == b"ok"


def test_one_connection_serves_a_thousand_in_exactly_the_order_of_their_coming() -> None:
    async def main(loop: TurnedLoop) -> None:
        book = Book()
        async with RawServer(book) as server, Client(max_connections=1) as client:
            await asyncio.gather(*(ask(client, server.url(f"/{n}")) for n in range(1_000)))
            assert book.served == list(range(1_000))
            assert (len(server.peers), unused(client)) == (1, True)

    run_quietly(main)


def test_each_origin_has_a_line_of_its_own_and_none_waits_for_another() -> None:
    async def main(loop: TurnedLoop) -> None:
        books = [Book() for _ in range(4)]
        async with (
            RawServer(books[0]) as one,
            RawServer(books[1]) as two,
            RawServer(books[2]) as three,
            RawServer(books[3]) as four,
            # Fewer slots than origins: each must give its connection up for others to have one.
            Client(max_connections=3, max_connections_per_host=1) as client,
        ):
            servers = (one, two, three, four)
            urls = [servers[n % 4].url(f"/{n}") for n in range(400)]
            await asyncio.gather(*(ask(client, url) for url in urls))
            for number, book in enumerate(books):
                assert book.served == list(range(number, 400, 4))
            assert unused(client)

    run_quietly(main)


@pytest.mark.slow
def test_ten_thousand_are_served_in_turn_and_the_longest_wait_is_no_longer_than_theirs() -> None:
    async def main(loop: TurnedLoop) -> None:
        book = Book()
        async with RawServer(book) as server, Client(max_connections=LIMIT) as client:
            await asyncio.gather(*(ask(client, server.url(f"/{n}")) for n in range(WAITING)))
            assert len(server.peers) == LIMIT
            assert unused(client)
        assert sorted(book.served) == list(range(WAITING))
        # Those who hold the connections may overtake each other; nobody else may.
        assert max(abs(turn - n) for turn, n in enumerate(book.served)) < LIMIT
        # All came at once: the wait of each, in turns of service, is its place in the order.
        turns = {n: turn for turn, n in enumerate(book.served)}
        assert max(turns.values()) <= 3 * median(turns.values())

    run_quietly(main)


# --- what it costs ---


async def calls_per_request(client: Client, url: str, tasks: int) -> float:
    """How many calls inside the package (and turns of its coroutines) a request takes."""
    calls = 0

    def note(frame: FrameType, event: str, _: object) -> None:
        nonlocal calls
        calls += event == "call" and frame.f_code.co_filename.startswith(_PACKAGE)

    sys.setprofile(note)
    try:
        await asyncio.gather(*(ask(client, url) for _ in range(tasks)))
    finally:
        sys.setprofile(None)
    return calls / tasks


@pytest.mark.slow
def test_the_work_for_a_request_does_not_grow_with_the_number_that_wait() -> None:
    """Counted, not timed: a count is the same on every machine, and however busy it is."""

    async def main(loop: TurnedLoop) -> None:
        async with (
            RawServer(Book()) as server,
            Client(max_connections=LIMIT, max_keepalive_connections=LIMIT) as client,
        ):
            url = server.url("/0")
            await asyncio.gather(*(ask(client, url) for _ in range(LIMIT)))
            nobody_waits = await calls_per_request(client, url, LIMIT)
            some_wait = await calls_per_request(client, url, 10 * LIMIT)
            many_wait = await calls_per_request(client, url, WAITING)
            assert many_wait <= 1.3 * nobody_waits
            assert many_wait <= 1.05 * some_wait

    run_quietly(main)


def contradictory(client: Client, url: str) -> hyperhttp.Request:
    """Two headers that no request can have."""
    headers = {"Content-Length": "3", "Transfer-Encoding": "chunked"}
    return client.build_request("POST", url, headers=headers, content=b"abc")


@pytest.mark.parametrize("wire", WIRES)
async def test_a_request_that_is_refused_leaves_its_connection_to_others(
    wire: str, certificates: Certificates
) -> None:
    async with serving(wire, certificates) as server, client_for(wire, certificates, 1) as client:
        url = server.url("/plain", host="localhost")
        for opened in (0, 1, 1):
            with pytest.raises(hyperhttp.LocalProtocolError, match="Transfer-Encoding"):
                await client.send(contradictory(client, url))
            assert len(server.peers) == opened
            assert await (await client.get(url)).aread() == b"/plain"
        assert unused(client)


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("observed", [False, True])
async def test_a_request_whose_headers_become_wrong_in_the_queue_fails_alone(
    wire: str, observed: bool, certificates: Certificates
) -> None:
    log = EventLog()
    on_event = log if observed else None
    async with (
        serving(wire, certificates) as server,
        client_for(wire, certificates, 1, on_event=on_event) as client,
    ):
        url = server.url("/plain", host="localhost")
        request = client.build_request("POST", url, content=b"abc")
        waiting = asyncio.create_task(client.send(request))
        others = [asyncio.create_task(ask_plain(client, url)) for _ in range(3)]
        await asyncio.sleep(0)
        request.headers["Content-Length"] = "4"
        with pytest.raises(hyperhttp.LocalProtocolError, match="Content-Length 4"):
            await waiting
        await asyncio.gather(*others)
        await ask_plain(client, url)
        assert unused(client)
        assert len(server.peers) == 1
    log.check()
    assert len(log.of(hyperhttp.AttemptFailed)) == observed


async def ask_plain(client: Client, url: str) -> None:
    """One request, read to its end."""
    assert await (await client.get(url)).aread() == b"/plain"
