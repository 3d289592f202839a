"""Events of attempts on real sockets: each phase, its attributes, and bodies of every kind."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

import hyperhttp
from hyperhttp import (
    AttemptFailed,
    BodyEnded,
    CallEnded,
    Client,
    Connected,
    NameResolved,
    PoolWaited,
    RequestSent,
    ResponseStarted,
    TLSReady,
)
from tests.client.event_log import EventLog
from tests.client.scenarios import WIRES, Caller, serving
from tests.servers.raw import Peer, RawServer
from tests.servers.sockets import listening, port_of

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from hyperhttp import Event
    from tests.servers.certificates import Certificates


def client_of(wire: str, certificates: Certificates, log: EventLog) -> Client:
    http2 = "prior-knowledge" if wire == "h2 cleartext" else True
    return Client(on_event=log, verify=certificates.ca, http2=http2)  # type: ignore[arg-type]  # pyright: ignore[reportArgumentType]


@pytest.mark.parametrize("wire", WIRES)
async def test_a_new_connection_has_all_phases_in_order(
    wire: str, certificates: Certificates
) -> None:
    log = EventLog()
    async with serving(wire, certificates) as server:
        async with client_of(wire, certificates, log) as client:
            await Caller(client, server).plain()
        phases = ["PoolWaited", "NameResolved", "Connected"]
        phases += ["TLSReady"] if "tls" in wire else []
        assert log.names == [
            "CallStarted",
            "AttemptStarted",
            "ConnectionOpened",
            *phases,
            "RequestSent",
            "ResponseStarted",
            "BodyEnded",
            "CallEnded",
            "ConnectionClosed",
        ]
        log.check()
        (resolved,), (connected,) = log.of(NameResolved), log.of(Connected)
        assert "127.0.0.1" in resolved.addresses
        assert connected.peer == f"127.0.0.1:{server.port}"
        (started,) = log.of(ResponseStarted)
        assert started.peer == connected.peer
        assert started.http_version == ("HTTP/2" if "h2" in wire else "HTTP/1.1")
        assert bool(started.head.fields) == ("h2" not in wire)
        for tls in log.of(TLSReady):
            assert tls.version == "TLSv1.3"
            assert tls.alpn == ("h2" if "h2" in wire else "http/1.1")
            assert not tls.resumed


@pytest.mark.parametrize("wire", WIRES)
async def test_uploads_are_sent_when_their_last_byte_is(
    wire: str, certificates: Certificates
) -> None:
    log = EventLog()
    async with serving(wire, certificates) as server, client_of(wire, certificates, log) as client:
        caller = Caller(client, server)
        await caller.large_upload()
        await caller.upload()
    log.check(is_closed=False)
    large, small = log.of(RequestSent)
    assert large.wire_bytes > len(caller.large) > small.wire_bytes > 0


async def test_waiting_for_the_pool_is_an_interval() -> None:
    async def replies(peer: Peer) -> None:
        for _ in range(2):
            await peer.read_request()
            await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n")

    log = EventLog()
    async with RawServer(replies) as server:
        async with Client(on_event=log, max_connections=1) as client:
            first = await client.get(server.url("/"))
            await first.aread()
            await (await client.get(server.url("/"))).aread()
    log.check()
    assert [one.reused for one in log.of(PoolWaited)] == [False, True]


async def test_a_dial_that_fails_has_the_phases_it_came_to() -> None:
    log = EventLog()
    with listening() as listener:
        unused_port = port_of(listener)
    async with Client(on_event=log) as client:
        with pytest.raises(hyperhttp.ConnectError):
            await client.get(f"http://127.0.0.1:{unused_port}/")
    log.check()
    assert log.names == [
        "CallStarted",
        "AttemptStarted",
        "PoolWaited",
        "NameResolved",
        "AttemptFailed",
        "CallEnded",
    ]
    assert isinstance(log.of(AttemptFailed)[0].error, hyperhttp.ConnectError)


async def test_an_address_that_is_refused_is_a_failed_attempt() -> None:
    log = EventLog()
    policy = hyperhttp.AddressPolicy.public()
    async with Client(on_event=log, address_policy=policy) as client:
        with pytest.raises(hyperhttp.AddressRefused):
            await client.get("http://127.0.0.1/")
    log.check()
    assert isinstance(log.of(AttemptFailed)[0].error, hyperhttp.AddressRefused)


async def test_an_error_body_that_is_waited_for_starts_when_its_headers_come(
    certificates: Certificates,
) -> None:
    log = EventLog()
    async with serving("cleartext", certificates) as server, Client(on_event=log) as client:
        await Caller(client, server).error_with_body()
    log.check(is_closed=False)
    (started,), (ended,) = log.of(ResponseStarted), log.of(BodyEnded)
    assert started.ended == ended.started
    assert ended.decoded_bytes == len(b"nothing there")


@pytest.mark.parametrize("retry", [False, True])
async def test_an_error_body_that_breaks_before_the_call_returns_is_the_error_of_its_call(
    retry: bool,
) -> None:
    async def replies(peer: Peer) -> None:
        await peer.read_request()
        await peer.send(b"HTTP/1.1 404 Not Found\r\nContent-Length: 5\r\n\r\nhe")
        peer.close()

    log = EventLog()
    async with RawServer(replies) as server, Client(on_event=log, retry=retry) as client:
        response = await client.get(server.url())
        log.check()
        with pytest.raises(hyperhttp.RemoteProtocolError):
            await response.aread()
    (body,), (end,) = log.of(BodyEnded), log.of(CallEnded)
    assert body.error is end.error
    assert isinstance(end.error, hyperhttp.RemoteProtocolError)
    assert end.status_code == 404


async def test_a_request_whose_response_came_first_is_not_reported_as_sent() -> None:
    responded, log = asyncio.Event(), EventLog()

    async def body() -> AsyncIterator[bytes]:
        yield b"a"
        await responded.wait()
        yield b"b"

    async def replies(peer: Peer) -> None:
        await peer.read_until(b"\r\n\r\n")
        await peer.send(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n")
        await responded.wait()
        await peer.send(b"ok")

    def note(event: Event) -> None:
        log(event)
        if isinstance(event, ResponseStarted):
            responded.set()

    async with RawServer(replies) as server, Client(on_event=note) as client:
        response = await client.post(server.url("/"), content=body())
        assert await response.aread() == b"ok"
    log.check()
    assert log.of(ResponseStarted)
    assert not log.of(RequestSent)
    assert response.timings.send_s is None
