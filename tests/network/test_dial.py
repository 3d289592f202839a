"""Dialling: addresses raced, failures told, no socket left behind."""

from __future__ import annotations

import asyncio
import gc
import socket
from unittest.mock import patch

import pytest

from hyperhttp._generated.exceptions import ConnectError, DNSError, TLSError
from hyperhttp._network import dial as dialing
from hyperhttp._network.dial import Route, dial
from hyperhttp._network.resolver import Address, Resolver
from tests.clock import TurnedLoop, run_turned
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer
from tests.servers.sockets import listening, port_of


class Line(asyncio.Protocol):
    """A protocol that keeps its transport."""

    transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport


async def stalls(peer: Peer) -> None:
    await peer.stall()


def resolver_of(*addresses: Address) -> Resolver:
    async def lookup(host: str, port: int) -> list[Address]:
        return list(addresses)

    return Resolver(asyncio.get_running_loop(), lookup)


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
            resolver=resolver_of(at(server.port)),
            ssl_context=None,
        )
        assert line.transport.get_extra_info("peername") == ("127.0.0.1", server.port)
        line.transport.close()


async def test_ipv6_is_dialled_too() -> None:
    async with RawServer(stalls, host="::1") as server:
        line = await dial(
            Route("::1", server.port, is_tls=False),
            Line,
            resolver=resolver_of(),
            ssl_context=None,
        )
        line.transport.close()


async def test_tls_is_spoken_to_the_name_of_the_route(certificates: Certificates) -> None:
    async with RawServer(stalls, tls=server_context(certificates.good)) as server:
        line = await dial(
            Route("example.com", server.port, is_tls=True),
            Line,
            resolver=resolver_of(at(server.port)),
            ssl_context=certificates.client_context(),
        )
        assert line.transport.get_extra_info("ssl_object").server_hostname == "example.com"
        line.transport.abort()
        with pytest.raises(TLSError):
            await dial(
                Route("wrong.test.example.com", server.port, is_tls=True),
                Line,
                resolver=resolver_of(at(server.port)),
                ssl_context=certificates.client_context(),
            )


async def test_after_a_failure_the_next_address_is_tried_at_once() -> None:
    async with RawServer(stalls) as server:
        loop = asyncio.get_running_loop()
        started = loop.time()
        line = await dial(
            Route("example.com", server.port, is_tls=False),
            Line,
            resolver=resolver_of(at(refused_port()), at(refused_port()), at(server.port)),
            ssl_context=None,
        )
        assert loop.time() - started < dialing.STAGGER_S
        line.transport.close()


def test_a_silent_address_is_overtaken_after_the_stagger() -> None:
    async def main(loop: TurnedLoop) -> None:
        connect = loop.sock_connect
        cancelled: list[bool] = []

        async def sock_connect(sock: socket.socket, address: tuple[str, int]) -> None:
            if address[1] == 1:
                loop.turn(dialing.STAGGER_S)
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
                    resolver=resolver_of(at(1), at(server.port)),
                    ssl_context=None,
                )
            assert cancelled == [True]
            line.transport.close()

    run_turned(main)


async def test_when_all_addresses_fail_the_first_speaks_and_the_name_is_forgotten() -> None:
    asked: list[str] = []

    async def lookup(host: str, port: int) -> list[Address]:
        asked.append(host)
        return [at(refused_port()), at(refused_port())]

    resolver = Resolver(asyncio.get_running_loop(), lookup)
    for _ in range(2):
        with pytest.raises(ConnectError, match="refused"):
            await dial(
                Route("example.com", 80, is_tls=False), Line, resolver=resolver, ssl_context=None
            )
    assert asked == ["example.com"] * 2


async def test_a_name_that_is_not_known_is_a_dns_error() -> None:
    async def lookup(host: str, port: int) -> list[Address]:
        raise socket.gaierror(socket.EAI_NONAME, "unknown")

    with pytest.raises(DNSError):
        await dial(
            Route("example.com", 80, is_tls=False),
            Line,
            resolver=Resolver(asyncio.get_running_loop(), lookup),
            ssl_context=None,
        )


async def test_a_name_without_addresses_is_a_dns_error() -> None:
    with pytest.raises(DNSError):
        await dial(
            Route("example.com", 80, is_tls=False),
            Line,
            resolver=resolver_of(),
            ssl_context=None,
        )


async def test_a_cancelled_dial_leaves_no_socket() -> None:
    async with RawServer(stalls) as server:
        for turns in range(6):
            dialled = asyncio.ensure_future(
                dial(
                    Route("example.com", server.port, is_tls=False),
                    Line,
                    resolver=resolver_of(at(server.port), at(server.port)),
                    ssl_context=None,
                )
            )
            for _ in range(turns):
                await asyncio.sleep(0)
            dialled.cancel()
            (ended,) = await asyncio.gather(dialled, return_exceptions=True)
            if isinstance(ended, Line):
                ended.transport.close()
        gc.collect()  # a socket left open is a ResourceWarning, and so a failure


def test_families_alternate_beginning_with_the_first() -> None:
    six = [Address(socket.AF_INET6, (f"::{n}", 80, 0, 0)) for n in range(1, 4)]
    four = [Address(socket.AF_INET, (f"127.0.0.{n}", 80)) for n in range(1, 3)]
    assert dialing.interleave([*six, *four]) == [six[0], four[0], six[1], four[1], six[2]]
    assert dialing.interleave([*four, *six[:1]]) == [four[0], six[0], four[1]]
    assert dialing.interleave([]) == []
