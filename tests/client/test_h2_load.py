"""A thousand requests on one connection, with faults and cancellations among them.

What a request may end in is known beforehand by its kind; nothing else is accepted, and nothing is
left behind: what befalls one stream is never felt by another.
"""

from __future__ import annotations

import asyncio
import itertools
import random
from typing import TYPE_CHECKING

import pytest

from hyperhttp import (
    Client,
    HTTP2Config,
    HyperHTTPError,
    ReadError,
    StreamReset,
    Timeout,
    WriteError,
)
from tests.client.h2_load_site import GOAWAYS_MAX, METHODS, MoodyH2, Order, orders
from tests.client.quiet import run_quietly, unused
from tests.clock import TurnedLoop, until
from tests.servers.raw_h2 import RawH2Server

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

pytestmark = pytest.mark.slow

REQUESTS = 1_000
CANCELLED = 0.05
CANCELLATIONS = 200
READ_S = 20.0
LOST: tuple[type[HyperHTTPError], ...] = (ReadError, WriteError)
# A stream that the server forgets may hold each connection that it has left.
CONNECTIONS = GOAWAYS_MAX + 2


def client_of(max_connections: int) -> Client:
    """A client whose connection window is so small that no credit may be lost."""
    return Client(
        http2="prior-knowledge",
        http2_config=HTTP2Config(stream_window_bytes=20_000, connection_window_bytes=65_535),
        timeout=Timeout(READ_S),
        max_connections=max_connections,
    )


async def carry_out(client: Client, url: str, order: Order) -> HyperHTTPError | None:
    """Ask, check the response, and return the error if there was one."""

    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(order.body), 5_000):
            yield order.body[start : start + 5_000]
            await asyncio.sleep(0)

    try:
        match order.method.split(" ", 1):
            case ["stream"]:
                async with client.stream("GET", url) as response:
                    body = b""
                    async for piece in response.aiter_bytes(1_000):
                        body += piece
                        await asyncio.sleep(0)
            case [method, "in pieces"]:
                body = await (await client.request(method, url, content=pieces())).aread()
            case ["PUT" | "POST" as method]:
                body = await (await client.request(method, url, content=order.body)).aread()
            case _:
                body = await (await client.request(order.method, url)).aread()
    except HyperHTTPError as error:
        return error
    assert body == (b"" if order.method == "HEAD" else order.body), order
    return None


async def cancel_some(
    tasks: dict[Order, asyncio.Task[HyperHTTPError | None]], chance: random.Random
) -> None:
    """Cancel one in twenty, at one time or another."""
    for order in chance.sample(list(tasks), int(len(tasks) * CANCELLED)):
        for _ in range(chance.randrange(2)):
            await asyncio.sleep(0)
        tasks[order].cancel()


@pytest.mark.parametrize("seed", range(10))
def test_each_of_a_thousand_streams_ends_as_it_may_and_nothing_is_left(seed: int) -> None:
    chance, has_cut = random.Random(seed), seed % 3 == 0

    async def main(loop: TurnedLoop) -> None:
        moody = MoodyH2(streams_max=REQUESTS if seed % 2 else 100)
        given = orders(chance, REQUESTS, cut=has_cut)
        async with (
            RawH2Server(moody) as server,
            client_of(CONNECTIONS) as client,
        ):
            tasks = {
                order: asyncio.ensure_future(carry_out(client, server.url(order.path), order))
                for order in given
            }
            await cancel_some(tasks, chance)
            await asyncio.wait([task for order, task in tasks.items() if order.fault != "stall"])
            stalled = [order for order, task in tasks.items() if not task.done()]
            await until(lambda: all(moody.came[order.path] for order in stalled))
            for _ in range(20):
                await asyncio.sleep(0)
            loop.turn(READ_S + 1)
            await asyncio.wait(tasks.values())
            cancelled = {order for order, task in tasks.items() if task.cancelled()}
            assert len(cancelled) >= 20
            ends = {order: task.result() for order, task in tasks.items() if order not in cancelled}
            check(ends, moody, has_cut=has_cut)
            assert unused(client)
            assert client.stats().streams == 0
            await until(lambda: not moody.stalled)
            if seed % 2 and not has_cut:
                assert len(server.peers) <= 1 + moody.goaways

    run_quietly(main)


def check(ends: dict[Order, HyperHTTPError | None], moody: MoodyH2, *, has_cut: bool) -> None:
    """Each end is one of those that are right for it, and nothing was worked on without need."""
    for order, error in ends.items():
        came = moody.came[order.path]
        assert came <= (2 if has_cut and order.is_safe else 1), order
        if error is None:
            assert came, order
            assert not order.harm or order.fault == "refused", order
            continue
        assert error.request is not None
        assert error.request.url.path == order.path
        if type(error) in order.harm:
            assert not isinstance(error, StreamReset) or error.error_code == order.code, order
        elif came:
            assert has_cut, f"{order} ended in {error!r}"
            assert type(error) in LOST, f"{order} ended in {error!r}"
        else:
            # The server had left without a look at it, and its body cannot be had again.
            assert order.has_own_source or has_cut, f"{order} ended in {error!r}"
            assert type(error) in LOST, f"{order} ended in {error!r}"
            assert moody.goaways or has_cut, f"{order} ended in {error!r}"


@pytest.mark.parametrize("seed", range(5))
def test_after_200_cancellations_in_a_row_50_requests_get_their_own_responses_on_the_connection(
    seed: int,
) -> None:
    chance = random.Random(seed)

    async def main(loop: TurnedLoop) -> None:
        moody, numbers, cancelled = MoodyH2(streams_max=100), itertools.count(), 0
        async with RawH2Server(moody) as server, client_of(1) as client:

            def ask(fault: str) -> asyncio.Task[HyperHTTPError | None]:
                order = Order(next(numbers), fault, chance.choice(METHODS))
                return asyncio.ensure_future(carry_out(client, server.url(order.path), order))

            assert await ask("none") is None
            while cancelled < CANCELLATIONS:
                task = ask(chance.choice(("none", "stall", "padded", "early", "interim")))
                for _ in range(chance.randrange(12)):
                    await asyncio.sleep(0)
                task.cancel()
                await asyncio.wait([task])
                cancelled += task.cancelled()
                assert task.cancelled() or task.result() is None
            assert unused(client)
            assert client.stats().streams == 0
            assert await asyncio.gather(*(ask("none") for _ in range(50))) == [None] * 50
            await until(lambda: not moody.stalled)
            assert len(server.peers) == 1

    run_quietly(main)
