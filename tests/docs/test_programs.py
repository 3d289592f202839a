"""Each program that a page shows as a file runs as a file, and prints what the page shows.

Programs that need the hosts of the stage are left to `test_snippets`.
"""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.docs.snippets import GUIDE, Snippet, snippets_of
from tests.docs.stage import demo_running

if TYPE_CHECKING:
    from pathlib import Path

# Pages on which every snippet is a file.
PAGES = ("README.md", "docs/index.md", "docs/quickstart.md")
PROGRAMS = [
    snippet
    for page in GUIDE
    for snippet in snippets_of(page)
    if page in PAGES or (snippet.is_program and re.search(r":8000|MockTransport\(", snippet.code))
]


def ran(program: Snippet, path: Path) -> str:
    """Return what it prints, stderr included, while `hyperhttp demo --serve` runs."""
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


@pytest.mark.slow
@pytest.mark.parametrize("program", PROGRAMS, ids=str)
def test_the_program_runs_as_a_file(program: Snippet, tmp_path: Path) -> None:
    assert program.is_program
    assert program.output is not None
    assert ran(program, tmp_path / "first.py") == f"{program.output}\n"


def test_the_programs_were_found() -> None:
    assert {program.page for program in PROGRAMS} > set(PAGES)
    assert len([p for p in PROGRAMS if p.page.startswith("docs/how-to/")]) > 20


@pytest.mark.parametrize("page", PAGES)
def test_every_client_is_closed(page: str) -> None:
    for program in snippets_of(page):
        assert not re.search(r"= *hyperhttp\.(?:Sync)?Client\(", program.code)


def test_a_program_that_fails_is_noticed(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="KeyError: 1"):
        ran(Snippet("page.md", 1, "Title", "raise KeyError(1)\n"), tmp_path / "first.py")
