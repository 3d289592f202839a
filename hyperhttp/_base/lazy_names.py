"""The lazy half of a public module: names that are imported when they are first used."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module

from hyperhttp._base._generated.other_names import MODULE_HINTS

__all__ = ["lazy_names"]


def lazy_names(
    module: str, homes: Mapping[str, Sequence[str]], submodules: Sequence[str] = ()
) -> tuple[Callable[[str], object], Callable[[], list[str]]]:
    """Return `__getattr__` and `__dir__` for a module (PEP 562).

    Args:
        module: The `__name__` of the public module.
        homes: The names that it offers, by the module that defines them.
        submodules: Submodules that are attributes too, without an import by the caller.
    """
    home_of = {name: home for home, names in homes.items() for name in names}

    def load(name: str) -> object:
        if name in submodules:
            return import_module(f"{module}.{name}")
        if name not in home_of:
            hint = f"; {MODULE_HINTS[name]}" if name in MODULE_HINTS else ""
            raise AttributeError(f"module {module!r} has no attribute {name!r}{hint}")
        value: object = getattr(import_module(home_of[name]), name)
        setattr(sys.modules[module], name, value)
        return value

    def names() -> list[str]:
        return sorted({*vars(sys.modules[module]), *home_of, *submodules})

    return load, names
