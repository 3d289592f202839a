"""What pyproject.toml asks for: its dependency groups in full, and the lowest versions it allows.

It reads the file alone; nothing is installed or looked up here.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Include = TypedDict("Include", {"include-group": str})
_REQUIREMENT = re.compile(
    r"(?P<name>[A-Za-z0-9][A-Za-z0-9._-]*)(?P<extras>\[[^\]]*\])?(?P<bounds>[^;]*)(?:;.*)?"
)
_LOWEST = re.compile(r"(?:>=|==|~=)\s*(?P<version>[\w.]+)")


@dataclass(frozen=True)
class Project:
    """The parts of a pyproject.toml that the release is held against."""

    name: str
    version: str
    python: str
    dependencies: tuple[str, ...]
    extras: dict[str, tuple[str, ...]]
    groups: dict[str, list[str | Include]]

    @classmethod
    def of(cls, root: Path) -> Project:
        """Read the file of a checkout."""
        whole = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
        facts = whole["project"]
        return cls(
            name=facts["name"],
            version=facts["version"],
            python=facts["requires-python"],
            dependencies=tuple(facts["dependencies"]),
            extras={name: tuple(listed) for name, listed in facts["optional-dependencies"].items()},
            groups=whole["dependency-groups"],
        )

    def group(self, name: str) -> list[str]:
        """The requirements of a dependency group, those of the groups within it too (PEP 735)."""
        found: list[str] = []
        for entry in self.groups[name]:
            if isinstance(entry, str):
                found.append(entry)
            else:
                found += self.group(entry["include-group"])
        return found

    @property
    def requirements(self) -> tuple[str, ...]:
        """All that users may come to have installed with it, itself left out."""
        optional = (one for listed in self.extras.values() for one in listed)
        return (*self.dependencies, *(one for one in optional if name_of(one) != self.name))

    @property
    def everything(self) -> str:
        """All extras, as they are asked for."""
        return f"[{','.join(sorted(self.extras))}]"

    @property
    def lowest(self) -> list[str]:
        """Constraints that choose the lowest version of each requirement."""
        return sorted({*self._lowest()})

    def _lowest(self) -> Iterator[str]:
        for requirement in self.requirements:
            bounds = _parts(requirement)["bounds"]
            found = _LOWEST.search(bounds)
            if found is None:
                raise ValueError(f"{requirement}: no lowest version is said")
            yield f"{name_of(requirement)}=={found['version']}"


def name_of(requirement: str) -> str:
    """The name of what is required, as installers compare it (PEP 503)."""
    return re.sub(r"[-_.]+", "-", _parts(requirement)["name"]).lower()


def _parts(requirement: str) -> re.Match[str]:
    found = _REQUIREMENT.fullmatch(requirement.strip())
    if found is None:
        raise ValueError(f"{requirement!r} is no requirement")
    return found
