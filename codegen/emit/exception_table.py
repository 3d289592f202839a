"""`hyperhttp/_network/_generated/connect_errors.py`: which error of ours a foreign one becomes.

The rows are the `maps` of the errors that are raised before a connection is open. A row for a class
comes before the rows of its bases.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module
from typing import Final

from codegen.emit.exceptions import MODULES
from codegen.ir import Spec
from codegen.text import header, imports, indented

PHASES: Final = ("dns", "connect", "tls")


def rows(spec: Spec) -> list[tuple[type[BaseException], str]]:
    """The foreign exceptions of these phases, each with our error; the most derived first."""
    found = list(_rows(spec))
    return sorted(found, key=lambda row: (-len(row[0].__mro__), row[0].__name__))


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    table = [(_name(foreign), ours) for foreign, ours in rows(spec)]
    modules = sorted({name.partition(".")[0] for name, _ in table if "." in name})
    root = _root(spec)
    lines = [
        header("spec/errors.toml").rstrip(),
        '"""The errors that foreign exceptions become while a connection is opened."""',
        "",
        "from __future__ import annotations",
        "",
        *(f"import {module}" for module in modules),
        *imports({"collections.abc": {"Mapping"}, "typing": {"Final"}}),
        "",
        *imports({MODULES["errors"]: {root, *(ours for _, ours in table)}}),
        "",
        '__all__ = ["CONNECT_ERRORS"]',
        "",
        f"CONNECT_ERRORS: Final[Mapping[type[OSError], type[{root}]]] = {{",
        *indented(f"{name}: {ours}," for name, ours in table),
        "}",
        '"""The first row that fits counts: a class comes before its bases."""',
    ]
    return "\n".join(lines) + "\n"


def _rows(spec: Spec) -> Iterator[tuple[type[BaseException], str]]:
    for name, error in spec.errors.items():
        for foreign in error.maps if error.phase in PHASES else ():
            module, _, kind = foreign.partition(":")
            yield getattr(import_module(module), kind), name


def _root(spec: Spec) -> str:
    """The error that all of them derive from: the one of the phase `connect` itself."""
    return next(name for name, error in spec.errors.items() if error.phase == "connect")


def _name(foreign: type[BaseException]) -> str:
    """How Python names it, with its module unless it's a builtin."""
    module = "" if foreign.__module__ == "builtins" else f"{foreign.__module__}."
    return f"{module}{foreign.__name__}"
