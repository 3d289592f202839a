"""The check must be able to fail: each way of breaking an output directory, tried in each."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from codegen.output_dirs import Rendering, differences, remove_strays, write
from codegen.outputs import OUTPUT_DIRS

pytestmark = pytest.mark.slow

# One file of each output directory, and a public module.
FILES = (
    "hyperhttp/__init__.py",
    "hyperhttp/_base/_generated/errors.py",
    "hyperhttp/_message/request/_generated/fields.py",
    "hyperhttp/_message/response/_generated/fields.py",
    "hyperhttp/_network/_generated/connect_errors.py",
    "hyperhttp/_client/_generated/verbs.py",
    "hyperhttp/_cli/_generated/command.py",
    "typings/api/hyperhttp/client.pyi",
    "docs/reference/errors.md",
    "spec/schema/errors.schema.json",
)


def test_the_files_to_break_cover_every_output_directory() -> None:
    assert [one for one in OUTPUT_DIRS if not any(f.startswith(one) for f in FILES)] == []


def test_an_untouched_checkout_has_no_differences(checkout: Path, made: Rendering) -> None:
    assert list(differences(checkout, made.files)) == []
    assert not made.problems


@pytest.mark.parametrize("file", FILES)
def test_an_edited_line_is_found_and_shown(checkout: Path, made: Rendering, file: str) -> None:
    path = checkout / file
    lines = path.read_text(encoding="utf-8").splitlines()
    lines[len(lines) // 2] += " edited"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    (found,) = differences(checkout, made.files)
    assert found.startswith(f"{file}: not as it is made")
    assert f"-{lines[len(lines) // 2]}" in found


@pytest.mark.parametrize("file", FILES)
def test_a_cut_tail_is_found(checkout: Path, made: Rendering, file: str) -> None:
    path = checkout / file
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    path.write_text("".join(lines[:-3]), encoding="utf-8")
    (found,) = differences(checkout, made.files)
    assert found.startswith(f"{file}: not as it is made")
    assert re.search(rf"^\+ *{re.escape(lines[-1].strip())}$", found, re.MULTILINE)


@pytest.mark.parametrize("file", FILES)
def test_an_appended_line_is_found(checkout: Path, made: Rendering, file: str) -> None:
    with (checkout / file).open("a", encoding="utf-8") as stream:
        stream.write("one more\n")
    (found,) = differences(checkout, made.files)
    assert "-one more" in found


@pytest.mark.parametrize("file", FILES)
def test_a_missing_file_is_found(checkout: Path, made: Rendering, file: str) -> None:
    (checkout / file).unlink()
    assert list(differences(checkout, made.files)) == [f"{file}: missing"]


@pytest.mark.parametrize("directory", OUTPUT_DIRS)
@pytest.mark.parametrize("name", ["stray.py", "deeper/stray.txt", ".hidden"])
def test_a_stray_file_is_found(checkout: Path, made: Rendering, directory: str, name: str) -> None:
    path = checkout / directory / name
    path.parent.mkdir(exist_ok=True)
    path.write_text("")
    (found,) = differences(checkout, made.files)
    assert found.startswith(f"{directory}/{name}: stray")


@pytest.mark.parametrize("file", FILES)
def test_other_line_endings_are_found(checkout: Path, made: Rendering, file: str) -> None:
    path = checkout / file
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r\n"))
    (found,) = differences(checkout, made.files)
    assert found.startswith(f"{file}: not as it is made")


def test_an_empty_directory_is_found(checkout: Path, made: Rendering) -> None:
    shutil.rmtree(checkout / "docs/reference")
    found = list(differences(checkout, made.files))
    assert found
    assert all(line.startswith("docs/reference/") for line in found)


def test_what_python_caches_is_not_a_stray(checkout: Path, made: Rendering) -> None:
    cache = checkout / "hyperhttp/_base/_generated/__pycache__"
    cache.mkdir()
    (cache / "calls.cpython-311.pyc").write_bytes(b"")
    assert list(differences(checkout, made.files)) == []


def test_writing_mends_everything_and_says_what_it_did(checkout: Path, made: Rendering) -> None:
    (checkout / FILES[0]).write_text("edited")
    (checkout / FILES[1]).unlink()
    (checkout / "docs/reference/stray.md").write_text("")
    said = [*write(checkout, made.files), *remove_strays(checkout, made.files)]
    assert said == [f"wrote {FILES[0]}", f"wrote {FILES[1]}", "removed docs/reference/stray.md"]
    assert list(differences(checkout, made.files)) == []


def test_writing_leaves_alone_what_is_right(checkout: Path, made: Rendering) -> None:
    before = {path: path.stat().st_mtime_ns for path in checkout.rglob("*") if path.is_file()}
    assert list(write(checkout, made.files)) == []
    assert {path: path.stat().st_mtime_ns for path in before} == before
