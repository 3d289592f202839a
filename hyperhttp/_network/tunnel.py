"""Opens connections through a proxy: connects to it, runs a handshake, then starts TLS.

The handshake is a `TunnelHandshake` for CONNECT or SOCKS5. Like `dial` it sets no limit for the
whole: the caller cancels it.
"""

from __future__ import annotations

import asyncio
import socket
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NoReturn, Protocol, TypeVar, cast, final

from hyperhttp._base._generated.errors import ConnectError, ProxyError
from hyperhttp._network.dial import (
    Route,
    checked_addresses,
    dial_error,
    hand_over,
    open_socket,
)
from hyperhttp._network.exception_mapping import HandshakeLost, handshake, reason

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._network.dial import ConnectOptions
    from hyperhttp._network.server_tls import ServerTLS

# A proxy's response has a few hundred bytes.
RECEIVE_BYTES: Final = 1 << 12

# If TLS within TLS fails, asyncio closes the outer transport at once, which raises TypeError up to
# CPython 3.11.7 and 3.12.1 (python/cpython#113214).
ABORT_IS_BROKEN: Final = sys.version_info < (3, 11, 8) or (3, 12) <= sys.version_info < (3, 12, 2)

P = TypeVar("P", bound=asyncio.BaseProtocol)


class TunnelHandshake(Protocol):
    """A handshake with a proxy. All methods may raise ProxyError."""

    @property
    def timeout_s(self) -> float | None:
        """How much longer to wait for the proxy; None for no limit beside that of the dial."""
        ...

    def begin(self) -> bytes:
        """Return the first bytes to send."""
        ...

    def receive(self, data: bytes) -> bytes | None:
        """Return the bytes to send next, perhaps none; None once the tunnel is open."""
        ...

    def receive_eof(self) -> NoReturn:
        """Handle that the proxy sends no more."""
        ...


class Link(Protocol):
    """A connection to a proxy during the handshake."""

    async def send(self, data: bytes) -> None:
        """Send bytes."""
        ...

    async def receive(self) -> bytes:
        """Return received bytes; empty once the proxy has closed."""
        ...


@dataclass(frozen=True, slots=True)
class Tunnel:
    """A tunnel through one proxy."""

    proxy: Route
    display_url: str
    """The proxy's URL without credentials."""
    proxy_tls: ServerTLS | None
    """For TLS with the proxy itself."""
    handshake: Callable[[str, int], TunnelHandshake] | None
    """Creates the handshake for a host and port; None: the proxy forwards requests."""
    resolves_here: bool = False
    """True if the proxy gets addresses instead of names."""

    async def dial(
        self,
        route: Route,
        make_protocol: Callable[[], P],
        options: ConnectOptions,
        tls: ServerTLS | None,
    ) -> P:
        """Return a connected protocol, as `dial` does; raise ProxyError if the proxy fails."""
        handshake = None
        if options.trace is not None:
            options.trace.proxy = self.display_url
        if self.handshake is not None:
            host = await _address_of(route, options) if self.resolves_here else route.host
            handshake = self.handshake(host, route.port)
        try:
            connected = await open_socket(self.proxy, options)
            if handshake is None:
                return await hand_over(
                    connected, make_protocol, self.proxy.host, self.proxy_tls, options
                )
            if self.proxy_tls is None:
                await self._handshake_on_socket(connected, handshake)
                options.mark("proxy")
                link = None
            else:
                link = await hand_over(
                    connected,
                    TunnelProtocol,
                    self.proxy.host,
                    self.proxy_tls,
                    options,
                    carries_tls=tls is not None,
                )
        except OSError as error:
            raise self._error(dial_error(error, self.proxy), route) from error
        except ProxyError:
            raise
        except ConnectError as error:
            raise self._error(error, route) from error
        if link is not None:
            return await self._connect_through_tls(
                link, handshake, route, make_protocol, tls, options
            )
        try:
            return await hand_over(connected, make_protocol, route.host, tls, options)
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
        tls: ServerTLS | None,
        options: ConnectOptions,
    ) -> P:
        """Open the tunnel through a proxy that uses TLS itself."""
        is_through = False
        try:
            try:
                await run_handshake(link, handshake)
            except OSError as error:
                raise self._error(dial_error(error, self.proxy), route) from error
            options.mark("proxy")
            try:
                if tls is not None:
                    link = await _start_tls(link, tls, tls.name_for(route.host))
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
        """Return the error for a proxy that can't be reached, or closed the connection."""
        return ProxyError(
            detail=f"the proxy is unreachable: {error.detail}",
            host=route.host,
            port=route.port,
            proxy=self.display_url,
        )


async def _address_of(route: Route, options: ConnectOptions) -> str:
    """Return the address for the proxy: IPv4 if there is one, because every proxy reaches it."""
    try:
        addresses = await checked_addresses(route, options)
    except OSError as error:
        raise dial_error(error, route) from error
    usual = [one for one in addresses if one.family == socket.AF_INET]
    return (usual or addresses)[0].sockaddr[0]


async def run_handshake(link: Link, handshake: TunnelHandshake) -> None:
    """Run the handshake until the tunnel is open; raise ProxyError, or OSError on loss."""
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
    """A link on a socket without a transport."""

    def __init__(self, connected: socket.socket) -> None:
        self._socket = connected
        self._loop = asyncio.get_running_loop()

    async def send(self, data: bytes) -> None:
        """Send bytes."""
        await self._loop.sock_sendall(self._socket, data)

    async def receive(self) -> bytes:
        """Return received bytes; empty once the proxy has closed."""
        return await self._loop.sock_recv(self._socket, RECEIVE_BYTES)


