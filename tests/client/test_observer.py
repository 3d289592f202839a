"""Events of calls: their order, retries, redirects, errors of the function, every kind of end."""

from __future__ import annotations

import asyncio
import gc
import logging
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import (
    AttemptFailed,
    AttemptStarted,
    BodyEnded,
    BreakerChanged,
    CallEnded,
    CallStarted,
    Client,
    Redirected,
    RetryScheduled,
    SyncClient,
)
from hyperhttp.testing import Hang, MockTransport, Reset, ResetStream, Truncate, run_virtual_time
from tests.client.event_log import EventLog
from tests.clock import until

if TYPE_CHECKING:
    from hyperhttp import Event, Request, Response, Send

URL = "https://example.com/page"
LOOSE: Callable[..., Client] = Client
PLAIN = [
    "CallStarted",
    "AttemptStarted",
    "PoolWaited",
    "RequestSent",
    "ResponseStarted",
    "BodyEnded",
    "CallEnded",
]


@pytest.mark.parametrize("http2", [False, True])
async def test_a_call_is_reported_from_its_start_to_its_end(http2: bool) -> None:
    log = EventLog()
    async with Client(on_event=log, transport=MockTransport("hello", http2=http2)) as client:
        await (await client.get(URL)).aread()
        log.events.clear()
        response = await client.get(f"{URL}?a=1")
        await response.aread()
        assert log.names == PLAIN
        log.check(is_closed=False)
        start, end = log.of(CallStarted)[0], log.of(CallEnded)[0]
        assert str(start.request.url) == f"{URL}?a=1"
        assert end.request is start.request
        assert (end.status_code, end.error, end.attempt) == (200, None, 1)
        assert end.origin == start.origin == "https://example.com"
        assert end.duration_s >= 0.0
        (body,) = log.of(BodyEnded)
        assert (body.complete, body.decoded_bytes) == (True, 5)
        assert body.wire_bytes > 5


async def test_redirects_and_retries_are_attempts_of_one_call() -> None:
    moved = hyperhttp.testing.MockResponse(302, headers={"Location": "https://b.example.com/x"})
    log = EventLog()
    transport = MockTransport([moved, 503, ResetStream(), 200])
    policy = hyperhttp.RetryPolicy(max_retries=3)
    async with Client(
        on_event=log, transport=transport, follow_redirects=True, retry=policy
    ) as client:
        await (await client.get(URL)).aread()
    log.check()
    assert [one.attempt for one in log.of(AttemptStarted)] == [1, 2, 3, 4]
    assert [one.hop for one in log.of(AttemptStarted)] == [0, 1, 0, 0]
    (redirected,) = log.of(Redirected)
    assert (redirected.status_code, redirected.target_origin) == (302, "https://b.example.com")
    assert redirected.origin == "https://example.com"
    first, second = log.of(RetryScheduled)
    assert (first.attempt, second.attempt) == (2, 3)
    assert first.delay_s > 0
    assert "503" in first.reason
    (failed,) = log.of(AttemptFailed)
    assert isinstance(failed.error, hyperhttp.StreamReset)
    (end,) = log.of(CallEnded)
    assert (end.attempt, end.status_code) == (4, 200)


async def test_a_replay_on_a_fresh_connection_is_an_attempt_of_its_own() -> None:
    log = EventLog()
    async with Client(on_event=log, transport=MockTransport([200, Reset(), 200])) as client:
        await (await client.get("http://example.com/")).aread()
        await (await client.get("http://example.com/")).aread()
    log.check()
    assert [one.attempt for one in log.of(AttemptStarted)] == [1, 1, 2]
    (failed,) = log.of(AttemptFailed)
    assert isinstance(failed.error, hyperhttp.ReadError)


async def test_a_call_that_is_refused_before_it_is_sent_has_one_failed_attempt() -> None:
    log = EventLog()
    async with Client(on_event=log, transport=MockTransport(200), https_only=True) as client:
        with pytest.raises(hyperhttp.LocalProtocolError) as caught:
            await client.get("http://example.com/")
    log.check()
    assert log.names == ["CallStarted", "AttemptStarted", "AttemptFailed", "CallEnded"]
    assert log.of(CallEnded)[0].error is caught.value


async def test_a_broken_body_is_the_error_of_its_call() -> None:
    log = EventLog()
    async with Client(on_event=log, transport=MockTransport(Truncate(at=2))) as client:
        response = await client.get(URL)
        with pytest.raises(hyperhttp.HyperHTTPError) as caught:
            await response.aread()
    log.check()
    (body,), (end,) = log.of(BodyEnded), log.of(CallEnded)
    assert not body.complete
    assert body.body_bytes == body.decoded_bytes == 2
    assert body.error is end.error
    assert type(end.error) is type(caught.value)
    assert end.status_code == 200


def slow_body() -> MockTransport:
    async def pieces(_: object) -> hyperhttp.testing.MockResponse:
        return hyperhttp.testing.MockResponse(200, content=b"x" * 3_000_000)

    return MockTransport(pieces)


async def test_a_response_that_is_closed_early_ends_its_call() -> None:
    log = EventLog()
    async with Client(on_event=log, transport=slow_body()) as client:
        async with client.stream("GET", URL) as response:
            assert log.names[-1] == "ResponseStarted"
            assert response.timings.wait_s is not None
            await response.aclose()
        assert log.names[-2:] == ["BodyEnded", "CallEnded"]
    log.check()
    assert (log.of(BodyEnded)[0].complete, log.of(BodyEnded)[0].error) == (False, None)
    assert log.of(CallEnded)[0].error is None


