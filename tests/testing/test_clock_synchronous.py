"""Virtual time for synchronous clients."""

from __future__ import annotations

import time

import pytest

import hyperhttp
from hyperhttp import MockResponse, MockTransport, SyncClient
from hyperhttp.testing import virtual_time

URL = "https://example.com/"


def test_delays_and_timeouts_take_no_time() -> None:
    started = time.monotonic()
    policy = hyperhttp.RetryPolicy(backoff=hyperhttp.Backoff(initial=60.0, maximum=60.0))
    replies = MockTransport([MockResponse(503), "good"])
    with virtual_time(), SyncClient(transport=replies, retry=policy, timeout=None) as client:
        assert client.get(URL).text == "good"
    slow = MockTransport(MockResponse(content=b"late", delay_s=30.0))
    with virtual_time(), SyncClient(transport=slow, timeout=10.0) as client:
        with pytest.raises(hyperhttp.ReadTimeout):
            client.get(URL)
    assert time.monotonic() - started < 20


def test_a_client_that_is_created_outside_uses_real_time() -> None:
    outside = SyncClient(transport=MockTransport("x"))
    with virtual_time(), outside as client:
        assert client.get(URL).text == "x"
        loop = client._driver._loop
        assert not isinstance(loop, hyperhttp.testing.VirtualTimeLoop)
