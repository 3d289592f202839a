"""Dialling: addresses raced, failures told, no socket left behind."""

from __future__ import annotations

import asyncio
import gc
import socket
import sys
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from typing import cast
from unittest.mock import patch

import pytest

from hyperhttp._base._generated.bounds import ADDRESS_STAGGER_S
from hyperhttp._base._generated.errors import ConnectError, DNSError, TLSError
from hyperhttp._network import dial as dialing
from hyperhttp._network.address import Address
from hyperhttp._network.dial import ConnectOptions, Route, dial
from hyperhttp._network.resolver_cache import ResolverCache
from hyperhttp._network.server_tls import ServerTLS
from tests.clock import TurnedLoop, run_turned
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer
from tests.servers.sockets import listening, port_of
from tests.servers.unix import UnixServer


class Line(asyncio.Protocol):
    """A protocol that keeps its transport."""

    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Transports of uvloop are no subclasses.
        self.transport = cast("asyncio.Transport", transport)


async def stalls(peer: Peer) -> None:
    await peer.stall()


def resolver_of(*addresses: Address) -> ResolverCache:
    async def lookup(host: str, port: int) -> list[Address]:
        return list(addresses)

    return ResolverCache(asyncio.get_running_loop(), lookup)


def at(port: int) -> Address:
    return Address(socket.AF_INET, ("127.0.0.1", port))


def refused_port() -> int:
    with listening("127.0.0.1") as listener:
        return port_of(listener)


async def test_a_name_is_dialled_at_its_address() -> None:
    async with RawServer(stalls) as server:
        line = await dial(
            Route("example.com", server.port, is_tls=False),
            Line,
            ConnectOptions(resolver_of(at(server.port))),
            None,
        )
        assert line.transport.get_extra_info("peername") == ("127.0.0.1", server.port)
        line.transport.close()


async def test_ipv6_is_dialled_too() -> None:
    async with RawServer(stalls, host="::1") as server:
        line = await dial(
            Route("::1", server.port, is_tls=False),
            Line,
            ConnectOptions(resolver_of()),
            None,
        )
        line.transport.close()


async def test_tls_is_spoken_to_the_name_of_the_route(certificates: Certificates) -> None:
    async with RawServer(stalls, tls=server_context(certificates.good)) as server:
        line = await dial(
            Route("example.com", server.port, is_tls=True),
            Line,
            ConnectOptions(resolver_of(at(server.port))),
            ServerTLS(certificates.client_context()),
        )
        assert line.transport.get_extra_info("ssl_object").server_hostname == "example.com"
        line.transport.abort()
        with pytest.raises(TLSError):
            await dial(
                Route("wrong.test.example.com", server.port, is_tls=True),
                Line,
                ConnectOptions(resolver_of(at(server.port))),
                ServerTLS(certificates.client_context()),
            )


async def test_a_server_that_ends_the_handshake_without_a_word_is_told_in_words(
    certificates: Certificates,
) -> None:
    async def closes(peer: Peer) -> None:
        await peer.read_exactly(1)
        peer.close()

    async with RawServer(closes) as server:
        route, tls = (
            Route("127.0.0.1", server.port, is_tls=True),
            ServerTLS(certificates.client_context()),
        )
        with pytest.raises(
            TLSError, match="lost during the handshake: the server closed"
        ) as caught:
            await dial(route, Line, ConnectOptions(resolver_of()), tls)
    assert (caught.value.is_connection_lost, caught.value.retryable) == (True, "always")


async def test_after_a_failure_the_next_address_is_tried_at_once() -> None:
    async with RawServer(stalls) as server:
        loop = asyncio.get_running_loop()
        started = loop.time()
        line = await dial(
            Route("example.com", server.port, is_tls=False),
            Line,
            ConnectOptions(resolver_of(at(refused_port()), at(refused_port()), at(server.port))),
            None,
        )
        assert loop.time() - started < ADDRESS_STAGGER_S
        line.transport.close()


def test_a_silent_address_is_overtaken_after_the_stagger() -> None:
    async def main(loop: TurnedLoop) -> None:
        connect = loop.sock_connect
        cancelled: list[bool] = []

        async def sock_connect(sock: socket.socket, address: tuple[str, int]) -> None:
            if address[1] == 1:
                loop.turn(ADDRESS_STAGGER_S)
                try:
                    await loop.create_future()
                finally:
                    cancelled.append(True)
            await connect(sock, address)

        async with RawServer(stalls) as server:
            with patch.object(loop, "sock_connect", sock_connect):
                line = await dial(
                    Route("example.com", 1, is_tls=False),
                    Line,
                    ConnectOptions(resolver_of(at(1), at(server.port))),
                    None,
                )
            assert cancelled == [True]
            line.transport.close()

    run_turned(main)


