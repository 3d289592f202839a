"""The thread in which functions of the user are called.

In an asynchronous client that is the thread of the event loop. A synchronous client runs its event
loop in the thread of any caller, and passes each function to the thread of its call.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from contextvars import ContextVar
from functools import partial
from threading import Lock
from typing import Final, Protocol, TypeVar, final

__all__ = ["CALLER", "CallerThread", "GuardedGenerator", "in_caller"]

T = TypeVar("T")


class CallerThread(Protocol):
    """The thread of a synchronous call, as the code in the event loop uses it."""

    def perform(self, function: Callable[[], T], /) -> Awaitable[T]:
        """Call a function in the thread, outside the event loop; raise what it raises."""
        ...


CALLER: Final[ContextVar[CallerThread | None]] = ContextVar("hyperhttp_caller", default=None)
"""The thread of the synchronous call that the running task belongs to; None in async clients."""


async def in_caller(function: Callable[[], T]) -> T:
    """Call a function of the user in the thread of its call. Raises what the function raises."""
    caller = CALLER.get()
    return function() if caller is None else await caller.perform(function)


class _Closable(Protocol):
    """A generator, as the guard uses it."""

    def close(self) -> None:
        """End it."""
        ...


@final
class GuardedGenerator:
    """Runs the steps of a generator in the thread of a call, while the loop's may close it."""

    __slots__ = ("_caller", "_generator", "_is_closed", "_lock")

    def __init__(self, caller: CallerThread, generator: _Closable) -> None:
        self._caller: Final = caller
        self._generator: Final = generator
        self._is_closed = False
        self._lock: Final = Lock()
        """Held during a step."""

    def run(self, step: Callable[[], T]) -> Awaitable[T]:
        """Run a step in the thread of the call."""
        return self._caller.perform(partial(self._run, step))

    def close(self) -> None:
        """Close the generator now, or at the end of the running step."""
        self._is_closed = True
        self._close_unless_running()

    def _run(self, step: Callable[[], T]) -> T:
        try:
            with self._lock:
                return step()
        finally:
            if self._is_closed:
                self._close_unless_running()

    def _close_unless_running(self) -> None:
        if self._lock.acquire(blocking=False):
            try:
                self._generator.close()
            finally:
                self._lock.release()
