"""`python -m tests.matrix [INTERPRETER ...]`: runs the tests on each interpreter.

An interpreter is one of the machine, or one of Debian unstable (see `debian`). The wheel of the
files as they are is installed on each. The first program of the README runs with it alone, then the
tests of the package, then those of `Client` with `SyncClient` in its place. The last output is a
table. Exits with 1 if a test fails. An interpreter that can't be had is skipped with its reason;
with REQUIRE_PEERS=1, it's a failure.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tests.docs.snippets import snippets_of
from tests.matrix.debian import COMMANDS, Root, Unavailable, root_in
from tests.matrix.results import Counts, Result, counts_in, failures_in, table
from tests.release.__main__ import take
from tests.release.pins import Project
from tests.release.pythons import VERSIONS, interpreters
from tests.servers.certificate_files import VARIABLE as CERTIFICATES_PYTHON
from tests.servers.programs import REQUIRE_VARIABLE

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

ROOT: Final = Path(__file__).resolve().parents[2]
# The Debian directory is kept; the rest is new in each run.
CACHE: Final = ROOT / ".matrix"
PYPY: Final = "pypy3.11"
NAMES: Final = (*VERSIONS, PYPY)
# Run only where the machine has them: no package brings them.
FREE_THREADED: Final = ("3.13t", "3.14t", "3.15t")
DIRECTORIES: Final = (
    *("base", "message", "protocol", "policy", "network", "transport", "client", "testing"),
    *("cli", "integrations"),
)
# PyPy closes what is unused later than CPython, so its warnings belong to other tests.
FOR_PYPY: Final = ("-p", "no:unraisableexception", "-W", "ignore::ResourceWarning")
FACTS: Final = (
    "import platform, ssl, sys; n = sys.implementation.name;"
    "v = platform.python_version();"
    "v = v if n == 'cpython' else 'PyPy %d.%d.%d, ' % sys.pypy_version_info[:3] + v;"
    "print(v); print(ssl.OPENSSL_VERSION.split()[1])"
)
TIMEOUT_S: Final = 3600.0


class Failed(Exception):
    """A command failed; the text is what it printed."""


@dataclass
class Row:
    """An interpreter, on the machine or in a root, with an environment to install into."""

    name: str
    interpreter: Path
    work: Path
    root: Root | None = None
    environment: dict[str, str] = field(default_factory=dict[str, str])

    @property
    def directory(self) -> Path:
        """Its environment."""
        return self.work / "environments" / self.name

    @property
    def python(self) -> Path:
        """The interpreter of its environment."""
        return self.directory / "bin/python"

    @property
    def tests(self) -> Path:
        """The checkout without the package: only what is installed can be imported there."""
        return self.work / "apart"

    def run(self, *command: str | Path) -> tuple[int, str]:
        """Run a command; return its exit status and what it printed."""
        variables = {"PYTHONDONTWRITEBYTECODE": "1", **self.environment}
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
        whole: Sequence[str | Path] = command
        if self.root is not None:
            whole = self.root.command(self.work, self.tests, variables, *command)
        done = subprocess.run(
            whole,
            cwd=self.tests,
            env={**kept, **variables},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            check=False,
            timeout=TIMEOUT_S,
        )
        return done.returncode, done.stdout

    def must(self, *command: str | Path) -> str:
        """Run a command that has to succeed; return what it printed."""
        status, output = self.run(*command)
        if status:
            shown = " ".join(map(str, command))
            raise Failed(f"$ {shown}\n{output.rstrip()}\nexit status {status}")
        return output

    def create(self, *requirements: str | Path) -> None:
        """Create the environment with what is required."""
        self.must(self.interpreter, "-m", "venv", self.directory)
        self.install(*requirements)

    def install(self, *requirements: str | Path) -> None:
        """Install requirements, too."""
        self.must(self.python, "-m", "pip", "install", "--quiet", "--no-compile", *requirements)


@dataclass(frozen=True)
class Matrix:
    """One run: its directory, and what is tested in it."""

    work: Path
    pytest: tuple[str, ...]
    """More arguments for pytest."""

    @property
    def source(self) -> Path:
        """A copy of the files."""
        return self.work / "source"

    def prepare(self) -> None:
        """Copy the files, and build the wheel of them."""
        shutil.rmtree(self.work, ignore_errors=True)
        (self.work / "logs").mkdir(parents=True)
        take(self.source, whole=True)
        apart = self.work / "apart"
        shutil.copytree(self.source, apart)
        shutil.rmtree(apart / "hyperhttp")
        (self.work / "first.txt").write_text(snippets_of("README.md", self.source)[0].code, "utf-8")
        command = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir")
        subprocess.run([*command, self.work, self.source], check=True, timeout=TIMEOUT_S)

    @property
    def wheel(self) -> Path:
        """The wheel."""
        (found,) = self.work.glob("*.whl")
        return found

    def rows(self, names: Sequence[str]) -> list[Row | Result]:
        """Return a row for each interpreter, or the result that says why there is none."""
        here = found_here(names)
        root: Root | Unavailable | None = None
        rows: list[Row | Result] = []
        for name in names:
            if name in here:
                rows.append(self._row(name, here[name], None))
                continue
            if name in COMMANDS and root is None:
                root = _root()
            if name in COMMANDS and isinstance(root, Root):
                rows.append(self._row(name, COMMANDS[name], root))
            else:
                reason = str(root) if name in COMMANDS else "not on this machine"
                rows.append(Result(name, missing=reason))
        return rows

    def _row(self, name: str, interpreter: Path, root: Root | None) -> Row:
        row = Row(name, interpreter, self.work, root)
        if name == PYPY:
            row.environment[CERTIFICATES_PYTHON] = self._certificates(root)
        return row

    def _certificates(self, root: Root | None) -> str:
        """Return an interpreter that creates certificates for one that can't."""
        if root is None:
            return sys.executable
        other = Row("certificates", COMMANDS["3.14"], self.work, root)
        trustme = [one for one in Project.of(ROOT).group("dev") if one.startswith("trustme==")]
        other.create(*(one.partition(";")[0] for one in trustme))
        return str(other.python)

    def test(self, row: Row) -> Result:
        """Install the wheel on an interpreter, and run all tests."""
        result, started = Result(row.name), time.monotonic()
        try:
            row.create(self.wheel)
            result.version, result.openssl = row.must(row.python, "-c", FACTS).splitlines()
            first = (row.python, "-m", "tests.release.first_program", self.work / "first.txt")
            result.program = row.must(*first).endswith("John\n")
            row.install(*Project.of(self.source).group("suite"))
            directories = tuple(f"tests/{name}" for name in DIRECTORIES)
            result.client = self._pytest(row, result, "client", *directories)
            sync = ("--sync", "--pairwise", "tests/client")
            result.sync = self._pytest(row, result, "sync", *sync)
        except (Failed, OSError, subprocess.TimeoutExpired) as failure:
            result.faults.append(str(failure))
        result.seconds = time.monotonic() - started
        return result

    def _pytest(self, row: Row, result: Result, kind: str, *arguments: str) -> Counts | None:
        chosen = ("-q", "-m", "not peer", "-p", "no:cacheprovider", *self.pytest)
        special = FOR_PYPY if row.name == PYPY else ()
        status, output = row.run(row.python, "-m", "pytest", *chosen, *special, *arguments)
        log = self.work / f"logs/{row.name}-{kind}.txt"
        log.write_text(output, encoding="utf-8")
        if status:
            result.faults += [*failures_in(output), f"pytest ended with {status}: see {log}"]
        return counts_in(output)


