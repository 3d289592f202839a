"""One task that waits for the event loop, and how it is woken: in the next turn, or at once.

A future wakes its task through the loop's queue, which costs another turn of the loop, and so
another look at the sockets. Where one request is under way and the loop has just brought its
answer, the task can go on right away; where there are many, turns are shared (decision 0014).
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
    """What one task awaits, once; to the task it is a future without a result.

    wait = EagerFuture(loop)
    await wait      # until somebody calls wait.wake() or wait.wake_at_once()
    """

    # The protocol by which a task waits for a future of any make: `_asyncio_future_blocking`,
    # `get_loop`, `add_done_callback`, `cancel` and `result`.
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
        """Whether it was woken or cancelled."""
        return self._is_done

    def wake(self) -> None:
        """Let the task go on in the next turn of the loop."""
        self._is_done = True
        if self._wakeup is not None:
            self._loop.call_soon(self._wakeup, self, context=self._context)

    def wake_at_once(self) -> None:
        """Let the task go on now; for callbacks of the loop, as the last thing that they do.

        Within a task it is the same as `wake`: one task cannot run inside another.
        """
        if self._context is None or self._wakeup is None or current_task(self._loop) is not None:
            self.wake()
        else:
            self._is_done = True
            self._context.run(self._wakeup, self)

    # --- for the task ---

    def get_loop(self) -> asyncio.AbstractEventLoop:
        """The loop of the task."""
        return self._loop

    def add_done_callback(self, wakeup: _Wakeup, *, context: Context | None = None) -> None:
        """What runs the task's next step, and in which context."""
        self._wakeup = wakeup
        self._context = context

    def cancel(self, msg: object = None) -> bool:
        """The task is cancelled while it waits; False if it has been woken already."""
        if self._is_done:
            return False
        self._cancelled = CancelledError() if msg is None else CancelledError(msg)
        self.wake()
        return True

    def result(self) -> None:
        """What the task is told when it goes on: nothing, or that it was cancelled."""
        if self._cancelled is not None:
            raise self._cancelled
