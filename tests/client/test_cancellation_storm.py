"""Many requests cancelled at random, and the ways in which asyncio cancels for its users.

Whatever is cancelled, the slots are free afterwards and each response goes to who asked for it.
"""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, Timeout
from tests.client.quiet import others, run_quietly, unused
from tests.client.scenarios import SCENARIOS, WIRES, Caller, client_for, serving
from tests.clock import TurnedLoop, until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import OK, Peer, RawServer, replies

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Awaitable, Callable

pytestmark = pytest.mark.slow

CANCELLATIONS = 200


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("seed", range(5))
def test_after_200_cancellations_at_random_50_requests_get_their_own_responses(
    seed: int, wire: str, certificates: Certificates
) -> None:
    chance = random.Random(seed)

    async def main(loop: TurnedLoop) -> None:
        async with (
            serving(wire, certificates) as server,
            client_for(wire, certificates, max_connections=2) as client,
        ):
            caller = Caller(client, server)
            cancelled, running = 0, list[asyncio.Task[None]]()
            names = list(SCENARIOS)
            while cancelled < CANCELLATIONS:
                while len(running) < 6:
                    scenario = SCENARIOS[chance.choice(names)]
                    running.append(asyncio.ensure_future(_play(scenario, caller)))
                for _ in range(chance.randrange(8)):
                    await asyncio.sleep(0)
                victim = chance.choice(running)
                for _ in range(chance.randrange(1, 3)):
                    victim.cancel()
                    for _ in range(chance.randrange(3)):
                        await asyncio.sleep(0)
                if victim.done():
                    running.remove(victim)
                    cancelled += victim.cancelled()
                    assert victim.cancelled() or victim.exception() is None
            for task in running:
                task.cancel()
            await asyncio.wait(running)
            await until(lambda: unused(client) and caller.open_generators == 0)
            scenarios = [chance.choice(names) for _ in range(50)]
            await asyncio.gather(*(SCENARIOS[name](caller) for name in scenarios))
            assert unused(client)

    run_quietly(main)


async def _play(scenario: Callable[[Caller], Awaitable[None]], caller: Caller) -> None:
    await scenario(caller)


@pytest.mark.parametrize("wire", [wire for wire in WIRES if wire != "cleartext"])
@pytest.mark.parametrize("turns", range(12))
def test_who_shares_the_first_connection_is_served_though_its_first_caller_left(
    turns: int, wire: str, certificates: Certificates
) -> None:
    async def main(loop: TurnedLoop) -> None:
        async with (
            serving(wire, certificates) as server,
            client_for(wire, certificates, max_connections=100) as client,
        ):
            caller = Caller(client, server)
            first = asyncio.ensure_future(caller.plain())
            await asyncio.sleep(0)
            rest = [asyncio.ensure_future(caller.plain()) for _ in range(3)]
            for _ in range(turns * 3):
                await asyncio.sleep(0)
            first.cancel()
            await asyncio.gather(*rest)
            # Connections that others have begun to open may need more turns.
            await until(lambda: unused(client))

    run_quietly(main)


# --- as asyncio does it ---


async def _silent(peer: Peer) -> None:
    await peer.stall()


def test_a_timeout_of_asyncio_is_its_own_and_not_ours() -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(_silent) as server, Client(timeout=Timeout(20.0)) as client:
            for limit in ("timeout", "wait_for", "sooner than ours"):
                asked = asyncio.ensure_future(_limited(limit, client, server.url()))
                await until(lambda: client.stats().active == 1)
                loop.turn(6)
                with pytest.raises(TimeoutError) as caught:
                    await asked
                assert not isinstance(caught.value, hyperhttp.HyperHTTPError)
                assert unused(client)

    run_quietly(main)


async def _limited(limit: str, client: Client, url: str) -> None:
    match limit:
        case "wait_for":
            await asyncio.wait_for(client.get(url), 5.0)
        case "timeout":
            async with asyncio.timeout(5.0):
                await client.get(url)
        case _:
            async with asyncio.timeout(5.0):
                await client.get(url, timeout=5.5)


