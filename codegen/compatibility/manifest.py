"""All that a release promises: its stubs, its options and flags, and its project file."""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Final

from pydantic import BaseModel, ConfigDict

from codegen.compatibility.definitions import Definition, Statements, Stubs
from codegen.emit.manifest import PATH

# Extras for development, which aren't part of the API.
PRIVATE_EXTRAS: Final = {"bench", "dev", "docs", "release"}
STUBS: Final = "typings/api"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", ignored_types=(cached_property,))


class Option(_Part):
    """An option of a configuration model."""

    default: str
    bounds: str = ""
    environment: str = ""


class Project(_Part):
    """The API-relevant data of pyproject.toml."""

    python: str
    extras: tuple[str, ...]
    commands: tuple[str, ...]


class Manifest(_Part):
    """The promises of a release as they are kept in a file."""

    stubs: Mapping[str, str]
    options: Mapping[str, Option]
    flags: tuple[str, ...]
    project: Project

    @cached_property
    def _stubs(self) -> Stubs:
        return Stubs(self.stubs)

    @cached_property
    def modules(self) -> Mapping[str, tuple[str, ...]]:
        """The public modules with their names."""
        return self._stubs.modules

    @cached_property
    def types(self) -> Mapping[str, Definition]:
        """The definitions of the public names."""
        return self._stubs.types

    def ancestors(self, name: str) -> tuple[str, ...]:
        """A class and all that it derives from, in the order in which Python looks at them."""
        found = list(self._line(name))
        return tuple(each for n, each in enumerate(found) if each not in found[n + 1 :])

    def members(self, name: str) -> dict[str, Statements]:
        """All members of a class, those of its public bases too."""
        found: dict[str, Statements] = {}
        for each in reversed(self.ancestors(name)):
            if definition := self.types.get(each):
                found |= definition.members
        return found

    def meaning(self, name: str) -> ast.expr | None:
        """Return the target of an alias; None if the name isn't one."""
        return self._stubs.aliases.get(name)

    def _line(self, name: str) -> Iterator[str]:
        yield name
        definition = self.types.get(name)
        for base in definition.bases if definition else ():
            yield from self._line(base)


def project_of(pyproject: str) -> tuple[str, Project]:
    """The version and the promises of a pyproject.toml."""
    facts = tomllib.loads(pyproject)["project"]
    extras = set(facts.get("optional-dependencies", {})) - PRIVATE_EXTRAS
    commands = sorted(facts.get("scripts", {}))
    project = Project(
        python=facts["requires-python"], extras=tuple(sorted(extras)), commands=tuple(commands)
    )
    return str(facts["version"]), project


def read_checkout(root: Path, project: Project) -> Manifest:
    """Return the manifest of a checkout, whose generated files are up to date."""
    below = root / STUBS
    stubs = {
        path.relative_to(below).as_posix(): path.read_text(encoding="utf-8")
        for path in sorted(below.rglob("*.pyi"))
    }
    made = _without_comment((root / PATH).read_text(encoding="utf-8"))
    return Manifest.model_validate({**made, "stubs": stubs, "project": project})


def read_frozen(text: str) -> Manifest:
    """The manifest that a release left behind."""
    return Manifest.model_validate(_without_comment(text))


def frozen(manifest: Manifest, version: str) -> str:
    """The manifest as a release leaves it behind."""
    comment = (
        f"What hyperhttp {version} promises, kept by `python -m codegen.compatibility --freeze`."
    )
    kept = manifest.model_dump(mode="json", exclude_defaults=True)
    return json.dumps({"$comment": comment, **kept}, ensure_ascii=False, indent=1) + "\n"


def _without_comment(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text)
    found.pop("$comment", None)
    return found
