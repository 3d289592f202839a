from __future__ import annotations

import ast

from codegen.compatibility.manifest import frozen, project_of, read_checkout, read_frozen
from tests.codegen.compatibility.surfaces import PROJECT, surface
from tests.codegen.specs import ROOT


def test_what_is_kept_is_read_back_as_it_was() -> None:
    whole = read_checkout(ROOT, PROJECT)
    assert read_frozen(frozen(whole, "0.1.0")) == whole


def test_the_project_file_says_version_python_extras_and_commands() -> None:
    version, project = project_of((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    assert version.count(".") == 2
    assert project.python.startswith(">=3.")
    assert {"brotli", "cli", "zstd"} <= set(project.extras)
    assert "dev" not in project.extras
    assert project.commands == ("hyperhttp",)


def test_ancestors_stand_in_the_order_of_python() -> None:
    whole = surface("class A: ...\nclass B(A): ...\nclass C(A, OSError): ...\nclass D(B, C): ...")
    assert whole.ancestors("D") == ("D", "B", "C", "A", "OSError")
    assert whole.ancestors("int") == ("int",)


def test_members_come_from_the_nearest_class() -> None:
    whole = surface("class A:\n    x: int\n    y: int\nclass B(A):\n    x: str")
    found = {name: ast.unparse(one) for name, (one,) in whole.members("B").items()}
    assert found == {"x": "x: str", "y": "y: int"}
