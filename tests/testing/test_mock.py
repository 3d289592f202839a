"""A mock server: what it takes for responses, what it keeps, and what it asserts."""

from __future__ import annotations

import asyncio

import pytest

import hyperhttp
from hyperhttp import Client, ConfigError
from hyperhttp.testing import (
    MockRequest,
    MockResponse,
    MockTransport,
    Router,
    Truncate,
    UnmatchedRequest,
    run_virtual_time,
)
from hyperhttp.testing._mock import MockInput
from tests.testing.peers import error_of, fetch


async def replies(transport: MockTransport, *urls: str) -> list[bytes]:
    async with Client(transport=transport) as client:
        return [await fetch(client, url) for url in urls]


def function(request: MockRequest) -> str:
    return request.url.path


async def coroutine_function(request: MockRequest) -> str:
    await asyncio.sleep(0)
    return request.url.path


def routed() -> Router:
    router = Router()
    router.get("/a").respond("/a")
    return router


@pytest.mark.parametrize(
    "given",
    [
        function,
        coroutine_function,
        routed(),
        {"GET /a": "/a", "POST /a": 500},
        {"/a": "/a"},
        {"https://other.example.com/a": 500, "http://example.com/a": function},
        ["/a", 500],
        (function,),
        "/a",
        b"/a",
        MockResponse(text="/a"),
    ],
    ids=range(11),
)
async def test_whatever_responses_responses(given: MockInput) -> None:
    transport = MockTransport(given)
    assert await replies(transport, "http://example.com/a") == [b"/a"]
    assert [str(request.url) for request in transport.requests] == ["http://example.com/a"]


async def test_responses_in_turn_come_to_an_end() -> None:
    transport = MockTransport([1 * "a", "b"])
    with pytest.raises(UnmatchedRequest, match="all 2 responses were used before"):
        await replies(transport, *["http://example.com/"] * 3)
    assert len(transport.requests) == 3


@pytest.mark.parametrize("wrong", [None, 1.5, {1, 2}])
def test_what_responses_nothing_is_a_config_error(wrong: MockInput) -> None:
    with pytest.raises(ConfigError, match="MockTransport"):
        MockTransport(wrong)


async def test_one_exception_for_all() -> None:
    with pytest.raises(KeyError, match="mine"):
        await replies(MockTransport(KeyError("mine")), "http://example.com/")


async def test_one_fault_for_all() -> None:
    assert await error_of(MockTransport(Truncate()), "http://example.com/") is not None


async def test_what_was_asked_can_be_asserted() -> None:
    transport = MockTransport()
    with pytest.raises(AssertionError, match=r"/a was asked 0 time\(s\).*; nothing was asked"):
        transport.assert_requested("/a")
    transport.assert_not_requested()
    async with Client(transport=transport) as client:
        await client.get("http://example.com/a")
        await client.post("http://example.com/b", content=b"x")
    assert transport.assert_requested("POST /b", times=1).content == b"x"
    assert transport.assert_requested("/a").method == "GET"
    transport.assert_requested("POST /a", times=0)
    transport.assert_not_requested("PUT *")
    with pytest.raises(AssertionError, match="not to be asked") as caught:
        transport.assert_not_requested("/b")
    assert "\n  GET http://example.com/a\n  POST http://example.com/b" in str(caught.value)
    with pytest.raises(AssertionError, match=r"asked 1 time\(s\), not 2 time\(s\)"):
        transport.assert_requested("/b", times=2)


@pytest.mark.parametrize("scheme", ["http", "https"])
async def test_an_error_that_is_raised_is_retried_by_policy_and_never_replayed(scheme: str) -> None:
    def lost() -> hyperhttp.ReadError:
        return hyperhttp.ReadError(detail="lost", received_bytes=0)

    transport = MockTransport(["well", lost(), lost(), "well"])
    async with Client(transport=transport) as client:
        assert await fetch(client, f"{scheme}://example.com/") == b"well"
        with pytest.raises(hyperhttp.ReadError):
            await fetch(client, f"{scheme}://example.com/")
        assert len(transport.requests) == 2
        policy = hyperhttp.RetryPolicy(backoff=hyperhttp.Backoff(initial=0.001))
        response = await client.get(f"{scheme}://example.com/", retry=policy)
        assert await response.aread() == b"well"
        assert len(response.attempts) == 2


def test_a_delay_is_waited_for_by_the_clock_of_the_loop() -> None:
    async def main() -> float:
        loop = asyncio.get_running_loop()
        started = loop.time()
        await replies(MockTransport(MockResponse(delay_s=20.0)), "http://example.com/")
        return loop.time() - started

    assert 20.0 <= run_virtual_time(main()) < 21.0


async def test_one_transport_serves_many_clients() -> None:
    transport = MockTransport(function)
    async with Client(transport=transport) as one, Client(transport=transport) as other:
        assert await fetch(one, "http://example.com/1") == b"/1"
        assert await fetch(other, "http://example.com/2") == b"/2"
    assert len(transport.requests) == 2


async def test_requests_run_side_by_side() -> None:
    running = 0
    most = 0

    async def slow(_: MockRequest) -> int:
        nonlocal running, most
        running += 1
        most = max(most, running)
        for _turn in range(50):
            await asyncio.sleep(0)
        running -= 1
        return 200

    for origin in ("http://example.com", "https://example.com"):
        most = 0
        async with Client(transport=MockTransport(slow)) as client:
            await asyncio.gather(*(client.get(f"{origin}/{n}") for n in range(10)))
        assert most == 10


@pytest.mark.parametrize("wrong", [object(), 5])
def test_what_is_no_transport_is_a_config_error(wrong: object) -> None:
    with pytest.raises(ConfigError, match="transport"):
        Client(transport=wrong)  # type: ignore[arg-type]  # wrong on purpose
