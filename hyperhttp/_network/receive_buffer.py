"""Buffers for received data, outside the heap of the C library.

They are large, and are freed with their client. In the heap, small blocks would take part of their
place, so that the next buffer would need new memory, and the process would grow.
"""

from __future__ import annotations

import mmap
import sys

__all__ = ["create_buffer"]


def create_buffer(size: int, *, is_resident: bool = False) -> memoryview:
    """Return a buffer of zeros, whose memory is returned to the system when it's no longer used.

    Args:
        size: Its length in bytes.
        is_resident: Whether it takes its memory now; otherwise, as parts of it are written to.
    """
    if sys.platform == "win32":
        mapping = mmap.mmap(-1, size)
    else:
        # By default, a mapping is shared with forked processes.
        mapping = mmap.mmap(-1, size, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
    if is_resident:
        mapping.write(bytes(size))
    return memoryview(mapping)
