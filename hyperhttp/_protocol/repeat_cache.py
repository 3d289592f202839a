"""A cache for header blocks, of which most never come a second time.

URLs, dates and identifiers make a block unique. Kept blocks of that kind take memory without being
found again: about 3 KiB each, and 128 of them for each HTTP/2 connection.
"""

from __future__ import annotations

from contextlib import suppress
from typing import TypeVar, final

__all__ = ["RepeatCache"]

K = TypeVar("K")
V = TypeVar("V")


@final
class RepeatCache(dict[K, V]):
    """A dictionary to which values are added by `offer`: those whose key comes a second time.

    If it's full, the oldest value is removed. To empty it would free much memory at once, in which
    other objects are then placed, so that the process grows with each turn.
    """

    __slots__ = ("_limit", "_once", "_once_max")

    def __init__(self, limit: int, once_max: int) -> None:
        super().__init__()
        self._limit = limit
        self._once_max = once_max
        # The hashes of keys that came once. An equal hash of another key only adds a value early.
        self._once: set[int] = set()

    def offer(self, key: K, value: V) -> None:
        """Add the value if its key is among the last `once_max` that were offered once."""
        mark, once = hash(key), self._once
        if mark not in once:
            if len(once) >= self._once_max:
                once.clear()
            once.add(mark)
            return
        once.discard(mark)
        if len(self) >= self._limit:
            self._remove_oldest()
        self[key] = value

    def _remove_oldest(self) -> None:
        # Clients in several threads may share a cache: another thread may change it here.
        with suppress(KeyError, RuntimeError, StopIteration):
            del self[next(iter(self))]
