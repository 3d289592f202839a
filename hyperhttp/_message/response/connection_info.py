"""The connection of a response, as `Response.connection` returns it.

These are plain values. `_network` and `_transport` collect them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, final

if TYPE_CHECKING:
    from datetime import datetime

__all__ = ["ConnectionInfo", "TLSInfo"]


@final
@dataclass(frozen=True, slots=True)
class TLSInfo:
    """The negotiated TLS parameters, and the subject of the server's certificate."""

    version: str
    """Such as "TLSv1.3"."""
    cipher: str
    """Such as "TLS_AES_256_GCM_SHA384"."""
    alpn: str | None
    """The protocol that the server selected: "h2" or "http/1.1". None if it selected none."""
    subject: str | None
    """The common name of the certificate, or the first of its names; None if it was not checked."""
    issuer: str | None
    """The authority that has signed it; None if it was not checked."""
    expires: datetime | None
    """When it expires, in UTC; None if it was not checked."""
    is_resumed: bool = False
    """True if a session of an earlier connection was resumed; see `tls_session_uses`."""


@final
@dataclass(frozen=True, slots=True)
class ConnectionInfo:
    """The connection that a response came by.

    if response.connection is not None:
        print(response.connection.address, response.connection.tls)
    """

    address: str | None
    """The other end, such as "192.0.2.1:443" or the path of a socket; a proxy's, if there is one.

    None once the connection is closed, if the event loop has forgotten it by then.
    """
    is_reused: bool
    """True if it had carried another request before this one."""
    tls: TLSInfo | None
    """None without TLS."""
    dns_s: float
    """Seconds that looking up the name took; 0.0 for an address, and for a name that was known."""
    connect_s: float
    """Seconds that connecting took, by TCP or to a socket."""
    proxy_s: float
    """Seconds that asking a proxy for a tunnel took; 0.0 without one."""
    tls_s: float
    """Seconds that TLS took, the reading of trusted certificates included; 0.0 without TLS."""

    @property
    def opening_s(self) -> float:
        """Seconds that opening it took, all in all."""
        return self.dns_s + self.connect_s + self.proxy_s + self.tls_s
