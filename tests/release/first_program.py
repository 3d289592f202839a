"""Runs the first example of the README with the demo server, in the interpreter that runs this.

It needs the installed package only: `python -m tests.release.first_program EXAMPLE`.
"""

from __future__ import annotations

import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Generator, Sequence

HOST = "http://127.0.0.1:8000"


@contextmanager
def serving(python: Path) -> Generator[str]:
    """Run `hyperhttp demo --serve` of an environment; yields its URL."""
    command = (python, "-m", "hyperhttp", "demo", "--serve", "--port", "0")
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().split()[2]
        finally:
            process.terminate()


def program(example: str, url: str) -> str:
    """Return the first example with the URL of the demo server."""
    assert HOST in example, "the first example doesn't use the demo server"
    return example.replace(HOST, url)


def main(arguments: Sequence[str]) -> int:
    """Run the example in a file; returns its exit status."""
    (name,) = arguments
    python = Path(sys.executable)
    with serving(python) as url:
        code = program(Path(name).read_text(encoding="utf-8"), url)
        return subprocess.run(
            [python, "-W", "error", "-c", code], check=False, timeout=60
        ).returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
