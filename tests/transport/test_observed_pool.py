"""Events of connections: when they open and close, and why."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import hyperhttp
from hyperhttp import Client, ConnectionClosed, ConnectionOpened
from hyperhttp.testing import MockResponse, MockTransport, Reset, run_virtual_time
from tests.client.event_log import EventLog, pass_time
from tests.clock import until

if TYPE_CHECKING:
    from hyperhttp.testing import MockInput

URL = "http://example.com/"


async def closed_after(replies: MockInput) -> ConnectionClosed:
    log = EventLog()
    client = Client(on_event=log, transport=MockTransport(replies))
    with suppress(hyperhttp.HyperHTTPError):
        await (await client.get(URL)).aread()
    await until(lambda: bool(log.of(ConnectionClosed)))
    found = log.of(ConnectionClosed)
    await client.aclose()
    log.check()
    return found[0]


async def test_a_connection_reports_its_opening_and_its_end() -> None:
    log = EventLog()
    async with Client(on_event=log, transport=MockTransport(200)) as client:
        for _ in range(3):
            await (await client.get(URL)).aread()
    log.check()
    (opened,), (closed,) = log.of(ConnectionOpened), log.of(ConnectionClosed)
    assert opened.origin == closed.origin == "http://example.com"
    assert opened.peer is None
    assert (closed.reason, closed.requests) == ("client closed", 3)
    assert closed.started == opened.ended
    assert closed.duration_s >= 0.0


async def test_a_server_that_wants_no_other_request_is_the_reason() -> None:
    closed = await closed_after(MockResponse(200, headers={"Connection": "close"}))
    assert (closed.reason, closed.requests) == ("not reusable", 1)


async def test_an_error_is_the_reason() -> None:
    closed = await closed_after([Reset(), Reset()])
    assert closed.reason == "failed"


async def test_a_response_that_is_given_up_is_the_reason() -> None:
    log = EventLog()
    transport = MockTransport(MockResponse(200, content=b"x" * 3_000_000))
    async with Client(on_event=log, transport=transport) as client:
        async with client.stream("GET", URL):
            pass
    log.check()
    assert log.of(ConnectionClosed)[0].reason == "abandoned"


def test_a_connection_that_is_idle_for_too_long_has_expired() -> None:
    log = EventLog()

    async def main() -> None:
        async with Client(
            on_event=log, transport=MockTransport(200), keepalive_expiry=5.0
        ) as client:
            await (await client.get(URL)).aread()
            await pass_time(10.0)
            (closed,) = log.of(ConnectionClosed)
            assert closed.reason == "expired"
            assert closed.duration_s >= 5.0

    run_virtual_time(main())
    log.check()


async def test_a_server_that_keeps_no_idle_connection_has_it_expire_at_once() -> None:
    closed = await closed_after(MockResponse(200, headers={"Keep-Alive": "timeout=0"}))
    assert closed.reason == "expired"
