"""Maps errors of sockets, DNS and TLS to the library's own; no other module catches them.

Each function returns the new error, and the caller raises it `from` the original one.
"""

from __future__ import annotations

import errno
import os
import socket
import ssl
from contextlib import contextmanager
from typing import TYPE_CHECKING

from hyperhttp._base._generated.errors import (
    ConnectError,
    ReadError,
    TLSError,
    WriteError,
)
from hyperhttp._network._generated.connect_errors import CONNECT_ERRORS

if TYPE_CHECKING:
    from collections.abc import Generator
    from contextlib import AbstractContextManager
    from types import TracebackType

_WRITE_ERRNOS = frozenset({errno.EPIPE, errno.ESHUTDOWN})
# The alerts by which a server refuses a client. In TLS 1.3 they arrive after the client's handshake
# (RFC 8446 4.4.2.4, 6.2).
_REFUSALS = frozenset(
    {
        "SSLV3_ALERT_BAD_CERTIFICATE",
        "SSLV3_ALERT_CERTIFICATE_EXPIRED",
        "SSLV3_ALERT_CERTIFICATE_REVOKED",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN",
        "SSLV3_ALERT_HANDSHAKE_FAILURE",
        "SSLV3_ALERT_UNSUPPORTED_CERTIFICATE",
        "TLSV13_ALERT_CERTIFICATE_REQUIRED",
        "TLSV1_ALERT_ACCESS_DENIED",
        "TLSV1_ALERT_DECRYPT_ERROR",
        "TLSV1_ALERT_INSUFFICIENT_SECURITY",
        "TLSV1_ALERT_UNKNOWN_CA",
    }
)


class HandshakeLost(OSError):
    """The connection was lost during the TLS handshake, without an alert."""


class _HandshakeErrors:
    """The context of `handshake`, which has no state."""

    __slots__ = ()

    def __enter__(self) -> None:
        pass

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if isinstance(error, OSError) and not isinstance(error, ssl.SSLError):
            # asyncio raises an error without a message if the server closes the connection.
            how = reason(error) if error.args else "the server closed the connection"
            raise HandshakeLost(how) from error


_HANDSHAKE_ERRORS = _HandshakeErrors()


def handshake() -> AbstractContextManager[None]:
    """Raise HandshakeLost for an error in the block that isn't one of TLS itself."""
    return _HANDSHAKE_ERRORS


@contextmanager
def loop_creation() -> Generator[None]:
    """Raise ConnectError for an error in the block, such as that no descriptors are left."""
    try:
        yield
    except OSError as error:
        raise ConnectError(detail=f"there is no event loop: {reason(error)}") from error


def connect_error(error: OSError, host: str, port: int) -> ConnectError:
    """Return the error for a connection that couldn't be opened: DNS, socket or TLS."""
    if isinstance(error, HandshakeLost):
        detail = f"the connection was lost during the handshake: {reason(error)}"
        return TLSError(detail=detail, host=host, port=port, is_connection_lost=True)
    kind = next(ours for foreign, ours in CONNECT_ERRORS.items() if isinstance(error, foreign))
    return kind(detail=_detail(error, host), host=host, port=port)


def loss_error(
    error: OSError | None, *, sending: bool, sent_bytes: int, received_bytes: int
) -> ReadError | WriteError | TLSError:
    """Return the error for a lost connection; `sending`: the request was still being sent."""
    if not received_bytes and (refusal := _refusal(error)) is not None:
        return refusal
    detail = "the connection was lost" if error is None else reason(error)
    if sending or (error is not None and error.errno in _WRITE_ERRNOS):
        return WriteError(detail=detail, sent_bytes=sent_bytes)
    return ReadError(detail=detail, received_bytes=received_bytes)


def early_end_error(error: OSError | None, host: str, port: int) -> ConnectError:
    """Return the error for a connection that was lost as soon as it was open."""
    detail = "the server closed the connection at once"
    return _refusal(error, host, port) or ConnectError(detail=detail, host=host, port=port)


def _refusal(error: OSError | None, host: str = "", port: int = 0) -> TLSError | None:
    """Return the error for an alert by which a server refuses the client; None for others."""
    if isinstance(error, ssl.SSLError) and error.reason in _REFUSALS:
        detail = f"the server refused the client: {reason(error)}"
        return TLSError(detail=detail, host=host, port=port)
    return None


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


def _detail(error: OSError, host: str) -> str:
    match error:
        case socket.gaierror():
            return f"{reason(error)} ({host})"
        case ssl.SSLCertVerificationError():
            words = error.verify_message or reason(error)
            return f"the certificate of {host} is not trusted: {words}"
        case ssl.SSLError():
            return f"handshake failed: {reason(error)}"
        case _:
            return reason(error)
