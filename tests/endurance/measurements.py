"""What a load process uses: memory, descriptors, threads, and connections that it tried to open."""

from __future__ import annotations

import ctypes
import gc
import os
import sys
import threading
from typing import Any, Final

PAGE_KIB: Final = os.sysconf("SC_PAGE_SIZE") // 1024


def resident_kib() -> tuple[int, int]:
    """The resident memory of this process, and the part of it that isn't mapped from files.

    The kernel drops mapped pages, such as those of libraries, when other programs need memory.
    """
    with open("/proc/self/statm", encoding="ascii") as file:
        _, resident, shared, *_ = map(int, file.read().split())
    return resident * PAGE_KIB, (resident - shared) * PAGE_KIB


def open_descriptors() -> int:
    """How many descriptors are open, without the one that this needs."""
    return len(os.listdir("/proc/self/fd")) - 1


class ConnectCount:
    """Counts the connections that this process tries to open, whatever the client."""

    def __init__(self) -> None:
        """Count from now on."""
        self.value = 0
        sys.addaudithook(self._audit)

    def _audit(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect":
            self.value += 1


def release_free_memory() -> None:
    """Collect garbage, and have glibc return its free memory: what is left is in use."""
    gc.collect()
    if trim := getattr(ctypes.CDLL(None), "malloc_trim", None):
        trim(0)


def measured(connects: ConnectCount) -> dict[str, int]:
    """The values of now; no descriptors if there are none left to count them with."""
    try:
        (memory, private), descriptors = resident_kib(), open_descriptors()
    except OSError:
        return {"connects": connects.value, "threads": threading.active_count()}
    return {
        "rss_kib": memory,
        "private_kib": private,
        "fds": descriptors,
        "blocks": sys.getallocatedblocks(),
        "threads": threading.active_count(),
        "connects": connects.value,
    }
