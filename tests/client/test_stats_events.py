"""`client.stats()` and the events count the same connections, whatever happens to the calls."""

from __future__ import annotations

import asyncio
from collections import Counter
from contextlib import suppress
from typing import TYPE_CHECKING, TypeAlias

import pytest

import hyperhttp
from hyperhttp import (
    AttemptFailed,
    BodyEnded,
    Client,
    ConnectionClosed,
    ConnectionOpened,
    PoolWaited,
    Timeout,
)
from hyperhttp.testing import FaultyTransport, MockResponse, MockTransport
from tests.client.scenarios import WIRES, Caller, serving
from tests.client.test_events_property import FAULTS, H2_FAULTS
from tests.clock import until

if TYPE_CHECKING:
    from hyperhttp import Event
    from hyperhttp.testing import Fault, MockRequest
    from tests.servers.certificates import Certificates

Counts: TypeAlias = "dict[str, tuple[int, int, int]]"
"""Idle and active connections, and running requests of HTTP/2, by origin."""


class CountedEvents:
    """Counts connections from their events alone."""

    def __init__(self) -> None:
        self._open: dict[int, ConnectionOpened] = {}
        self._attempts: dict[tuple[int, int], int] = {}

    def __call__(self, event: Event) -> None:
        match event:
            case ConnectionOpened():
                self._open[event.connection_id] = event
            case ConnectionClosed():
                del self._open[event.connection_id]
            case PoolWaited(connection_id=int(number)):
                self._attempts[event.call_id, event.attempt] = number
            case BodyEnded() | AttemptFailed():
                self._attempts.pop((event.call_id, event.attempt), None)
            case _:
                pass

    def counts(self) -> Counts:
        used = Counter(one for one in self._attempts.values() if one in self._open)
        found: Counts = {}
        for number, opened in self._open.items():
            idle, active, streams = found.get(opened.origin, (0, 0, 0))
            running = used[number]
            is_h2 = opened.http_version == "HTTP/2"
            now = (idle + (not running), active + bool(running), streams + is_h2 * running)
            found[opened.origin] = now
        return found


def stated(client: Client) -> Counts:
    """The same from `client.stats()`."""
    origins = client.stats().origins
    found = {name: (one.idle, one.active, one.streams) for name, one in origins.items()}
    return {name: counts for name, counts in found.items() if any(counts)}


def reply(request: MockRequest) -> MockResponse:
    """Respond as the path asks for."""
    if request.url.path == "/away":
        return MockResponse(307, headers={"Location": "https://b.example.com/large"})
    return MockResponse(200, content=b"x" * (300_000 if request.url.path == "/large" else 5))


async def use(client: Client, path: str) -> None:
    with suppress(hyperhttp.HyperHTTPError):
        response = await client.get(f"https://example.com{path}")
        await response.aread()


@pytest.mark.parametrize("fault", [*FAULTS, *H2_FAULTS], ids=repr)
@pytest.mark.parametrize("http2", [False, True])
async def test_counts_agree_after_faults_and_redirects(http2: bool, fault: Fault | None) -> None:
    if fault in H2_FAULTS and not http2:
        return
    events = CountedEvents()
    transport = FaultyTransport(MockTransport(reply, http2=http2), [None, fault, None, fault])
    async with Client(
        on_event=events,
        transport=transport,
        follow_redirects=True,
        retry=True,
        timeout=Timeout(0.01, total=5.0),
    ) as client:
        for path in ("/", "/away", "/large", "/"):
            await use(client, path)
            await until(lambda: stated(client) == events.counts())
        await asyncio.gather(*(use(client, path) for path in ("/", "/away", "/large")))
        await until(lambda: stated(client) == events.counts())
    assert stated(client) == events.counts() == {}


@pytest.mark.parametrize("http2", [False, True])
async def test_counts_agree_while_responses_are_open(http2: bool) -> None:
    events = CountedEvents()
    transport = MockTransport(MockResponse(200, content=b"x" * 3_000_000), http2=http2)
    async with Client(on_event=events, transport=transport) as client:
        for path in ("/1", "/2"):
            async with client.stream("GET", f"https://example.com{path}"):
                async with client.stream("GET", "https://example.com/3") as response:
                    assert stated(client) == events.counts()
                    assert sum(events.counts()["https://example.com"][1:]) == (3 if http2 else 2)
                    await response.aread()
                assert stated(client) == events.counts()
            await until(lambda: stated(client) == events.counts())
    assert stated(client) == events.counts() == {}


@pytest.mark.parametrize("wire", WIRES)
async def test_counts_agree_on_sockets(wire: str, certificates: Certificates) -> None:
    events = CountedEvents()
    http2 = "prior-knowledge" if wire == "h2 cleartext" else True
    async with (
        serving(wire, certificates) as server,
        Client(on_event=events, verify=certificates.ca, http2=http2) as client,  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]
    ):
        caller = Caller(client, server)
        for call in (caller.plain, caller.upload, caller.error_with_body, caller.large_upload):
            await call()
            await until(lambda: stated(client) == events.counts())
        assert events.counts()
    assert stated(client) == events.counts() == {}
