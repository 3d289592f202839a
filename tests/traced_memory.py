"""Measures what Python allocates, with tracemalloc. Skips the test where there is none (PyPy)."""

from __future__ import annotations

from types import ModuleType

import pytest

_tracemalloc: ModuleType | None
try:
    import tracemalloc as _tracemalloc
except ModuleNotFoundError:  # PyPy has the module, and not the C module below it
    _tracemalloc = None


def start() -> None:
    """Begin to measure."""
    _module().start()


def stop() -> None:
    """End it."""
    _module().stop()


def get_traced_memory() -> tuple[int, int]:
    """Return what is allocated now, and the peak, in bytes."""
    size, peak = _module().get_traced_memory()
    return size, peak


def reset_peak() -> None:
    """Measure the peak from here on."""
    _module().reset_peak()


def _module() -> ModuleType:
    return _tracemalloc or pytest.skip("this interpreter has no tracemalloc")
