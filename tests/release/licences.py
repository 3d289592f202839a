"""The table of docs/dependencies.md, held against what a bill of materials says is installed.

The table is written by people, since a licence that changes is a matter for people; nobody has to
remember to look, though.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, NotRequired, TypedDict

from tests.release.pins import name_of

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "docs/dependencies.md"
_ROW = re.compile(r"^\| (?P<name>[\w.-]+) \| (?P<licence>[^|]+) \| (?P<by>[^|]+) \|", re.MULTILINE)
# Older metadata has no expression but a trove classifier; these are what they say.
CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    # The classifier doesn't say which; no package with it has another license than this.
    "License :: OSI Approved :: BSD License": "BSD-3-Clause",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}


class Terms(TypedDict):
    """A licence as CycloneDX has it."""

    id: NotRequired[str]
    name: NotRequired[str]


class Licence(TypedDict):
    """One entry of a component's licences."""

    license: NotRequired[Terms]
    expression: NotRequired[str]


class Component(TypedDict):
    """One package of a bill of materials."""

    name: str
    licenses: NotRequired[list[Licence]]


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    name: str
    licence: str
    comes_with: str


def rows(page: str) -> dict[str, Row]:
    """The rows of the table by the name of their package."""
    found = [Row(*map(str.strip, match.groups())) for match in _ROW.finditer(page)]
    return {row.name: row for row in found if row.name != "package"}


def licence_faults(page: str, bill: str) -> list[str]:
    """Packages that the table does not have or has too many, and licences that are others."""
    known = rows(page)
    components: list[Component] = json.loads(bill)["components"]
    there = {name_of(component["name"]): component for component in components}
    there.pop("hyperhttp", None)
    assert there, "no components seen: is this a bill of materials?"
    found = [f"{PAGE}: {name} has no row" for name in sorted(there.keys() - known)]
    found += [f"{PAGE}: {name} is not installed" for name in sorted(known.keys() - there)]
    for name in sorted(there.keys() & known):
        said = set(_licences(there[name]))
        if said != set(re.split(r" OR (?![^(]*\))", known[name].licence)):
            found.append(f"{PAGE}: {name} has the licence {' OR '.join(sorted(said))}")
    return found


def _licences(component: Component) -> Iterator[str]:
    for entry in component.get("licenses", []):
        terms = entry.get("license", {})
        if expression := entry.get("expression") or terms.get("id"):
            yield expression
        elif name := terms.get("name"):
            yield CLASSIFIERS.get(name, name)
