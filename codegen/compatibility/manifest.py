"""A manifest that was read: the API of a release, and the data of its project file.

The API is in the JSON that `codegen.emit.manifest` creates. The minimum Python version, extras and
commands are in pyproject.toml. `changes` compares manifests.
"""

from __future__ import annotations

import ast
import json
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Final, Literal, TypeAlias

from pydantic import BaseModel, ConfigDict

from codegen.emit.manifest import laid_out

Kind: TypeAlias = Literal[
    "alias", "class", "dataclass", "function", "keys", "model", "protocol", "value"
]
Texts: TypeAlias = str | tuple[str, ...]
Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef

# Extras for development, which aren't part of the API.
PRIVATE_EXTRAS: Final = {"bench", "dev", "docs", "release"}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Definition(_Part):
    """A public name: a class with its members, or the text of anything else."""

    kind: Kind
    type: Texts = ()
    final: bool = False
    frozen: bool = False
    bases: tuple[str, ...] = ()
    members: Mapping[str, Texts] = {}

    @property
    def is_class(self) -> bool:
        """True if it has members."""
        return self.kind in {"class", "dataclass", "keys", "model", "protocol"}

    @property
    def texts(self) -> tuple[str, ...]:
        """The definition: a text, or a text for each overload."""
        return _listed(self.type)

    def member(self, name: str) -> tuple[str, ...]:
        """Return the definition of a member; empty if the class doesn't define it."""
        return _listed(self.members.get(name, ()))


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
    """All that a release promises."""

    modules: Mapping[str, tuple[str, ...]]
    types: Mapping[str, Definition]
    aliases: Mapping[str, str]
    options: Mapping[str, Option]
    flags: tuple[str, ...]
    project: Project

    def ancestors(self, name: str) -> tuple[str, ...]:
        """A class and all that it derives from, in the order in which Python looks at them."""
        found = list(self._line(name))
        return tuple(each for n, each in enumerate(found) if each not in found[n + 1 :])

    def members(self, name: str) -> dict[str, tuple[str, ...]]:
        """All members of a class, those of its public bases too."""
        found: dict[str, tuple[str, ...]] = {}
        for each in reversed(self.ancestors(name)):
            if definition := self.types.get(each):
                found |= {member: definition.member(member) for member in definition.members}
        return found

    def meaning(self, name: str) -> str:
        """Return the target of an alias; empty if the name isn't one."""
        definition = self.types.get(name)
        if definition is None:
            return self.aliases.get(name, "")
        return "".join(definition.texts) if definition.kind == "alias" else ""

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


def read_surface(text: str, project: Project) -> Manifest:
    """Return the manifest of a checkout: the generated API, and the data of the project file."""
    return Manifest.model_validate({**_without_comment(text), "project": project})


def read_frozen(text: str) -> Manifest:
    """The manifest that a release left behind."""
    return Manifest.model_validate(_without_comment(text))


def frozen(manifest: Manifest, version: str) -> str:
    """The manifest as a release leaves it behind."""
    comment = (
        f"What hyperhttp {version} promises, kept by `python -m codegen.compatibility --freeze`."
    )
    kept = manifest.model_dump(mode="json", exclude_defaults=True)
    return laid_out({"$comment": comment, **kept}) + "\n"


@cache
def statement(text: str) -> ast.stmt:
    """The one statement that a line of the manifest is: a function or an attribute."""
    is_function = text.startswith(("def ", "async def "))
    return ast.parse(f"{text}: ..." if is_function else text).body[0]


def function(text: str) -> tuple[tuple[str, ...], Function] | None:
    """The decorators of a line of the manifest, and its function; None for an attribute."""
    *marks, rest = text.split(" ", text.count("@") if text.startswith("@") else 0)
    found = statement(rest)
    if isinstance(found, ast.FunctionDef | ast.AsyncFunctionDef):
        return tuple(marks), found
    return None


def _listed(texts: Texts) -> tuple[str, ...]:
    return (texts,) if isinstance(texts, str) else texts


def _without_comment(text: str) -> dict[str, object]:
    found: dict[str, object] = json.loads(text)
    found.pop("$comment", None)
    return found
