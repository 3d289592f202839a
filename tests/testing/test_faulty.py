"""Which request meets which fault: by plan, by chance with a seed, and by request."""

from __future__ import annotations

from collections.abc import Callable

import pytest

import hyperhttp
from hyperhttp import Client, ConfigError
from hyperhttp.testing import (
    ASGITransport,
    Fault,
    FaultyTransport,
    MockTransport,
    RefuseConnection,
    Reset,
    Truncate,
)
from tests.testing.peers import error_of, fetch


async def outcomes(transport: FaultyTransport, count: int, url: str) -> list[str]:
    """For each of so many requests, each with a client of its own, what came."""
    found: list[str] = []
    for number in range(count):
        error = await error_of(transport, f"{url}/{number}")
        found.append("well" if error is None else type(error).__name__)
    return found


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_a_plan_is_met_one_after_the_other_and_then_all_is_well(scheme: str) -> None:
    plan = [Reset(), None, RefuseConnection(), RefuseConnection(), None]
    transport = FaultyTransport(MockTransport(), plan)
    assert await outcomes(transport, 7, f"{scheme}://example.com") == [
        "ReadError",
        "well",
        "ConnectError",
        "ConnectError",
        "well",
        "well",
        "well",
    ]
    assert transport.injected == [Reset(), RefuseConnection(), RefuseConnection()]


async def test_chance_is_the_same_for_the_same_seed() -> None:
    async def play(seed: int, probability: float) -> list[str]:
        faults: list[Fault | None] = [Reset(), Truncate("response")]
        transport = FaultyTransport(MockTransport(), faults, probability=probability, seed=seed)
        return await outcomes(transport, 30, "http://example.com")

    first = await play(7, 0.5)
    assert await play(7, 0.5) == first
    assert set(first) == {"well", "ReadError", "RemoteProtocolError"}
    assert await play(8, 0.5) != first
    assert set(await play(7, 0.0)) == {"well"}
    assert "well" not in await play(7, 1.0)


async def test_a_function_chooses_by_request() -> None:
    seen: list[tuple[str, str]] = []

    def choose(method: str, target: str) -> Fault | None:
        seen.append((method, target))
        return Reset() if target == "/1" else None

    transport = FaultyTransport(MockTransport(), choose)
    assert await outcomes(transport, 3, "http://example.com") == ["well", "ReadError", "well"]
    assert seen == [("GET", "/0"), ("GET", "/1"), ("GET", "/2")]


async def test_a_refusal_on_a_standing_connection_is_told_at_once() -> None:
    transport = FaultyTransport(MockTransport("well"), [None, RefuseConnection()])
    async with Client(transport=transport) as client:
        assert await fetch(client, "http://example.com/") == b"well"
        with pytest.raises(hyperhttp.ConnectError, match="connection refused"):
            await fetch(client, "http://example.com/")
        assert await fetch(client, "http://example.com/") == b"well"


async def test_retries_get_through_a_plan() -> None:
    policy = hyperhttp.RetryPolicy(backoff=hyperhttp.Backoff(initial=0.001, maximum=0.001))
    transport = FaultyTransport(MockTransport("well"), [RefuseConnection(), Reset(), Reset(3)])
    async with Client(transport=transport, retry=policy) as client:
        response = await client.get("http://example.com/")
        assert len(response.attempts) == 3


async def test_an_application_can_be_spoiled_too() -> None:
    async def app(scope: object, receive: object, send: object) -> None:
        raise AssertionError("it is not to be asked")

    transport = FaultyTransport(ASGITransport(app, lifespan="off"), [Reset()])
    assert isinstance(await error_of(transport, "http://example.com/"), hyperhttp.ReadError)


@pytest.mark.parametrize("faults", [[], lambda method, target: None])
def test_a_probability_needs_a_list(faults: list[Fault | None]) -> None:
    with pytest.raises(ConfigError, match="probability"):
        FaultyTransport(MockTransport(), faults, probability=0.5)


def test_a_single_fault_is_refused_by_name() -> None:
    loose: Callable[..., FaultyTransport] = FaultyTransport
    for given in (Reset(), 5, "reset", None):
        with pytest.raises(ConfigError, match="faults") as caught:
            loose(MockTransport(), given)
        assert caught.value.option == "faults"
