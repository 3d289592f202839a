"""The sockets that this process has opened: a forked process closes its copies of them.

Those of pooled connections are closed with their pool. These are all, so those that are being
connected, or are in a handshake, are closed too.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final
from weakref import WeakSet

if TYPE_CHECKING:
    import socket

__all__ = ["close_copies", "track"]

_opened: Final[WeakSet[socket.socket]] = WeakSet()


def track(opened: socket.socket) -> None:
    """Close the copy that a forked process has of this socket."""
    _opened.add(opened)


def close_copies() -> None:
    """Close all sockets in a forked process, without notifying their peers or an event loop.

    The numbers of the descriptors stay valid, because their owners may close them some day.
    """
    sockets = list(_opened)
    _opened.clear()
    with open(os.devnull, "rb") as nothing:
        for opened in sockets:
            if opened.fileno() >= 0:
                os.dup2(nothing.fileno(), opened.fileno(), inheritable=False)


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=close_copies)
