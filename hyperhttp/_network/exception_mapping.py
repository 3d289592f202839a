"""The border where errors of sockets, names and TLS become ours; nobody else catches them.

Each function only translates: it returns the error, and the caller raises it `from` the foreign
one.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl

from hyperhttp._base._generated.errors import (
    ConnectError,
    DNSError,
    ReadError,
    TLSError,
    WriteError,
)

_WRITE_ERRNOS = frozenset({errno.EPIPE, errno.ESHUTDOWN})


def connect_error(error: OSError, host: str, port: int) -> ConnectError:
    """What went wrong before a connection stood: the name, the way there, or TLS."""
    if isinstance(error, socket.gaierror):
        return DNSError(detail=f"{reason(error)} ({host})", host=host, port=port)
    if isinstance(error, ssl.SSLCertVerificationError):
        return TLSError(detail=_certificate_fault(error, host), host=host, port=port)
    if isinstance(error, ssl.SSLError):
        return TLSError(detail=f"handshake failed: {reason(error)}", host=host, port=port)
    return ConnectError(detail=reason(error), host=host, port=port)


def loss_error(
    error: OSError | None, *, sending: bool, sent_bytes: int, received_bytes: int
) -> ReadError | WriteError:
    """Why a standing connection was lost; `sending`: our request was still going out."""
    detail = "the connection was lost" if error is None else reason(error)
    if sending or (error is not None and error.errno in _WRITE_ERRNOS):
        return WriteError(detail=detail, sent_bytes=sent_bytes)
    return ReadError(detail=detail, received_bytes=received_bytes)


def reason(error: OSError) -> str:
    """The foreign error in words, never empty and without its number."""
    if isinstance(error, ssl.SSLError):
        # `reason` is missing where OpenSSL did not raise the error itself.
        words: str = getattr(error, "reason", None) or error.strerror or str(error)
        return (words or type(error).__name__).replace("_", " ").lower()
    if isinstance(error, socket.gaierror) or not error.errno:
        return error.strerror or str(error) or type(error).__name__
    # The system's own words: asyncio puts the address in their place, which the error has anyway.
    return os.strerror(error.errno).lower()


def _certificate_fault(error: ssl.SSLCertVerificationError, host: str) -> str:
    return f"the certificate of {host} is not trusted: {error.verify_message or reason(error)}"
