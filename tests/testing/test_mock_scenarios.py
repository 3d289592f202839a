"""The scenarios that the client plays over sockets, played over a server in memory.

They check their responses (`tests/client/scenarios.py`): whole, and given up at every turn of the
loop, after which the client must be as good as new.
"""

from __future__ import annotations

import asyncio
import gc
from contextlib import suppress
from typing import TYPE_CHECKING, Literal, cast

import pytest

from hyperhttp import Client
from hyperhttp.testing import FaultyTransport, MockRequest, MockResponse, MockTransport, SlowBody
from tests.client.scenarios import LONG, SCENARIOS, Caller
from tests.testing.peers import turns

if TYPE_CHECKING:
    from hyperhttp.testing import Fault
    from tests.servers.raw import RawServer

WIRES: dict[str, tuple[str, Literal["prior-knowledge"] | bool]] = {
    "cleartext": ("http", True),
    "tls": ("https", False),
    "h2 cleartext": ("http", "prior-knowledge"),
    "h2 tls": ("https", True),
}


def site(request: MockRequest) -> MockResponse:
    """What the scenarios ask for."""
    path = request.url.path
    if path.startswith("/away"):
        return MockResponse(302, text="moved", headers={"Location": f"/here{path}"})
    if path == "/missing":
        return MockResponse(404, text="nothing there")
    if path == "/long":
        return MockResponse(content=LONG)
    return MockResponse(text=path)


def dripping(_: str, path: str) -> Fault | None:
    return {"/slow": SlowBody(1), "/missing": SlowBody(5), "/long": SlowBody(40_000)}.get(path)


class Place:
    """Where the scenarios find their server."""

    def __init__(self, scheme: str) -> None:
        self._scheme = scheme

    def url(self, path: str, *, host: str) -> str:
        return f"{self._scheme}://{host}{path}"


def caller_of(wire: str, mock: MockTransport, max_connections: int) -> Caller:
    scheme, http2 = WIRES[wire]
    client = Client(
        transport=FaultyTransport(mock, dripping),
        http2=http2,
        max_connections=max_connections,
        timeout=20.0,
    )
    return Caller(client, cast("RawServer", Place(scheme)))


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("name", SCENARIOS)
async def test_a_scenario_ends_as_over_a_socket(wire: str, name: str) -> None:
    caller = caller_of(wire, MockTransport(site), max_connections=1)
    async with caller.client:
        await SCENARIOS[name](caller)
        await asyncio.gather(*(SCENARIOS[name](caller) for _ in range(3)))
        assert caller.client.stats().active == caller.open_generators == 0


@pytest.mark.parametrize("wire", ["cleartext", "h2 tls"])
@pytest.mark.parametrize("name", ["plain", "slow", "upload", "expecting", "redirects", "in line"])
async def test_a_scenario_may_be_given_up_at_any_turn(wire: str, name: str) -> None:
    mock = MockTransport(site)
    for turn in range(0, 40, 2):
        caller = caller_of(wire, mock, max_connections=1)
        async with caller.client:
            call = asyncio.ensure_future(SCENARIOS[name](caller))
            await turns(turn)
            call.cancel()
            with suppress(asyncio.CancelledError):
                await call
            gc.collect(0)
            await caller.plain()
            await turns()
            assert caller.client.stats().active == caller.open_generators == 0
    await turns()
    assert not mock._is_in_use
