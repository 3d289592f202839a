"""Buffers for received data, outside the heap of the C library.

They are large, and are freed with their client. In the heap, small blocks would take part of their
place, so that the next buffer would need new memory, and the process would grow. A mapping takes
memory as parts of it are written to. To keep that level, new clients use the buffers of old ones.
"""

from __future__ import annotations

import mmap
import sys
from collections import deque
from typing import Final
from weakref import finalize

__all__ = ["RECEIVE_BYTES", "create_buffer", "reusable_buffer"]

# One read takes what the kernel has. TLS records are 16 KiB, and a busy socket holds more than 64
# KiB.
RECEIVE_BYTES: Final = 1 << 18
# At most 1 MiB stays with the process when all clients are closed.
_IDLE_MAX: Final = 4
_idle: Final[deque[mmap.mmap]] = deque(maxlen=_IDLE_MAX)


def create_buffer(size: int) -> memoryview:
    """Return a buffer of zeros, whose memory is returned to the system when it's no longer used."""
    return memoryview(_mapped(size))


def reusable_buffer() -> memoryview:
    """Return a buffer for data that is consumed before the next data is received.

    Its content is undefined. It's reused when nothing refers to the returned view any more, so a
    part of it may not be kept longer.
    """
    try:
        mapping = _idle.pop()
    except IndexError:
        mapping = _mapped(RECEIVE_BYTES)
    view = memoryview(mapping)
    finalize(view, _idle.append, mapping).atexit = False
    return view


def _mapped(size: int) -> mmap.mmap:
    if sys.platform == "win32":
        return mmap.mmap(-1, size)
    # By default, a mapping is shared with forked processes.
    return mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
