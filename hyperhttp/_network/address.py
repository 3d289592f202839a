"""The address of a socket, and the one that a host in numbers is."""

from __future__ import annotations

import socket
from typing import NamedTuple

__all__ = ["Address", "literal_address"]


class Address(NamedTuple):
    """Where to connect: what `socket.connect` wants for this family."""

    family: int
    sockaddr: tuple[str, int] | tuple[str, int, int, int]

    def with_port(self, port: int) -> Address:
        """Return the same address with another port."""
        host, _, *rest = self.sockaddr
        match rest:
            case [int(flow), int(scope)]:
                return Address(self.family, (host, port, flow, scope))
            case _:
                return Address(self.family, (host, port))


def literal_address(host: str, port: int) -> Address | None:
    """Return the address that `host` is, perhaps with a zone; None for a name."""
    address, percent, zone = host.partition("%")
    if not percent and _is_of(socket.AF_INET, address):
        return Address(socket.AF_INET, (address, port))
    if not _is_of(socket.AF_INET6, address):
        return None
    return Address(socket.AF_INET6, (address, port, 0, _scope_id(zone) if percent else 0))


def _is_of(family: int, text: str) -> bool:
    try:
        socket.inet_pton(family, text)
    except (OSError, ValueError):  # ValueError for a null character
        return False
    return True


def _scope_id(zone: str) -> int:
    """Return the number of a network interface (RFC 4007 11.2)."""
    if zone.isascii() and zone.isdigit():
        return int(zone)
    try:
        return socket.if_nametoindex(zone)
    except OSError:
        raise OSError(f"this machine has no network interface {zone}") from None
