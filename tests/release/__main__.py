"""`python -m tests.release`: builds the package from a clean clone and holds it to its word.

Wheel and sdist are built and looked into; the wheel is installed on each Python that is here, and
the guide run with it; the tests are run with the lowest versions that it allows. `dist/` gets the
packages and their bill of materials. Exits with 1 when anything is not as it should be.
"""

from __future__ import annotations

import argparse
import hashlib
import shutil
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from tests.docs.snippets import snippets_of
from tests.release.licences import PAGE, licence_faults
from tests.release.packages import sdist_faults, wheel_faults
from tests.release.pins import Project, name_of
from tests.release.placeholder import placeholder_faults
from tests.release.pythons import VERSIONS, Environment, Failed, interpreters, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

ROOT = Path(__file__).resolve().parents[2]
# Run with the lowest versions: all that is about HTTP, nothing that is about this checkout.
CORE = ("message", "protocol", "policy", "network", "transport", "client", "testing")
# What looks at code and runs none of it.
CHECKERS = ("basedpyright", "mypy", "ruff")
# Two would do; what waits for a download leaves a core to the others.
AT_ONCE = 3
EVERY_NAME = (
    "import hyperhttp, hyperhttp.testing, sys; [getattr(hyperhttp, n) for n in hyperhttp.__all__];"
    "assert hyperhttp.__file__.startswith(sys.prefix), hyperhttp.__file__;"
    "print(hyperhttp.__version__)"
)


@dataclass
class Release:
    """One run: its directory, its tools, and what was found."""

    directory: Path
    source: Path
    pythons: dict[str, Path]
    faults: list[str] = field(default_factory=list[str])

    @property
    def project(self) -> Project:
        """What pyproject.toml says."""
        return Project.of(self.source)

    @property
    def tools(self) -> Path:
        """The interpreter that has what builds and checks."""
        return self.directory / "tools/bin/python"

    @property
    def wheel(self) -> Path:
        """The built wheel."""
        return self.directory / f"dist/hyperhttp-{self.project.version}-py3-none-any.whl"

    @property
    def sdist(self) -> Path:
        """The built sdist."""
        return self.directory / f"dist/hyperhttp-{self.project.version}.tar.gz"

    @property
    def bill(self) -> Path:
        """The bill of materials."""
        return self.directory / f"dist/hyperhttp-{self.project.version}.cdx.json"

    def step(self, name: str, does: Callable[[], list[str]]) -> None:
        """Do one thing, and say how it went and how long it took."""
        started = time.monotonic()
        try:
            found = does()
        except Failed as failure:
            found = [str(failure)]
        self.faults += found
        took = time.monotonic() - started
        print(f"{'FAILED' if found else 'ok':>6}  {took:6.1f} s  {name}", flush=True)
        print("".join(f"{fault}\n" for fault in found), end="", flush=True)

    # -- the package --

    def make_tools(self) -> list[str]:
        """What builds and checks, as pinned."""
        newest = self.pythons[max(self.pythons, key=_number)]
        run(newest, "-m", "venv", self.directory / "tools")
        pip = (self.tools, "-m", "pip", "--disable-pip-version-check", "--quiet", "install")
        run(*pip, *self.project.group("release"))
        return []

    def build(self) -> list[str]:
        """Sdist from the clone and wheel from the sdist; then once more, to the same bytes."""
        build = (self.tools, "-m", "build", "--no-isolation", "--outdir")
        run(*build, self.directory / "dist", self.source)
        run(*build, self.directory / "again", self.source, environment={"PYTHONHASHSEED": "7"})
        return [
            f"{path.name}: built twice, it is not the same"
            for path in (self.wheel, self.sdist)
            if _digest(path) != _digest(self.directory / "again" / path.name)
        ]

    def look_into(self) -> list[str]:
        """What lies in the packages, and whether an index would take them."""
        run(self.tools, "-m", "twine", "check", "--strict", self.wheel, self.sdist)
        return wheel_faults(self.wheel, self.source) + sdist_faults(self.sdist, self.source)

    def list_materials(self) -> list[str]:
        """A bill of materials (CycloneDX) of what every extra brings, and their licences."""
        listed = self._environment("materials", max(self.pythons, key=_number))
        listed.install(f"{self.wheel}{self.project.everything}")
        run(
            *(self.directory / "tools/bin/cyclonedx-py", "environment", listed.python),
            *("--pyproject", self.source / "pyproject.toml", "--mc-type", "library"),
            *("--output-reproducible", "--validate", "--spec-version", "1.6"),
            *("--output-format", "JSON", "--output-file"),
            self.bill,
        )
        page = (self.source / PAGE).read_text(encoding="utf-8")
        return licence_faults(page, self.bill.read_text(encoding="utf-8"))

    # -- what it does --

    def run_guide(self, version: str) -> list[str]:
        """Install it alone, and run the first program; with every extra, run the guide."""
        place = self._environment(f"python{version}", version)
        place.install(str(self.wheel))
        said = run(place.python, "-W", "error", "-c", EVERY_NAME, cwd=self.directory).strip()
        if said != self.project.version:
            return [f"it says that it is version {said}"]
        run(place.directory / "bin/hyperhttp", "--version", cwd=self.directory)
        first = (place.python, "-m", "tests.release.first_program", self.example)
        if not run(*first, cwd=self.apart).endswith("John\n"):
            return ["the first program of the README doesn't print John"]
        place.install(f"{self.wheel}[all]", *self.project.group("guide"))
        run(place.python, "-m", "tests.docs.demo", cwd=self.apart)
        return []

    def check_types(self) -> list[str]:
        """Check the installed package and a consumer with mypy, without extras and with all."""
        place = self._environment("types", min(self.pythons, key=_number))
        mypy = [one for one in self.project.group("dev") if one.startswith("mypy==")]
        program = self.apart / "tests/types/right_calls.py"
        for extras in ("", self.project.everything):
            place.install(f"{self.wheel}{extras}", *mypy)
            for checked in (("-p", "hyperhttp"), (program,)):
                run(place.python, "-m", "mypy", "--strict", *checked, cwd=self.directory)
        return []

    def run_with_the_lowest(self) -> list[str]:
        """Run the tests with the lowest version of everything, on the oldest Python."""
        place = self._environment("lowest", min(self.pythons, key=_number))
        lowest = self.project.lowest
        left_out = {*CHECKERS, *map(name_of, [*lowest, *self.project.group("sdks")])}
        tools = [one for one in self.project.group("dev") if name_of(one) not in left_out]
        place.install(f"{self.wheel}[all]", *tools, constraints=lowest)
        chosen = ("-q", "-n", "2", "-m", "not slow and not peer", "-p", "no:cacheprovider")
        directories = [f"tests/{name}" for name in CORE]
        run(place.python, "-m", "pytest", *chosen, *directories, cwd=self.apart)
        return []

    def regenerate(self) -> list[str]:
        """The sdist has all that the generator needs, and nothing in it is out of date."""
        unpacked = self.directory / "unpacked"
        shutil.unpack_archive(self.sdist, unpacked, filter="data")
        place = self._environment("source", max(self.pythons, key=_number))
        ruff = [one for one in self.project.group("dev") if one.startswith("ruff==")]
        place.install(str(self.wheel), *ruff)
        (top,) = unpacked.iterdir()
        run(place.python, "-m", "codegen", "--check", cwd=top)
        run(place.python, "-m", "codegen.compatibility", cwd=top)
        return []

    def _environment(self, name: str, version: str) -> Environment:
        return Environment.made(self.directory / "places" / name, self.pythons[version], self.tools)

    @property
    def apart(self) -> Path:
        """The checkout without the package: only what is installed can be imported there."""
        return self.directory / "apart"

    @property
    def example(self) -> Path:
        """The first program of the README."""
        return self.directory / "first.txt"

    def set_apart(self) -> list[str]:
        """Make that directory, and write the first program."""
        self.example.write_text(snippets_of("README.md", self.source)[0].code, encoding="utf-8")
        shutil.copytree(self.source, self.apart, ignore=shutil.ignore_patterns(".git"))
        shutil.rmtree(self.apart / "hyperhttp")
        return []


