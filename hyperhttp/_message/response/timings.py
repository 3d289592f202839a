"""How long the phases of an attempt took, as `Response.timings` returns them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, final

if TYPE_CHECKING:
    from hyperhttp._message.response.connection_info import ConnectionInfo

__all__ = ["PhaseTimes", "Timings", "timings_of"]


@final
@dataclass(frozen=True, slots=True)
class Timings:
    """The seconds that each phase of an attempt took; None where a phase didn't happen.

        print(response.timings.wait_s, response.timings.total_s)

    `dns_s`, `connect_s` and `tls_s` are always there for a new connection. The others need a client
    with `on_event`, and are None without it.
    """

    pool_s: float | None = None
    """Waiting for a connection, or for the right to open one."""
    dns_s: float | None = None
    """Resolving the name; None if the connection was reused."""
    connect_s: float | None = None
    """Connecting, by TCP or to a socket; None if the connection was reused."""
    tls_s: float | None = None
    """TLS, including the reading of trusted certificates; None without it or if reused."""
    send_s: float | None = None
    """Sending the request."""
    wait_s: float | None = None
    """From the end of sending to the response headers."""
    download_s: float | None = None
    """From the response headers to the end of the body; None before that."""
    total_s: float | None = None
    """The whole attempt; None before its end."""


class PhaseTimes(Protocol):
    """An attempt whose phases were observed."""

    def timings(self) -> Timings:
        """Return what is known by now."""
        ...


def timings_of(connection: ConnectionInfo | None) -> Timings:
    """Return what is known without observing an attempt: the opening of its connection."""
    if connection is None or connection.is_reused:
        return Timings()
    tls_s = None if connection.tls is None else connection.tls_s
    return Timings(dns_s=connection.dns_s, connect_s=connection.connect_s, tls_s=tls_s)
