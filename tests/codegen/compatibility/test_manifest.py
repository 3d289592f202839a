from __future__ import annotations

import pytest

from codegen.compatibility.manifest import frozen, function, project_of, read_frozen, read_surface
from codegen.emit.manifest import PATH
from tests.codegen.compatibility.surfaces import PROJECT, surface
from tests.codegen.specs import ROOT


def test_what_is_kept_is_read_back_as_it_was() -> None:
    whole = read_surface((ROOT / PATH).read_text(encoding="utf-8"), PROJECT)
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
    assert whole.members("B") == {"x": ("x: str",), "y": ("y: int",)}


@pytest.mark.parametrize(
    ("text", "marks", "name"),
    [
        ("def f(self, a: str='a b') -> int", (), "f"),
        ("async def f(self)", (), "f"),
        ("@property def x(self) -> int", ("@property",), "x"),
        ("@property @abstractmethod def x(self)", ("@property", "@abstractmethod"), "x"),
        ("def f(self, a: str='@ def')", (), "f"),
    ],
)
def test_a_line_is_taken_apart(text: str, marks: tuple[str, ...], name: str) -> None:
    found = function(text)
    assert found is not None
    assert (found[0], found[1].name) == (marks, name)


@pytest.mark.parametrize("text", ["x: int", "x: str = 'def f()'", "x: ClassVar[str]", "X = 'a'"])
def test_an_attribute_is_no_function(text: str) -> None:
    assert function(text) is None
