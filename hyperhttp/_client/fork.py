"""Forked processes: the child doesn't use the connections of its parent.

Both have copies of the same sockets, and of the epoll descriptor of the event loop. So the child
closes its copies of the sockets, and keeps everything else until its end: what the loop or a
transport does when it is dropped would reach the parent's epoll or the server.
"""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Final, final
from weakref import WeakMethod, WeakSet

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["AfterFork"]


@final
class AfterFork:
    """Calls a method in each child process, as long as this object and the method's exist.

    What the method returns is kept until the child ends.
    """

    __slots__ = ("__weakref__", "_method")

    def __init__(self, method: Callable[[], object]) -> None:
        self._method = WeakMethod(method)
        _watching.add(self)

    def call(self) -> object:
        """Call the method, and return what it returns; None if its object is gone."""
        method = self._method()
        return None if method is None else method()


_watching: Final[WeakSet[AfterFork]] = WeakSet()
_kept: Final[list[object]] = []


def _after_fork() -> None:
    _kept.extend([one.call() for one in list(_watching)])


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_after_fork)
