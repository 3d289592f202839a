"""Whatever happens to its calls, a client reports every start and end, once, and in order."""

from __future__ import annotations

import asyncio
import warnings
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hyperhttp
from hyperhttp import Client, HyperHTTPError, RetryPolicy, Timeout
from hyperhttp.testing import (
    BadChunk,
    Delay,
    FaultyTransport,
    Garbage,
    GoAway,
    Hang,
    MockResponse,
    MockTransport,
    RefuseConnection,
    Reset,
    ResetStream,
    SlowBody,
    Truncate,
    run_virtual_time,
)
from tests.client.event_log import EventLog, pass_time
from tests.client.meddler import Meddler, Moment
from tests.client.scenarios import SCENARIOS, WIRES, Caller, serving
from tests.servers.certificates import Certificates, server_context
from tests.servers.proxy import LoopProxy

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from hyperhttp.testing import Fault, MockRequest

FAULTS: list[Fault | None] = [
    None,
    BadChunk(),
    Delay(1.0),
    Garbage(),
    Hang(),
    RefuseConnection(),
    Reset(),
    SlowBody(every_s=0.001, size=100),
    Truncate(at=50),
]
H2_FAULTS: list[Fault | None] = [GoAway(), ResetStream()]
PATHS = ("/", "/away", "/large", "/503")
ENDS = ("read", "close", "iterate", "drop", "cancel", "ignore")


@dataclass(frozen=True)
class Plan:
    """What happens to the calls of one client."""

    http2: bool
    faults: Sequence[Fault | None]
    paths: Sequence[str]
    ends: Sequence[str]
    cancel_s: float
    retries: bool
    connections: int


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """Draw a plan."""
    http2 = draw(st.booleans())
    faults = FAULTS + H2_FAULTS if http2 else FAULTS
    size = draw(st.integers(1, 5))
    return Plan(
        http2,
        draw(st.lists(st.sampled_from(faults), max_size=8)),
        draw(st.lists(st.sampled_from(PATHS), min_size=size, max_size=size)),
        draw(st.lists(st.sampled_from(ENDS), min_size=size, max_size=size)),
        draw(st.sampled_from((0.0, 0.001, 0.3, 2.0))),
        draw(st.booleans()),
        draw(st.sampled_from((1, 2, 10))),
    )


def reply(request: MockRequest) -> MockResponse:
    """Respond as the path asks for."""
    match request.url.path:
        case "/away":
            return MockResponse(307, headers={"Location": "https://b.example.com/large"})
        case "/large":
            return MockResponse(200, content=b"x" * 300_000)
        case "/503":
            return MockResponse(503)
        case _:
            return MockResponse(200, content=b"hello")


async def pieces() -> AsyncIterator[bytes]:
    for _ in range(3):
        yield b"piece"
        await pass_time(0.01)


async def call(client: Client, path: str, end: str, cancel_s: float) -> None:
    """Make one call, and end it in the given way."""
    url = f"https://example.com{path}"
    if end == "cancel":
        task = asyncio.ensure_future(client.put(url, content=pieces()))
        await pass_time(cancel_s)
        task.cancel()
        with suppress(asyncio.CancelledError):
            response = await task
            await response.aclose()
        return
    response = await client.get(url)
    match end:
        case "read":
            await response.aread()
        case "close":
            await response.aclose()
        case "iterate":
            async with response:
                async for _ in response.aiter_bytes():
                    break
        case "drop":
            del response
        case _:
            await pass_time(1.0)


async def run(plan: Plan, log: EventLog) -> None:
    transport = FaultyTransport(MockTransport(reply, http2=plan.http2), plan.faults)
    async with Client(
        on_event=log,
        transport=transport,
        timeout=Timeout(5.0, total=20.0),
        retry=RetryPolicy(max_retries=2) if plan.retries else None,
        follow_redirects=True,
        max_connections=plan.connections,
    ) as client:
        calls = [
            call(client, path, end, plan.cancel_s)
            for path, end in zip(plan.paths, plan.ends, strict=True)
        ]
        for result in await asyncio.gather(*calls, return_exceptions=True):
            assert result is None or isinstance(result, HyperHTTPError), result


@pytest.mark.slow
@given(plans())
def test_every_start_has_one_end(plan: Plan) -> None:
    log = EventLog()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # of the responses that are dropped
        run_virtual_time(run(plan, log))
        log.check()


@pytest.mark.parametrize("wire", WIRES)
@pytest.mark.parametrize("moment", Moment)
@pytest.mark.parametrize("name", SCENARIOS)
async def test_scenarios_that_are_cancelled_have_their_ends(
    name: str, moment: Moment, wire: str, certificates: Certificates
) -> None:
    async with serving(wire, certificates) as server:
        for at in range(1, 12):
            log = EventLog()
            async with Client(
                on_event=log,
                verify=certificates.ca,
                http2="prior-knowledge" if wire == "h2 cleartext" else True,
            ) as client:
                work = SCENARIOS[name](Caller(client, server))
                meddler = Meddler(work, at, moment)

                async def meddle(meddler: Meddler = meddler) -> None:
                    await meddler

                task = asyncio.ensure_future(meddle())
                await asyncio.wait([task])
                assert task.cancelled() or task.exception() is None
            log.check()
            if not meddler.struck:
                break


@pytest.mark.parametrize("kind", ["http", "https", "socks5h"])
@pytest.mark.parametrize("wire", ["cleartext", "tls", "h2 tls"])
async def test_proxies_have_their_phases(kind: str, wire: str, certificates: Certificates) -> None:
    log = EventLog()
    context = server_context(certificates.good) if kind == "https" else None
    async with serving(wire, certificates) as server, LoopProxy(tls=context) as proxy:
        async with Client(on_event=log, verify=certificates.ca, proxy=proxy.url(kind)) as client:
            for path in ("/plain", "/slow"):
                await (await client.get(server.url(path, host="localhost"))).aread()
    log.check()
    is_forwarded = kind != "socks5h" and wire == "cleartext"
    assert len(log.of(hyperhttp.TunnelEstablished)) == (0 if is_forwarded else 1)
    assert all("localhost" in one.proxy for one in log.of(hyperhttp.TunnelEstablished))
    assert len(log.of(hyperhttp.TLSReady)) == (wire != "cleartext" or kind == "https")
