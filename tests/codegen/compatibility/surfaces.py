"""Small surfaces to compare: a stub of the package, made into a manifest as a real one is."""

from __future__ import annotations

from codegen.compatibility.changes import changes
from codegen.compatibility.manifest import Manifest, Project

PROJECT = Project(python=">=3.11", extras=("brotli", "cli"), commands=("hyperhttp",))


def surface(stub: str, project: Project = PROJECT) -> Manifest:
    """The manifest of a package whose only stub is this one."""
    stubs = {"hyperhttp/__init__.pyi": stub}
    return Manifest(stubs=stubs, options={}, flags=("--a", "--b"), project=project)


def told(old: str, new: str) -> list[str]:
    """What is told of a change from one stub to another."""
    return [str(change) for change in changes(surface(old), surface(new))]
