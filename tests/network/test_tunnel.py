"""Through a proxy on real sockets: what reaches the protocol, what is said of what goes wrong."""

from __future__ import annotations

import asyncio
import socket
from typing import NoReturn, cast

import pytest

from hyperhttp import ConnectError, DNSError, ProxyError, TLSError
from hyperhttp._network.address import Address
from hyperhttp._network.dial import ConnectOptions, Route
from hyperhttp._network.resolver_cache import ResolverCache
from hyperhttp._network.server_tls import ServerTLS
from hyperhttp._network.tunnel import Tunnel, TunnelProtocol
from tests.clock import until
from tests.servers.certificates import Certificates, server_context
from tests.servers.raw import Peer, RawServer, UnexpectedEnd

TARGET = Route("example.com", 443, is_tls=True)
CLEAR = Route("example.com", 80, is_tls=False)


class Knock:
    """Says "knock", and is let in by "come"."""

    timeout_s: float | None = None

    def __init__(self, host: str = "", port: int = 0) -> None:
        self.target = (host, port)
        self._heard = b""

    def begin(self) -> bytes:
        return b"knock"

    def receive(self, data: bytes) -> bytes | None:
        self._heard += data
        return None if self._heard == b"come" else b""

    def receive_eof(self) -> NoReturn:
        raise ProxyError(detail="nobody opens", proxy="http://localhost:1")


class Line(asyncio.Protocol):
    """Keeps what comes."""

    def __init__(self) -> None:
        self.got = bytearray()
        self.transport: asyncio.Transport | None = None
        self.news = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        # Transports of uvloop are no subclasses.
        self.transport = cast("asyncio.Transport", transport)

    def data_received(self, data: bytes) -> None:
        self.got += data
        self.news.set()


class BufferedLine(asyncio.BufferedProtocol):
    """The same with a buffer of its own, of three bytes."""

    def __init__(self) -> None:
        self.got = bytearray()
        self._buffer = bytearray(3)

    def get_buffer(self, sizehint: int) -> bytearray:
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        self.got += self._buffer[:nbytes]


def options(*hosts: str) -> ConnectOptions:
    """Every name is this address; without any, no name exists."""

    async def lookup(host: str, port: int) -> list[Address]:
        if host == "nowhere.test":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return [Address(socket.AF_INET, (one, port)) for one in hosts]

    return ConnectOptions(ResolverCache(asyncio.get_running_loop(), lookup))


async def lets_in(peer: Peer) -> None:
    assert await peer.read_exactly(5) == b"knock"
    await peer.send(b"come")
    await peer.read_to_end()


async def drips(peer: Peer) -> None:
    assert await peer.read_exactly(5) == b"knock"
    await peer.drip(b"come")
    assert await peer.read_exactly(2) == b"hi"
    await peer.send(b"yes")


def tunnel_through(server: RawServer, host: str = "localhost", *, handshake: bool = True) -> Tunnel:
    proxy = Route(host, server.port, is_tls=False)
    return Tunnel(proxy, "http://localhost:1", None, Knock if handshake else None)


async def test_what_is_said_after_the_conversation_is_the_protocols() -> None:
    async with RawServer(drips) as server:
        line = await tunnel_through(server).dial(CLEAR, Line, options("127.0.0.1"), None)
        assert line.transport is not None
        line.transport.write(b"hi")
        await line.news.wait()
        assert line.got.startswith(b"y")
        line.transport.close()


async def test_without_an_opening_the_connection_ends_at_the_proxy() -> None:
    async def script(peer: Peer) -> None:
        await peer.send(b"hello")

    async with RawServer(script) as server:
        line = await tunnel_through(server, handshake=False).dial(
            CLEAR, Line, options("127.0.0.1"), None
        )
        await line.news.wait()
        assert line.transport is not None
        line.transport.close()


