"""Pins: the hashes of public keys that a server must have one of (RFC 7469 2.4)."""

from __future__ import annotations

import ssl
from base64 import b64encode
from hashlib import sha256
from typing import TYPE_CHECKING, Final, Literal, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from collections.abc import Set as AbstractSet

__all__ = ["PresentedCertificates", "check_pins", "pin_of", "public_key_info"]

_SEQUENCE: Final = b"\x30"
_VERSION: Final = b"\xa0"
_TOO_SHORT: Final = "the certificate is cut off"


class PresentedCertificates(Protocol):
    """The part of `ssl.SSLObject` that has the certificates of the server."""

    @property
    def session_reused(self) -> bool | None:
        """True if a session was resumed."""
        ...

    @property
    def context(self) -> ssl.SSLContext:
        """The configuration of the connection."""
        ...

    def getpeercert(self, binary_form: Literal[True], /) -> bytes | None:
        """Return the certificate of the server in DER."""
        ...


def check_pins(tls: PresentedCertificates, pins: AbstractSet[str]) -> None:
    """Raise an error if no certificate of the server has one of the pins.

    A resumed session has no chain. It belongs to a connection that was checked.

    Raises:
        ssl.SSLCertVerificationError: No public key matches.
    """
    if tls.session_reused or any(pin_of(der) in pins for der in _chain(tls)):
        return
    error = ssl.SSLCertVerificationError("no public key of the server is pinned")
    error.verify_message = "its public key isn't one of the pins"
    raise error


def _chain(tls: PresentedCertificates) -> Sequence[bytes]:
    """Return the verified certificates: only the server's own before Python 3.13.

    Without verification, the server can add any certificate, so only its own counts.
    """
    verified: Callable[[], Sequence[bytes]] | None = getattr(tls, "get_verified_chain", None)
    if verified is not None and tls.context.verify_mode is ssl.CERT_REQUIRED:
        return verified()
    own = tls.getpeercert(True)
    return [own] if own else []


def pin_of(certificate: bytes) -> str:
    """Return the pin of a certificate in DER: "sha256/" and the hash in Base64."""
    return f"sha256/{b64encode(sha256(public_key_info(certificate)).digest()).decode('ascii')}"


def public_key_info(certificate: bytes) -> bytes:
    """Return the field `subjectPublicKeyInfo` of a certificate (RFC 5280 4.1).

    It follows an optional version, the serial number, the algorithm, the issuer, the validity and
    the subject. Raises ValueError.
    """
    start, _ = _content(certificate, 0, _SEQUENCE)
    at, end = _content(certificate, start, _SEQUENCE)
    if certificate[at : at + 1] == _VERSION:
        at = _end(certificate, at)
    for _ in range(5):
        at = _end(certificate, at)
    _content(certificate, at, _SEQUENCE)
    after = _end(certificate, at)
    if after > end:
        raise ValueError(_TOO_SHORT)
    return certificate[at:after]


def _content(data: bytes, at: int, tag: bytes) -> tuple[int, int]:
    """Return the start and the end of the content of an element (X.690 8.1)."""
    if data[at : at + 1] != tag:
        raise ValueError("the certificate has an unexpected field")
    end = _end(data, at)
    return end - _length(data, at)[1], end


def _end(data: bytes, at: int) -> int:
    start, length = _length(data, at)
    if start + length > len(data):
        raise ValueError(_TOO_SHORT)
    return start + length


def _length(data: bytes, at: int) -> tuple[int, int]:
    """Return where the content of an element begins, and its length."""
    if at + 2 > len(data):
        raise ValueError(_TOO_SHORT)
    first = data[at + 1]
    if first < 0x80:
        return at + 2, first
    size = first & 0x7F
    if not 0 < size <= 4 or at + 2 + size > len(data):
        raise ValueError(_TOO_SHORT)
    return at + 2 + size, int.from_bytes(data[at + 2 : at + 2 + size], "big")
