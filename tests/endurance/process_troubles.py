"""Troubles of a process that both kinds of load have: descriptors, stalls, forks and the clock."""

from __future__ import annotations

import ctypes
import os
import resource
import signal
import time
from contextlib import contextmanager
from itertools import count, islice
from typing import TYPE_CHECKING, Final

from tests.endurance.waiting import block

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

SPARE_DESCRIPTORS: Final = 2
STALL_S: Final = 0.2
STALL_EVERY_S: Final = 0.5
CLOCK_JUMP_S: Final = 7_200.0
CHILD_WITHIN_S: Final = 15.0
_ASK_EVERY_S: Final = 0.05
_LIBC: Final = ctypes.PyDLL(None)


def stall() -> None:
    """Stop all Python code of this process: the call keeps the interpreter's lock."""
    _LIBC.usleep(int(STALL_S * 1e6))


@contextmanager
def few_descriptors() -> Generator[None]:
    """Leave two descriptors to this process while the block lasts."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # The limit is on the number of a descriptor, and the numbers have gaps.
    used = set(map(int, os.listdir("/proc/self/fd")))
    free = (number for number in count() if number not in used)
    *_, last = islice(free, SPARE_DESCRIPTORS)
    resource.setrlimit(resource.RLIMIT_NOFILE, (last + 1, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


@contextmanager
def jumped_clock() -> Generator[None]:
    """Have the wall clock two hours ahead while the block lasts."""
    real = time.time
    time.time = lambda: real() + CLOCK_JUMP_S
    try:
        yield
    finally:
        time.time = real


def forked(child: Callable[[], bool]) -> int:
    """Fork, and run the function in the child process; returns its process id."""
    pid = os.fork()
    if pid == 0:
        status = 1
        try:
            status = 0 if child() else 1
        finally:
            os._exit(status)
    return pid


def child_outcome(pid: int) -> str:
    """Wait for the child, and judge it; kill it if it hangs."""
    for _ in range(int(CHILD_WITHIN_S / _ASK_EVERY_S)):
        ended, status = os.waitpid(pid, os.WNOHANG)
        if ended:
            return "right" if status == 0 else "error:child"
        block(_ASK_EVERY_S)
    os.kill(pid, signal.SIGKILL)
    os.waitpid(pid, 0)
    return "lost"