async def test_when_all_addresses_fail_the_first_speaks_and_the_name_is_forgotten() -> None:
    asked: list[str] = []

    async def lookup(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [at(refused_port()), at(refused_port())]

    resolver = ResolverCache(asyncio.get_running_loop(), lookup)
    for _ in range(2):
        with pytest.raises(ConnectError, match="refused"):
            await dial(Route("example.com", 80, is_tls=False), Line, ConnectOptions(resolver), None)
    assert asked == ["example.com"] * 2


async def test_a_name_that_is_not_known_is_a_dns_error() -> None:
    async def lookup(host: str, port: int) -> list[Address]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(DNSError):
        await dial(
            Route("example.com", 80, is_tls=False),
            Line,
            ConnectOptions(ResolverCache(asyncio.get_running_loop(), lookup)),
            None,
        )


async def test_a_name_without_addresses_is_a_dns_error() -> None:
    with pytest.raises(DNSError):
        await dial(
            Route("example.com", 80, is_tls=False),
            Line,
            ConnectOptions(resolver_of()),
            None,
        )


async def test_a_cancelled_dial_leaves_no_socket() -> None:
    async with RawServer(stalls) as server:
        for turns in range(6):
            dialled = asyncio.ensure_future(
                dial(
                    Route("example.com", server.port, is_tls=False),
                    Line,
                    ConnectOptions(resolver_of(at(server.port), at(server.port))),
                    None,
                )
            )
            for _ in range(turns):
                await asyncio.sleep(0)
            dialled.cancel()
            (ended,) = await asyncio.gather(dialled, return_exceptions=True)
            if isinstance(ended, Line):
                ended.transport.close()
        gc.collect()  # a socket left open is a ResourceWarning, and so a failure


async def test_a_dial_that_is_canceled_after_an_address_has_won_leaves_no_socket(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    winner, late = socket.socket(), socket.socket()
    is_won = asyncio.Event()

    async def connect_socket(address: Address, _: str | None) -> socket.socket:
        if address.sockaddr[1] == 2:
            is_won.set()
            return winner
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        return late

    monkeypatch.setattr(dialing, "connect_socket", connect_socket)
    monkeypatch.setattr(dialing, "ADDRESS_STAGGER_S", 0)
    route, options = (
        Route("example.com", 1, is_tls=False),
        ConnectOptions(resolver_of(at(1), at(2))),
    )
    dialed = asyncio.ensure_future(dial(route, Line, options, None))
    await is_won.wait()
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    dialed.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dialed
    for _ in range(3):
        await asyncio.sleep(0)
    assert (winner.fileno(), late.fileno()) == (-1, -1)


def test_families_alternate_beginning_with_the_first() -> None:
    six = [Address(socket.AF_INET6, (f"::{n}", 80, 0, 0)) for n in range(1, 4)]
    four = [Address(socket.AF_INET, (f"127.0.0.{n}", 80)) for n in range(1, 3)]
    assert dialing.interleave([*six, *four]) == [six[0], four[0], six[1], four[1], six[2]]
    assert dialing.interleave([*four, *six[:1]]) == [four[0], six[0], four[1]]
    assert dialing.interleave([]) == []


# --- from an address of ours ---


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere 127.0.0.2 is not ours")
async def test_connections_are_made_from_the_local_address() -> None:
    async with RawServer(stalls) as server:
        options = ConnectOptions(
            resolver_of(at(server.port), at(server.port)), local_address="127.0.0.2"
        )
        line = await dial(Route("example.com", server.port, is_tls=False), Line, options, None)
        assert line.transport.get_extra_info("sockname")[0] == "127.0.0.2"
        line.transport.close()


async def test_an_ipv6_address_is_bound_as_well() -> None:
    async with RawServer(stalls, host="::1") as server:
        options = ConnectOptions(resolver_of(), local_address="::1")
        line = await dial(Route("::1", server.port, is_tls=False), Line, options, None)
        line.transport.close()


async def test_addresses_of_the_other_family_are_left_out() -> None:
    async with RawServer(stalls) as server:
        six = Address(socket.AF_INET6, ("::1", server.port, 0, 0))
        options = ConnectOptions(resolver_of(six, at(server.port)), local_address="127.0.0.1")
        line = await dial(Route("example.com", server.port, is_tls=False), Line, options, None)
        line.transport.close()


@pytest.mark.parametrize(
    ("local_address", "says"),
    [
        ("192.0.2.7", "local_address 192.0.2.7: cannot assign"),
        ("::1", "local_address ::1 is IPv6, the server has no such address"),
    ],
)
@pytest.mark.parametrize("count", [1, 2])
async def test_a_local_address_that_does_not_do_is_named(
    local_address: str, says: str, count: int
) -> None:
    options = ConnectOptions(resolver_of(*[at(1)] * count), local_address=local_address)
    with pytest.raises(ConnectError) as caught:
        await dial(Route("example.com", 80, is_tls=False), Line, options, None)
    assert caught.value.detail.startswith(says)
    assert (caught.value.host, caught.value.port) == ("example.com", 80)


# --- to a Unix domain socket ---


def way_to(path: Path) -> ConnectOptions:
    """A way that looks no name up."""

    async def lookup(host: str, port: int) -> list[Address]:
        raise AssertionError(f"{host} was looked up")

    return ConnectOptions(ResolverCache(asyncio.get_running_loop(), lookup), uds=path)


async def test_a_unix_socket_takes_the_place_of_host_and_port(tmp_path: Path) -> None:
    async with UnixServer(tmp_path / "socket", stalls) as server:
        options = way_to(tmp_path / "socket")
        line = await dial(Route("example.com", 80, is_tls=False), Line, options, None)
        await server.connected(1)
        line.transport.close()


async def test_tls_over_a_unix_socket_is_spoken_to_the_name_of_the_route(
    tmp_path: Path, certificates: Certificates
) -> None:
    path, tls = tmp_path / "socket", ServerTLS(certificates.client_context())
    async with UnixServer(path, stalls, tls=server_context(certificates.good)):
        line = await dial(Route("example.com", 443, is_tls=True), Line, way_to(path), tls)
        assert line.transport.get_extra_info("ssl_object").server_hostname == "example.com"
        line.transport.abort()
        with pytest.raises(TLSError, match="mismatch"):
            route = Route("wrong.test.example.com", 443, is_tls=True)
            await dial(route, Line, way_to(path), tls)


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("missing", "no such file or directory"),
        ("file", "connection refused"),
        ("long" * 40, "too long"),
    ],
)
async def test_a_path_that_leads_to_no_socket_is_named(
    tmp_path: Path, name: str, says: str
) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(ConnectError) as caught:
        await dial(Route("example.com", 80, is_tls=False), Line, way_to(tmp_path / name), None)
    assert says in caught.value.detail
    assert f"(uds {tmp_path / name})" in caught.value.detail


