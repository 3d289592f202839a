"""Look-ups: shared while they run, remembered for a while, forgotten when told."""

from __future__ import annotations

import asyncio
import socket

import pytest

from hyperhttp._base._generated.bounds import DNS_CACHE_NAMES_MAX, DNS_CACHE_S
from hyperhttp._network.address import Address
from hyperhttp._network.resolver_cache import ResolverCache
from tests.network.hand_clock import HandClock

HERE = Address(socket.AF_INET, ("127.0.0.1", 80))


class Names:
    """A name service that counts, waits when told to, and fails when told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.answer = asyncio.Event()
        self.answer.set()
        self.error: OSError | None = None

    async def __call__(self, host: str, port: int) -> list[Address]:
        self.asked.append((host, port))
        await self.answer.wait()
        if self.error is not None:
            raise self.error
        return [HERE]


async def test_a_name_is_looked_up_once_and_remembered_for_a_while() -> None:
    clock, names = HandClock(), Names()
    resolver = ResolverCache(clock, names)
    for _ in range(3):
        assert await resolver.resolve("example.com", 80) == [HERE]
    assert len(names.asked) == 1
    clock.move(DNS_CACHE_S + 1)
    await resolver.resolve("example.com", 80)
    assert len(names.asked) == 2


async def test_those_who_ask_at_the_same_time_share_one_look_up() -> None:
    names = Names()
    names.answer.clear()
    resolver = ResolverCache(HandClock(), names)
    asking = [asyncio.ensure_future(resolver.resolve("example.com", 80)) for _ in range(10)]
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.sleep(0)
    names.answer.set()
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert isinstance(answers[0], asyncio.CancelledError)
    assert answers[1:] == [[HERE]] * 9
    assert len(names.asked) == 1


async def test_a_failure_is_told_to_everyone_and_not_remembered() -> None:
    names = Names()
    names.error = socket.gaierror(socket.EAI_NONAME, "unknown")
    resolver = ResolverCache(HandClock(), names)
    asking = [resolver.resolve("example.com", 80) for _ in range(3)]
    answers = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(answer) for answer in answers] == [socket.gaierror] * 3
    names.error = None
    assert await resolver.resolve("example.com", 80) == [HERE]


async def test_a_host_that_is_forgotten_is_looked_up_again() -> None:
    names = Names()
    resolver = ResolverCache(HandClock(), names)
    await resolver.resolve("example.com", 80)
    resolver.forget("example.com")
    resolver.forget("example.com")
    await resolver.resolve("example.com", 80)
    assert len(names.asked) == 2


@pytest.mark.parametrize(
    ("host", "address"),
    [
        ("127.0.0.1", Address(socket.AF_INET, ("127.0.0.1", 80))),
        ("::1", Address(socket.AF_INET6, ("::1", 80, 0, 0))),
    ],
)
async def test_an_address_is_its_own_answer(host: str, address: Address) -> None:
    names = Names()
    assert await ResolverCache(HandClock(), names).resolve(host, 80) == [address]
    assert names.asked == []


async def test_what_is_remembered_is_bounded() -> None:
    names = Names()
    resolver = ResolverCache(HandClock(), names)
    for number in range(DNS_CACHE_NAMES_MAX + 10):
        await resolver.resolve(f"host{number}.example.com", 80)
    await resolver.resolve(f"host{DNS_CACHE_NAMES_MAX + 9}.example.com", 80)
    assert len(names.asked) == DNS_CACHE_NAMES_MAX + 10
    await resolver.resolve("host0.example.com", 80)
    assert len(names.asked) == DNS_CACHE_NAMES_MAX + 11


async def test_closing_ends_the_look_ups_that_run() -> None:
    names = Names()
    names.answer.clear()
    resolver = ResolverCache(HandClock(), names)
    asking = asyncio.ensure_future(resolver.resolve("example.com", 80))
    await asyncio.sleep(0)
    await resolver.aclose()
    with pytest.raises(asyncio.CancelledError):
        await asking


async def test_ports_of_one_host_share_a_look_up() -> None:
    names = Names()
    resolver = ResolverCache(HandClock(), names)
    assert await resolver.resolve("example.com", 80) == [HERE]
    assert await resolver.resolve("example.com", 8080) == [HERE.with_port(8080)]
    assert names.asked == [("example.com", 80)]


async def test_a_name_that_hangs_delays_no_other() -> None:
    names, other = Names(), Names()
    names.answer.clear()

    async def look_up(host: str, port: int) -> list[Address]:
        return await (other if host == "other.example" else names)(host, port)

    resolver = ResolverCache(HandClock(), look_up)
    hanging = [asyncio.ensure_future(resolver.resolve(f"h{n}.example", 80)) for n in range(40)]
    assert await resolver.resolve("other.example", 80) == [HERE]
    names.answer.set()
    assert await asyncio.gather(*hanging) == [[HERE]] * 40
