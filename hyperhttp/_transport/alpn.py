"""Selects the connection class once TLS has negotiated the protocol by ALPN (RFC 7301)."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final, cast, final

from hyperhttp._network.tls import chosen_protocol

if TYPE_CHECKING:
    from collections.abc import Callable

    from hyperhttp._transport.h1_connection import H1Connection
    from hyperhttp._transport.h2_connection import H2Connection

HTTP1: Final = "http/1.1"
HTTP2: Final = "h2"


@final
class ALPNProtocol(asyncio.Protocol):
    """The protocol of a new transport until ALPN's result is known; `choose` makes the next."""

    def __init__(self, choose: Callable[[str | None], H1Connection | H2Connection]) -> None:
        self._choose = choose
        self._connection: H1Connection | H2Connection | None = None

    @property
    def connection(self) -> H1Connection | H2Connection:
        """The connection that ALPN selected."""
        assert self._connection is not None, "it has not been connected"
        return self._connection

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Hand the transport over to the connection for the negotiated protocol."""
        # Checked by its type alone, because uvloop's transports aren't subclasses.
        transport = cast("asyncio.Transport", transport)
        connection = self._connection = self._choose(chosen_protocol(transport))
        transport.set_protocol(connection)
        connection.connection_made(transport)


def alpn_protocols(http2: object) -> tuple[str, ...]:
    """Return the protocols offered by ALPN, in order of preference (RFC 7301 3.1)."""
    match http2:
        case False:
            return (HTTP1,)
        case "prior-knowledge":
            return (HTTP2,)
        case _:
            return (HTTP2, HTTP1)
