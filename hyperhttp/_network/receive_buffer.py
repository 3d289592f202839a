"""Buffers for received data, outside the heap of the C library.

They are large, and are freed with their client. In the heap, small blocks would take part of their
place, and the next buffer would need new memory. The pages of a mapping are allocated when they are
written to, so a buffer takes as much memory as was received at once.
"""

from __future__ import annotations

import mmap
import sys

__all__ = ["create_buffer"]


def create_buffer(size: int) -> memoryview:
    """Return a buffer of zeros, whose memory is returned to the system when it's no longer used."""
    if sys.platform == "win32":
        return memoryview(mmap.mmap(-1, size))
    # By default, a mapping is shared with forked processes.
    return memoryview(mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS))
