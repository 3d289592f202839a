"""The changes that cosmic-ray makes to a module: where each is, and the module's text with it."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, Protocol, TypedDict, cast

if TYPE_CHECKING:
    from collections.abc import Callable

_CONFIG: Final = """\
[cosmic-ray]
module-path = "{module}"
timeout = 120.0
excluded-modules = []
test-command = ""

[cosmic-ray.distributor]
name = "local"

# "|" occurs in annotations only, which aren't evaluated.
[cosmic-ray.filters.operators-filter]
exclude-operators = ["core/ReplaceBinaryOperator_BitOr_.*"]
"""
# A change of these lines has no effect at run time; "*" separates parameters there.
WITHOUT_EFFECT: Final = frozenset({"if TYPE_CHECKING:", "@final", "*,"})


class Mutation(TypedDict):
    """A change, as `cosmic-ray dump` describes it."""

    operator_name: str
    occurrence: int
    start_pos: tuple[int, int]


class _Mutate(Protocol):
    """`cosmic_ray.mutating.mutate_code`: None if there is no such change."""

    def __call__(self, code: str, operator: object, occurrence: int) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a module, with its place in the unchanged text."""

    module: str
    operator: str
    occurrence: int
    line: int

    def named(self, source: str) -> str:
        """A line that names the change by its place, not by a number that moves."""
        line = source.splitlines()[self.line - 1].strip()
        return f"{self.module} {self.operator.removeprefix('core/')}: {line}"

    def made_in(self, source: str) -> str:
        """The text of the module with the change."""
        mutate = cast("_Mutate", importlib.import_module("cosmic_ray.mutating").mutate_code)
        plugins = importlib.import_module("cosmic_ray.plugins")
        operator = cast("Callable[[str], Callable[[], object]]", plugins.get_operator)
        changed = mutate(source, operator(self.operator)(), self.occurrence)
        assert changed is not None, f"cosmic-ray has no {self}"
        return changed


def changes_of(module: str, root: Path) -> list[Change]:
    """All changes of a module, in the order of its lines. Leaves two files in `root`."""
    session, config = f"{Path(module).stem}.sqlite", f"{Path(module).stem}.toml"
    (root / config).write_text(_CONFIG.format(module=module), encoding="utf-8")
    _run("cosmic-ray", "init", "--force", config, session, cwd=root)
    _run("cr-filter-operators", session, config, cwd=root)
    dumped = _run("cosmic-ray", "dump", session, cwd=root).splitlines()
    lines = [line.strip() for line in (root / module).read_text(encoding="utf-8").splitlines()]
    found = [
        Change(module, mutation["operator_name"], mutation["occurrence"], mutation["start_pos"][0])
        for item, result in map(json.loads, dumped)
        if result is None
        for mutation in cast("list[Mutation]", item["mutations"])
        if lines[mutation["start_pos"][0] - 1] not in WITHOUT_EFFECT
    ]
    return sorted(found, key=lambda change: (change.line, change.operator, change.occurrence))


def _run(program: str, *arguments: str, cwd: Path) -> str:
    """The output of a program of cosmic-ray. Raises CalledProcessError."""
    command = (str(Path(sys.executable).parent / program), *arguments)
    return subprocess.run(command, cwd=cwd, check=True, capture_output=True, text=True).stdout
