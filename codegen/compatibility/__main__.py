"""`python -m codegen.compatibility` compares the public API with that of the last release.

It prints each change. It exits with 1 if the version in pyproject.toml is too low for them. With
`--freeze`, it stores the API of this version; with `--release`, it checks that this was done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from codegen.compatibility.changes import Change, changes
from codegen.compatibility.manifest import Manifest, frozen, project_of, read_checkout, read_frozen
from codegen.compatibility.versions import Version, released, required

ROOT: Final = Path(__file__).resolve().parents[2]
KEPT: Final = "docs/changes"
COMMAND: Final = "python -m codegen.compatibility"


@dataclass(frozen=True)
class Checkout:
    """The current API, and the stored APIs of releases."""

    root: Path
    version: Version
    surface: Manifest
    released: set[Version]

    @classmethod
    def at(cls, root: Path) -> Checkout:
        """Read it; the drift gate sees to it that the generated manifest is up to date."""
        version, project = project_of((root / "pyproject.toml").read_text(encoding="utf-8"))
        changelog = (root / "CHANGELOG.md").read_text(encoding="utf-8")
        return cls(root, Version.parse(version), read_checkout(root, project), released(changelog))

    def path(self, version: Version) -> Path:
        """Where the manifest of a release is kept."""
        return self.root / KEPT / f"api-{version}.json"

    @property
    def last(self) -> Version | None:
        """The last release whose manifest is kept; of one to come, where there was none yet."""
        kept = {
            Version.parse(path.stem.removeprefix("api-"))
            for path in (self.root / KEPT).glob("api-*.json")
        }
        return max(kept & self.released or kept, default=None)

    def since(self, version: Version) -> list[Change]:
        """Return the changes since a release."""
        return changes(read_frozen(self.path(version).read_text(encoding="utf-8")), self.surface)


def main(arguments: Sequence[str] | None = None, root: Path = ROOT) -> int:
    """Run the command on the checkout at `root`; the result is the exit status."""
    parser = argparse.ArgumentParser(prog=COMMAND, description=__doc__)
    parser.add_argument("--freeze", action="store_true", help="keep the surface of this version")
    parser.add_argument("--release", action="store_true", help="fail when it is not kept")
    options = parser.parse_args(arguments)
    checkout = Checkout.at(root)
    if options.freeze:
        return _freeze(checkout)
    if options.release and not _is_kept(checkout):
        print(f"{_name(checkout, checkout.version)} is not as it is now: {COMMAND} --freeze")
        return 1
    return _compare(checkout)


def _freeze(checkout: Checkout) -> int:
    version = checkout.version
    if version in checkout.released and not _is_kept(checkout):
        print(f"{version} is released: what it promised stays. Raise the version first.")
        return 1
    checkout.path(version).write_text(frozen(checkout.surface, str(version)), encoding="utf-8")
    print(f"{_name(checkout, version)} keeps what {version} promises")
    return 0


def _is_kept(checkout: Checkout) -> bool:
    path = checkout.path(checkout.version)
    return path.exists() and path.read_text(encoding="utf-8") == frozen(
        checkout.surface, str(checkout.version)
    )


def _compare(checkout: Checkout) -> int:
    last = checkout.last
    if last is None:
        print(f"{KEPT} has no manifest of a release: {COMMAND} --freeze")
        return 1
    found = checkout.since(last)
    for change in found:
        print(change)
    breaking = sum(change.weight == "breaking" for change in found)
    print(f"since {last}: {breaking} breaking, {len(found) - breaking} added")
    if last not in checkout.released:
        print(f"{last} is not released yet, so nothing is promised; {COMMAND} --freeze keeps it")
        return 0
    lowest = required(last, (change.weight for change in found))
    if checkout.version < lowest:
        print(f"so the version must be at least {lowest}; pyproject.toml has {checkout.version}")
        return 1
    print(f"{checkout.version} allows for them" if found else f"{checkout.version} keeps it all")
    return 0


def _name(checkout: Checkout, version: Version) -> str:
    return checkout.path(version).relative_to(checkout.root).as_posix()


if __name__ == "__main__":
    sys.exit(main())
