"""Each program that the README or the quickstart shows as a file runs as a file, and prints it."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.docs.snippets import Snippet, snippets_of
from tests.docs.stage import demo_running

if TYPE_CHECKING:
    from pathlib import Path

PAGES = ("README.md", "docs/index.md", "docs/quickstart.md")
PROGRAMS = [snippet for page in PAGES for snippet in snippets_of(page)]


def ran(program: Snippet, path: Path) -> str:
    """What it prints, stderr included, as `python -W error file` beside `hyperhttp demo --serve`."""
    with demo_running() as port:
        path.write_text(program.code.replace(":8000", f":{port}"), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-W", "error", path],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            check=False,
            timeout=60,
            cwd=path.parent,
        )
    assert done.returncode == 0, done.stdout
    return done.stdout


@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_the_program_runs_as_a_file(program: Snippet, tmp_path: Path) -> None:
    assert program.is_program
    assert program.output is not None
    assert ran(program, tmp_path / "first.py") == f"{program.output}\n"


@pytest.mark.parametrize("page", PAGES)
def test_every_client_is_closed(page: str) -> None:
    for program in snippets_of(page):
        assert not re.search(r"= *hyperhttp\.(?:Sync)?Client\(", program.code)


def test_a_program_that_fails_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="KeyError: 1"):
        ran(Snippet("page.md", 1, "Title", "raise KeyError(1)\n"), tmp_path / "first.py")
