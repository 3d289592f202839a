from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.docs.snippets import snippets_of
from tests.release.first_program import HOST, main, program, serving

pytestmark = pytest.mark.slow


def test_the_first_example_of_the_readme_runs_beside_the_demo_server(tmp_path: Path) -> None:
    first = snippets_of("README.md")[0]
    with serving(Path(sys.executable)) as url:
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
    assert program(f'connect("{HOST}")', "http://127.0.0.1:1") == 'connect("http://127.0.0.1:1")'


def test_an_example_without_the_demo_server_is_a_mistake() -> None:
    with pytest.raises(AssertionError, match="demo server"):
        program("print(1)", "http://127.0.0.1:1")


def test_it_runs_in_the_interpreter_of_the_command(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "example.txt"
    path.write_text(snippets_of("README.md")[0].code, encoding="utf-8")
    assert main([str(path)]) == 0
    assert capfd.readouterr().out == "John\n"


def test_the_status_of_a_program_that_fails_is_returned(tmp_path: Path) -> None:
    path = tmp_path / "example.txt"
    path.write_text(f"{HOST!r}; raise SystemExit(3)", encoding="utf-8")
    assert main([str(path)]) == 3
