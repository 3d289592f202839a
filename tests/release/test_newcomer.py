from __future__ import annotations

import ast
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.docs.snippets import snippets_of
from tests.release.newcomer import HOST, program, serving

if TYPE_CHECKING:
    from pathlib import Path


def test_the_first_example_of_the_readme_is_a_program_once_it_is_wrapped(tmp_path: Path) -> None:
    first = snippets_of("README.md")[0]
    with serving() as url:
        path = tmp_path / "first.py"
        path.write_text(program(first.code, url), encoding="utf-8")
        done = subprocess.run(
            [sys.executable, "-W", "error", path],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
    assert (done.stdout, done.stderr) == ("John\n", "")


def test_a_program_has_the_url_in_place_of_the_host() -> None:
    text = program(f'import hyperhttp\n\nasync with c("{HOST}") as x:\n    y = 1\n', "http://u")
    ast.parse(text)
    assert HOST not in text
    assert '    async with c("http://u") as x:\n        y = 1\n' in text


def test_an_example_that_opens_no_client_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="opens no client"):
        program("print(1)", "http://u")
