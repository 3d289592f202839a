"""Where the checks of this repository look: its directories, its Python files, their syntax trees.

Every check takes the root of a tree, so that its own test can give it a small tree with a fault.
"""

from __future__ import annotations

import ast
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import pytest

from codegen.outputs import PACKAGE_DIRS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parents[2]
# Generated files lie in output directories and nowhere else, but for the public modules, whose
# place is their name.
OUTPUT_DIRS = (*PACKAGE_DIRS, "typings/api", "docs/reference", "spec/schema")
PUBLIC_MODULES = frozenset(
    {
        "hyperhttp/__init__.py",
        "hyperhttp/api.py",
        "hyperhttp/config.py",
        "hyperhttp/exceptions.py",
        "hyperhttp/integrations/httpx2.py",
        "hyperhttp/testing/__init__.py",
    }
)
PARTS = ("hyperhttp", "codegen", "spec", "tests", "typings", "docs", ".ci")

Function: TypeAlias = ast.FunctionDef | ast.AsyncFunctionDef


def name_in(root: Path, path: Path) -> str:
    """The path below `root`, with slashes."""
    return path.relative_to(root).as_posix()


def is_generated(name: str) -> bool:
    """Whether a file (named below the root) is a generated one by its place."""
    inside = any(name.startswith(f"{output}/") for output in OUTPUT_DIRS)
    return inside or name in PUBLIC_MODULES


def python_files(root: Path, *directories: str) -> list[Path]:
    """The Python files below the directories of a tree, in order."""
    return sorted(
        path
        for directory in directories
        for path in (root / directory).rglob("*.py")
        if "__pycache__" not in path.parts
    )


def text_files(root: Path) -> Iterator[tuple[str, str]]:
    """Name and text of every file that people write or read here."""
    loose = [path for path in root.iterdir() if path.is_file()]
    deep = [path for part in PARTS for path in (root / part).rglob("*") if path.is_file()]
    for path in sorted({*loose, *deep}):
        if "__pycache__" not in path.parts and path.name != ".git":
            yield name_in(root, path), path.read_text(encoding="utf-8")


def functions(path: Path) -> Iterator[tuple[Function, int]]:
    """Every function of a file with its length in lines, decorators and docstring left out."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            end = node.end_lineno or node.lineno
            yield node, end - node.lineno + 1 - _docstring_lines(node)


def fail_on(found: Sequence[str]) -> None:
    """Fail with every finding on a line of its own; an empty list is what a check wants."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def plant(root: Path, **files: str) -> Path:
    """Write a small tree for a check's own test: `plant(tmp_path, **{"a/b.py": "x = 1"})`."""
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


def _docstring_lines(node: Function) -> int:
    first = node.body[0]
    if ast.get_docstring(node, clean=False) is None or first.end_lineno is None:
        return 0
    return first.end_lineno - first.lineno + 1
