"""Opens connections through a proxy: to it, past it by a conversation, then TLS with the server.

Knows sockets and TLS, and neither HTTP nor SOCKS: what is said to the proxy is a `TunnelHandshake`.
Like `dial` it sets no limit of its own to the whole: whoever dials cancels.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn, Protocol, TypeVar, cast, final

from hyperhttp._base._generated.errors import ConnectError, ProxyError
from hyperhttp._network.dial import Route, dial_error, hand_over, open_socket, server_name
from hyperhttp._network.exception_mapping import reason

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable

    from hyperhttp._network.dial import ConnectOptions

# A proxy's answer is a few hundred bytes.
RECEIVE_BYTES: Final = 1 << 12

# Where TLS within TLS fails, the inner one has asyncio's transport of the outer one closed at once,
# which raises TypeError up to CPython 3.11.7 and 3.12.1 (python/cpython#113214).
ABORT_IS_BROKEN: Final = sys.version_info < (3, 11, 8) or (3, 12) <= sys.version_info < (3, 12, 2)

P = TypeVar("P", bound=asyncio.BaseProtocol)


class TunnelHandshake(Protocol):
    """What is said to a proxy until it lets us through. All of it may raise ProxyError."""

    @property
    def timeout_s(self) -> float | None:
        """How much longer the proxy may be silent; None: as long as the dial may take."""
        ...

    def begin(self) -> bytes:
        """What it is told first."""
        ...

    def receive(self, data: bytes) -> bytes | None:
        """What it is told next, perhaps nothing; None: the tunnel stands."""
        ...

    def receive_eof(self) -> NoReturn:
        """It says no more."""
        ...


class Link(Protocol):
    """A connection to a proxy, to talk on."""

    async def send(self, data: bytes) -> None:
        """Say something."""
        ...

    async def receive(self) -> bytes:
        """What the proxy says; nothing once it has closed."""
        ...


@dataclass(frozen=True, slots=True)
class Tunnel:
    """The way through one proxy."""

    proxy: Route
    display_url: str
    """The proxy's address, without credentials."""
    proxy_context: ssl.SSLContext | None
    """For TLS with the proxy itself."""
    handshake: Callable[[str, int], TunnelHandshake] | None
    """What to say for a tunnel to a host and port; None: the connection ends at the proxy."""
    resolves_here: bool = False
    """Whether the proxy is to be told addresses, and not names."""

    async def dial(
        self,
        route: Route,
        make_protocol: Callable[[], P],
        options: ConnectOptions,
        ssl_context: ssl.SSLContext | None,
    ) -> P:
        """A connected protocol, as by `dial`; ProxyError where the proxy is at fault."""
        handshake = None
        if self.handshake is not None:
            host = await _address_of(route, options) if self.resolves_here else route.host
            handshake = self.handshake(host, route.port)
        try:
            connected = await open_socket(self.proxy, options)
            if handshake is None:
                return await hand_over(
                    connected, make_protocol, self.proxy.host, self.proxy_context, options
                )
            if self.proxy_context is None:
                await self._handshake_on_socket(connected, handshake)
                options.mark("proxy")
                link = None
            else:
                link = await hand_over(
                    connected, TunnelProtocol, self.proxy.host, self.proxy_context, options
                )
        except OSError as error:
            raise self._error(dial_error(error, self.proxy), route) from error
        except ProxyError:
            raise
        except ConnectError as error:
            raise self._error(error, route) from error
        if link is not None:
            return await self._connect_through_tls(
                link, handshake, route, make_protocol, ssl_context, options
            )
        try:
            return await hand_over(connected, make_protocol, route.host, ssl_context, options)
        except OSError as error:
            raise dial_error(error, route) from error

    async def _handshake_on_socket(
        self, connected: socket.socket, handshake: TunnelHandshake
    ) -> None:
        is_open = False
        try:
            await run_handshake(SocketLink(connected), handshake)
            is_open = True
        finally:
            if not is_open:
                connected.close()

    async def _connect_through_tls(
        self,
        link: TunnelProtocol,
        handshake: TunnelHandshake,
        route: Route,
        make_protocol: Callable[[], P],
        ssl_context: ssl.SSLContext | None,
        options: ConnectOptions,
    ) -> P:
        """Through a proxy that is itself spoken to by TLS."""
        is_through = False
        try:
            try:
                await run_handshake(link, handshake)
            except OSError as error:
                raise self._error(dial_error(error, self.proxy), route) from error
            options.mark("proxy")
            try:
                if ssl_context is not None:
                    link = await _start_tls(link, ssl_context, server_name(route.host))
                    options.mark("tls")
                protocol = link.replace_protocol(make_protocol)
            except OSError as error:
                raise dial_error(error, route) from error
            is_through = True
        finally:
            if not is_through:
                link.transport.abort()
        return protocol

    def _error(self, error: ConnectError, route: Route) -> ProxyError:
        """The proxy itself could not be reached, or went away."""
        return ProxyError(
            detail=f"it cannot be reached: {error.detail}",
            host=route.host,
            port=route.port,
            proxy=self.display_url,
        )


async def _address_of(route: Route, options: ConnectOptions) -> str:
    """The address that a proxy is told: IPv4 if there is one, which is what all of them reach."""
    try:
        addresses = await options.resolver.resolve(route.host, route.port)
        if not addresses:
            raise OSError(f"{route.host} has no address")
    except OSError as error:
        raise dial_error(error, route) from error
    usual = [one for one in addresses if one.family == socket.AF_INET]
    return (usual or addresses)[0].sockaddr[0]


