"""Events of connections: when they open and close, and why."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import Client, ConnectionClosed, ConnectionOpened
from hyperhttp.testing import MockResponse, MockTransport, Reset, run_virtual_time
from tests.client.event_log import EventLog, pass_time
from tests.clock import TurnedLoop, run_turned, until
from tests.servers.raw_h2 import H2Peer, RawH2Server

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


@pytest.mark.parametrize(
    ("options", "reason"),
    [
        ({"keepalive_expiry": 5.0}, "closed by the server"),
        ({"max_connection_age": 60.0}, "expired"),
    ],
)
def test_only_an_old_connection_expires_while_it_is_in_use(
    options: dict[str, float], reason: str
) -> None:
    log, turned = EventLog(), asyncio.Event()

    async def script(peer: H2Peer) -> None:
        await peer.handshake()
        stream, fields = await peer.request()
        await peer.headers(stream, [(":status", "200")])
        if dict(fields)[":path"] == "/long":
            await turned.wait()
            peer.eof()
        else:
            await peer.data(stream, b"other", end=True)

    async def main(loop: TurnedLoop) -> None:
        async with (
            RawH2Server(script) as server,
            Client(http2="prior-knowledge", on_event=log, timeout=None, **options) as client,  # type: ignore[arg-type]  # by the case
        ):
            long = await client.get(server.url("/long"))
            loop.turn(61)
            if reason == "expired":
                await (await client.get(server.url("/other"))).aread()
            turned.set()
            with pytest.raises(hyperhttp.ReadError):
                await long.aread()
            await until(lambda: bool(log.of(ConnectionClosed)))

    run_turned(main)
    assert log.of(ConnectionClosed)[0].reason == reason
