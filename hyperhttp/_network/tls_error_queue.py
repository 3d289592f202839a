"""Clears OpenSSL's queue of errors, which belongs to the thread and not to a connection.

CPython 3.14 with OpenSSL 3.6 leaves errors of the socket there. Until the queue is cleared, every
other connection of the thread raises that error instead of `ssl.SSLWantReadError`.
"""

from __future__ import annotations

import ssl
from contextlib import suppress
from functools import cache

__all__ = ["clear_errors", "cleared"]


def cleared(error: OSError) -> OSError:
    """Clear the queue after an error, and return the error."""
    clear_errors()
    return error


def clear_errors() -> None:
    """Clear the queue of this thread."""
    with suppress(ssl.SSLError):
        # The only call of `ssl` that always clears it: no cipher has an empty name.
        _unused_context().set_ciphers("")


@cache
def _unused_context() -> ssl.SSLContext:
    return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
