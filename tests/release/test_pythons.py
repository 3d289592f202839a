from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.release.pythons import Failed, interpreters, run

THIS = f"{sys.version_info.major}.{sys.version_info.minor}"


def python_in(directory: Path, version: str, says: str) -> Path:
    """A stand-in for an interpreter that pyenv keeps."""
    path = directory / "versions" / version / "bin/python"
    path.parent.mkdir(parents=True)
    path.write_text(f"#!/bin/sh\necho {says}\n")
    path.chmod(0o755)
    return path


def test_an_interpreter_is_taken_at_its_own_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", "")
    right = python_in(tmp_path, "3.97.1", "3.97")
    python_in(tmp_path, "3.98.0", "3.11")
    assert interpreters(("3.97", "3.98", "3.99")) == {"3.97": right}


def test_one_on_path_is_found_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYENV_ROOT", str(tmp_path))
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / f"python{THIS}").symlink_to(sys.executable)
    assert interpreters((THIS,)) == {THIS: tmp_path / f"python{THIS}"}


def test_what_fails_says_what_it_said() -> None:
    with pytest.raises(Failed, match=r"(?s)what happened.*exit status 3"):
        run(sys.executable, "-c", "import sys; print('what happened'); sys.exit(3)")


def test_nothing_of_this_interpreter_reaches_another(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "somewhere")
    code = "import os; print(sorted(name for name in os.environ if name.startswith('PYTHON')))"
    assert run(sys.executable, "-c", code, environment={"PYTHONHASHSEED": "7"}).strip() == (
        "['PYTHONHASHSEED']"
    )