@final
class TunnelProtocol(asyncio.Protocol):
    """The protocol of a transport during the handshake; buffers received bytes."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._arrived = bytearray()
        self._has_ended = False
        self._loss: Exception | None = None
        self._changed = asyncio.Event()

    @property
    def transport(self) -> asyncio.Transport:
        """The connected transport."""
        assert self._transport is not None, "it has not been connected"
        return self._transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Store the transport."""
        # Checked by its type alone, because uvloop's transports aren't subclasses.
        transport = cast("asyncio.Transport", transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Buffer received bytes."""
        self._arrived += data
        self._changed.set()

    def eof_received(self) -> None:
        """Note that the peer sends no more; the transport closes."""
        self._has_ended = True
        self._changed.set()

    def connection_lost(self, exc: Exception | None) -> None:
        """Note that the connection is closed."""
        self._has_ended = True
        self._loss = exc
        self._changed.set()

    async def send(self, data: bytes) -> None:
        """Send bytes."""
        self.transport.write(data)

    async def receive(self) -> bytes:
        """Return received bytes; empty once the proxy has closed."""
        while not (self._arrived or self._has_ended):
            self._changed.clear()
            await self._changed.wait()
        if not self._arrived and self._loss is not None:
            raise OSError(_message_of(self._loss)) from self._loss
        received = bytes(self._arrived)
        self._arrived.clear()
        return received

    def replace_protocol(self, make_protocol: Callable[[], P]) -> P:
        """Give the transport and the buffered bytes to their final protocol."""
        if self._has_ended:
            loss = self._loss if isinstance(self._loss, OSError) else None
            raise loss or OSError("the server closed the connection at once")
        made, transport = make_protocol(), self.transport
        transport.set_protocol(made)
        made.connection_made(transport)
        # The protocol may have replaced itself already.
        _feed(transport.get_protocol(), bytes(self._arrived))
        self._arrived.clear()
        return made


@final
class TLSOverTLS(asyncio.Transport):
    """Wraps the transport of TLS with a proxy for TLS with a server.

    It is used only where aborting asyncio's own transport raises.
    """

    # `start_tls` requires it; bytes pass through unchanged.
    _start_tls_compatible = True

    def __init__(self, transport: asyncio.Transport) -> None:
        super().__init__()
        self._transport = transport

    def get_extra_info(self, name: str, default: object = None) -> object:
        """Return information about the connection to the proxy."""
        return self._transport.get_extra_info(name, default)

    def set_protocol(self, protocol: asyncio.BaseProtocol) -> None:
        """Set the protocol."""
        self._transport.set_protocol(protocol)

    def get_protocol(self) -> asyncio.BaseProtocol:
        """Return the protocol."""
        return self._transport.get_protocol()

    def is_reading(self) -> bool:
        """Return whether it reads."""
        return self._transport.is_reading()

    def pause_reading(self) -> None:
        """Stop reading."""
        self._transport.pause_reading()

    def resume_reading(self) -> None:
        """Resume reading."""
        self._transport.resume_reading()

    def write(self, data: bytes | bytearray | memoryview) -> None:
        """Send bytes to the proxy."""
        self._transport.write(data)

    def set_write_buffer_limits(self, high: int | None = None, low: int | None = None) -> None:
        """Set when writers have to pause."""
        self._transport.set_write_buffer_limits(high, low)

    def get_write_buffer_size(self) -> int:
        """Return how many bytes the proxy hasn't accepted yet."""
        return self._transport.get_write_buffer_size()

    def is_closing(self) -> bool:
        """Return whether it is closed or closing."""
        return self._transport.is_closing()

    def close(self) -> None:
        """Close it once all bytes are sent."""
        self._transport.close()

    def abort(self) -> None:
        """Close it at once."""
        self._transport.abort()

    def _force_close(  # pyright: ignore[reportUnusedFunction]
        self, exc: Exception | None
    ) -> None:
        """Close it; asyncio's name for `abort` with an error, which `abort` would lose."""
        lost = self._transport.get_protocol().connection_lost
        asyncio.get_running_loop().call_soon(lost, exc)
        self._transport.abort()


async def _start_tls(link: TunnelProtocol, tls: ServerTLS, name: str) -> TunnelProtocol:
    """Start TLS with the server inside TLS with the proxy."""
    # A server of HTTP/2 sends first, perhaps before `start_tls` returns.
    inner, outer = TunnelProtocol(), link.transport
    if ABORT_IS_BROKEN and type(outer).__module__ == "asyncio.sslproto":
        outer = TLSOverTLS(outer)
    loop = asyncio.get_running_loop()
    with handshake():
        transport = await loop.start_tls(outer, inner, tls.context, server_hostname=name)
    # `start_tls` also returns if the connection to the proxy was lost meanwhile.
    if transport is None or (wrapped := transport.get_extra_info("ssl_object")) is None:
        raise HandshakeLost("the proxy closed the connection")
    tls.check(wrapped)
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


def _message_of(error: Exception) -> str:
    return reason(error) if isinstance(error, OSError) else str(error)
