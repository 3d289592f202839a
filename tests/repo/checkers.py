"""`make checkers`: a report of what other type checkers find in the right programs of tests/types.

It isn't a gate: these checkers change quickly, and a finding may be a bug of theirs.
"""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path
from typing import Final

from tests.repo.trees import ROOT

# The command of each, without the files, and the pattern of a line that reports an error.
COMMANDS: Final = {
    "ty": ["check", "--python", "{venv}", "--output-format", "concise"],
    "pyrefly": [
        "check",
        "--python-interpreter-path",
        "{python}",
        "--output-format",
        "min-text",
    ],
    "zuban": ["check", "--python-executable", "{python}"],
}
ERROR: Final = re.compile(r"^(?:ERROR )?(?P<place>tests/types/\w+\.py:\d+)\S*:? (?P<text>.*)$")


def findings(output: str) -> list[str]:
    """The errors in the output of a checker, as place and text."""
    found = [ERROR.match(line) for line in output.splitlines()]
    return [f"{one['place']}: {one['text']}" for one in found if one and "note:" not in one["text"]]


def report(scripts: Path, programs: list[str]) -> list[str]:
    """The lines of the report: for each checker its version, how many errors, and which."""
    lines: list[str] = []
    names = {"venv": str(Path(sys.executable).parent.parent), "python": sys.executable}
    for name, options in COMMANDS.items():
        program = str(scripts / name)
        version = _output([program, "--version"]).split()[-1]
        taken = [option.format(**names) for option in options]
        found = findings(_output([program, *taken, *programs]))
        lines.append(f"{name} {version}: {len(found)} errors in {len(programs)} programs")
        lines += [f"  {one[:200]}" for one in found]
    return lines


def _output(command: list[str]) -> str:
    done = subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, check=False, timeout=300
    )
    return done.stdout + done.stderr


def main() -> None:
    """Print the report. The first argument is the directory of the checkers' programs."""
    programs = sorted((ROOT / "tests/types").glob("right_*.py"))
    names = [path.relative_to(ROOT).as_posix() for path in programs]
    print("\n".join(report(Path(sys.argv[1]), names)))  # noqa: T201


if __name__ == "__main__":
    main()
