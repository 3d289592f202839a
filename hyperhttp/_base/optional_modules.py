"""Modules of extras, which may not be installed.

They are imported by name, so that the package passes type checks with any extras. The caller
declares the used names of a module with a protocol.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ["optional_module"]


def optional_module(name: str) -> ModuleType | None:
    """Return the module, imported if necessary; None if it isn't installed."""
    try:
        return import_module(name)
    except ImportError:
        return None
