"""Connects protocols to connected sockets: on our transports, or by the event loop if necessary."""

from __future__ import annotations

import asyncio
import socket
from asyncio.selector_events import BaseSelectorEventLoop
from typing import TYPE_CHECKING, TypeVar

from hyperhttp._network.connect_socket import defined_in
from hyperhttp._network.socket_transport import SocketTransport
from hyperhttp._network.tls_handshake import open_channel
from hyperhttp._network.tls_transport import TLSTransport

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._network.server_tls import ServerTLS
    from hyperhttp._network.tls_sessions import SessionSlot

__all__ = ["connect_protocol", "runs_on_socket"]

P = TypeVar("P", bound=asyncio.BaseProtocol)


async def connect_protocol(
    connected: socket.socket,
    make_protocol: Callable[[], P],
    tls: ServerTLS | None = None,
    name: str | None = None,
    *,
    slot: SessionSlot | None = None,
    carries_tls: bool = False,
) -> P:
    """Return a protocol that is connected to a transport, with TLS if there is a context.

    Args:
        connected: The socket. It's closed if this fails.
        make_protocol: Creates the protocol.
        tls: How TLS is started; None for no TLS.
        name: The name of the server, for SNI and its certificate.
        slot: The sessions that may be resumed; None to resume none.
        carries_tls: Whether `start_tls` is called for the transport later.

    Raises:
        OSError: TLS failed, or the connection was lost.
    """
    loop = asyncio.get_running_loop()
    if (
        tls is None
        and not carries_tls
        and isinstance(loop, BaseSelectorEventLoop)
        and defined_in(loop.create_connection) == "asyncio.base_events"  # it may be replaced
        and runs_on_socket(loop)
    ):
        return _on_socket(loop, connected, make_protocol)
    if tls is None or carries_tls or not runs_on_socket(loop):
        context = None if tls is None else tls.context
        is_ip = connected.family in {socket.AF_INET, socket.AF_INET6}
        connect = loop.create_connection if is_ip else loop.create_unix_connection
        by_loop, protocol = await connect(
            make_protocol, sock=connected, ssl=context, server_hostname=name
        )
        _check(tls, by_loop)
        return protocol
    channel = open_channel(loop, connected, tls.context, name or "", slot)
    transport = TLSTransport(loop, channel, slot)
    is_started = False
    try:
        await transport.shake_hands()
        tls.check(channel.tls)
        protocol = make_protocol()
        transport.start(protocol)
        is_started = True
    finally:
        if not is_started:
            transport.abort()
    return protocol


def _on_socket(
    loop: asyncio.AbstractEventLoop, connected: socket.socket, make_protocol: Callable[[], P]
) -> P:
    """Return a protocol on a transport without TLS."""
    is_started = False
    try:
        protocol = make_protocol()
        SocketTransport(loop, connected, protocol)
        is_started = True
    finally:
        if not is_started:
            loop.remove_reader(connected)
            connected.close()
    return protocol


def _check(tls: ServerTLS | None, transport: asyncio.Transport) -> None:
    """Check the certificate of a transport of the loop; abort it if that fails."""
    if tls is None:
        return
    is_checked = False
    try:
        tls.check(transport.get_extra_info("ssl_object"))
        is_checked = True
    finally:
        if not is_checked:
            transport.abort()


def runs_on_socket(loop: asyncio.AbstractEventLoop) -> bool:
    """Return whether TLS can run directly on the socket.

    The event loop must watch sockets, which that of Windows doesn't, and sockets must accept
    several pieces at a time.
    """
    watches = type(loop).add_reader is not asyncio.AbstractEventLoop.add_reader
    return watches and hasattr(socket.socket, "sendmsg")