def main(arguments: Sequence[str] | None = None) -> int:
    """Run all steps; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.release", description=__doc__)
    parser.add_argument("--require", nargs="*", default=[], help="Pythons that must be here")
    parser.add_argument(
        "--working-tree", action="store_true", help="take files as they are, not the last commit"
    )
    parser.add_argument(
        "--rehearsal", action="store_true", help="allow the placeholder URL, which isn't released"
    )
    options = parser.parse_args(arguments)
    pythons = interpreters()
    missing = [version for version in options.require if version not in pythons]
    absent = [version for version in VERSIONS if version not in pythons]
    print(f"Python {', '.join(pythons)}; not here: {', '.join(absent) or 'none'}", flush=True)
    if missing or not pythons:
        print(f"Python {', '.join(missing) or '3.11'} must be here", file=sys.stderr)
        return 1
    with tempfile.TemporaryDirectory(prefix="hyperhttp-release-") as directory:
        source = Path(directory, "source")
        release = Release(Path(directory), source, pythons)
        release.step("a clean tree", lambda: take(source, whole=options.working_tree))
        if not options.rehearsal:
            release.step("no placeholder URL", lambda: placeholder_faults(source))
        _all_steps(release)
        if not release.faults:
            shutil.rmtree(ROOT / "dist", ignore_errors=True)
            shutil.copytree(Path(directory, "dist"), ROOT / "dist")
            print("dist: " + ", ".join(sorted(path.name for path in (ROOT / "dist").iterdir())))
    return 1 if release.faults else 0


def _all_steps(release: Release) -> None:
    release.step("tools, as they are pinned", release.make_tools)
    before = len(release.faults)
    release.step("sdist and wheel, twice", release.build)
    if len(release.faults) > before:
        return
    release.step("what lies in them", release.look_into)
    release.step("bill of materials, licences", release.list_materials)
    release.step("the sdist makes itself", release.regenerate)
    release.step("a checkout without the package", release.set_apart)
    with ThreadPoolExecutor(AT_ONCE) as at_once:
        for version in release.pythons:
            name, guide = f"the guide on Python {version}", _bound(release.run_guide, version)
            at_once.submit(release.step, name, guide)
        at_once.submit(release.step, "mypy --strict on the wheel", release.check_types)
        at_once.submit(release.step, "the lowest versions", release.run_with_the_lowest)


def _bound(does: Callable[[str], list[str]], version: str) -> Callable[[], list[str]]:
    return lambda: does(version)


def take(source: Path, *, whole: bool) -> list[str]:
    """The last commit, as a clone has it; or the files as they are, ignored ones left out."""
    if not whole:
        run("git", "clone", "--quiet", "--no-hardlinks", ROOT, source)
        return []
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", cwd=ROOT)
    for name in filter(lambda name: (ROOT / name).is_file(), listed.splitlines()):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy2(ROOT / name, source / name)
    return []


def _digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _number(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


if __name__ == "__main__":
    sys.exit(main())