async def test_a_system_without_unix_sockets_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(socket, "AF_UNIX")
    with pytest.raises(ConnectError, match="no Unix domain sockets"):
        await dial(Route("example.com", 80, is_tls=False), Line, way_to(tmp_path), None)


@pytest.fixture
def full(tmp_path: Path) -> Generator[socket.socket]:
    """A Unix socket that listens, with a queue that is full."""
    path = str(tmp_path / "socket")
    with ExitStack() as stack:
        listener, filler = (stack.enter_context(socket.socket(socket.AF_UNIX)) for _ in range(2))
        listener.bind(path)
        listener.listen(0)
        filler.connect(path)
        yield listener


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full queue refuses")
def test_a_full_queue_is_waited_for(tmp_path: Path, full: socket.socket) -> None:
    async def main(loop: TurnedLoop) -> None:
        options = way_to(tmp_path / "socket")
        dialled = asyncio.ensure_future(
            dial(Route("example.com", 80, is_tls=False), Line, options, None)
        )
        for _ in range(3):
            loop.turn(dialing.QUEUE_FULL_S)
            await asyncio.sleep(0)
            await asyncio.sleep(0)
        assert not dialled.done()
        full.accept()[0].close()
        loop.turn(dialing.QUEUE_FULL_S)
        (await dialled).transport.close()

    run_turned(main)


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere a full queue refuses")
@pytest.mark.usefixtures("full")
async def test_a_cancelled_wait_for_a_full_queue_leaves_no_socket(tmp_path: Path) -> None:
    options = way_to(tmp_path / "socket")
    dialled = asyncio.ensure_future(
        dial(Route("example.com", 80, is_tls=False), Line, options, None)
    )
    await asyncio.sleep(0)
    dialled.cancel()
    with pytest.raises(asyncio.CancelledError):
        await dialled
    gc.collect()  # a socket left open is a ResourceWarning, and so a failure
