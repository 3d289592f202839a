"""Connects a socket to one address."""

from __future__ import annotations

import asyncio
import errno
import socket
from typing import TYPE_CHECKING, Final

from hyperhttp._network.address import literal_address
from hyperhttp._network.exception_mapping import reason
from hyperhttp._network.open_sockets import track

if TYPE_CHECKING:
    from hyperhttp._network.address import Address

__all__ = ["connect_socket", "defined_in"]

# Without the flag, which some systems don't have, this takes a second system call.
_NONBLOCKING: Final[int] = getattr(socket, "SOCK_NONBLOCK", 0)
# The loops whose `sock_connect` calls `connect` first, and then watches the socket.
_PLAIN_LOOPS: Final = frozenset({"asyncio.selector_events", "uvloop.loop"})


async def connect_socket(address: Address, local_address: str | None) -> socket.socket:
    """Return a non-blocking socket that is connected. Raises OSError."""
    opened = socket.socket(address.family, socket.SOCK_STREAM | _NONBLOCKING, socket.IPPROTO_TCP)
    track(opened)
    connected = False
    try:
        if not _NONBLOCKING:
            opened.setblocking(False)
        if local_address is not None:
            _bind(opened, local_address)
        loop = asyncio.get_running_loop()
        # Tests and sandboxes replace it.
        is_plain = defined_in(loop.sock_connect) in _PLAIN_LOOPS
        if not (is_plain and _connects_at_once(opened, address)):
            await _connected(loop, opened, address)
        connected = True
    finally:
        if not connected:
            opened.close()
    return opened


def defined_in(method: object) -> object:
    """Return the name of the module that defines a method; None if it isn't a plain method.

    `__module__` is wrong for this: `functools.wraps` copies it to what replaces the method.
    """
    names: dict[str, object] = getattr(method, "__globals__", {})
    return names.get("__name__")


def _connects_at_once(opened: socket.socket, address: Address) -> bool:
    """Start to connect; return whether that's complete, as it is on the same machine.

    The kernel completes it after the first call has returned, and the second call notices that.
    """
    for _ in range(2):
        try:
            opened.connect(address.sockaddr)
        except BlockingIOError:
            continue
        except OSError as error:
            _check_connected(error)
        return True
    return False


async def _connected(
    loop: asyncio.AbstractEventLoop, opened: socket.socket, address: Address
) -> None:
    try:
        await loop.sock_connect(opened, address.sockaddr)
    except OSError as error:
        _check_connected(error)


def _check_connected(error: OSError) -> None:
    """Raise an error, unless it's that of macOS for a socket that has been connected meanwhile."""
    if error.errno != errno.EISCONN:
        raise error


def _bind(opened: socket.socket, local_address: str) -> None:
    try:
        literal = literal_address(local_address, 0)
        opened.bind((local_address, 0) if literal is None else literal.sockaddr)
    except OSError as error:
        raise OSError(f"local_address {local_address}: {reason(error)}") from error
