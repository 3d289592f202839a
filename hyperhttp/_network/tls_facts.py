"""The results of a TLS handshake, which outlive the connection."""

from __future__ import annotations

import ssl
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol, TypeAlias, final

from hyperhttp._network.base_transport import facts_of_socket

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hyperhttp._network.tls_channel import TLSChannel

__all__ = ["Cipher", "ClosedTLS", "NegotiatedTLS", "facts_of"]

Cipher: TypeAlias = tuple[str, str, int]

# Reading the fields of a certificate takes a third of the time of a request.
_PARSED_MAX: Final = 64
_parsed: Final[dict[tuple[bytes | None, ssl.VerifyMode], Mapping[str, object]]] = {}
"""The certificates of servers that were connected to, by their bytes."""


class NegotiatedTLS(Protocol):
    """The part of `ssl.SSLObject` that reports what was negotiated."""

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
    def of(cls, tls: ssl.SSLObject) -> ClosedTLS:
        """Return what was negotiated."""
        return cls(
            tls.session_reused,
            tls.version(),
            tls.cipher(),
            tls.selected_alpn_protocol(),
            _certificate_of(tls),
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


def _certificate_of(tls: ssl.SSLObject) -> Mapping[str, object] | None:
    try:
        # The fields are empty if the certificate wasn't verified.
        key = tls.getpeercert(True), tls.context.verify_mode
        certificate = _parsed.get(key)
        if certificate is None and (certificate := tls.getpeercert()) is not None:
            if len(_parsed) >= _PARSED_MAX:
                _parsed.clear()
            _parsed[key] = certificate
    except ValueError:  # an alert has ended TLS
        return None
    return certificate


def facts_of(channel: TLSChannel) -> dict[str, object]:
    """Return the information of a transport, by asyncio's names and two more."""
    return {
        **facts_of_socket(channel.socket),
        "ssl_object": channel.tls,
        "tls_channel": channel,
        "close_notify": False,
    }
