"""Detects what has arrived over TLS and hasn't been read."""

from __future__ import annotations

import select
import ssl
from typing import TYPE_CHECKING

from hyperhttp._network.tls_error_queue import cleared
from hyperhttp._network.tls_state import End, end_of

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["arrivals_of"]


def arrivals_of(wrapped: ssl.SSLSocket) -> Callable[[int], OSError | bool]:
    """Return a function that returns true if data or an end have arrived; one system call.

    The connection can't be used any more then, because the data is lost. Tickets and other records
    of TLS itself don't count. If the peer ended TLS by an alert, its error is returned.
    """
    poll = _poll_of(wrapped.fileno())

    def arrivals(_: int) -> OSError | bool:
        if not poll(0):
            return False
        try:
            wrapped.recv(1)
        except (ssl.SSLWantReadError, ssl.SSLWantWriteError):
            return False
        except OSError as error:
            return error if end_of(cleared(error)) is End.FAILED else True
        return True

    return arrivals


def _poll_of(fileno: int) -> Callable[[int], object]:
    """Return a function that returns a true value if the kernel has received anything."""
    if not hasattr(select, "poll"):
        return lambda _: True
    poll = select.poll()
    poll.register(fileno, select.POLLIN)
    return poll.poll
