"""Cancels a task at exactly one of the points where it waits.

Two moments matter at each point: while it waits, and once what it waits for is there but the task
has not run yet. The second is where slots get lost.
"""

from __future__ import annotations

import asyncio
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Generator

REASON = "because the test says so"


class Moment(Enum):
    """When, at the chosen point, the task is cancelled."""

    WAITING = "as soon as it waits"
    A_TURN_LATER = "when the loop has turned once, if it still waits"
    SERVED = "when it has what it waits for, before it runs"


class Meddler:
    """`await Meddler(work, at=3, moment=...)` is `await work`, cancelled at the third wait.

    It is cancelled once more at each wait after that, when `again` is set.
    """

    def __init__(
        self, work: Awaitable[object], at: int, moment: Moment, *, again: bool = False
    ) -> None:
        self.waits = 0
        """How often the work has waited."""
        self.struck = False
        """Whether it came to the point."""
        self._work = work
        self._at = at
        self._moment = moment
        self._again = again

    def __await__(self) -> Generator[object, object, object]:
        steps = self._work.__await__()
        task = asyncio.current_task()
        assert task is not None
        try:
            awaited = next(steps)
            while True:
                self._meddle(task, awaited)
                try:
                    value = yield awaited
                except BaseException as error:  # noqa: BLE001 - passed on into the work
                    awaited = steps.throw(error)
                else:
                    awaited = steps.send(value)
        except StopIteration as stop:
            return stop.value

    def _meddle(self, task: asyncio.Task[object], awaited: object) -> None:
        self.waits += 1
        if self.waits < self._at or (self.struck and not self._again):
            return
        self.struck = True
        if self._moment is Moment.WAITING or not isinstance(awaited, asyncio.Future):
            task.cancel(REASON)
        elif self._moment is Moment.A_TURN_LATER:
            asyncio.get_running_loop().call_soon(task.cancel, REASON)
        else:
            # Before the task's own callback, which is added once this has been yielded to it.
            awaited.add_done_callback(lambda _: task.cancel(REASON))
