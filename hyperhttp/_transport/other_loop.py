"""Runs a coroutine in an event loop that may run in another thread, or may have ended."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from hyperhttp._base._generated.bounds import OTHER_LOOP_WAIT_S

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine


async def completes_in(
    loop: asyncio.AbstractEventLoop,
    work: Callable[[], Coroutine[None, None, None]],
) -> bool:
    """Run `work` in another loop; return whether it was complete within OTHER_LOOP_WAIT_S.

    False if the loop isn't running, or ends meanwhile. Errors of `work` are raised.
    """
    if not loop.is_running():
        return False
    coroutine = work()
    try:
        running = asyncio.wrap_future(asyncio.run_coroutine_threadsafe(coroutine, loop))
    except RuntimeError:  # it was closed just now
        coroutine.close()
        return False
    done, _ = await asyncio.wait([running], timeout=OTHER_LOOP_WAIT_S)
    if not done or running.cancelled():
        return False
    running.result()
    return True
