"""The event loop of synchronous clients: it can be asked for events without a turn."""

from __future__ import annotations

import asyncio
import select
import selectors
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["QuietLoop", "new_loop"]


class QuietLoop(asyncio.SelectorEventLoop):
    """An event loop that can be asked for events without a turn."""

    def __init__(self) -> None:
        selector = selectors.DefaultSelector()
        super().__init__(selector)
        self._poll = _poll_of(selector)

    def is_quiet(self) -> bool:
        """Return whether no events of sockets wait for the next turn."""
        return not self._poll(0)


def _poll_of(selector: selectors.BaseSelector) -> Callable[[int], object]:
    """Return a function that returns a true value if a selector has events."""
    fileno: Callable[[], int] | None = getattr(selector, "fileno", None)
    if fileno is None or not hasattr(select, "poll"):
        return selector.select
    # The descriptor of epoll or kqueue is readable then. This takes a third of the time.
    poller = select.poll()
    poller.register(fileno(), select.POLLIN)
    return poller.poll


def new_loop() -> asyncio.AbstractEventLoop:
    """Return a loop for a driver."""
    # Not by the policy, which may make a loop of another kind.
    if sys.platform == "win32":
        return asyncio.ProactorEventLoop()
    return QuietLoop()
