"""Look-ups: shared while they run, remembered for a while, forgotten when told."""

from __future__ import annotations

import asyncio
import socket

import pytest

from hyperhttp._base._generated.bounds import (
    DNS_CACHE_NAMES_MAX,
    DNS_CACHE_S,
    DNS_REFRESH_S,
    DNS_TTL_MAX_S,
    DNS_TTL_MIN_S,
)
from hyperhttp._network.address import Address
from hyperhttp._network.resolver_cache import Found, ResolverCache
from tests.network.hand_clock import HandClock

HERE = Address(socket.AF_INET, ("127.0.0.1", 80))


class Names:
    """A name service that counts, waits when told to, and fails when told to."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int]] = []
        self.reply = asyncio.Event()
        self.reply.set()
        self.error: OSError | None = None

    async def __call__(self, host: str, port: int) -> list[Address]:
        self.asked.append((host, port))
        await self.reply.wait()
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
    names.reply.clear()
    resolver = ResolverCache(HandClock(), names)
    asking = [asyncio.ensure_future(resolver.resolve("example.com", 80)) for _ in range(10)]
    await asyncio.sleep(0)
    asking[0].cancel()
    await asyncio.sleep(0)
    names.reply.set()
    replies = await asyncio.gather(*asking, return_exceptions=True)
    assert isinstance(replies[0], asyncio.CancelledError)
    assert replies[1:] == [[HERE]] * 9
    assert len(names.asked) == 1


async def test_a_failure_is_told_to_everyone_and_not_remembered() -> None:
    names = Names()
    names.error = socket.gaierror(socket.EAI_NONAME, "unknown")
    resolver = ResolverCache(HandClock(), names)
    asking = [resolver.resolve("example.com", 80) for _ in range(3)]
    replies = await asyncio.gather(*asking, return_exceptions=True)
    assert [type(reply) for reply in replies] == [socket.gaierror] * 3
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
async def test_an_address_is_its_own_response(host: str, address: Address) -> None:
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
    names.reply.clear()
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
    names.reply.clear()

    async def look_up(host: str, port: int) -> list[Address]:
        return await (other if host == "other.example" else names)(host, port)

    resolver = ResolverCache(HandClock(), look_up)
    hanging = [asyncio.ensure_future(resolver.resolve(f"h{n}.example", 80)) for n in range(40)]
    assert await resolver.resolve("other.example", 80) == [HERE]
    names.reply.set()
    assert await asyncio.gather(*hanging) == [[HERE]] * 40


async def timed(ttl_s: float) -> tuple[HandClock, Names, ResolverCache]:
    clock, names = HandClock(), Names()

    async def lookup(host: str, port: int) -> Found:
        return Found(port, await names(host, port), ttl_s)

    cache = ResolverCache(clock, lookup)
    await cache.resolve("example.com", 80)
    return clock, names, cache


@pytest.mark.parametrize(
    ("ttl_s", "kept_s"),
    [(0.0, DNS_TTL_MIN_S), (-5.0, DNS_TTL_MIN_S), (60.0, 60.0), (1e9, DNS_TTL_MAX_S)],
)
async def test_a_ttl_is_obeyed_within_bounds(ttl_s: float, kept_s: float) -> None:
    clock, names, cache = await timed(ttl_s)
    clock.move(kept_s * 0.79)
    await cache.resolve("example.com", 80)
    assert len(names.asked) == 1
    clock.move(kept_s * 0.22)
    await cache.resolve("example.com", 80)
    assert len(names.asked) == 2


async def test_a_host_in_use_is_looked_up_again_before_its_addresses_expire() -> None:
    clock, names, cache = await timed(60.0)
    clock.move(60.0 - DNS_REFRESH_S - 1)
    await cache.resolve("example.com", 80)
    assert not cache._running
    clock.move(2)
    names.reply.clear()
    for _ in range(3):  # nobody waits, and one lookup is enough
        assert await cache.resolve("example.com", 80) == [HERE]
    (refresh,) = cache._running.values()
    names.reply.set()
    await refresh
    assert len(names.asked) == 2
    clock.move(DNS_REFRESH_S)
    assert await cache.resolve("example.com", 80) == [HERE]
    assert len(names.asked) == 2


async def test_a_refresh_that_fails_leaves_the_addresses_until_they_expire() -> None:
    clock, names, cache = await timed(60.0)
    clock.move(58)
    names.error = socket.gaierror(socket.EAI_AGAIN, "down")
    assert await cache.resolve("example.com", 80) == [HERE]
    (refresh,) = cache._running.values()
    await asyncio.wait([refresh])
    assert await cache.resolve("example.com", 80) == [HERE]
    clock.move(3)
    with pytest.raises(socket.gaierror):
        await cache.resolve("example.com", 80)


async def test_fixed_hosts_are_not_looked_up_and_not_forgotten() -> None:
    names = Names()
    cache = ResolverCache(HandClock(), names, {"example.com": [HERE.with_port(0)]})
    for host in ("example.com", "example.com."):
        cache.forget(host)
        assert await cache.resolve(host, 80) == [HERE]
    assert names.asked == []
    await cache.resolve("www.example.com", 80)
    assert len(names.asked) == 1
