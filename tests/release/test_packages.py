"""Packages that are made wrong on purpose; the real ones are built by `python -m tests.release`."""

from __future__ import annotations

import io
import tarfile
import zipfile
from email.message import Message
from typing import TYPE_CHECKING

import pytest

from tests.release.packages import LEFTOVER, NEEDED, metadata_faults, sdist_faults, wheel_faults
from tests.release.pins import Project
from tests.release.test_pins import PROJECT
from tests.repo.trees import plant

if TYPE_CHECKING:
    from pathlib import Path

MODULES = ("hyperhttp/__init__.py", "hyperhttp/_message/url/url.py", "hyperhttp/py.typed")
METADATA = """Metadata-Version: 2.4
Name: hyperhttp
Version: 1.2.3
Requires-Python: >=3.11
License-Expression: MIT
Classifier: Typing :: Typed
Description-Content-Type: text/markdown
Provides-Extra: all
Provides-Extra: zstd
Requires-Dist: h11<1,>=0.16
Requires-Dist: a-b-c>=2.0
Requires-Dist: backports-zstd>=1.0; python_version < '3.14' and extra == 'zstd'
Requires-Dist: hyperhttp[zstd]; extra == 'all'

# hyperhttp
"""
INFO = "hyperhttp-1.2.3.dist-info"
ABOUT = {
    f"{INFO}/METADATA": METADATA,
    f"{INFO}/RECORD": "",
    f"{INFO}/WHEEL": "",
    f"{INFO}/licenses/LICENSE": "",
    f"{INFO}/entry_points.txt": "[console_scripts]\nhyperhttp = hyperhttp.__main__:main\n",
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    files = {**dict.fromkeys((*MODULES, *NEEDED), ""), "pyproject.toml": PROJECT}
    return plant(tmp_path / "checkout", **files)


def wheel_of(directory: Path, files: dict[str, str]) -> Path:
    path = directory / "a.whl"
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return path


def sdist_of(directory: Path, names: set[str], top: str = "hyperhttp-1.2.3/") -> Path:
    path = directory / "a.tar.gz"
    with tarfile.open(path, "w:gz") as archive:
        for name in sorted(names):
            archive.addfile(tarfile.TarInfo(top + name), io.BytesIO())
    return path


WHEEL = {**ABOUT, **dict.fromkeys(MODULES, "")}
SDIST = {*MODULES, *NEEDED, "PKG-INFO"}


def test_a_whole_wheel_has_no_fault(tmp_path: Path, root: Path) -> None:
    assert wheel_faults(wheel_of(tmp_path, WHEEL), root) == []


@pytest.mark.parametrize(
    ("name", "fault"),
    [
        ("tests/conftest.py", "does not belong there"),
        ("hyperhttp/__pycache__/a.cpython-311.pyc", "does not belong there"),
        ("hyperhttp/_generated/old.py", "does not belong there"),
        ("codegen/__main__.py", "does not belong there"),
    ],
)
def test_what_does_not_belong_into_a_wheel_is_named(
    tmp_path: Path, root: Path, name: str, fault: str
) -> None:
    assert wheel_faults(wheel_of(tmp_path, {**WHEEL, name: ""}), root) == [f"a.whl: {name} {fault}"]


@pytest.mark.parametrize("name", [*MODULES, f"{INFO}/licenses/LICENSE"])
def test_what_a_wheel_lacks_is_named(tmp_path: Path, root: Path, name: str) -> None:
    less = {each: text for each, text in WHEEL.items() if each != name}
    assert wheel_faults(wheel_of(tmp_path, less), root) == [f"a.whl: {name} is missing"]


def test_a_marker_that_the_checkout_lacks_is_missed_all_the_same(
    tmp_path: Path, root: Path
) -> None:
    (root / "hyperhttp/py.typed").unlink()
    less = {each: text for each, text in WHEEL.items() if not each.endswith("py.typed")}
    assert wheel_faults(wheel_of(tmp_path, less), root) == ["a.whl: hyperhttp/py.typed is missing"]


def test_a_wheel_without_the_command_is_named(tmp_path: Path, root: Path) -> None:
    made = wheel_of(tmp_path, {**WHEEL, f"{INFO}/entry_points.txt": ""})
    assert wheel_faults(made, root) == ["a.whl: it does not bring the command"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("Version: 1.2.3", "Version: 1.2.4", "Version is 1.2.4, not 1.2.3"),
        ("Requires-Python: >=3.11", "X: y", "Requires-Python is None, not >=3.11"),
        ("Provides-Extra: zstd", "Provides-Extra: dev", "its extras are all, dev"),
        ("Requires-Dist: a-b-c>=2.0", "Requires-Dist: other", "it requires backports-zstd, h11,"),
        ("Classifier: Typing :: Typed", "X: y", "it does not say that it is typed"),
        ("# hyperhttp\n", "", "it has no description"),
    ],
)
def test_metadata_that_says_something_else_is_named(
    tmp_path: Path, root: Path, old: str, new: str, fault: str
) -> None:
    metadata = METADATA.replace(old, new)
    made = wheel_of(tmp_path, {**WHEEL, f"{INFO}/METADATA": metadata})
    (found,) = wheel_faults(made, root)
    assert found.startswith(f"a.whl: {fault}")


def test_metadata_that_says_nothing_is_wrong_in_every_way(root: Path) -> None:
    assert len(metadata_faults(Message(), Project.of(root))) == 9


def test_a_whole_sdist_has_no_fault(tmp_path: Path, root: Path) -> None:
    assert sdist_faults(sdist_of(tmp_path, SDIST), root) == []


def test_what_an_sdist_lacks_is_named(tmp_path: Path, root: Path) -> None:
    made = sdist_of(tmp_path, SDIST - {"Makefile", "hyperhttp/_message/url/url.py"})
    assert sdist_faults(made, root) == [
        "a.tar.gz: Makefile is missing",
        "a.tar.gz: hyperhttp/_message/url/url.py is missing",
    ]


def test_what_machines_leave_behind_and_strangers_are_named(tmp_path: Path, root: Path) -> None:
    plant(root, **{"hyperhttp/__pycache__/a.pyc": ""})
    made = sdist_of(tmp_path, {*SDIST, "hyperhttp/__pycache__/a.pyc", "notes.md"})
    assert sdist_faults(made, root) == [
        "a.tar.gz: hyperhttp/__pycache__/a.pyc does not belong there",
        "a.tar.gz: notes.md is not in the checkout",
    ]


def test_an_sdist_that_unpacks_beside_its_directory_is_named(tmp_path: Path, root: Path) -> None:
    found = sdist_faults(sdist_of(tmp_path, SDIST, top="elsewhere/"), root)
    assert "a.tar.gz: elsewhere/Makefile is outside hyperhttp-1.2.3/" in found


@pytest.mark.parametrize(
    "name", [".venv/x", ".venv-docs/x", "a/.mypy_cache/x", "site/index.html", "a.pyc", "dist/x.whl"]
)
def test_leftovers_are_known(name: str) -> None:
    assert LEFTOVER.search(name)


@pytest.mark.parametrize(
    "name", ["docs/website.md", "hyperhttp/_message/url/url.py", "tests/sites.py"]
)
def test_what_only_sounds_like_a_leftover_is_none(name: str) -> None:
    assert not LEFTOVER.search(name)
