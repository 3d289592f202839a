"""`python -m tests.release.newcomer`: measures the time from a clone to the first typed response.

It follows the README: clone, create an environment, install, start the demo server, and run the
first example. Then it checks the same file with mypy.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from tests.docs.snippets import snippets_of
from tests.release.__main__ import take
from tests.release.first_program import program, serving
from tests.release.pins import Project
from tests.release.pythons import interpreters, run

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run each step and print its time; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.release.newcomer", description=__doc__)
    parser.add_argument("--working-tree", action="store_true", help="files as they are, no clone")
    options = parser.parse_args(arguments)
    pythons = list(interpreters().values())
    with tempfile.TemporaryDirectory(prefix="hyperhttp-newcomer-") as name:
        directory, steps = Path(name), list[float]()
        clone, own = directory / "hyperhttp", directory / ".venv/bin/python"
        first = directory / "first.py"

        def timed(what: str, does: Callable[[], object]) -> str:
            started = time.monotonic()
            said = str(does() or "")
            steps.append(time.monotonic() - started)
            print(f"{steps[-1]:6.1f} s  {what}", flush=True)
            return said

        timed("git clone", lambda: take(clone, whole=options.working_tree))
        timed("python -m venv", lambda: run(pythons[0], "-m", "venv", directory / ".venv"))
        install = (own, "-m", "pip", "install", "--quiet", clone)
        timed("pip install", lambda: run(*install))
        with serving(own) as url:
            code = program(snippets_of("README.md", clone)[0].code, url)
            first.write_text(code, encoding="utf-8")
            said = timed("python first.py", lambda: run(own, first, cwd=directory)).strip()
        print(f"{sum(steps):6.1f} s  from nothing to the first typed response: {said}", flush=True)
        checker = [pin for pin in Project.of(clone).group("dev") if pin.startswith("mypy==")]
        run(own, "-m", "pip", "install", "--quiet", *checker)
        strict = (own, "-m", "mypy", "--strict", first)
        timed("mypy --strict first.py", lambda: run(*strict, cwd=directory))
    return 0 if said == "John" else 1


if __name__ == "__main__":
    sys.exit(main())
