"""Runs a test and sees to it that nothing of it stays behind: no task, file, warning or complaint.

A complaint is what asyncio tells a loop's exception handler, such as an error that nobody asked
for, and what Python cannot raise, such as an error in `__del__`.
"""

from __future__ import annotations

import asyncio
import gc
import os
import sys
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

from tests import traced_memory
from tests.clock import TurnedLoop, until
from tests.pypy_row import IS_PYPY

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Generator

    from hyperhttp import Client

MIB = 1 << 20


def open_files() -> int:
    """How many descriptors this process has."""
    return len(os.listdir("/proc/self/fd"))


async def open_lasting_files() -> None:
    """Have the loop open what it keeps open: uvloop opens /dev/null with the first server."""
    server = await asyncio.get_running_loop().create_server(asyncio.Protocol, "127.0.0.1", 0)
    server.close()
    await server.wait_closed()


def others() -> set[asyncio.Task[object]]:
    """The tasks of this loop but for the one that asks."""
    return asyncio.all_tasks() - {asyncio.current_task()}


def unused(client: Client) -> bool:
    """Whether no connection is in use or being opened, and nobody waits for one."""
    stats = client.stats()
    return (stats.active, stats.pending, stats.waiters) == (0, 0, 0)


@contextmanager
def growing_by_at_most(limit_bytes: int) -> Generator[None]:
    """Fail when the peak of what Python has allocated meanwhile is higher."""
    traced_memory.start()
    try:
        before, _ = traced_memory.get_traced_memory()
        traced_memory.reset_peak()
        yield
        _, peak = traced_memory.get_traced_memory()
    finally:
        traced_memory.stop()
    assert peak - before <= limit_bytes, f"{(peak - before) / MIB:.1f} MiB"


def run_quietly(main: Callable[[TurnedLoop], Coroutine[None, None, None]]) -> None:
    """Run `main` on a loop with a clock to turn; fail if it leaves anything behind."""
    complaints: list[object] = []
    if IS_PYPY:
        gc.collect()  # what earlier tests have dropped
    else:
        gc.freeze()  # what was there before need not be looked at again and again

    def note(said: sys.UnraisableHookArgs) -> None:
        complaints.append(said.exc_value)

    hook, sys.unraisablehook = sys.unraisablehook, note
    before = open_files()
    try:
        with warnings.catch_warnings(record=True) as warned:
            warnings.simplefilter("always")
            if IS_PYPY:  # it closes what was dropped at any later time
                warnings.simplefilter("ignore", ResourceWarning)
            loop = TurnedLoop()
            loop.slow_callback_duration = 10.0
            loop.set_exception_handler(lambda _, context: complaints.append(context))
            with asyncio.Runner(loop_factory=lambda: loop) as runner:
                runner.run(_and_nothing_more(main(loop)))
            gc.collect()
    finally:
        sys.unraisablehook = hook
        if not IS_PYPY:
            gc.unfreeze()
    assert not complaints, complaints
    assert not warned, [str(warning.message) for warning in warned]
    assert open_files() <= before


async def _and_nothing_more(main: Coroutine[None, None, None]) -> None:
    await main
    # Sockets that were cut, and generators that were closed, need a turn or two of the loop.
    await until(lambda: not others())
