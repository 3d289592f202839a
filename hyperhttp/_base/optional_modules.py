"""Modules of extras, which may not be installed.

They are imported by name, so that type checkers accept the package whichever extras are there; the
caller states by a protocol what it uses of a module.
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
