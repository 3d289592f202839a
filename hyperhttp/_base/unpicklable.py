"""Objects that belong to one process, because they have connections and an event loop."""

from __future__ import annotations

from typing import Never

__all__ = ["Unpicklable"]


class Unpicklable:
    """Can't be pickled or copied."""

    __slots__ = ()

    def __reduce__(self) -> Never:
        """Raise TypeError: `pickle`, `copy.copy` and `copy.deepcopy` call it."""
        raise TypeError(
            f"cannot pickle or copy a {type(self).__name__}: it has connections; create another one"
            " with the same options"
        )
