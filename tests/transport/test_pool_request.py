"""One who waits: what it is told, and that it is told once."""

from __future__ import annotations

import asyncio
from math import inf

import pytest

from hyperhttp._base._generated.config import Timeout
from hyperhttp._base._generated.errors import (
    ConnectError,
    ConnectTimeout,
    HyperHTTPError,
    PoolTimeout,
    TotalTimeout,
)
from hyperhttp._message.request.proxy import Proxy
from hyperhttp._message.request.request import Request
from hyperhttp._transport.deadline import Deadline
from hyperhttp._transport.pool_request import PoolRequest
from hyperhttp._transport.proxy_routing import ProxyRoute


class FakeQueue:
    """Where callers wait; notes who goes."""

    def __init__(self) -> None:
        self.loop = asyncio.get_running_loop()
        self.dismissed: list[PoolRequest] = []

    def cancel(self, pool_request: PoolRequest) -> None:
        self.dismissed.append(pool_request)


def pool_request(timeout: Timeout, lobby: FakeQueue | None = None) -> PoolRequest:
    request = Request("GET", "https://example.com/a")
    return PoolRequest(request, Deadline(timeout, 100.0), lobby or FakeQueue(), "key")


async def test_who_leaves_before_there_is_a_connection_is_dismissed_once() -> None:
    lobby = FakeQueue()
    waiting = pool_request(Timeout(None), lobby)
    with pytest.raises(asyncio.CancelledError), waiting as call:
        assert not call.is_sent
        raise asyncio.CancelledError
    assert lobby.dismissed == [waiting]


async def told(waiting: PoolRequest) -> HyperHTTPError:
    with pytest.raises(HyperHTTPError) as caught:
        await waiting.future
    return caught.value


async def test_who_waits_for_a_slot_is_told_so() -> None:
    waiting = pool_request(Timeout(None, pool=2.0))
    assert waiting.begin_phase(101.0, 2.0) == waiting.due == 103.0
    waiting.expire(103.5, opened=10, waiting=3)
    error = await told(waiting)
    assert isinstance(error, PoolTimeout)
    assert (error.timeout_s, error.elapsed_s, error.max_connections, error.waiting) == (
        2.0,
        2.5,
        10,
        3,
    )
    assert waiting.due == inf
    assert waiting.timed_out_connecting() is None


async def test_who_is_being_connected_is_told_so() -> None:
    waiting = pool_request(Timeout(None, connect=2.0))
    waiting.dial = asyncio.ensure_future(asyncio.get_running_loop().create_future())
    waiting.begin_phase(101.0, 2.0)
    waiting.expire(103.0, opened=1, waiting=1)
    error = await told(waiting)
    assert isinstance(error, ConnectTimeout)
    assert (error.host, error.port) == ("example.com", 443)
    assert waiting.timed_out_connecting() is error
    waiting.dial.cancel()


async def test_who_is_not_connected_through_a_proxy_is_told_which() -> None:
    request = Request("GET", "https://example.com/a")
    proxy_route = ProxyRoute(
        "https://example.com via x", Proxy("http://ann:hunter2@127.0.0.1:1"), False
    )
    deadline = Deadline(Timeout(None, connect=2.0), 100.0)
    waiting = PoolRequest(request, deadline, FakeQueue(), "key", proxy_route=proxy_route)
    assert waiting.key == "key"
    waiting.dial = asyncio.ensure_future(asyncio.get_running_loop().create_future())
    waiting.begin_phase(101.0, 2.0)
    waiting.expire(103.5, opened=1, waiting=1)
    error = await told(waiting)
    assert isinstance(error, ConnectTimeout)
    assert error.detail == "through the proxy http://127.0.0.1:1"
    waiting.dial.cancel()


@pytest.mark.parametrize(("dialing", "during"), [(False, "pool"), (True, "connect")])
async def test_the_total_limit_comes_first(dialing: bool, during: str) -> None:
    waiting = pool_request(Timeout(5.0, total=3.0))
    if dialing:
        waiting.dial = asyncio.ensure_future(asyncio.get_running_loop().create_future())
    assert waiting.begin_phase(101.0, 5.0) == 103.0
    waiting.expire(103.0, opened=1, waiting=1)
    error = await told(waiting)
    assert isinstance(error, TotalTimeout)
    assert error.during == during
    assert waiting.timed_out_connecting() is None
    if waiting.dial is not None:
        waiting.dial.cancel()


async def test_who_has_left_is_told_nothing() -> None:
    waiting = pool_request(Timeout())
    waiting.future.cancel()
    waiting.fail(ConnectError(detail="late"))
    waiting.expire(1000.0, opened=1, waiting=1)
    assert waiting.future.cancelled()
    assert waiting.timed_out_connecting() is None


async def test_a_shared_error_is_a_copy_with_the_same_cause() -> None:
    cause = OSError("refused")
    shared = ConnectError(detail="refused", host="example.com")
    shared.__cause__ = cause
    one, two = pool_request(Timeout()), pool_request(Timeout())
    one.fail_with_copy(shared)
    two.fail_with_copy(shared)
    first, second = await told(one), await told(two)
    assert first is not second
    assert str(first) == str(second) == str(shared)
    assert first.__cause__ is second.__cause__ is cause


async def test_a_route_is_where_the_url_leads() -> None:
    route = pool_request(Timeout()).route
    assert (route.host, route.port, route.is_tls) == ("example.com", 443, True)