def found_here(names: Sequence[str]) -> dict[str, Path]:
    """Return the interpreters of the machine."""
    found = interpreters([name for name in names if name in VERSIONS])
    for name in names:
        command = name if name == PYPY else f"python{name}"
        if name not in found and name not in VERSIONS and (path := shutil.which(command)):
            found[name] = Path(path)
    return found


def _root() -> Root | Unavailable:
    try:
        return root_in(CACHE / "debian")
    except Unavailable as reason:
        return reason


def exit_status(results: Sequence[Result], environment: Mapping[str, str] = os.environ) -> int:
    """Return 1 if a test failed, or if an interpreter is missing and must not be."""
    required = environment.get(REQUIRE_VARIABLE) == "1"
    missing = any(one.missing and one.name in NAMES for one in results)
    ran = any(not one.missing for one in results)
    return int(any(one.faults for one in results) or (required and missing) or not ran)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the matrix; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m tests.matrix", description=__doc__)
    parser.add_argument("names", nargs="*", choices=[*NAMES, *FREE_THREADED, []], default=[])
    parser.add_argument("--sample", action="store_true", help="a few variants of each test")
    parser.add_argument("--workers", default="2", help="processes of pytest")
    options = parser.parse_args(arguments)
    here = [name for name in FREE_THREADED if shutil.which(f"python{name}")]
    sample = ("--sample",) if options.sample else ()
    matrix = Matrix(CACHE / "work", ("-n", options.workers, *sample))
    matrix.prepare()
    results: list[Result] = []
    for row in matrix.rows(options.names or [*NAMES, *here]):
        result = row if isinstance(row, Result) else matrix.test(row)
        results.append(result)
        print("".join(f"{result.name}: {fault}\n" for fault in result.faults), end="")
        print(table([result]).splitlines()[-1], flush=True)
    print(f"\nClient, SyncClient: passed / failed / skipped\n\n{table(results)}")
    return exit_status(results)


if __name__ == "__main__":
    sys.exit(main())