async def test_a_proxy_that_resolves_nothing_is_told_an_address() -> None:
    told: list[tuple[str, int]] = []

    def handshake(host: str, port: int) -> Knock:
        told.append((host, port))
        return Knock(host, port)

    async with RawServer(lets_in) as server:
        proxy = Route("localhost", server.port, is_tls=False)
        for resolves_here in (False, True):
            route = Tunnel(proxy, "x", None, handshake, resolves_here=resolves_here)
            line = await route.dial(CLEAR, Line, options("127.0.0.1"), None)
            assert line.transport is not None
            line.transport.close()
        assert told == [("example.com", 80), ("127.0.0.1", 80)]
        route = Tunnel(proxy, "x", None, handshake, resolves_here=True)
        nowhere = Route("nowhere.test", 80, is_tls=False)
        with pytest.raises(DNSError) as caught:
            await route.dial(nowhere, Line, options("127.0.0.1"), None)
        assert caught.value.host == "nowhere.test"
        with pytest.raises(ConnectError, match="has no address"):
            await route.dial(CLEAR, Line, options(), None)


@pytest.mark.parametrize(
    ("addresses", "chosen"),
    [(["2001:db8::1", "192.0.2.1"], "192.0.2.1"), (["2001:db8::1", "2001:db8::2"], "2001:db8::1")],
)
async def test_a_proxy_is_told_an_address_of_the_usual_kind(
    addresses: list[str], chosen: str
) -> None:
    told: list[str] = []

    def handshake(host: str, port: int) -> Knock:
        told.append(host)
        return Knock(host, port)

    async def lookup(host: str, port: int) -> list[Address]:
        found = addresses if host == "example.com" else ["127.0.0.1"]
        families = {True: socket.AF_INET6, False: socket.AF_INET}
        return [Address(families[":" in one], (one, port)) for one in found]

    async with RawServer(lets_in) as server:
        proxy = Route("localhost", server.port, is_tls=False)
        route = Tunnel(proxy, "x", None, handshake, resolves_here=True)
        by = ConnectOptions(ResolverCache(asyncio.get_running_loop(), lookup))
        line = await route.dial(CLEAR, Line, by, None)
        assert line.transport is not None
        line.transport.close()
        assert told == [chosen]


async def test_a_proxy_that_cannot_be_reached_is_named() -> None:
    async with RawServer(lets_in) as server:
        for host, words in (("nowhere.test", "not known"), ("localhost", "has no address")):
            with pytest.raises(ProxyError, match=words) as caught:
                await tunnel_through(server, host).dial(TARGET, Line, options(), None)
            assert caught.value.proxy == "http://localhost:1"
            assert (caught.value.host, caught.value.port) == ("example.com", 443)
            assert caught.value.detail.startswith("the proxy is unreachable: ")


@pytest.mark.parametrize("how", ["close", "reset"])
async def test_a_proxy_that_goes_away_is_a_proxy_error(how: str) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_exactly(5)
        peer.close() if how == "close" else peer.reset()

    async with RawServer(script) as server:
        with pytest.raises(ProxyError) as caught:
            await tunnel_through(server).dial(TARGET, Line, options("127.0.0.1"), None)
    words = {"close": "nobody opens", "reset": "the proxy is unreachable: connection reset by peer"}
    assert caught.value.detail == words[how]
    assert caught.value.__cause__ is not caught.value


async def test_a_proxy_that_has_used_up_its_patience_has_ended() -> None:
    class Impatient(Knock):
        timeout_s: float | None = 0.01

    async def script(peer: Peer) -> None:
        await peer.stall()

    async with RawServer(script) as server:
        proxy = Route("localhost", server.port, is_tls=False)
        route = Tunnel(proxy, "x", None, Impatient)
        with pytest.raises(ProxyError, match="nobody opens"):
            await route.dial(CLEAR, Line, options("127.0.0.1"), None)


async def test_tls_that_fails_behind_the_proxy_is_the_servers(certificates: Certificates) -> None:
    async def script(peer: Peer) -> None:
        await lets_in(peer)

    async with RawServer(script) as server:
        dial = tunnel_through(server).dial(
            TARGET, Line, options("127.0.0.1"), ServerTLS(certificates.client_context())
        )
        task = asyncio.ensure_future(dial)
        await server.connected(1)
        peer = server.peers[0]
        await until(lambda: len(peer.received) > 5)
        peer.close()
        with pytest.raises(ConnectError) as caught:
            await task
        assert not isinstance(caught.value, ProxyError)
        assert caught.value.host == "example.com"


