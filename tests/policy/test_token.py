"""Tokens with a lifetime: fetched once for all, again before they expire, and never shown."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from hyperhttp import AccessToken, BearerAuth, Client, ConfigError, MockResponse, MockTransport
from hyperhttp._policy.token import TokenCache, TokenFetch
from hyperhttp.testing import run_virtual_time
from tests.clock import later

if TYPE_CHECKING:
    from hyperhttp.testing import MockRequest

URL = "https://example.com/"


class Provider:
    """Returns numbered tokens; each takes a second."""

    def __init__(self, lifetime: float | None) -> None:
        self.lifetime = lifetime
        self.calls: list[str | None] = []

    async def __call__(self, refused: str | None) -> str | AccessToken:
        self.calls.append(refused)
        number = len(self.calls)
        await later(1)
        return AccessToken(f"t{number}", expires_in=self.lifetime)


def tokens(transport: MockTransport) -> list[str]:
    return [request.headers["authorization"].split()[1] for request in transport.requests]


@pytest.mark.parametrize(
    ("lifetime", "waits", "expected"),
    [
        (None, [10_000.0, 10_000.0], ["t1", "t1", "t1"]),
        (3600, [3569.0, 2.0], ["t1", "t1", "t2"]),
        (60, [47.0, 2.0], ["t1", "t1", "t2"]),
        (0, [0.0, 0.0], ["t1", "t2", "t3"]),
    ],
)
def test_a_token_is_fetched_again_before_it_expires(
    lifetime: float | None, waits: list[float], expected: list[str]
) -> None:
    provider, transport = Provider(lifetime), MockTransport()

    async def run() -> None:
        async with Client(transport=transport, auth=BearerAuth(provider)) as client:
            await client.get(URL)
            for wait in waits:
                await later(wait)
                await client.get(URL)

    run_virtual_time(run())
    assert tokens(transport) == expected
    assert set(provider.calls) == {None}


def test_other_requests_use_the_current_token_while_the_next_one_is_fetched() -> None:
    provider, transport = Provider(100), MockTransport()

    async def run() -> None:
        async with Client(transport=transport, auth=BearerAuth(provider)) as client:
            await asyncio.gather(*(client.get(URL) for _ in range(5)))
            await later(85)
            await asyncio.gather(*(client.get(URL) for _ in range(3)))

    run_virtual_time(run())
    assert tokens(transport)[:5] == ["t1"] * 5
    assert sorted(tokens(transport)[5:]) == ["t1", "t1", "t2"]
    assert len(provider.calls) == 2


def test_no_request_uses_an_expired_token() -> None:
    provider, transport = Provider(100), MockTransport()

    async def run() -> None:
        async with Client(transport=transport, auth=BearerAuth(provider)) as client:
            await client.get(URL)
            await later(101)
            await asyncio.gather(*(client.get(URL) for _ in range(3)))

    run_virtual_time(run())
    assert tokens(transport) == ["t1", "t2", "t2", "t2"]
    assert len(provider.calls) == 2


def test_a_cancelled_request_leaves_the_fetch_to_another() -> None:
    provider, transport = Provider(None), MockTransport()

    async def run() -> None:
        async with Client(transport=transport, auth=BearerAuth(provider)) as client:
            first = asyncio.ensure_future(client.get(URL))
            others = [asyncio.ensure_future(client.get(URL)) for _ in range(3)]
            await later(0.5)
            first.cancel()
            await asyncio.gather(*others)
            assert first.cancelled()

    run_virtual_time(run())
    assert tokens(transport) == ["t2"] * 3
    assert len(provider.calls) == 2


async def test_a_token_with_a_lifetime_is_replaced_after_a_401_too() -> None:
    calls: list[str | None] = []

    def provider(refused: str | None) -> AccessToken:
        calls.append(refused)
        return AccessToken(f"t{len(calls)}", expires_in=3600)

    def site(request: MockRequest) -> MockResponse:
        return MockResponse(200 if request.headers["authorization"] == "Bearer t2" else 401)

    async with Client(transport=MockTransport(site), auth=BearerAuth(provider)) as client:
        assert (await client.get(URL)).status_code == 200
    assert calls == [None, "t1"]


async def test_a_failure_reaches_all_that_wait_and_the_next_one_fetches_again() -> None:
    cache = TokenCache()
    fetch = await cache.get(None)
    assert isinstance(fetch, TokenFetch)
    waiting = [asyncio.ensure_future(cache.get(None)) for _ in range(2)]
    await asyncio.sleep(0)
    with pytest.raises(ZeroDivisionError), fetch:
        raise ZeroDivisionError
    for result in await asyncio.gather(*waiting, return_exceptions=True):
        assert isinstance(result, ZeroDivisionError)
    assert isinstance(await cache.get(None), TokenFetch)


@pytest.mark.parametrize("wrong", [-1, float("nan"), True, "60"])
def test_a_lifetime_is_a_number_of_seconds(wrong: float) -> None:
    with pytest.raises(ConfigError, match="seconds >= 0"):
        AccessToken("t", expires_in=wrong)


def test_a_token_is_never_shown() -> None:
    assert repr(AccessToken("hunter2", expires_in=5)) == "AccessToken([secure], expires_in=5.0)"
    with pytest.raises(ConfigError) as caught:
        AccessToken("hunter2 x")
    assert "hunter2" not in str(caught.value)
