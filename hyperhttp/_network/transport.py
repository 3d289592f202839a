"""The interface of transports that replace the network with connections in memory.

They replace DNS, sockets, proxies and TLS. Everything above stays the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeVar, final

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import shown

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable

__all__ = ["Endpoint", "Transport", "transport_of"]

P = TypeVar("P", bound="asyncio.BaseProtocol")


@final
@dataclass(frozen=True, slots=True)
class Endpoint:
    """The target of a connection."""

    host: str
    """The host of the URL: a name, or an address without brackets."""
    port: int
    is_tls: bool
    """True if the scheme of the URL is https."""
    alpn: tuple[str, ...]
    """The offered protocols, in order of preference (RFC 7301); empty without TLS."""


class Transport(Protocol):
    """Opens connections in place of sockets, DNS, proxies and TLS; `transport=` of a client.

        async with hyperhttp.Client(transport=hyperhttp.MockTransport(200)) as client:
            await client.get("https://example.com/")

    `hyperhttp.testing` has those that tests want.
    """

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        """Return a protocol that is connected (`connection_made`) to an asyncio.Transport.

        The transport's extra information "alpn_protocol" is the protocol selected from
        `endpoint.alpn`, or None. An OSError is raised as a ConnectError; other errors are raised
        unchanged.
        """
        ...

    async def aclose(self) -> None:
        """Note that a client that used it is closed; others may still use it."""
        ...


def transport_of(given: Transport) -> Transport:
    """Return the transport, or raise ConfigError if it isn't one."""
    if not all(callable(getattr(given, name, None)) for name in ("connect", "aclose")):
        raise ConfigError(
            option="transport", given=shown(given), allowed="a Transport such as MockTransport"
        )
    return given
