"""The error queue of OpenSSL, which all connections of a thread share.

An error that is left in it is reported by the next read, of any connection, that has to wait for
data (SSL_get_error(3)). PyPy leaves all errors of TLS in the queue. On CPython, `ssl` leaves a few,
as can any other library that uses OpenSSL. An error is raised again only if it's the connection's
own.
"""

from __future__ import annotations

import ssl
import sys
from typing import TYPE_CHECKING, Final, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["call", "clear_errors", "is_alert", "repeat"]

T = TypeVar("T")

# CPython empties the queue when it raises an error of it.
LEAVES_ERRORS: Final = sys.implementation.name == "pypy"


def clear_errors(tls: ssl.SSLObject) -> None:
    """Remove the errors that the interpreter has left in the queue."""
    if LEAVES_ERRORS:
        # `ssl` empties the queue when it creates an object.
        tls.context.wrap_bio(ssl.MemoryBIO(), ssl.MemoryBIO(), server_hostname="localhost")


def is_alert(error: ssl.SSLError) -> bool:
    """Return whether an error is an alert of a peer, such as TLSV13_ALERT_CERTIFICATE_REQUIRED."""
    # PyPy has no `reason` for some of them.
    return "alert" in str(error).lower()


def call(step: Callable[[], T], tls: ssl.SSLObject) -> T:
    """Return the result of a step, which is repeated if it fails; raises what `repeat` does."""
    try:
        return step()
    except ssl.SSLWantReadError:
        raise
    except ssl.SSLError as error:
        return repeat(step, error, tls)


def repeat(step: Callable[[], T], error: ssl.SSLError, tls: ssl.SSLObject) -> T:
    """Repeat a step that failed, and return its result.

    Raises:
        SSLWantReadError: The step needs data. The error was that of another connection.
        SSLError: The step fails again. This is the first error, which has the reason.
    """
    clear_errors(tls)
    try:
        return step()
    except ssl.SSLWantReadError:
        raise
    except ssl.SSLError:
        clear_errors(tls)
        raise error from None
