"""Surplus idle connections: kept while they may be used, closed when they aren't."""

from __future__ import annotations

import asyncio
from contextlib import suppress

import httpx
import pytest

from hyperhttp.integrations._idle_limit import IdleLimit
from hyperhttp.integrations.httpx import AsyncHyperHTTPTransport
from tests.servers.raw import OK, Peer, RawServer, UnexpectedEnd

TASKS = 4


class Site:
    """Responds once all tasks have asked, and at once from then on."""

    def __init__(self) -> None:
        """Wait for the tasks."""
        self._barrier = asyncio.Barrier(TASKS)

    async def script(self, peer: Peer) -> None:
        """Play one connection."""
        await peer.read_request()
        await self._barrier.wait()
        await peer.send(OK)
        with suppress(UnexpectedEnd):  # the client has closed it
            while await peer.read_request():
                await peer.send(OK)


async def _ask(client: httpx.AsyncClient, url: str, times: int = 1) -> None:
    for _ in range(times):
        assert (await client.get(url)).text == "ok"


def _transport(idle_limit: IdleLimit) -> AsyncHyperHTTPTransport:
    transport = AsyncHyperHTTPTransport()
    transport._idle_limit = idle_limit
    return transport


async def test_connections_that_tasks_use_again_are_kept() -> None:
    transport = _transport(IdleLimit(1))
    async with RawServer(Site().script) as server, httpx.AsyncClient(transport=transport) as client:
        await asyncio.gather(*[_ask(client, server.url(), 5) for _ in range(TASKS)])
        assert len(server.peers) == TASKS
        assert not any(peer.ended.is_set() for peer in server.peers)


@pytest.mark.parametrize("idle_max", [1, 2])
async def test_surplus_connections_are_closed_once_they_are_unused(idle_max: int) -> None:
    transport = _transport(IdleLimit(idle_max, unused_s=0.0))
    async with RawServer(Site().script) as server, httpx.AsyncClient(transport=transport) as client:
        await asyncio.gather(*[_ask(client, server.url()) for _ in range(TASKS)])
        while sum(not peer.ended.is_set() for peer in server.peers) > idle_max:
            await _ask(client, server.url())
        assert len(server.peers) == TASKS


async def test_a_closed_pool_is_left_alone() -> None:
    transport = _transport(IdleLimit(1, unused_s=0.0))
    async with RawServer(Site().script) as server, httpx.AsyncClient(transport=transport) as client:
        await asyncio.gather(*[_ask(client, server.url()) for _ in range(TASKS)])
        call = asyncio.create_task(_ask(client, server.url()))
        await asyncio.sleep(0)
        await client.aclose()
        await asyncio.wait([call])
        assert isinstance(call.exception(), httpx.NetworkError)