def test_our_timeout_comes_first_when_it_is_the_shorter_one() -> None:
    async def main(loop: TurnedLoop) -> None:
        async with RawServer(_silent) as server, Client(timeout=Timeout(5.0)) as client:

            async def limited() -> None:
                async with asyncio.timeout(50.0) as outer:
                    with pytest.raises(hyperhttp.ReadTimeout):
                        await client.get(server.url())
                assert not outer.expired()

            asked = asyncio.ensure_future(limited())
            await until(lambda: bool(server.peers) and bool(server.peers[0].received))
            loop.turn(6)
            await asked

    run_quietly(main)


@pytest.mark.parametrize("wire", WIRES)
def test_a_task_group_ends_with_the_one_error_and_its_other_requests_leave_nothing(
    wire: str, certificates: Certificates
) -> None:
    async def main(loop: TurnedLoop) -> None:
        async def cut(peer: Peer) -> None:
            await peer.read_until(b"\r\n\r\n")
            peer.reset()

        async with (
            RawServer(cut) as cutting,
            serving(wire, certificates) as server,
            client_for(wire, certificates, max_connections=5) as client,
        ):
            caller = Caller(client, server)
            with pytest.raises(ExceptionGroup) as group:
                async with asyncio.TaskGroup() as tasks:
                    for name in ("upload", "stream", "large upload", "slow", "expecting"):
                        tasks.create_task(_play(SCENARIOS[name], caller))
                    tasks.create_task(client.get(cutting.url()))
            assert [type(error) for error in group.value.exceptions] == [hyperhttp.ReadError]
            await until(lambda: unused(client) and caller.open_generators == 0)
            await caller.plain()

    run_quietly(main)


@pytest.mark.parametrize("wire", WIRES)
def test_gather_cancels_all_of_its_requests(wire: str, certificates: Certificates) -> None:
    async def main(loop: TurnedLoop) -> None:
        async with (
            serving(wire, certificates) as server,
            client_for(wire, certificates, max_connections=2) as client,
        ):
            caller = Caller(client, server)
            for turns in range(30):
                together = asyncio.gather(*(_play(work, caller) for work in SCENARIOS.values()))
                for _ in range(turns):
                    await asyncio.sleep(0)
                together.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await together
                await until(lambda: unused(client) and caller.open_generators == 0)
                await caller.plain()

    run_quietly(main)


# --- its end ---


def test_closing_waits_for_a_body_whose_source_takes_its_time_to_end() -> None:
    async def main(loop: TurnedLoop) -> None:
        ended: list[bool] = []

        async def pieces() -> AsyncIterator[bytes]:
            try:
                yield b"first"
                await asyncio.get_running_loop().create_future()
            finally:
                for _ in range(20):
                    await asyncio.sleep(0)
                ended.append(True)

        async with RawServer(_silent) as server:
            before = others()
            for number, how in enumerate(("cancelled", "closed under it"), 1):
                client = Client()
                asked = asyncio.ensure_future(client.post(server.url(), content=pieces()))
                await server.connected(number)
                await server.peers[-1].read_until(b"first")
                if how == "cancelled":
                    asked.cancel()
                    await asyncio.wait([asked])
                await client.aclose()
                if how != "cancelled":
                    with pytest.raises(hyperhttp.ClientClosed):
                        await asked
                assert ended.pop()
                assert {task for task in others() - before if "_play" not in repr(task)} == set()

    run_quietly(main)


def test_closing_that_was_cancelled_may_be_done_again(certificates: Certificates) -> None:
    async def main(loop: TurnedLoop) -> None:
        async def deaf(peer: Peer) -> None:
            await replies((b"GET", OK))(peer)
            peer.pause_reading()
            await peer.stall()

        async with RawServer(deaf, tls=server_context(certificates.good)) as server:
            client = Client(verify=certificates.ca)
            assert await (await client.get(server.url(host="localhost"))).aread() == b"ok"
            closing = asyncio.ensure_future(client.aclose())
            await asyncio.sleep(0)
            closing.cancel()
            await asyncio.wait([closing])
            assert closing.cancelled()
            again = asyncio.ensure_future(client.aclose())
            await asyncio.sleep(0)
            loop.turn(1)
            await again

    run_quietly(main)
