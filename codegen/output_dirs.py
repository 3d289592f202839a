"""The output directories: written, or compared with the files on disk.

A check compares the set of files in each directory first, and their text second. So it detects a
missing, additional or edited file. The emitters create the texts.
"""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from codegen.diagnostics import Problem, SpecError
from codegen.emit import integrations
from codegen.load import load
from codegen.outputs import (
    FROM_SPEC,
    FROM_SURFACE,
    OUTPUT_DIRS,
    page_files,
    stub_files,
)
from codegen.surface import Surface
from codegen.text import formatted


@dataclass(frozen=True)
class Rendering:
    """Every generated file (path below the root, and text), and why some could not be made."""

    files: Mapping[str, str]
    problems: tuple[Problem, ...] = ()


def render(root: Path) -> Rendering:
    """Make every file in memory. A wrong spec raises SpecError; a broken module is a problem."""
    spec = load(root / "spec")
    files = {path: formatted(emit(spec), path) for path, emit in sorted(FROM_SPEC.items())}
    files |= {path: formatted(text, path) for path, text in page_files(spec).items()}
    files |= {path: formatted(text, path) for path, text in integrations.files(root).items()}
    surface = Surface(root, dict(files))
    try:
        for path, emit in sorted(FROM_SURFACE.items()):
            files[path] = emit(spec, surface)
        for path, text in sorted(stub_files(surface).items()):
            files[path] = formatted(text, path)
    except SpecError as error:
        return Rendering(files, error.problems)
    return Rendering(files)


def differences(root: Path, made: Mapping[str, str]) -> Iterator[str]:
    """The differences of each file in the output directories, with a diff; none if all is well."""
    there = {*_files(root), *(path for path in made if (root / path).is_file())}
    for path in sorted(there | set(made)):
        if path not in made:
            yield f"{path}: stray; only generated files belong in this directory"
        elif path not in there:
            yield f"{path}: missing"
        else:
            yield from _difference(path, (root / path).read_bytes(), made[path])


def write(root: Path, made: Mapping[str, str]) -> Iterator[str]:
    """Write what is not as it should be; yields what was done."""
    for path, text in sorted(made.items()):
        target = root / path
        new = text.encode()
        if not target.exists() or target.read_bytes() != new:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(new)
            yield f"wrote {path}"


def remove_strays(root: Path, made: Mapping[str, str]) -> Iterator[str]:
    """Remove what nothing generates from the output directories; yields what was done."""
    for path in sorted(set(_files(root)) - set(made)):
        (root / path).unlink()
        yield f"removed {path}"


def _files(root: Path) -> Iterator[str]:
    for output in OUTPUT_DIRS:
        for path in (root / output).rglob("*"):
            if path.is_file() and "__pycache__" not in path.parts:
                yield path.relative_to(root).as_posix()


def _difference(path: str, found: bytes, made: str) -> Iterator[str]:
    if found == made.encode():
        return
    diff = difflib.unified_diff(
        found.decode(errors="replace").splitlines(),
        made.splitlines(),
        f"{path} (as it is)",
        f"{path} (as it is made)",
        lineterm="",
    )
    shown = "\n".join(diff) or "the bytes differ only by line endings"
    yield f"{path}: not as it is made\n{shown}"
