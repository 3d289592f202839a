"""Opens connections by Happy Eyeballs (RFC 8305), then starts TLS if the route needs it.

It sets no time limits: the caller cancels the dial.
"""

from __future__ import annotations

import asyncio
import os
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeVar

from hyperhttp._base._generated.bounds import ADDRESS_STAGGER_S
from hyperhttp._base._generated.errors import DNSError
from hyperhttp._network.address_check import permitted
from hyperhttp._network.connect_socket import connect_socket
from hyperhttp._network.exception_mapping import connect_error, handshake, reason
from hyperhttp._network.open_sockets import track
from hyperhttp._network.resolver_cache import ResolverCache
from hyperhttp._network.tls_start import connect_protocol

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hyperhttp._base._generated.errors import ConnectError
    from hyperhttp._base.address_gate import AddressGate
    from hyperhttp._network.address import Address
    from hyperhttp._network.connect_trace import ConnectTrace, DialStep
    from hyperhttp._network.server_tls import ServerTLS
    from hyperhttp._network.tls_sessions import SessionSlot, TLSSessions

# The delay before another attempt at a Unix socket with a full queue. TCP waits a second then.
QUEUE_FULL_S: Final = 0.01

P = TypeVar("P", bound=asyncio.BaseProtocol)


@dataclass(frozen=True, slots=True)
class Route:
    """The target of a connection: host, port, and whether to use TLS."""

    host: str
    port: int
    is_tls: bool


@dataclass(slots=True)
class ConnectOptions:
    """How connections are opened; with `uds`, all of them go to that socket."""

    resolver: ResolverCache
    local_address: str | None = None
    uds: Path | None = None
    trace: ConnectTrace | None = None
    """Records the time of each step."""
    gate: AddressGate | None = None
    """Decides which addresses are dialed; None for all. It doesn't apply to proxies."""
    sessions: TLSSessions | None = None
    """The TLS sessions to resume; None to resume none."""
    key: str = ""
    """The pool key of the connection, for its sessions."""
    hop: int = 0
    """The number of redirects that led to the request, for the gate."""

    def for_request(self, trace: ConnectTrace, key: str, hop: int) -> ConnectOptions:
        """Return the options for the connection of a request; faster than `replace`."""
        return ConnectOptions(
            self.resolver, self.local_address, self.uds, trace, self.gate, self.sessions, key, hop
        )

    def slot(self, name: str, context: ssl.SSLContext) -> SessionSlot | None:
        """Return the TLS sessions for a server; None to resume none."""
        return None if self.sessions is None else self.sessions.slot(self.key, name, context)

    def mark(self, step: DialStep) -> None:
        """Record the end of a step."""
        if self.trace is not None:
            self.trace.mark(step)

    def resolved(self, addresses: Sequence[Address]) -> None:
        """Record the end of resolving the name, and its result."""
        if self.trace is not None:
            self.trace.addresses = addresses
            self.trace.mark("dns")


async def dial(
    route: Route,
    make_protocol: Callable[[], P],
    options: ConnectOptions,
    tls: ServerTLS | None,
) -> P:
    """Return a connected protocol.

    Raises:
        AddressRefused: The policy doesn't allow the host, or an address of it.
        ConnectError: No address accepted the connection.
        DNSError: The name has no address.
        TLSError: The handshake failed.
    """
    try:
        connected = await (
            _open_checked_socket(route, options)
            if options.uds is None
            else _open_uds(route, options)
        )
        return await hand_over(connected, make_protocol, route.host, tls, options)
    except OSError as error:
        raise dial_error(error, route) from error


def dial_error(error: OSError, route: Route) -> ConnectError:
    """Return the error for a connection that couldn't be opened."""
    return connect_error(error, route.host, route.port)


async def hand_over(
    connected: socket.socket,
    make_protocol: Callable[[], P],
    host: str,
    tls: ServerTLS | None,
    options: ConnectOptions,
    *,
    carries_tls: bool = False,
) -> P:
    """Give the socket to a transport, which closes it if TLS fails.

    `carries_tls`: TLS with another peer is started inside.

    Raises:
        OSError: TLS failed or the connection was lost.
    """
    if tls is None:
        return await connect_protocol(connected, make_protocol)
    name = tls.name_for(host)
    with handshake():
        protocol = await connect_protocol(
            connected,
            make_protocol,
            tls,
            name,
            slot=options.slot(name, tls.context),
            carries_tls=carries_tls,
        )
    options.mark("tls")
    return protocol


async def open_socket(route: Route, options: ConnectOptions) -> socket.socket:
    """Return a socket connected to the first address of the host that accepts, unchecked.

    It is for proxies, which the user of the client chooses.

    Raises:
        OSError: No address accepted; `dial_error` maps it.
        DNSError: The name has no address.
    """
    return await _open_any(route, await _addresses_of(route, options), options)


async def _open_checked_socket(route: Route, options: ConnectOptions) -> socket.socket:
    """Return the same for a server, connected to an address that the policy allows."""
    return await _open_any(route, await checked_addresses(route, options), options)


