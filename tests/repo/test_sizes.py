"""Functions and files stay small enough to be read at once (generated ones and tests apart)."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

import pytest

from tests.repo.trees import ROOT, fail_on, functions, is_generated, name_in, plant, python_files

if TYPE_CHECKING:
    from pathlib import Path

# A long function hides two jobs; in the code that we follow none is over 70 lines.
FUNCTION_LINES_MAX = 70
FUNCTION_LINES_MEDIAN_BELOW = 12
FILE_LINES_MAX = 450


def too_large(root: Path) -> list[str]:
    found, lengths = list[str](), list[int]()
    for path in python_files(root, "hyperhttp", "codegen"):
        name = name_in(root, path)
        if is_generated(name):
            continue
        lines = len(path.read_text(encoding="utf-8").splitlines())
        if lines > FILE_LINES_MAX:
            found.append(
                f"{name}: {lines} lines, does it have one subject? (at most {FILE_LINES_MAX})"
            )
        for function, length in functions(path):
            lengths.append(length)
            if length > FUNCTION_LINES_MAX:
                found.append(f"{name}:{function.lineno}: {function.name} has {length} lines")
    assert lengths, "no functions seen: is this check looking at the right directory?"
    if (middle := median(lengths)) >= FUNCTION_LINES_MEDIAN_BELOW:
        found.append(f"half of all functions have {middle} lines or more")
    return found


def test_no_function_and_no_file_is_too_large() -> None:
    fail_on(too_large(ROOT))


def function(name: str, statements: int) -> str:
    body = "".join("    x = 1\n" for _ in range(statements))
    return f'def {name}() -> None:\n    """Words do\n    not count.\n    """\n{body}'


def test_a_long_function_is_named(tmp_path: Path) -> None:
    text = function("short", 1) + function("tall", FUNCTION_LINES_MAX)
    root = plant(tmp_path, **{"hyperhttp/client.py": text + function("low", 1)})
    assert too_large(root) == [f"hyperhttp/client.py:6: tall has {FUNCTION_LINES_MAX + 1} lines"]


def test_a_function_of_just_the_allowed_length_passes(tmp_path: Path) -> None:
    text = function("tall", FUNCTION_LINES_MAX - 1) + function("a", 1) + function("b", 1)
    assert too_large(plant(tmp_path, **{"hyperhttp/client.py": text})) == []


def test_many_middling_functions_are_too_many(tmp_path: Path) -> None:
    text = function("a", 11) + function("b", 11) + function("c", 1)
    root = plant(tmp_path, **{"codegen/load.py": text})
    assert too_large(root) == ["half of all functions have 12 lines or more"]


def test_a_long_file_is_named_unless_it_is_generated(tmp_path: Path) -> None:
    text = function("a", 1) + "\n" * FILE_LINES_MAX
    files = {"hyperhttp/client.py": text, "hyperhttp/_client/_generated/calls.py": text}
    (found,) = too_large(plant(tmp_path, **files))
    assert found.startswith("hyperhttp/client.py: 455 lines")


def test_an_empty_tree_is_a_failure_not_a_pass(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right directory"):
        too_large(tmp_path)
