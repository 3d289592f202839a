"""Small surfaces to compare: a stub of the package, made into a manifest as a real one is."""

from __future__ import annotations

import json

from codegen.compatibility.changes import changes
from codegen.compatibility.manifest import Manifest, Project, read_surface
from codegen.emit.manifest import promised

PROJECT = Project(python=">=3.11", extras=("brotli", "cli"), commands=("hyperhttp",))


def surface(stub: str, project: Project = PROJECT) -> Manifest:
    """The manifest of a package whose only stub is this one."""
    names = promised({"hyperhttp/__init__.pyi": stub})
    return read_surface(json.dumps({**names, "options": {}, "flags": ["--a", "--b"]}), project)


def told(old: str, new: str) -> list[str]:
    """What is told of a change from one stub to another."""
    return [str(change) for change in changes(surface(old), surface(new))]
