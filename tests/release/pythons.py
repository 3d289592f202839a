"""Which interpreters are on this machine, and environments of theirs with something installed."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# From the oldest that the package supports to the newest that its classifiers name, and one more.
VERSIONS = ("3.11", "3.12", "3.13", "3.14", "3.15")


def interpreters(versions: Iterable[str] = VERSIONS) -> dict[str, Path]:
    """The interpreter of each version that is there: on PATH, or one that pyenv keeps."""
    found: dict[str, Path] = {}
    for version in versions:
        for path in _candidates(version):
            if version not in found and _version_of(path) == version:
                found[version] = path
    return found


def _candidates(version: str) -> Iterator[Path]:
    pyenv = Path(os.environ.get("PYENV_ROOT", Path.home() / ".pyenv"), "versions")
    yield from sorted(pyenv.glob(f"{version}.*/bin/python"), reverse=True)
    if on_path := shutil.which(f"python{version}"):
        yield Path(on_path)


def _version_of(path: Path) -> str:
    """What it says itself: a shim may be on PATH for a version that is not chosen."""
    code = "import sys, venv; print('%d.%d' % sys.version_info[:2])"
    done = subprocess.run(
        [path, "-c", code], capture_output=True, text=True, check=False, timeout=30
    )
    return done.stdout.strip()


class Failed(Exception):
    """A command failed; its text is what it said."""


def run(
    *command: str | Path, cwd: Path | None = None, environment: Mapping[str, str] | None = None
) -> str:
    """What a command prints; `Failed` with all it said when it fails."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(
        command,
        cwd=cwd,
        env={**kept, **(environment or {})},
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        check=False,
        timeout=900,
    )
    if done.returncode:
        shown = " ".join(map(str, command))
        raise Failed(f"$ {shown}\n{done.stdout.rstrip()}\nexit status {done.returncode}")
    return done.stdout


@dataclass(frozen=True)
class Environment:
    """A fresh environment of one interpreter; what it has, the tools' pip puts there."""

    directory: Path
    tools: Path

    @classmethod
    def made(cls, directory: Path, interpreter: Path, tools: Path) -> Environment:
        """Make one at a directory, without pip: `tools` is the interpreter whose pip is used."""
        run(interpreter, "-m", "venv", "--clear", "--without-pip", directory)
        return cls(directory, tools)

    @property
    def python(self) -> Path:
        """Its interpreter."""
        return self.directory / "bin/python"

    def install(self, *requirements: str, constraints: Sequence[str] = ()) -> None:
        """Install requirements, no version of which may break a constraint."""
        listed = self.directory / "constraints.txt"
        listed.write_text("".join(f"{line}\n" for line in constraints), encoding="utf-8")
        pip = (self.tools, "-m", "pip", "--disable-pip-version-check", "--quiet")
        place = ("--python", self.python)
        run(*pip, *place, "install", "--no-compile", "--constraint", listed, *requirements)
        run(*pip, *place, "check")
