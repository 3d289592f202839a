"""Progress of long transfers on stderr: a bar if rich is installed, else percentages.

Nothing is shown without a terminal, or for transfers of less than half a second.
"""

from __future__ import annotations

import sys
import time
from importlib import import_module
from typing import TYPE_CHECKING, Final, Protocol, cast, final

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import Self

    from hyperhttp import Progress

__all__ = ["PercentDisplay", "ProgressBar", "RichDisplay", "in_bytes", "progress_bar"]

# Shorter transfers show no progress.
_PATIENCE_S: Final = 0.5
_TICK_S: Final = 0.1
_UNITS: Final = ("B", "kB", "MB", "GB", "TB")
_CLEAR: Final = "\r\x1b[K"


class ProgressDisplay(Protocol):
    """A display of progress."""

    def show(self, progress: Progress, elapsed_s: float) -> None:
        """Show the progress after `elapsed_s` seconds."""
        ...

    def close(self) -> None:
        """Stop the display."""
        ...


@final
class ProgressBar:
    """A progress callback that updates a display at intervals; use it with `with`."""

    def __init__(
        self,
        make_display: Callable[[], ProgressDisplay],
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.make_display = make_display
        self._display: ProgressDisplay | None = None
        self._clock = clock
        self._started = clock()
        self._due = self._started + _PATIENCE_S
        self._last: Progress | None = None

    def __call__(self, progress: Progress) -> None:
        """Record the progress; update the display if it is due."""
        self._last = progress
        now = self._clock()
        if now >= self._due:
            self._due = now + _TICK_S
            self._show(progress, now)

    def _show(self, progress: Progress, now: float) -> None:
        if self._display is None:
            self._display = self.make_display()
        self._display.show(progress, now - self._started)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None,
        exc: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if self._display is not None:
            if exc_type is None and self._last is not None:
                self._show(self._last, self._clock())
            self._display.close()


@final
class PercentDisplay:
    """A line on stderr, which is overwritten."""

    def show(self, progress: Progress, elapsed_s: float) -> None:
        """Write the line."""
        size_bytes, total = progress.transferred_bytes, progress.total_bytes
        rate = size_bytes / elapsed_s if elapsed_s else 0.0
        parts = [in_bytes(size_bytes)]
        if progress.fraction is not None and total:
            parts = [f"{progress.fraction:4.0%}", f"{in_bytes(size_bytes)} of {in_bytes(total)}"]
        parts.append(f"{in_bytes(rate)}/s")
        if total and rate:
            parts.append(f"{max(total - size_bytes, 0) / rate:.0f} s left")
        sys.stderr.write(f"{_CLEAR}{'  '.join(parts)}")
        sys.stderr.flush()

    def close(self) -> None:
        """Keep the last line."""
        sys.stderr.write("\n")


class _RichProgress(Protocol):
    """The used methods of `rich.progress.Progress`."""

    def start(self) -> None: ...
    def stop(self) -> None: ...
    def add_task(self, description: str, *, total: float | None) -> int: ...
    def update(self, task_id: int, *, completed: float, total: float | None) -> None: ...


@final
class RichDisplay:
    """A progress bar of rich. Raises ImportError if rich isn't installed."""

    def __init__(self) -> None:
        kinds = import_module("rich.progress")
        console: object = import_module("rich.console").Console(stderr=True)
        self._progress = cast(
            "_RichProgress",
            kinds.Progress(
                kinds.BarColumn(),
                kinds.TaskProgressColumn(),
                kinds.DownloadColumn(),
                kinds.TransferSpeedColumn(),
                kinds.TimeRemainingColumn(),
                console=console,
            ),
        )
        self._task = self._progress.add_task("", total=None)
        self._progress.start()

    def show(self, progress: Progress, elapsed_s: float) -> None:
        """Update the bar."""
        del elapsed_s  # rich measures the time itself
        done, total = progress.transferred_bytes, progress.total_bytes
        self._progress.update(self._task, completed=done, total=total)

    def close(self) -> None:
        """Keep the last state of the bar."""
        self._progress.stop()


def progress_bar(*, is_wanted: bool = True) -> ProgressBar | None:
    """Return a display of progress; None if it isn't wanted or stderr isn't a terminal."""
    return ProgressBar(_display) if is_wanted and sys.stderr.isatty() else None


def _display() -> ProgressDisplay:
    try:
        return RichDisplay()
    except ImportError:
        return PercentDisplay()


def in_bytes(size: float) -> str:
    """Return a readable size: `4.2 MB`."""
    unit = 0
    while size >= 1000 and unit < len(_UNITS) - 1:
        size /= 1000
        unit += 1
    return f"{size:.0f} {_UNITS[0]}" if unit == 0 else f"{size:.1f} {_UNITS[unit]}"
