"""The address of a socket."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Address"]


class Address(NamedTuple):
    """Where to connect: what `socket.connect` wants for this family."""

    family: int
    sockaddr: tuple[str, int] | tuple[str, int, int, int]

    def with_port(self, port: int) -> Address:
        """The same address with another port."""
        host, _, *rest = self.sockaddr
        match rest:
            case [int(flow), int(scope)]:
                return Address(self.family, (host, port, flow, scope))
            case _:
                return Address(self.family, (host, port))
