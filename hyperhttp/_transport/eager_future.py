"""A future that can resume its task at once, without another iteration of the event loop.

An ordinary future schedules its task with `call_soon`, which costs one more iteration and one more
poll of the sockets. If a single request is running and its response has just arrived, the task can
resume at once. With many requests, iterations are shared (decision 0014).
"""

from __future__ import annotations

from asyncio import CancelledError, current_task
from typing import TYPE_CHECKING, TypeAlias, final

if TYPE_CHECKING:
    import asyncio
    from collections.abc import Callable, Generator
    from contextvars import Context

_Wakeup: TypeAlias = "Callable[[EagerFuture], object]"


@final
class EagerFuture:
    """A future without a result that one task awaits once.

    future = EagerFuture(loop)
    await future      # until something calls future.wake() or future.wake_at_once()
    """

    # The protocol by which a task awaits any future: `_asyncio_future_blocking`, `get_loop`,
    # `add_done_callback`, `cancel` and `result`.
    __slots__ = (
        "_asyncio_future_blocking",
        "_cancelled",
        "_context",
        "_is_done",
        "_loop",
        "_wakeup",
    )

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._asyncio_future_blocking = False
        self._wakeup: _Wakeup | None = None
        self._context: Context | None = None
        self._cancelled: CancelledError | None = None
        self._is_done = False

    def __await__(self) -> Generator[EagerFuture, None, None]:
        if not self._is_done:
            self._asyncio_future_blocking = True
            yield self

    def done(self) -> bool:
        """Return whether it was woken or canceled."""
        return self._is_done

    def wake(self) -> None:
        """Resume the task in the next iteration of the loop."""
        self._is_done = True
        if self._wakeup is not None:
            self._loop.call_soon(self._wakeup, self, context=self._context)

    def wake_at_once(self) -> None:
        """Resume the task now; for callbacks of the loop, as their last statement.

        Within a task it does the same as `wake`, because a task can't run inside another one.
        """
        if self._context is None or self._wakeup is None or current_task(self._loop) is not None:
            self.wake()
        else:
            self._is_done = True
            self._context.run(self._wakeup, self)

    # --- called by the task ---

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """Return the loop of the task."""
        return self._loop

    def add_done_callback(self, wakeup: _Wakeup, *, context: Context | None = None) -> None:
        """Store the callback that runs the task's next step."""
        self._wakeup = wakeup
        self._context = context

    def cancel(self, msg: object = None) -> bool:
        """Note that the task was canceled; return False if it has been woken already."""
        if self._is_done:
            return False
        self._cancelled = CancelledError() if msg is None else CancelledError(msg)
        self.wake()
        return True

    def result(self) -> None:
        """Return None, or raise CancelledError if the task was canceled."""
        if self._cancelled is not None:
            raise self._cancelled
