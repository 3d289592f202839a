"""The progress of an upload or a download, as passed to callbacks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from inspect import iscoroutinefunction
from typing import TypeAlias, cast

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import shown

__all__ = ["Progress", "ProgressCallback", "checked_callback"]


@dataclass(frozen=True, slots=True)
class Progress:
    """How much of a body has been sent or received.

    print(f"{progress.transferred_bytes} of {progress.total_bytes} bytes")
    """

    transferred_bytes: int
    """Bytes so far."""
    total_bytes: int | None
    """The total number of bytes; None if it isn't known."""

    @property
    def fraction(self) -> float | None:
        """The part that is done, from 0.0 to 1.0; None while the total is not known."""
        if self.total_bytes is None:
            return None
        return self.transferred_bytes / self.total_bytes if self.total_bytes else 1.0


ProgressCallback: TypeAlias = Callable[[Progress], None]
"""A function that is called with the progress of a body each time that it changes."""


def checked_callback(callback: object, *, option: str) -> ProgressCallback | None:
    """Return the callback if it is callable and not a coroutine function. Raises ConfigError."""
    if callback is None:
        return None
    if callable(callback) and not iscoroutinefunction(callback):
        return cast("ProgressCallback", callback)
    given = "a coroutine function" if callable(callback) else shown(callback)
    allowed = "a function that takes a Progress, or None"
    raise ConfigError(option=option, given=given, allowed=allowed)
