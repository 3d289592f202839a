"""What lies in a wheel and an sdist, held against the checkout that they were built from.

It knows names, not contents, but for the metadata; what the code does is found out by running it.
"""

from __future__ import annotations

import re
import tarfile
import zipfile
from email.parser import Parser
from typing import TYPE_CHECKING

from tests.release.pins import Project, name_of

if TYPE_CHECKING:
    from email.message import Message
    from pathlib import Path

# What machines leave behind, wherever it lies.
LEFTOVER = re.compile(
    r"(?:^|/)(?:__pycache__|\.git|\.venv[\w-]*|\.[a-z]+_cache|\.hypothesis|site|dist|\.DS_Store)(?:/|$)"
    r"|\.(?:py[cod]|orig|rej|swp|egg-info)$"
)
# Without these an sdist is not the whole of the source: it must make, test and build itself.
NEEDED = (
    "CHANGELOG.md",
    "LICENSE",
    "Makefile",
    "README.md",
    "codegen/__main__.py",
    "docs/index.md",
    "docs/reference/api.json",
    "hyperhttp/py.typed",
    "pyproject.toml",
    "spec/config.toml",
    "tests/conftest.py",
    "typings/api/hyperhttp/__init__.pyi",
)


def wheel_faults(wheel: Path, root: Path) -> list[str]:
    """What a wheel has too much or too little; empty when it is the package and nothing else."""
    project = Project.of(root)
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
        info = f"{project.name}-{project.version}.dist-info"
        metadata = Parser().parsestr(archive.read(f"{info}/METADATA").decode())
        commands = archive.read(f"{info}/entry_points.txt").decode()
    about = {
        f"{info}/{name}"
        for name in ("METADATA", "WHEEL", "RECORD", "entry_points.txt", "licenses/LICENSE")
    }
    expected = about | package_files(root)
    found = [f"{wheel.name}: {name} is missing" for name in sorted(expected - names)]
    found += [f"{wheel.name}: {name} does not belong there" for name in sorted(names - expected)]
    if "hyperhttp = hyperhttp.__main__:main" not in commands:
        found.append(f"{wheel.name}: it does not bring the command")
    return found + [f"{wheel.name}: {fault}" for fault in metadata_faults(metadata, project)]


def sdist_faults(sdist: Path, root: Path) -> list[str]:
    """What an sdist has too much or too little."""
    project = Project.of(root)
    top = f"{project.name}-{project.version}/"
    with tarfile.open(sdist) as archive:
        members = [member.name for member in archive.getmembers() if member.isfile()]
    names = {name.removeprefix(top) for name in members}
    found = [f"{sdist.name}: {name} is outside {top}" for name in members if top not in name]
    expected = {*NEEDED, *package_files(root)}
    found += [f"{sdist.name}: {name} is missing" for name in sorted(expected - names)]
    left = sorted(name for name in names if LEFTOVER.search(name))
    found += [f"{sdist.name}: {name} does not belong there" for name in left]
    strangers = sorted(name for name in names if name != "PKG-INFO" and not (root / name).is_file())
    return found + [f"{sdist.name}: {name} is not in the checkout" for name in strangers]


def package_files(root: Path) -> set[str]:
    """The modules of the package, and the marker that they are typed (PEP 561)."""
    found = {
        path.relative_to(root).as_posix()
        for path in (root / "hyperhttp").rglob("*")
        if path.is_file() and not LEFTOVER.search(path.relative_to(root).as_posix())
    }
    assert found, "no modules seen: is this the right directory?"
    return {*found, "hyperhttp/py.typed"}


def metadata_faults(metadata: Message, project: Project) -> list[str]:
    """Where the metadata does not say what pyproject.toml does."""
    found: list[str] = []
    for field, expected in (
        ("Name", project.name),
        ("Version", project.version),
        ("Requires-Python", project.python),
        ("License-Expression", "MIT"),
        ("Description-Content-Type", "text/markdown"),
    ):
        if metadata.get(field) != expected:
            found.append(f"{field} is {metadata.get(field)}, not {expected}")
    extras = set(metadata.get_all("Provides-Extra", []))
    if extras != set(project.extras):
        found.append(f"its extras are {', '.join(sorted(extras))}")
    required = {name_of(text) for text in metadata.get_all("Requires-Dist", [])}
    if required - {project.name} != {name_of(text) for text in project.requirements}:
        found.append(f"it requires {', '.join(sorted(required))}")
    if "Typing :: Typed" not in metadata.get_all("Classifier", []):
        found.append("it does not say that it is typed")
    description = metadata.get_payload()
    if not isinstance(description, str) or not description.strip():
        found.append("it has no description")
    return found
