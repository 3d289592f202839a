"""Metrics of connections: each one is counted as idle or active until it's closed."""

from __future__ import annotations

import asyncio
from collections import Counter
from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import pytest

import hyperhttp
from hyperhttp import Client, ConnectionClosed, PoolWaited
from hyperhttp._client.connection_metrics import ConnectionMetrics
from hyperhttp.testing import Hang, MockResponse, MockTransport, Reset
from tests.clock import until

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hyperhttp._base.facts import AttemptFacts

URL = "https://example.com/"


class Meter:
    """Both instruments, and the handler of the events."""

    def __init__(self) -> None:
        self.counts = Counter[str]()
        self.durations: list[float] = []
        self.attributes: list[Mapping[str, str | int]] = []
        self.metrics = ConnectionMetrics(self, self)

    def __call__(self, event: hyperhttp.Event) -> None:
        self.metrics.note(event)

    def add(self, amount: int, attributes: Mapping[str, str | int], /) -> None:
        self.counts[str(attributes["http.connection.state"])] += amount
        self.attributes.append(attributes)
        assert min(self.counts.values()) >= 0

    def record(self, amount: float, attributes: Mapping[str, str | int], /) -> None:
        self.durations.append(amount)
        self.attributes.append(attributes)

    @property
    def now(self) -> tuple[int, int]:
        """How many connections are active and idle."""
        return self.counts["active"], self.counts["idle"]


@pytest.mark.parametrize("http2", [False, True])
async def test_a_connection_is_active_while_a_response_is_open(http2: bool) -> None:
    meter = Meter()
    transport = MockTransport(MockResponse(200, content=b"x" * 3_000_000), http2=http2)
    async with Client(on_event=meter, transport=transport) as client:
        for _ in range(2):
            async with client.stream("GET", URL) as response:
                assert meter.now == (1, 0)
                await response.aread()
                assert meter.now == (0, 1)
    assert meter.now == (0, 0)
    assert len(meter.durations) == 1
    assert meter.attributes[-1] == {
        "server.address": "example.com",
        "server.port": 443,
        "url.scheme": "https",
        "network.protocol.version": "2" if http2 else "1.1",
    }


async def test_requests_that_share_a_connection_are_one_active_connection() -> None:
    meter = Meter()
    async with Client(on_event=meter, transport=MockTransport(Hang(), http2=True)) as client:
        calls = [asyncio.ensure_future(client.get(URL)) for _ in range(3)]
        await until(lambda: client.stats().streams == 3)
        assert meter.now == (1, 0)
        for call in calls:
            call.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        assert meter.now == (0, 1)
    assert meter.now == (0, 0)


async def test_failed_connections_are_no_longer_counted() -> None:
    meter = Meter()
    transport = MockTransport([200, Reset(), Reset()], http2=False)
    async with Client(on_event=meter, transport=transport) as client:
        await (await client.get(URL)).aread()
        with pytest.raises(hyperhttp.ReadError):
            await client.post(URL)
        await until(lambda: meter.now == (0, 0))
    assert meter.durations


def test_connections_that_were_opened_before_are_ignored() -> None:
    meter = Meter()
    waited = PoolWaited()
    waited._record = cast("AttemptFacts", SimpleNamespace(call_id=1, number=1, connection_id=7))
    meter(waited)
    meter(ConnectionClosed(7, "https://example.com", 1.0, 3.0, "expired", 1))
    assert meter.attributes == []