async def test_headers_are_reported_before_the_body_is_read_through_the_pipeline_too() -> None:
    log = EventLog()
    async with Client(on_event=log, transport=slow_body(), retry=True) as client:
        async with client.stream("GET", URL):
            assert log.names[-1] == "ResponseStarted"
    log.check()


async def test_a_response_that_is_dropped_ends_its_call() -> None:
    log = EventLog()
    async with Client(on_event=log, transport=slow_body()) as client:
        response = await client.get(URL)
        dropped = [response]
        del response
        with pytest.warns(ResourceWarning, match="dropped"):
            dropped.clear()
        gc.collect()
        assert log.names[-2:] == ["BodyEnded", "CallEnded"]
    log.check()


async def test_closing_the_client_ends_what_runs() -> None:
    log = EventLog()
    client = Client(on_event=log, transport=MockTransport(Hang()), max_connections=1)
    calls = [asyncio.ensure_future(client.get(URL)) for _ in range(2)]
    await until(lambda: "RequestSent" in log.names)
    await client.aclose()
    done = await asyncio.gather(*calls, return_exceptions=True)
    assert [type(one) for one in done] == [hyperhttp.ClientClosed] * 2
    log.check()
    assert {type(one.error) for one in log.of(CallEnded)} == {hyperhttp.ClientClosed}


async def test_a_cancelled_call_has_its_ends() -> None:
    log = EventLog()
    async with Client(on_event=log, transport=MockTransport(Hang())) as client:
        call = asyncio.ensure_future(client.get(URL))
        await until(lambda: "RequestSent" in log.names)
        call.cancel()
        with pytest.raises(asyncio.CancelledError):
            await call
    log.check()
    assert isinstance(log.of(AttemptFailed)[0].error, asyncio.CancelledError)
    assert isinstance(log.of(CallEnded)[0].error, asyncio.CancelledError)


async def test_a_response_of_middleware_has_a_call_without_attempts() -> None:
    async def respond(request: Request, send: Send) -> Response:
        return hyperhttp.Response.create(request, 299)

    log = EventLog()
    async with Client(on_event=log, transport=MockTransport(), middleware=[respond]) as client:
        await client.get(URL)
    assert log.names == ["CallStarted", "CallEnded"]
    assert (log.of(CallEnded)[0].status_code, log.of(CallEnded)[0].attempt) == (299, 0)


@pytest.mark.parametrize("retry", [False, True])
async def test_an_error_of_the_function_is_logged_once(
    retry: bool, caplog: pytest.LogCaptureFixture
) -> None:
    log = EventLog()

    def fails(event: Event) -> None:
        log(event)
        raise ValueError("mine")

    with caplog.at_level(logging.ERROR, "hyperhttp"):
        async with Client(on_event=fails, transport=MockTransport("hello"), retry=retry) as client:
            for _ in range(3):
                assert await (await client.get(URL)).aread() == b"hello"
    log.check()
    assert len(set(log.names)) >= 7
    (record,) = caplog.records
    assert (record.name, record.levelname) == ("hyperhttp", "ERROR")
    assert "on_event" in record.message


async def test_breakers_report_their_changes() -> None:
    log = EventLog()
    breaker = hyperhttp.CircuitBreakerPolicy(failure_threshold=1)
    async with Client(
        on_event=log, transport=MockTransport(500), circuit_breaker=breaker
    ) as client:
        await (await client.get(URL)).aread()
        with pytest.raises(hyperhttp.CircuitBreakerOpen):
            await client.get(URL)
    log.check()
    (change,) = log.of(BreakerChanged)
    assert (change.before, change.after) == ("closed", "open")
    assert change.origin == "https://example.com"
    assert log.of(CallEnded)[1].attempt == 0


def test_waiting_is_in_the_times() -> None:
    log = EventLog()

    async def main() -> None:
        async with Client(on_event=log, transport=MockTransport([503, 200]), retry=True) as client:
            await (await client.get(URL)).aread()

    run_virtual_time(main())
    log.check()
    (retry,) = log.of(RetryScheduled)
    first, second = log.of(AttemptStarted)
    assert second.time - retry.time == pytest.approx(retry.delay_s, abs=0.05)
    assert first.time <= retry.time


def test_a_synchronous_client_reports_the_same() -> None:
    log = EventLog()
    with SyncClient(on_event=log, transport=MockTransport("hello")) as client:
        response = client.get(URL)
        assert response.read() == b"hello"
        assert response.timings.total_s is not None
    log.check()
    assert log.names[0] == "CallStarted"
    assert "CallEnded" in log.names


async def test_none_is_no_function() -> None:
    async with Client(on_event=None, transport=MockTransport(200)) as client:
        response = await client.get(URL)
        await response.aread()
        assert response.timings == hyperhttp.Timings()


@pytest.mark.parametrize("wrong", [5, "print", [print]])
def test_what_is_no_function_is_refused(wrong: object) -> None:
    with pytest.raises(hyperhttp.ConfigError, match="on_event"):
        LOOSE(on_event=wrong)
