"""Retries in the pipeline: which requests, what each attempt reports, and what is waited for."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar

import pytest

import hyperhttp
from hyperhttp import Backoff, Client, ClientConfig, RetryPolicy, RetryScheduled, Timeout
from hyperhttp._client.middleware import Hooks
from hyperhttp._client.pipeline import Pipeline
from hyperhttp.testing import MockRequest, MockResponse, MockTransport, run_virtual_time
from tests.clock import StoppedLoop, later, run_stopped, until

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Mapping

    from hyperhttp import Endpoint, Event

P = TypeVar("P", bound="asyncio.BaseProtocol")
URL = "http://example.com/"
AT_ONCE = RetryPolicy(max_retries=3, backoff=Backoff(initial=0.001, maximum=0.001))
RETRIES = ClientConfig(retry=AT_ONCE)


@pytest.mark.parametrize(
    ("config", "options", "expected"),
    [
        (ClientConfig(), {}, False),
        (ClientConfig(), {"timeout": 3.0}, False),
        (ClientConfig(), {"auth": None, "retry": None, "follow_redirects": False}, False),
        (ClientConfig(), {"auth": ("a", "b")}, True),
        (ClientConfig(), {"follow_redirects": True}, True),
        (ClientConfig(), {"retry": True}, True),
        (RETRIES, {}, True),
        (RETRIES, {"timeout": 3.0}, True),
        (RETRIES, {"retry": None}, True),
    ],
)
def test_the_pipeline_concerns_requests_that_a_policy_may_apply_to(
    config: ClientConfig, options: Mapping[str, object], expected: bool
) -> None:
    pipeline = Pipeline(config, auth=None, hooks=Hooks(), middleware=())
    request = Client().build_request("GET", URL, **options)  # type: ignore[arg-type]
    assert pipeline.concerns(request) is expected


async def late(*pieces: bytes) -> AsyncIterator[bytes]:
    """Send the first piece at once, and each other one after 0.1 s."""
    for number, piece in enumerate(pieces):
        if number:
            await later(0.1)
        yield piece


@pytest.mark.parametrize("url", [URL, "https://example.com/"], ids=["HTTP/1.1", "HTTP/2"])
@pytest.mark.parametrize(
    ("statuses", "waits"),
    [
        ((200,), False),
        ((503, 200), False),
        ((503, 399), False),
        ((503, 400), True),
        ((503, 404), True),
        ((503, 502, 404), True),
        ((503, 503, 503, 503), True),
    ],
    ids=str,
)
def test_the_body_of_the_last_error_is_waited_for_after_retries(
    url: str, statuses: tuple[int, ...], waits: bool
) -> None:
    left = list(statuses)
    asked_at: list[float] = []

    def respond(_: MockRequest) -> MockResponse:
        asked_at.append(asyncio.get_running_loop().time())
        return MockResponse(left.pop(0), content=late(b"no ", b"luck"))

    async def main() -> None:
        async with Client(transport=MockTransport(respond), retry=AT_ONCE) as client:
            response = await client.get(url)
            assert response.status_code == statuses[-1]
            assert len(response.attempts) == len(statuses)
            waited_s = asyncio.get_running_loop().time() - asked_at[-1]
            assert (waited_s >= 0.1) is waits
            assert await response.aread() == b"no luck"

    run_virtual_time(main())
    assert left == []


@pytest.mark.parametrize("url", [URL, "https://example.com/"], ids=["HTTP/1.1", "HTTP/2"])
@pytest.mark.parametrize(
    ("status", "waits"), [(200, False), (399, False), (400, True), (404, True), (500, True)]
)
@pytest.mark.parametrize("streams", [False, True])
def test_the_body_of_an_error_is_waited_for_unless_the_call_streams(
    url: str, status: int, waits: bool, streams: bool
) -> None:
    async def main() -> None:
        transport = MockTransport(lambda _: MockResponse(status, content=late(b"no ", b"luck")))
        async with Client(transport=transport) as client:
            loop = asyncio.get_running_loop()
            started = loop.time()
            if streams:
                async with client.stream("GET", url) as response:
                    assert loop.time() - started < 0.1
            else:
                response = await client.get(url)
                assert (loop.time() - started >= 0.1) is waits
                await response.aclose()
            assert response.status_code == status

    run_virtual_time(main())


def test_each_retry_is_reported_with_its_own_reason() -> None:
    reasons: list[str] = []

    def note(event: Event) -> None:
        if isinstance(event, RetryScheduled):
            reasons.append(event.reason)

    async def main() -> None:
        transport = MockTransport(lambda _: MockResponse(503))
        async with Client(transport=transport, retry=AT_ONCE, on_event=note) as client:
            await client.get(URL)

    run_virtual_time(main())
    assert [reason.split(" in ")[0] for reason in reasons] == [
        f"503, retry {number} of 3" for number in (1, 2, 3)
    ]


def test_attempts_last_as_long_as_they_do() -> None:
    async def main(loop: StoppedLoop) -> None:
        def respond(_: MockRequest) -> MockResponse:
            loop.now += 2.5 * loop.now
            return MockResponse(503)

        transport = MockTransport(respond)
        policy = RetryPolicy(max_retries=0)
        async with Client(transport=transport, retry=policy, timeout=None) as client:
            started = loop.now
            response = await client.get(URL)
            assert response.attempts[-1].elapsed_s == 2.5 * started
            assert response.elapsed == 2.5 * started

    run_stopped(main)


class Refusing:
    """Takes its time to refuse each connection."""

    def __init__(self, loop: StoppedLoop) -> None:
        self.loop = loop
        self.dials = 0

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        self.dials += 1
        self.loop.now += 2.5 * self.loop.now
        raise ConnectionRefusedError("no")

    async def aclose(self) -> None:
        """Nothing of it stays open."""


def test_a_retry_after_an_error_has_the_time_that_is_left_in_total() -> None:
    async def main(loop: StoppedLoop) -> None:
        transport = Refusing(loop)
        policy = RetryPolicy(max_retries=1, backoff=Backoff(initial=100.0, maximum=100.0))
        limits = Timeout(None, total=10_000.0)
        async with Client(transport=transport, retry=policy, timeout=limits) as client:
            started = loop.now
            task = asyncio.ensure_future(client.get(URL))
            await until(lambda: transport.dials == 1)
            for _ in range(20):
                await asyncio.sleep(0)
            assert not task.done()
            loop.now += 100.0
            with pytest.raises(hyperhttp.ConnectError) as caught:
                await task
            assert transport.dials == 2
            assert caught.value.attempts[0].elapsed_s == 2.5 * started

    run_stopped(main)