@pytest.mark.parametrize("wrong", ["unknown_ca", "wrong_host", "expired"])
async def test_a_proxy_with_a_wrong_certificate_is_not_spoken_to(
    wrong: str, certificates: Certificates
) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_to_end()
        assert not peer.received

    context = server_context(getattr(certificates, wrong))
    async with RawServer(script, tls=context) as server:
        proxy = Route("localhost", server.port, is_tls=True)
        tls = ServerTLS(certificates.client_context())
        route = Tunnel(proxy, "x", tls, Knock)
        with pytest.raises(ProxyError, match="certificate of localhost is not trusted") as caught:
            await route.dial(
                TARGET, Line, options("127.0.0.1"), ServerTLS(certificates.client_context())
            )
        assert isinstance(caught.value.__cause__, OSError)


async def test_a_tls_proxy_that_goes_away_within_the_servers_handshake(
    certificates: Certificates,
) -> None:
    async def script(peer: Peer) -> None:
        await peer.read_exactly(5)
        await peer.send(b"come")
        await peer.read_exactly(1)
        peer.close()

    tls = ServerTLS(certificates.client_context())
    async with RawServer(script, tls=server_context(certificates.good)) as server:
        proxy = Route("localhost", server.port, is_tls=True)
        with pytest.raises(ConnectError) as caught:
            await Tunnel(proxy, "x", tls, Knock).dial(TARGET, Line, options("127.0.0.1"), tls)
        assert type(caught.value) is TLSError
        assert caught.value.is_connection_lost
        await server.peers[0].ended.wait()


@pytest.mark.parametrize("tls", [False, True])
async def test_a_dial_that_is_called_off_closes_the_connection(
    tls: bool, certificates: Certificates
) -> None:
    async def script(peer: Peer) -> None:
        with pytest.raises(UnexpectedEnd):
            await peer.read_exactly(6)

    context = server_context(certificates.good) if tls else None
    async with RawServer(script, tls=context) as server:
        proxy = Route("localhost", server.port, is_tls=tls)
        client = ServerTLS(certificates.client_context()) if tls else None
        dial = Tunnel(proxy, "x", client, Knock).dial(TARGET, Line, options("127.0.0.1"), None)
        task = asyncio.ensure_future(dial)
        await server.connected(1)
        await until(lambda: bool(server.peers[0].received))
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task
        await server.peers[0].ended.wait()


class Wire(asyncio.Transport):
    """A transport that knows its protocol, and nothing else."""

    def __init__(self) -> None:
        super().__init__()
        self.protocol: asyncio.BaseProtocol | None = None

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        self.protocol = protocol

    def get_protocol(self) -> asyncio.BaseProtocol:
        assert self.protocol is not None
        return self.protocol


@pytest.mark.parametrize("kind", [Line, BufferedLine])
def test_what_came_too_early_is_handed_on(kind: type[Line | BufferedLine]) -> None:
    def make() -> Line | BufferedLine:
        return kind()

    inner, wire = TunnelProtocol(), Wire()
    inner.connection_made(wire)
    inner.data_received(b"too ")
    inner.data_received(b"early")
    made = inner.replace_protocol(make)
    assert made.got == b"too early"
    assert wire.protocol is made


async def test_a_handshake_that_waits_gets_the_end_of_the_connection() -> None:
    inner = TunnelProtocol()
    inner.connection_made(Wire())
    waiting = asyncio.ensure_future(inner.receive())
    await asyncio.sleep(0)
    inner.data_received(b"a")
    assert await waiting == b"a"
    inner.eof_received()
    assert await inner.receive() == b""
    with pytest.raises(OSError, match="at once"):
        inner.replace_protocol(Line)
    inner.connection_lost(ConnectionResetError(104, "x"))
    with pytest.raises(OSError, match="connection reset"):
        await inner.receive()
