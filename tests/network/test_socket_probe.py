"""What lies in a socket is read before it is closed, and the socket stays its owner's."""

from __future__ import annotations

import asyncio
import os
import select
import socket
import struct

import pytest

from hyperhttp._network.socket_probe import arrivals, has_ended, leftover, release_socket
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer
from tests.servers.sockets import listening


class FakeTransport(asyncio.BaseTransport):
    """A transport that only knows its socket."""

    def __init__(self, wrapped: socket.socket | None, *, closing: bool = False) -> None:
        info = {} if wrapped is None else {"socket": wrapped}
        if wrapped is not None and wrapped.fileno() > 0:
            info["sockname"] = wrapped.getsockname()
        super().__init__(info)
        self._is_closing = closing

    def is_closing(self) -> bool:
        return self._is_closing


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


def test_a_connection_has_ended_once_the_kernel_knows_it() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        assert not has_ended(FakeTransport(ours))
        theirs.shutdown(socket.SHUT_WR)
        assert has_ended(FakeTransport(ours))
        assert ours.fileno() > 0
    assert has_ended(FakeTransport(ours))
    # One without a socket, in memory, knows by itself.
    assert has_ended(FakeTransport(None, closing=True))
    assert not has_ended(FakeTransport(None))


def test_a_connection_with_bytes_that_nobody_asked_for_is_as_good_as_ended() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"surplus")
        assert has_ended(FakeTransport(ours))
        assert ours.recv(7) == b"surplus"


def test_a_connection_on_which_the_peer_may_speak_ends_only_by_its_end() -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        theirs.sendall(b"surplus")
        assert not has_ended(FakeTransport(ours), may_speak=True)
        assert ours.recv(7) == b"surplus"
        theirs.shutdown(socket.SHUT_WR)
        assert has_ended(FakeTransport(ours), may_speak=True)


def test_a_connection_that_was_reset_has_ended() -> None:
    with listening() as listener:
        ours = socket.create_connection(listener.getsockname())
        theirs, _ = listener.accept()
        theirs.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        theirs.close()
        with ours:
            assert has_ended(FakeTransport(ours))


async def test_records_of_tls_may_come_at_any_time(certificates: Certificates) -> None:
    async def script(peer: Peer) -> None:
        await peer.send(b"here")
        await peer.stall()

    async with RawServer(script, tls=server_context(certificates.good)) as server:
        transport, _ = await asyncio.get_running_loop().create_connection(
            asyncio.Protocol, "localhost", server.port, ssl=certificates.client_context()
        )
        assert not has_ended(transport)
        assert arrivals(transport) is None
        transport.abort()


@pytest.mark.parametrize("polls", [True, False], ids=["poll", "no poll"])
def test_unread_bytes_and_an_end_have_arrived(monkeypatch: pytest.MonkeyPatch, polls: bool) -> None:
    if not polls:
        monkeypatch.delattr(select, "poll")
    ours, theirs = socket.socketpair()
    with ours, theirs:
        arrived = arrivals(FakeTransport(ours))
        assert arrived is not None
        assert not arrived(0)
        theirs.sendall(b"x")
        assert arrived(0)
        assert ours.recv(1) == b"x"
        assert not arrived(0)
        theirs.shutdown(socket.SHUT_WR)
        assert arrived(0)


def test_without_a_socket_nothing_is_known_of_arrivals() -> None:
    ours, theirs = socket.socketpair()
    ours.close()
    theirs.close()
    assert arrivals(FakeTransport(ours)) is None
    assert arrivals(FakeTransport(None)) is None


def connected_pair() -> tuple[socket.socket, socket.socket]:
    with listening() as listener:
        ours = socket.create_connection(listener.getsockname())
        theirs, _ = listener.accept()
    return ours, theirs


def test_a_released_socket_is_closed_and_its_number_stays_valid() -> None:
    ours, theirs = connected_pair()
    with ours, theirs:
        transport = FakeTransport(ours)
        release_socket(transport)
        assert theirs.recv(1) == b""
        assert os.fstat(ours.fileno()).st_rdev == os.stat(os.devnull).st_rdev
        release_socket(transport)


def test_a_copy_of_a_released_socket_stays_open() -> None:
    ours, theirs = connected_pair()
    with ours, theirs, ours.dup() as copy:
        release_socket(FakeTransport(ours))
        copy.sendall(b"x")
        assert theirs.recv(1) == b"x"
        theirs.sendall(b"y")
        assert copy.recv(1) == b"y"


def test_only_the_socket_of_the_transport_is_released() -> None:
    ours, theirs = connected_pair()
    with ours, theirs:
        transport = FakeTransport(ours)
        os.dup2(theirs.fileno(), ours.fileno())  # the number belongs to another socket now
        release_socket(transport)
        assert ours.getsockname() == theirs.getsockname()
    release_socket(transport)
    release_socket(FakeTransport(None))
