"""Tests mirror modules: `tests/message/url/test_url.py` tests `hyperhttp/_message/url/url.py`.

A module may have more than one file of tests (`test_url_properties.py`), and a module that is a
part of another (`h1_fast` of `h1`) may be tested with it. Directories of tests about the whole
of something are named here.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import pytest

from tests.repo.trees import ROOT, fail_on, is_generated, name_in, plant, python_files

if TYPE_CHECKING:
    from pathlib import Path

# Directories of tests whose files belong to no single module.
WHOLE = (
    "tests/benchmarks",
    "tests/endurance",
    "tests/release",
    "tests/matrix",
    "tests/fuzz",
    "tests/repo",
    "tests/servers",
    "tests/docs",
    "tests/ports",
    "tests/types",
    "tests/client",
)
# Modules without behaviour of their own to test, each with its reason.
BARE = {
    "hyperhttp/_base/facts.py": "protocols: types only",
    "hyperhttp/_base/input_types.py": "aliases of types: tests/types checks them",
    "hyperhttp/integrations/_types.py": "protocols and aliases: types only",
    "hyperhttp/_message/request/auth.py": "a class without members",
    "hyperhttp/_transport/exchange_connection.py": "a protocol: types only",
    "hyperhttp/_transport/connection.py": "protocols, and the base of both connections",
}


def home_of(name: str) -> tuple[str, str]:
    """The directory and the stem that the tests of a module have."""
    path = PurePosixPath(name)
    top, *inner = path.parent.parts
    directories = [part.removeprefix("_") for part in inner]
    if top == "codegen":
        directories.insert(0, "codegen")
    elif not directories:
        directories = ["client"]
    return "/".join(("tests", *directories)), f"test_{path.stem.strip('_')}"


def mismatches(root: Path) -> list[str]:
    modules = {
        name
        for path in python_files(root, "hyperhttp", "codegen")
        if (name := name_in(root, path)) and path.stem != "__init__" and not is_generated(name)
    }
    assert modules, "no modules seen: is this check looking at the right directory?"
    tests = {
        (str(PurePosixPath(name).parent), PurePosixPath(name).stem)
        for path in python_files(root, "tests")
        if (name := name_in(root, path)) and path.stem.startswith("test_")
    }
    homes = {home_of(name): name for name in modules if name not in BARE}
    untested = [
        f"{name}: no tests in {directory}/{stem}.py"
        for (directory, stem), name in sorted(homes.items())
        if (directory, stem) not in tests and not _with_another(directory, stem, tests & set(homes))
    ]
    lost = [
        f"{directory}/{stem}.py: there is no such module"
        for directory, stem in sorted(tests)
        if not directory.startswith(WHOLE) and not _belongs(directory, stem, set(homes))
    ]
    return untested + lost


def _belongs(directory: str, stem: str, homes: set[tuple[str, str]]) -> bool:
    return any(directory == home and f"{stem}_".startswith(f"{known}_") for home, known in homes)


def _with_another(directory: str, stem: str, tested: set[tuple[str, str]]) -> bool:
    """Whether a module is tested with the one that it is a part of, by its name."""
    return any(directory == home and stem.startswith(f"{whole}_") for home, whole in tested)


def test_every_module_has_tests_and_every_test_a_module() -> None:
    fail_on(mismatches(ROOT))


def test_every_bare_module_exists() -> None:
    assert [name for name in BARE if not (ROOT / name).exists()] == []


@pytest.mark.parametrize(
    ("module", "test"),
    [
        ("hyperhttp/_message/url/url.py", "tests/message/url/test_url.py"),
        ("hyperhttp/client.py", "tests/client/test_client.py"),
        ("hyperhttp/__main__.py", "tests/client/test_main.py"),
        ("codegen/load.py", "tests/codegen/test_load.py"),
        ("codegen/emit/config.py", "tests/codegen/emit/test_config.py"),
    ],
)
def test_a_pair_fits_and_half_a_pair_is_named(tmp_path: Path, module: str, test: str) -> None:
    assert mismatches(plant(tmp_path / "both", **{module: "", test: ""})) == []
    (untested,) = mismatches(plant(tmp_path / "no_test", **{module: ""}))
    assert untested == f"{module}: no tests in {test}"


def test_a_part_may_be_tested_with_its_whole(tmp_path: Path) -> None:
    part = {"hyperhttp/_protocol/h1_fast.py": "", "tests/protocol/test_h1.py": ""}
    whole = {**part, "hyperhttp/_protocol/h1.py": ""}
    assert mismatches(plant(tmp_path / "whole", **whole)) == []
    assert len(mismatches(plant(tmp_path / "part", **part))) == 2


def test_tests_of_nothing_are_named(tmp_path: Path) -> None:
    files = {
        "hyperhttp/_message/url/url.py": "",
        "tests/message/url/test_url.py": "",
        "tests/message/url/test_url_properties.py": "",
        "tests/message/url/test_urls.py": "",
        "tests/protocol/test_url.py": "",
    }
    assert mismatches(plant(tmp_path, **files)) == [
        "tests/message/url/test_urls.py: there is no such module",
        "tests/protocol/test_url.py: there is no such module",
    ]


def test_an_empty_tree_is_a_failure_not_a_pass(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right directory"):
        mismatches(tmp_path)
