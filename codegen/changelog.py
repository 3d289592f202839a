"""`python -m codegen.changelog`: fragments of `docs/changes`, checked; with a date, released.

A fragment is a file for each change, so that two changes never meet in one line of CHANGELOG.md.
What is worth a fragment is decided by who makes the change.
"""

from __future__ import annotations

import argparse
import re
import sys
import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Final

from codegen.compatibility.manifest import project_of
from codegen.diagnostics import Problem, did_you_mean

ROOT: Final = Path(__file__).resolve().parents[1]
DIRECTORY: Final = "docs/changes"
CHANGELOG: Final = "CHANGELOG.md"
WIDTH: Final = 108
# What may break a program comes first.
KINDS: Final = ("removed", "changed", "deprecated", "added", "fixed", "security")
# Other files in the directory.
_OTHERS: Final = re.compile(r"README\.md|api-\d+\.\d+\.\d+\.json")
_NAME: Final = re.compile(r"(?P<what>[a-z0-9][a-z0-9-]*)\.(?P<kind>[a-z]+)\.md")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A change that users can see."""

    path: Path
    kind: str
    text: str

    @property
    def entry(self) -> str:
        """Its line in the changelog."""
        return textwrap.fill(f"- {self.text}", WIDTH, subsequent_indent="  ")


def fragments(directory: Path) -> Iterator[Fragment | Problem]:
    """All of them by kind and name, and what is wrong with those that are none."""
    read = [
        _fragment(path) for path in sorted(directory.iterdir()) if not _OTHERS.fullmatch(path.name)
    ]
    yield from (one for one in read if isinstance(one, Problem))
    good = [one for one in read if isinstance(one, Fragment)]
    yield from sorted(good, key=lambda one: (KINDS.index(one.kind), one.path.name))


def _fragment(path: Path) -> Fragment | Problem:
    shown = f"{DIRECTORY}/{path.name}"
    named = _NAME.fullmatch(path.name)
    if named is None:
        return Problem(shown, "", "a fragment is called <what>.<kind>.md, in small letters")
    kind = named["kind"]
    if kind not in KINDS:
        text = f'"{kind}" is not one of {", ".join(KINDS)}.{did_you_mean(kind, KINDS)}'
        return Problem(shown, "", text)
    text = " ".join(path.read_text(encoding="utf-8").split())
    if not text.endswith("."):
        return Problem(
            shown, "", "it is not a sentence; describe the present state, in the present tense"
        )
    return Fragment(path, kind, text)


def sections(found: Sequence[Fragment]) -> Iterator[str]:
    """The entries of a release, under a heading for each kind of change."""
    for kind in KINDS:
        entries = [one.entry for one in found if one.kind == kind]
        if entries:
            yield "\n".join((f"### {kind.title()}", "", *entries, ""))


def released(changelog: str, version: str, day: date, kinds: Iterable[str]) -> str:
    """The changelog with a heading for this version and the sections below it.

    What was written by hand under `Unreleased` stays, and the sections follow it.
    """
    heading, new = f"## {version} ({day.isoformat()})", "\n".join(kinds)
    parts = re.split(r"(?m)^(?=## )", changelog)
    for place, part in enumerate(parts):
        if part.startswith("## Unreleased"):
            rest = part.partition("\n")[2].strip("\n")
            parts[place] = "\n\n".join(text for text in (heading, rest, new) if text)
            break
    else:
        parts.insert(1, f"{heading}\n\n{new}")
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Check the fragments of the checkout at `root`, or release them; the exit status."""
    parser = argparse.ArgumentParser(prog="python -m codegen.changelog", description=__doc__)
    parser.add_argument("--date", type=date.fromisoformat, help="of the release: 2026-11-23")
    options = parser.parse_args(arguments)
    found = list(fragments(root / DIRECTORY))
    problems = [one for one in found if isinstance(one, Problem)]
    good = [one for one in found if isinstance(one, Fragment)]
    for problem in problems:
        print(problem, file=sys.stderr)
    if problems:
        return 1
    if options.date is not None:
        return _release(root, options.date, good)
    print(f"{len(good)} fragments")
    return 0


def _release(root: Path, day: date, found: Sequence[Fragment]) -> int:
    version, _ = project_of((root / "pyproject.toml").read_text(encoding="utf-8"))
    path = root / CHANGELOG
    text = path.read_text(encoding="utf-8")
    if re.search(rf"(?m)^## {re.escape(version)}\b", text):
        print(f"{CHANGELOG} has {version} already: raise the version", file=sys.stderr)
        return 1
    path.write_text(released(text, version, day, sections(found)), encoding="utf-8")
    for one in found:
        one.path.unlink()
    print(f"{CHANGELOG}: {version}, {len(found)} fragments")
    return 0


if __name__ == "__main__":
    sys.exit(main())
