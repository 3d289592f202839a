"""The number that a release must have for what it changes, by semantic versioning and its 0.x.

It reads versions and changelogs; what was changed is told to it.
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
            raise ValueError(f'"{text}" is no version such as 1.2.3')
        return cls(*map(int, found.groups()))

    def __str__(self) -> str:
        """As it is written."""
        return ".".join(map(str, self))


def required(last: Version, weights: Iterable[str]) -> Version:
    """The lowest version that may follow `last` with changes of these weights.

    What breaks asks for a new major number, what is added for a new minor one (docs/support.md);
    before 1.0 a minor release does what a major one does later.
    """
    heaviest = {*weights}
    if "breaking" in heaviest and last.major > 0:
        return Version(last.major + 1, 0, 0)
    return Version(last.major, last.minor + 1, 0) if heaviest else last


def released(changelog: str) -> set[Version]:
    """The versions that a changelog has as released: `## 1.2.3`, not `## Unreleased: 1.2.3`."""
    return {Version.parse(found["version"]) for found in _HEADING.finditer(changelog)}