async def run_handshake(link: Link, handshake: TunnelHandshake) -> None:
    """Talk until the tunnel stands. Raises ProxyError, and OSError where the connection breaks."""
    reply: bytes | None = handshake.begin()
    while reply is not None:
        if reply:
            await link.send(reply)
        received = b""
        try:
            async with asyncio.timeout(handshake.timeout_s):
                received = await link.receive()
        except TimeoutError:
            handshake.receive_eof()
        reply = handshake.receive(received) if received else handshake.receive_eof()


@final
class SocketLink:
    """Talks on a socket that has no transport yet."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._loop = asyncio.get_running_loop()

    async def send(self, data: bytes) -> None:
        """Say something."""
        await self._loop.sock_sendall(self._socket, data)

    async def receive(self) -> bytes:
        """What the proxy says; nothing once it has closed."""
        return await self._loop.sock_recv(self._socket, RECEIVE_BYTES)


@final
class TunnelProtocol(asyncio.Protocol):
    """A transport's protocol until the one comes that it is for: keeps what arrives meanwhile."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._arrived = bytearray()
        self._has_ended = False
        self._loss: Exception | None = None
        self._changed = asyncio.Event()

    @property
    def transport(self) -> asyncio.Transport:
        """What it is connected by."""
        assert self._transport is not None, "it has not been connected"
        return self._transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Connected."""
        # By its type alone: uvloop's transports are no subclasses.
        transport = cast("asyncio.Transport", transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Keep it."""
        self._arrived += data
        self._changed.set()

    def eof_received(self) -> None:
        """The peer says no more; the transport closes."""
        self._has_ended = True
        self._changed.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody says any more."""
        self._has_ended = True
        self._loss = exc
        self._changed.set()

    async def send(self, data: bytes) -> None:
        """Say something."""
        self.transport.write(data)

    async def receive(self) -> bytes:
        """What the proxy says; nothing once it has closed."""
        while not (self._arrived or self._has_ended):
            self._changed.clear()
            await self._changed.wait()
        if not self._arrived and self._loss is not None:
            raise OSError(_words(self._loss)) from self._loss
        received = bytes(self._arrived)
        self._arrived.clear()
        return received

    def replace_protocol(self, make_protocol: Callable[[], P]) -> P:
        """Give the transport, and what has arrived, to the protocol that they are for."""
        if self._has_ended:
            raise OSError("the server closed the connection at once")
        made, transport = make_protocol(), self.transport
        transport.set_protocol(made)
        made.connection_made(transport)
        # It may have handed the transport on to another.
        _feed(transport.get_protocol(), bytes(self._arrived))
        self._arrived.clear()
        return made


@final
class TLSOverTLS(asyncio.Transport):
    """The transport of TLS with a proxy, as the carrier of TLS with a server.

    asyncio's own will do where aborting it is not broken.
    """

    # What `start_tls` looks for: bytes go through this one unchanged.
    _start_tls_compatible = True

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport

    def get_extra_info(self, name: str, default: object = None) -> object:
        """What is known of the connection to the proxy."""
        return self._transport.get_extra_info(name, default)

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Whom to tell."""
        self._transport.set_protocol(protocol)

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Who is told."""
        return self._transport.get_protocol()

    def is_reading(self) -> bool:
        """Whether it reads."""
        return self._transport.is_reading()

    def pause_reading(self) -> None:
        """Leave what comes in the kernel."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Read on."""
        self._transport.resume_reading()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send it to the proxy."""
        self._transport.write(data)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """When writers are told to wait."""
        self._transport.set_write_buffer_limits(high, low)

    def get_write_buffer_size(self) -> int:
        """How much waits for the proxy to take it."""
        return self._transport.get_write_buffer_size()

    def is_closing(self) -> bool:
        """Whether it is closed, or about to be."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close it once all is sent."""
        self._transport.close()

    def abort(self) -> None:
        """Close it at once."""
        self._transport.abort()

    def _force_close(self, exc: object) -> None:  # pyright: ignore[reportUnusedFunction]
        """What asyncio calls within."""
        del exc
        self._transport.abort()


async def _start_tls(link: TunnelProtocol, context: ssl.SSLContext, name: str) -> TunnelProtocol:
    """TLS with the server, within that with the proxy."""
    # A server of HTTP/2 speaks first, and may do so before `start_tls` returns.
    inner, outer = TunnelProtocol(), link.transport
    if ABORT_IS_BROKEN and type(outer).__module__ == "asyncio.sslproto":
        outer = TLSOverTLS(outer)
    loop = asyncio.get_running_loop()
    transport = await loop.start_tls(outer, inner, context, server_hostname=name)
    # It comes back without a word too where the connection to the proxy was lost meanwhile.
    if transport is None or transport.get_extra_info("ssl_object") is None:
        raise OSError("the connection was lost within the TLS handshake")
    inner.connection_made(transport)
    return inner


def _feed(protocol: asyncio.BaseProtocol, data: bytes) -> None:
    if isinstance(protocol, asyncio.Protocol):
        if data:
            protocol.data_received(data)
        return
    assert isinstance(protocol, asyncio.BufferedProtocol)
    while data:
        buffer = memoryview(protocol.get_buffer(len(data)))
        count = min(len(buffer), len(data))
        buffer[:count] = data[:count]
        protocol.buffer_updated(count)
        data = data[count:]


def _words(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else str(error)
