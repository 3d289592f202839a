"""Cancelled at each of the points where it waits, a request leaves nothing behind.

The caller gets the very CancelledError; the next request gets its response.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from tests.client.meddler import REASON, Meddler, Moment
from tests.client.quiet import run_quietly, unused
from tests.client.scenarios import SCENARIOS, WIRES, Caller, client_for, serving
from tests.clock import TurnedLoop, until

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from tests.servers.certificates import Certificates
    from tests.servers.raw import RawServer

pytestmark = pytest.mark.slow


async def cancelled_at(work: Awaitable[None], at: int, moment: Moment, *, again: bool) -> bool:
    """Whether the work waited there, and so was cancelled; if not, it must have come to its end."""
    meddler = Meddler(work, at, moment, again=again)

    async def meddle() -> None:
        await meddler

    task = asyncio.ensure_future(meddle())
    await asyncio.wait([task])
    if task.cancelled():
        with pytest.raises(asyncio.CancelledError) as caught:
            task.result()
        assert caught.value.args == (REASON,)
    else:
        task.result()
        # Later, it may have had no more to wait for.
        assert not meddler.struck or moment is Moment.A_TURN_LATER
    return meddler.struck


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("kept", [False, True], ids=["new", "kept"])
@pytest.mark.parametrize("again", [False, True], ids=["once", "again"])
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", SCENARIOS)
def test_a_request_that_is_cancelled_where_it_waits_leaves_nothing_behind(
    name: str, moment: Moment, again: bool, kept: bool, wire: str, certificates: Certificates
) -> None:
    async def try_at(at: int, server: RawServer) -> bool:
        async with client_for(wire, certificates, max_connections=1) as client:
            caller = Caller(client, server)
            if kept:
                await caller.plain()
            struck = await cancelled_at(SCENARIOS[name](caller), at, moment, again=again)
            await until(lambda: unused(client))
            await until(lambda: caller.open_generators == 0)
            await asyncio.gather(*(caller.plain() for _ in range(3)))
            assert unused(client)
        return struck

    async def main(_: TurnedLoop) -> None:
        async with serving(wire, certificates) as server:
            points = 0
            while await try_at(points + 1, server):
                points += 1
            assert points >= 1

    run_quietly(main)
