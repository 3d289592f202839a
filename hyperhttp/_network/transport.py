"""What may stand in place of the network: opens a connection in memory where sockets would be.

Names, sockets, proxies and TLS are then left out; all that is above them is the same. Knows no
HTTP: what answers at the other end is the transport's own business.
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
    """Where a connection is to lead."""

    host: str
    """The host of the URL: a name, or an address without brackets."""
    port: int
    is_tls: bool
    """Whether the URL says https."""
    alpn: tuple[str, ...]
    """The protocols that are offered, the preferred one first (RFC 7301); none without TLS."""


class Transport(Protocol):
    """Opens connections in place of sockets, DNS, proxies and TLS; `transport=` of a client.

        async with hyperhttp.Client(transport=hyperhttp.MockTransport(200)) as client:
            await client.get("https://example.com/")

    `hyperhttp.testing` has those that tests want.
    """

    async def connect(self, endpoint: Endpoint, make_protocol: Callable[[], P], /) -> P:
        """A protocol that was connected (`connection_made`) to an asyncio.Transport.

        That one's extra information "alpn_protocol" is what it has chosen from `endpoint.alpn`, or
        None. An OSError is told as a ConnectError; whatever else it raises, as it is.
        """
        ...

    async def aclose(self) -> None:
        """A client that has used it is closed; others may still use it."""
        ...


def transport_of(given: Transport) -> Transport:
    """The transport as it was given. Raises ConfigError for what is none."""
    if not all(callable(getattr(given, name, None)) for name in ("connect", "aclose")):
        raise ConfigError(
            option="transport", given=shown(given), allowed="a Transport such as MockTransport"
        )
    return given
