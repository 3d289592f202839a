"""The results of a TLS handshake, which outlive the connection."""

from __future__ import annotations

import asyncio.trsock
import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol, TypeAlias, cast, final

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Cipher", "ClosedTLS", "NegotiatedTLS", "facts_of"]

Cipher: TypeAlias = tuple[str, str, int]


class NegotiatedTLS(Protocol):
    """The part of `ssl.SSLObject` and `ssl.SSLSocket` that reports what was negotiated."""

    @property
    def session_reused(self) -> bool | None:
        """True if a session was resumed."""
        ...

    def version(self) -> str | None:
        """Return the version of TLS."""
        ...

    def cipher(self) -> Cipher | None:
        """Return the name of the cipher, the version that defined it, and its secret bits."""
        ...

    def selected_alpn_protocol(self) -> str | None:
        """Return the protocol that ALPN selected (RFC 7301)."""
        ...

    def getpeercert(self) -> Mapping[str, object] | None:
        """Return the certificate of the peer; empty if it wasn't verified."""
        ...


@final
@dataclass(frozen=True, slots=True)
class ClosedTLS:
    """The same after the socket is closed, without the memory that OpenSSL needs for it."""

    session_reused: bool | None
    negotiated_version: str | None
    negotiated_cipher: Cipher | None
    alpn_protocol: str | None
    certificate: Mapping[str, object] | None

    @classmethod
    def of(cls, wrapped: ssl.SSLSocket) -> ClosedTLS:
        """Return what a socket has negotiated, before it's closed."""
        return cls(
            wrapped.session_reused,
            wrapped.version(),
            wrapped.cipher(),
            wrapped.selected_alpn_protocol(),
            _certificate_of(wrapped),
        )

    def version(self) -> str | None:
        """Return the version of TLS."""
        return self.negotiated_version

    def cipher(self) -> Cipher | None:
        """Return the name of the cipher, the version that defined it, and its secret bits."""
        return self.negotiated_cipher

    def selected_alpn_protocol(self) -> str | None:
        """Return the protocol that ALPN selected (RFC 7301)."""
        return self.alpn_protocol

    def getpeercert(self) -> Mapping[str, object] | None:
        """Return the certificate of the peer; empty if it wasn't verified."""
        return self.certificate


def _certificate_of(wrapped: ssl.SSLSocket) -> Mapping[str, object] | None:
    try:
        return cast("Mapping[str, object] | None", wrapped.getpeercert())
    except ValueError:  # an alert has ended TLS
        return None


def facts_of(wrapped: ssl.SSLSocket) -> dict[str, object]:
    """Return the information of a transport, by asyncio's names and "close_notify"."""
    try:
        peer: object = wrapped.getpeername()
    except OSError:  # it's gone already
        peer = None
    return {
        "socket": asyncio.trsock.TransportSocket(wrapped),
        "sockname": wrapped.getsockname(),
        "peername": peer,
        "ssl_object": wrapped,
        "close_notify": False,
    }
