"""What lies in a socket is read before it is closed, and the socket stays its owner's."""

from __future__ import annotations

import asyncio
import socket

import pytest

from hyperhttp._network.leftover import leftover
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer


class FakeTransport(asyncio.BaseTransport):
    """A transport that only knows its socket."""

    def __init__(self, wrapped: socket.socket | None) -> None:
        super().__init__({} if wrapped is None else {"socket": wrapped})


def test_everything_that_came_is_given_and_the_socket_stays_open() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"x" * 100_000)
        assert b"".join(leftover(FakeTransport(ours))) == b"x" * 100_000
        assert list(leftover(FakeTransport(ours))) == []
        theirs.sendall(b"more")
        theirs.close()
        assert list(leftover(FakeTransport(ours))) == [b"more"]
        assert ours.fileno() > 0


def test_a_socket_that_is_gone_holds_nothing() -> None:
    ours, theirs = socket.socketpair()
    ours.close()
    theirs.close()
    assert list(leftover(FakeTransport(ours))) == []
    assert list(leftover(FakeTransport(None))) == []


@pytest.mark.parametrize("tls", [False, True], ids=["cleartext", "tls"])
async def test_a_real_transport_is_asked_in_the_clear_only(
    tls: bool, certificates: Certificates
) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(b"here")
        await peer.stall()

    context = server_context(certificates.good) if tls else None
    async with RawServer(script, tls=context) as server:
        transport, _ = await asyncio.get_running_loop().create_connection(
            asyncio.Protocol,
            "localhost",
            server.port,
            ssl=certificates.client_context() if tls else None,
        )
        transport.pause_reading()
        taken = list(leftover(transport))
        assert taken in ([], [b"here"])
        assert not (tls and taken)
        transport.abort()
