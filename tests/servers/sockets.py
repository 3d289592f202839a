"""Listening sockets on loopback, on ports that the kernel chose; ports that refuse or keep silent.

A socket is bound once and handed on (by object or by descriptor), so no port can be taken by
another process in between, and a client may connect before the program behind it has started.
"""

from __future__ import annotations

import socket
from contextlib import ExitStack, contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator


def listening(host: str = "127.0.0.1", *, backlog: int = 256) -> socket.socket:
    """A listening socket on a port that the kernel chose."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # By its protocol asyncio knows that it may send small pieces at once (TCP_NODELAY).
    listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, 0))
    listener.listen(backlog)
    return listener


def port_of(bound: socket.socket) -> int:
    """The port that a bound socket has."""
    port = bound.getsockname()[1]
    assert isinstance(port, int)
    return port


@contextmanager
def refusing_port(host: str = "127.0.0.1") -> Generator[int]:
    """A port that refuses connections: held, so that nobody else gets it, but not listened on."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as held:
        held.bind((host, 0))
        yield port_of(held)


@contextmanager
def unreplied_port() -> Generator[int]:
    """A port on which a connection attempt hangs: its queue is full and nobody accepts."""
    with ExitStack() as stack:
        listener = stack.enter_context(listening(backlog=0))
        port = port_of(listener)
        # Linux queues backlog + 1 connections and drops the SYN of the next one.
        for _ in range(2):
            filler = stack.enter_context(socket.socket())
            filler.setblocking(False)
            filler.connect_ex(("127.0.0.1", port))
        yield port
