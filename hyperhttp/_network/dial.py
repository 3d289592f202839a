"""Opens connections: addresses raced by Happy Eyeballs v2 (RFC 8305), then TLS if asked for.

Knows routes, sockets and TLS, and no HTTP. It sets no time limits: whoever dials cancels.
"""

from __future__ import annotations

import asyncio
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from hyperhttp._generated.exceptions import DNSError
from hyperhttp._network.border import connect_error
from hyperhttp._network.resolver import Address, Resolver

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence


# RFC 8305 5: the recommended delay between two attempts.
STAGGER_S: Final = 0.25

P = TypeVar("P", bound=asyncio.BaseProtocol)


@dataclass(frozen=True, slots=True)
class Route:
    """Where a connection leads: one host and port, in the clear or by TLS."""

    host: str
    port: int
    is_tls: bool


async def dial(
    route: Route,
    make_protocol: Callable[[], P],
    *,
    resolver: Resolver,
    ssl_context: ssl.SSLContext | None,
) -> P:
    """A connected protocol. Raises ConnectError, DNSError or TLSError."""
    host, port = route.host, route.port
    try:
        addresses = await resolver.resolve(host, port)
        connected = await _race(interleave(addresses))
    except OSError as error:
        raise connect_error(error, host, port) from error
    if not isinstance(connected, socket.socket):
        resolver.forget(host, port)
        if not connected:
            raise DNSError(detail=f"{host} has no address", host=host, port=port)
        # The first failure speaks: it belongs to the address that the system prefers.
        raise connect_error(connected[0], host, port) from connected[0]
    try:
        return await _hand_over(connected, make_protocol, host, ssl_context)
    except OSError as error:
        raise connect_error(error, host, port) from error


async def _hand_over(
    connected: socket.socket,
    make_protocol: Callable[[], P],
    host: str,
    ssl_context: ssl.SSLContext | None,
) -> P:
    """From here on the event loop's transport owns the socket, and closes it if TLS fails."""
    _, protocol = await asyncio.get_running_loop().create_connection(
        make_protocol,
        sock=connected,
        ssl=ssl_context,
        # RFC 6066 3: the name in SNI, and so in the certificate, has no trailing dot.
        server_hostname=host.removesuffix(".") if ssl_context is not None else None,
    )
    return protocol


async def _race(addresses: Sequence[Address]) -> socket.socket | list[OSError]:
    """The first socket to connect, or why each address did not."""
    if len(addresses) == 1:
        try:
            return await _connect(addresses[0])
        except OSError as error:
            return [error]
    errors: list[OSError] = []
    running: set[asyncio.Task[socket.socket]] = set()
    waiting = list(addresses)
    winner: socket.socket | None = None
    try:
        while winner is None and (waiting or running):
            if waiting:
                running.add(asyncio.ensure_future(_connect(waiting.pop(0))))
            done, running = await asyncio.wait(
                running,
                timeout=STAGGER_S if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            winner = _settle(done, errors)
    finally:
        await _call_off(running)
    return winner if winner is not None else errors


def _settle(done: set[asyncio.Task[socket.socket]], errors: list[OSError]) -> socket.socket | None:
    """The winner among attempts that ended; a second socket is closed, failures are noted."""
    winner: socket.socket | None = None
    for attempt in done:
        error = attempt.exception()
        if isinstance(error, OSError):
            errors.append(error)
        elif error is not None:
            raise error
        elif winner is None:
            winner = attempt.result()
        else:
            attempt.result().close()
    return winner


async def _call_off(running: set[asyncio.Task[socket.socket]]) -> None:
    for attempt in running:
        attempt.cancel()
    if running:
        await asyncio.wait(running)
    for attempt in running:
        if not attempt.cancelled() and attempt.exception() is None:
            attempt.result().close()


async def _connect(address: Address) -> socket.socket:
    opened = socket.socket(address.family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    connected = False
    try:
        opened.setblocking(False)
        await asyncio.get_running_loop().sock_connect(opened, address.sockaddr)
        connected = True
    finally:
        if not connected:
            opened.close()
    return opened


def interleave(addresses: Sequence[Address]) -> list[Address]:
    """RFC 8305 4: families alternate, beginning with that of the first address."""
    first = [one for one in addresses if one.family == addresses[0].family]
    other = [one for one in addresses if one.family != addresses[0].family]
    mixed: list[Address] = []
    for index in range(max(len(first), len(other))):
        mixed.extend(first[index : index + 1])
        mixed.extend(other[index : index + 1])
    return mixed
