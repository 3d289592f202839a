"""The public modules: lazy at run time, plain imports for type checkers.

`hyperhttp/__init__.py`, `hyperhttp/testing/__init__.py`, `hyperhttp/config.py` and
`hyperhttp/exceptions.py` are the generated files that lie in no output directory, since their place
is their name.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from codegen.emit import config
from codegen.emit.exceptions import MODULES
from codegen.ir import Spec
from codegen.tables import PublicModule
from codegen.text import header, import_order, indented
from codegen.types import quoted

EVENTS: Final = "hyperhttp._base._generated.events"


def files(spec: Spec) -> dict[str, str]:
    """Each public module, unformatted, by its path."""
    return {_path(name): _module(spec, name, table) for name, table in spec.public.modules.items()}


def names_by_home(spec: Spec, module: PublicModule) -> dict[str, list[str]]:
    """The public names of a module by the module that defines them, both sorted."""
    homes: dict[str, list[str]] = {home: [*names] for home, names in module.names.items()}
    if "config" in module.holds:
        for name in spec.config:
            homes.setdefault(config.home(spec, name), []).append(name)
    if "events" in module.holds:
        homes.setdefault(EVENTS, []).extend([*spec.events.events, "Event", "EventHandler"])
    if "errors" in module.holds:
        for name in spec.errors:
            floor = "status_errors" if spec.has_response(name) else "errors"
            homes.setdefault(MODULES[floor], []).append(name)
    return {home: sorted(homes[home], key=import_order) for home in sorted(homes)}


def _path(name: str) -> str:
    stem = name.replace(".", "/")
    return (
        f"{stem}.py"
        if name in {"hyperhttp.config", "hyperhttp.exceptions"}
        else f"{stem}/__init__.py"
    )


def _module(spec: Spec, name: str, table: PublicModule) -> str:
    homes = names_by_home(spec, table)
    offered = {name for names in homes.values() for name in names}
    version = [f"__version__ = {quoted(table.version)}", ""] if table.version else []
    lines = [
        header("spec/public.toml").rstrip(),
        f'"""{table.doc.strip()}',
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from typing import TYPE_CHECKING",
        "",
        "from hyperhttp._base.lazy_names import lazy_names",
        "",
        "if TYPE_CHECKING:",
        *indented(_plain_imports(name, homes, table)),
        "",
        *version,
        "__all__ = [",
        *indented(
            f"{quoted(one)},"
            for one in sorted(offered | ({"__version__"} if version else set[str]()))
        ),
        "]",
        "",
        # A checker that sees `__getattr__` takes every misspelled name for a valid one.
        "if not TYPE_CHECKING:",
        *indented(_lazy(homes, table)),
    ]
    return "\n".join(lines) + "\n"


def _plain_imports(name: str, homes: Mapping[str, list[str]], table: PublicModule) -> list[str]:
    # `x as x` exports a name (PEP 484); `__all__` already exports the others.
    parts = [f"from {name} import {sub} as {sub}" for sub in table.submodules]
    return parts + [f"from {home} import {', '.join(names)}" for home, names in homes.items()]


def _lazy(homes: Mapping[str, list[str]], table: PublicModule) -> list[str]:
    submodules = ", ".join(map(quoted, table.submodules))
    return [
        "__getattr__, __dir__ = lazy_names(",
        "    __name__,",
        "    {",
        *(
            f"        {quoted(home)}: ({', '.join(map(quoted, names))},),"
            for home, names in homes.items()
        ),
        "    },",
        *([f"    ({submodules},),"] if table.submodules else []),
        ")",
    ]
