from __future__ import annotations

import hashlib
import os
import subprocess
import sys

import pytest

from codegen.emit import integrations
from codegen.output_dirs import Rendering
from codegen.outputs import OUTPUT_DIRS
from tests.codegen.specs import ROOT
from tests.repo.trees import PUBLIC_MODULES

pytestmark = pytest.mark.slow

LINES_MAX = 1500
DIGEST = """
import hashlib, sys
from pathlib import Path
from codegen.output_dirs import render
files = render(Path(sys.argv[1])).files
print(hashlib.sha256(repr(list(files.items())).encode()).hexdigest())
"""


def test_every_file_lies_in_an_output_directory_or_is_a_public_module(made: Rendering) -> None:
    inside = {one: [f for f in made.files if f.startswith(f"{one}/")] for one in OUTPUT_DIRS}
    outside = set(made.files) - {file for files in inside.values() for file in files}
    assert outside == PUBLIC_MODULES
    assert all(inside.values())


def test_every_file_says_which_command_made_it_and_what_to_edit(made: Rendering) -> None:
    for path, text in made.files.items():
        head = "\n".join(text.splitlines()[:3])
        assert "Made by `python -m codegen`" in head, path
        assert "To change it, edit " in head, path


def test_every_file_stays_short_enough_to_be_read(made: Rendering) -> None:
    lengths = {path: text.count("\n") for path, text in made.files.items()}
    assert lengths
    assert {path: n for path, n in lengths.items() if n >= LINES_MAX} == {}


def test_every_file_ends_with_one_line_break_and_has_no_trailing_blanks(made: Rendering) -> None:
    for path, text in made.files.items():
        assert text.endswith("\n"), path
        assert not text.endswith("\n\n"), path
        assert [line for line in text.split("\n") if line != line.rstrip()] == [], path


def test_generated_code_needs_no_type_ignores(made: Rendering) -> None:
    code = {path: text for path, text in made.files.items() if path.endswith((".py", ".pyi"))}
    assert len(code) > 20
    del code[integrations.PATH]  # made from a module that is written by hand (decision 0037)
    assert [path for path, text in code.items() if "type: ignore" in text] == []


@pytest.mark.parametrize("seed", ["0", "1", "4711"])
def test_the_same_spec_gives_the_same_bytes_whatever_the_hash_seed(
    made: Rendering, checkout: os.PathLike[str], seed: str
) -> None:
    expected = hashlib.sha256(repr(list(made.files.items())).encode()).hexdigest()
    done = subprocess.run(
        [sys.executable, "-c", DIGEST, os.fspath(checkout)],
        env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.strip() == expected


def test_the_generator_imports_nothing_of_the_package() -> None:
    code = (
        "import sys, codegen.__main__\n"
        "print([m for m in sys.modules if m.partition('.')[0] == 'hyperhttp'])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "[]\n"
