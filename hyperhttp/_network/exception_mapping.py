"""Maps errors of sockets, DNS and TLS to the library's own; no other module catches them.

Each function returns the new error, and the caller raises it `from` the original one.
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
    """Return the error for a connection that couldn't be opened: DNS, socket or TLS."""
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
    """Return the error for a lost connection; `sending`: the request was still being sent."""
    detail = "the connection was lost" if error is None else reason(error)
    if sending or (error is not None and error.errno in _WRITE_ERRNOS):
        return WriteError(detail=detail, sent_bytes=sent_bytes)
    return ReadError(detail=detail, received_bytes=received_bytes)


def reason(error: OSError) -> str:
    """Return the message of an error, never empty and without its number."""
    if isinstance(error, ssl.SSLError):
        # `reason` is missing on errors that OpenSSL didn't raise itself.
        words: str = getattr(error, "reason", None) or error.strerror or str(error)
        return (words or type(error).__name__).replace("_", " ").lower()
    if isinstance(error, socket.gaierror) or not error.errno:
        return error.strerror or str(error) or type(error).__name__
    # The system's message, because asyncio's contains the address, which our error has anyway.
    return os.strerror(error.errno).lower()


def _certificate_fault(error: ssl.SSLCertVerificationError, host: str) -> str:
    return f"the certificate of {host} is not trusted: {error.verify_message or reason(error)}"
