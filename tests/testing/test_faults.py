"""Each fault raises the real error of the real client, in both versions of HTTP."""

from __future__ import annotations

import gc

import pytest

import hyperhttp
from hyperhttp import Client
from hyperhttp.testing import (
    BadChunk,
    Bomb,
    Delay,
    Fault,
    FaultyTransport,
    Garbage,
    GoAway,
    Handler,
    Hang,
    MockResponse,
    MockTransport,
    NeedsHTTP2,
    RefuseConnection,
    RefuseStream,
    Reset,
    ResetStream,
    ResponseInput,
    SlowBody,
    Truncate,
    run_virtual_time,
)
from tests import traced_memory
from tests.testing.peers import ORIGINS, error_of, fetch

BODY = b"x" * 1000
H1, H2 = (origin for origin, _ in ORIGINS)


def met(fault: Fault, origin: str) -> BaseException | None:
    """What a client raises that meets this fault on its first request."""
    mock = MockTransport(MockResponse(content=BODY))
    return run_virtual_time(error_of(FaultyTransport(mock, [fault]), f"{origin}/"))


RAISED: list[tuple[Fault, type[BaseException], type[BaseException]]] = [
    (RefuseConnection(), hyperhttp.ConnectError, hyperhttp.ConnectError),
    (Reset(), hyperhttp.ReadError, hyperhttp.ReadError),
    (Reset("head"), hyperhttp.ReadError, hyperhttp.ReadError),
    (Reset(0), hyperhttp.ReadError, hyperhttp.ReadError),
    (Reset(500), hyperhttp.ReadError, hyperhttp.ReadError),
    (Truncate("response"), hyperhttp.RemoteProtocolError, hyperhttp.ReadError),
    (Truncate("head"), hyperhttp.RemoteProtocolError, hyperhttp.ReadError),
    (Truncate(500), hyperhttp.RemoteProtocolError, hyperhttp.ReadError),
    (Hang(), hyperhttp.ReadTimeout, hyperhttp.ReadTimeout),
    (Hang("head"), hyperhttp.ReadTimeout, hyperhttp.ReadTimeout),
    (Hang(500), hyperhttp.ReadTimeout, hyperhttp.ReadTimeout),
    (Garbage(), hyperhttp.RemoteProtocolError, hyperhttp.RemoteProtocolError),
    (BadChunk(), hyperhttp.RemoteProtocolError, hyperhttp.RemoteProtocolError),
    (Delay(2.0), hyperhttp.ReadTimeout, hyperhttp.ReadTimeout),
    (SlowBody(100, 2.0), hyperhttp.ReadTimeout, hyperhttp.ReadTimeout),
]


@pytest.mark.parametrize(("fault", "by_h1", "by_h2"), RAISED, ids=[repr(row[0]) for row in RAISED])
def test_a_fault_raises_the_error_of_a_network(
    fault: Fault, by_h1: type[BaseException], by_h2: type[BaseException]
) -> None:
    assert type(met(fault, H1)) is by_h1
    assert type(met(fault, H2)) is by_h2


@pytest.mark.parametrize("origin", [H1, H2])
@pytest.mark.parametrize(
    "fault", [Delay(0.5), SlowBody(1), SlowBody(300, 0.1), Reset(1000), Hang(9999)], ids=repr
)
def test_a_slow_response_is_whole_and_so_is_one_that_is_too_short_for_its_fault(
    fault: Fault, origin: str
) -> None:
    async def main() -> bytes:
        mock = MockTransport(MockResponse(content=BODY))
        async with Client(transport=FaultyTransport(mock, [fault])) as client:
            return await fetch(client, f"{origin}/")

    assert run_virtual_time(main()) == BODY


@pytest.mark.parametrize("origin", [H1, H2])
async def test_a_reset_within_the_body_lets_just_so_much_through(origin: str) -> None:
    mock = MockTransport(MockResponse(content=[b"a" * 300, b"b" * 300]))
    async with Client(transport=FaultyTransport(mock, [Reset(450)])) as client:
        response = await client.get(f"{origin}/")
        got = b""
        with pytest.raises(hyperhttp.ReadError):
            async for piece in response.aiter_bytes():
                got += piece
    assert got == b"a" * 300 + b"b" * 150


@pytest.mark.parametrize("origin", [H1, H2])
async def test_broken_framing_follows_a_head_that_is_well(origin: str) -> None:
    async with Client(transport=MockTransport(BadChunk())) as client:
        response = await client.get(f"{origin}/")
        assert response.status_code == 200
        with pytest.raises(hyperhttp.RemoteProtocolError):
            await response.aread()


@pytest.mark.slow
@pytest.mark.parametrize("origin", [H1, H2])
async def test_a_bomb_is_refused_before_it_has_grown(origin: str) -> None:
    async with Client(transport=MockTransport(Bomb(64 << 20))) as client:
        gc.collect()
        traced_memory.start()
        with pytest.raises((hyperhttp.DecompressionError, hyperhttp.ResponseTooLarge)):
            await fetch(client, f"{origin}/")
        grown = traced_memory.get_traced_memory()[1]
        traced_memory.stop()
    assert grown < 16 << 20


async def test_a_small_bomb_is_just_a_body() -> None:
    async with Client(transport=MockTransport(Bomb(1000))) as client:
        assert await fetch(client, f"{H1}/") == bytes(1000)


@pytest.mark.parametrize("fault", [GoAway(), RefuseStream()], ids=repr)
@pytest.mark.parametrize("method", ["GET", "POST"])
async def test_what_was_not_worked_on_is_sent_again(fault: Fault, method: str) -> None:
    mock = MockTransport("well")
    async with Client(transport=FaultyTransport(mock, [fault])) as client:
        response = await client.request(method, f"{H2}/")
        assert await response.aread() == b"well"
    assert len(mock.requests) == 1


async def test_a_goaway_that_counts_the_request_is_an_error() -> None:
    mock = MockTransport("well")
    error = await error_of(FaultyTransport(mock, [GoAway(processed=True)]), f"{H2}/")
    assert isinstance(error, hyperhttp.TransportError)
    assert mock.requests == []


async def test_a_stream_that_is_reset_leaves_the_connection_alone() -> None:
    mock = MockTransport("well")
    async with Client(transport=FaultyTransport(mock, [ResetStream()])) as client:
        with pytest.raises(hyperhttp.StreamReset):
            await client.post(f"{H2}/")
        assert await fetch(client, f"{H2}/") == b"well"
        assert sum(one.idle for one in client.stats().origins.values()) == 1


@pytest.mark.parametrize("fault", [GoAway(), RefuseStream(), ResetStream()], ids=repr)
async def test_what_http_1_does_not_have_is_told(fault: Fault) -> None:
    async with Client(transport=MockTransport(fault)) as client:
        with pytest.raises(NeedsHTTP2):
            await client.get(f"{H1}/")


@pytest.mark.parametrize("origin", [H1, H2])
async def test_a_fault_as_a_response_spoils_a_short_text(origin: str) -> None:
    routes: dict[str, ResponseInput | Handler] = {
        "/a": Reset(3),
        "/b": SlowBody(2),
        "/c": RefuseConnection(),
    }
    async with Client(transport=MockTransport(routes)) as client:
        with pytest.raises(hyperhttp.ReadError):
            await fetch(client, f"{origin}/a")
        assert await fetch(client, f"{origin}/b") == b"spoiled by a fault"
        with pytest.raises(hyperhttp.ConnectError):
            await fetch(client, f"{origin}/c")
