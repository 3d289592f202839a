"""`Timeout.total` over the code of the caller: token providers, auth flows, hooks and middleware.

The timers of the transport cover what waits for the network, and name its phase. This one cancels
whatever else a call waits for.
"""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, TypeVar, final

if TYPE_CHECKING:
    from collections.abc import Awaitable

    from hyperhttp._transport.deadline import Deadline

T = TypeVar("T")


async def within_total(
    deadline: Deadline, loop: asyncio.AbstractEventLoop, call: Awaitable[T]
) -> T:
    """Return the result of `call`. Raises TotalTimeout if it isn't done at the total deadline."""
    limit = asyncio.timeout(None)
    alarm = _LateAlarm(loop, limit)
    try:
        async with limit:
            alarm.start(deadline.total_at)
            try:
                return await call
            finally:
                alarm.stop()
    except TimeoutError as error:
        # The caller's code may raise a TimeoutError too.
        if limit.expired() and type(error) is TimeoutError:
            raise deadline.total_error(loop.time(), None) from error
        raise


@final
class _LateAlarm:
    """Ends a timeout two turns of the loop after its time.

    So a timer of the transport that is due at the same time comes first: its error has the phase.
    """

    __slots__ = ("_handle", "_limit", "_loop")

    def __init__(self, loop: asyncio.AbstractEventLoop, limit: asyncio.Timeout) -> None:
        self._loop = loop
        self._limit = limit
        self._handle: asyncio.Handle | None = None

    def start(self, when: float) -> None:
        self._handle = self._loop.call_at(when, self._due)

    def stop(self) -> None:
        if self._handle is not None:
            self._handle.cancel()

    def _due(self) -> None:
        self._handle = self._loop.call_soon(self._end)

    def _end(self) -> None:
        self._limit.reschedule(self._loop.time())
