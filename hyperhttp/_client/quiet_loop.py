"""The event loop of synchronous clients: it starts a call without an additional turn."""

from __future__ import annotations

import asyncio
import select
import selectors
import sys
from typing import TYPE_CHECKING

from hyperhttp._network.exception_mapping import loop_creation

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["QuietLoop", "call_after_events", "new_loop"]


class QuietLoop(asyncio.SelectorEventLoop):
    """An event loop that starts a call without a turn, if no events of sockets wait.

    A turn asks the selector for events, and costs as much as a tenth of a small request.
    """

    def __init__(self) -> None:
        # Until it is complete, asyncio's finalizer would close attributes that don't exist.
        self._closed = True
        selector = selectors.DefaultSelector()
        try:
            super().__init__(selector)
        except OSError:
            self._closed = True
            selector.close()
            raise
        self._poll = _poll_of(selector)
        self._first: Callable[[], object] | None = None

    def call_first(self, function: Callable[[], object]) -> None:
        """Call a function at the start of `run_forever`, but after the events that wait."""
        self._first = function

    def is_quiet(self) -> bool:
        """Return whether no events of sockets wait for the next turn."""
        return not self._poll(0)

    def _run_once(self) -> None:
        """Run a turn; `run_forever` of each version of asyncio calls it until `stop`."""
        first = self._first
        if first is not None:
            self._first = None
            if self.is_quiet():
                first()
            else:
                call_after_events(self, first)
        super()._run_once()  # type: ignore[misc]  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def call_after_events(loop: asyncio.AbstractEventLoop, function: Callable[[], object]) -> None:
    """Call a function in the next turn but one, after the callbacks of events that wait now."""
    loop.call_soon(loop.call_soon, function)


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
    """Return a loop for a driver. Raises ConnectError if no descriptors are left."""
    # Not by the policy, which may make a loop of another kind.
    with loop_creation():
        if sys.platform == "win32":
            return asyncio.ProactorEventLoop()
        return QuietLoop()