async def checked_addresses(route: Route, options: ConnectOptions) -> Sequence[Address]:
    """Return the addresses of a server that the policy allows. Raises AddressRefused, DNSError."""
    host, port, gate = route.host, route.port, options.gate
    if gate is not None:
        gate.check_name(host, port)
    return permitted(gate, host, port, options.hop, await _addresses_of(route, options))


async def _addresses_of(route: Route, options: ConnectOptions) -> Sequence[Address]:
    host, port = route.host, route.port
    addresses = await options.resolver.resolve(host, port)
    if not addresses:
        options.resolver.forget(host)
        raise DNSError(detail=f"{host} has no address", host=host, port=port)
    return addresses


async def _open_any(
    route: Route, addresses: Sequence[Address], options: ConnectOptions
) -> socket.socket:
    if options.local_address is not None:
        addresses = _of_family(addresses, options.local_address)
    options.resolved(addresses)
    connected = await _race(interleave(addresses), options.local_address)
    if isinstance(connected, socket.socket):
        options.mark("connect")
        return connected
    options.resolver.forget(route.host)
    # Raise the first failure, because the system prefers that address.
    raise connected[0]


def _of_family(addresses: Sequence[Address], local_address: str) -> list[Address]:
    """Return the addresses of the same family as the local address."""
    family = socket.AF_INET6 if ":" in local_address else socket.AF_INET
    found = [address for address in addresses if address.family == family]
    if not found:
        kind = "IPv6" if family == socket.AF_INET6 else "IPv4"
        raise OSError(f"local_address {local_address} is {kind}, the server has no such address")
    return found


async def _open_uds(route: Route, options: ConnectOptions) -> socket.socket:
    """Return a connected Unix domain socket."""
    path = options.uds
    assert path is not None, "the way leads elsewhere"
    if options.gate is not None:
        options.gate.check_socket(route.host, os.fspath(path))
    family: int | None = getattr(socket, "AF_UNIX", None)
    if family is None:
        raise OSError("this system has no Unix domain sockets")
    opened = socket.socket(family, socket.SOCK_STREAM)
    track(opened)
    connected = False
    try:
        opened.setblocking(False)
        while not (connected := _is_accepted(opened, path)):  # noqa: ASYNC110 - there is no event to wait for
            await asyncio.sleep(QUEUE_FULL_S)
    except OSError as error:
        raise OSError(f"{reason(error)} (uds {path})") from error
    finally:
        if not connected:
            opened.close()
    options.mark("connect")
    return opened


def _is_accepted(opened: socket.socket, path: Path) -> bool:
    """Connect; return False while the server's queue is full."""
    try:
        opened.connect(os.fspath(path))
    except BlockingIOError:
        return False
    return True


async def _race(
    addresses: Sequence[Address], local_address: str | None
) -> socket.socket | list[OSError]:
    """Return the first socket to connect, or the error of each address."""
    if len(addresses) == 1:
        try:
            return await connect_socket(addresses[0], local_address)
        except OSError as error:
            return [error]
    errors: list[OSError] = []
    running: set[asyncio.Task[socket.socket]] = set()
    waiting = list(addresses)
    winner: socket.socket | None = None
    try:
        while winner is None and (waiting or running):
            if waiting:
                running.add(asyncio.ensure_future(connect_socket(waiting.pop(0), local_address)))
            done, running = await asyncio.wait(
                running,
                timeout=ADDRESS_STAGGER_S if waiting else None,
                return_when=asyncio.FIRST_COMPLETED,
            )
            winner = _pick_winner(done, errors)
    finally:
        await _cancel_all(running, winner)
    return winner if winner is not None else errors


def _pick_winner(
    done: set[asyncio.Task[socket.socket]], errors: list[OSError]
) -> socket.socket | None:
    """Return the first connected socket of the finished attempts; close others, collect errors."""
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


async def _cancel_all(
    running: set[asyncio.Task[socket.socket]], winner: socket.socket | None
) -> None:
    """Cancel the other attempts; if this is canceled meanwhile, the winner is closed, too."""
    if not running:
        return
    for attempt in running:
        attempt.cancel()
        attempt.add_done_callback(_close_socket)
    is_over = False
    try:
        await asyncio.wait(running)
        is_over = True
    finally:
        if winner is not None and not is_over:
            winner.close()


def _close_socket(attempt: asyncio.Task[socket.socket]) -> None:
    """Close the socket of an attempt that connected before it was canceled."""
    if not attempt.cancelled() and attempt.exception() is None:
        attempt.result().close()


def interleave(addresses: Sequence[Address]) -> list[Address]:
    """Alternate the families, starting with that of the first address (RFC 8305 4)."""
    if len(addresses) == 1:
        return list(addresses)
    first = [one for one in addresses if one.family == addresses[0].family]
    other = [one for one in addresses if one.family != addresses[0].family]
    mixed: list[Address] = []
    for index in range(max(len(first), len(other))):
        mixed.extend(first[index : index + 1])
        mixed.extend(other[index : index + 1])
    return mixed
