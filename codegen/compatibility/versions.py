"""The version that a release must have for its changes, by semantic versioning and its 0.x rule.

This module reads versions and changelogs; the caller passes the changes.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

_HEADING: Final = re.compile(r"^## (?P<version>\d+\.\d+\.\d+)\b", re.MULTILINE)


class Version(NamedTuple):
    """Three numbers; ours have no other parts."""

    major: int
    minor: int
    patch: int

    @classmethod
    def parse(cls, text: str) -> Version:
        """Read one; ValueError when it is none of ours."""
        found = re.fullmatch(r"(\d+)\.(\d+)\.(\d+)", text)
        if found is None:
            raise ValueError(f'"{text}" is not a version such as 1.2.3')
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        """As it is written."""
        return ".".join(map(str, self))


def required(last: Version, weights: Iterable[str]) -> Version:
    """Return the lowest version that can follow `last` with changes of these weights.

    A breaking change requires a new major version, and an addition a new minor version
    (docs/support.md). Before 1.0, a minor version is enough for breaking changes.
    """
    heaviest = {*weights}
    if "breaking" in heaviest and last.major > 0:
        return Version(last.major + 1, 0, 0)
    return Version(last.major, last.minor + 1, 0) if heaviest else last


def released(changelog: str) -> set[Version]:
    """The versions that a changelog has as released: `## 1.2.3`, not `## Unreleased: 1.2.3`."""
    return {Version.parse(found["version"]) for found in _HEADING.finditer(changelog)}
