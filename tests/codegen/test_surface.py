from __future__ import annotations

import ast
from pathlib import Path

import pytest

from codegen.diagnostics import SpecError
from codegen.surface import Surface, decorators, docstring_of, is_public, names_in

FILES = {
    "hyperhttp/__init__.py": (
        "from hyperhttp.errors import *\n"
        "from hyperhttp.client import Client as Client\n"
        '__all__ = ["Client"]\n'
    ),
    "hyperhttp/errors.py": "from hyperhttp._made import *\n",
    "hyperhttp/client.py": (
        "from __future__ import annotations\n"
        "from typing import TYPE_CHECKING\n"
        "import os\n"
        "if TYPE_CHECKING:\n"
        "    from hyperhttp._made import Wrong as Bad\n"
        "class Client:\n"
        '    """A client."""\n'
        "def helper(): ...\n"
        "def _hidden(): ...\n"
    ),
}
MADE = {"hyperhttp/_made.py": 'class Wrong(Exception): ...\n__all__ = ["Wrong"]\n'}


@pytest.fixture
def surface(tmp_path: Path) -> Surface:
    for name, text in FILES.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return Surface(tmp_path, MADE)


def test_public_names_are_those_of_all_and_those_taken_over(surface: Surface) -> None:
    top = surface.module("hyperhttp")
    assert top is not None
    assert surface.public_names(top) == ["Client", "Wrong"]
    assert surface.offered == ["Client", "Wrong"]


def test_without_all_names_with_an_underscore_are_private(surface: Surface) -> None:
    client = surface.module("hyperhttp.client")
    assert client is not None
    assert surface.public_names(client) == ["Client", "helper"]


def test_a_name_is_followed_to_its_home_through_imports_and_stars(surface: Surface) -> None:
    top, client = surface.module("hyperhttp"), surface.module("hyperhttp.client")
    assert top is not None
    assert client is not None
    assert surface.home(top, "Client") == (client, "Client")
    wrong = surface.home(top, "Wrong")
    assert wrong is not None
    assert (wrong[0].path, wrong[1]) == ("hyperhttp/_made.py", "Wrong")
    assert surface.home(client, "Bad") == wrong
    assert surface.home(client, "os") is None


def test_a_public_class_is_found_by_its_public_name(surface: Surface) -> None:
    found = surface.class_of("Client")
    assert found is not None
    assert docstring_of(found[1]) == "A client."
    assert surface.class_of("Nobody") is None


def test_generated_modules_need_not_lie_on_disk(surface: Surface) -> None:
    assert surface.module("hyperhttp._made") is not None
    assert surface.module("hyperhttp.gone") is None


def test_a_directory_is_a_package_only_with_its_init(tmp_path: Path) -> None:
    for name in ("hyperhttp/__init__.py", "hyperhttp/_a/__init__.py", "hyperhttp/_b/x.py"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("")
    made = {"hyperhttp/_made/__init__.py": "", "docs/x.md": "", "hyperhttp/_made/y.py": ""}
    found = Surface(tmp_path, made).packages()
    assert found == ["hyperhttp", "hyperhttp._a", "hyperhttp._made"]


def test_a_broken_module_is_a_problem_with_its_line(tmp_path: Path) -> None:
    (tmp_path / "hyperhttp").mkdir()
    (tmp_path / "hyperhttp/client.py").write_text("x = 1\ndef f(:\n")
    with pytest.raises(SpecError, match=r"^hyperhttp/client.py: line 2: "):
        Surface(tmp_path, {}).module("hyperhttp.client")


@pytest.mark.parametrize(
    ("annotation", "names"),
    [
        ("int", ["int"]),
        ("'str | URL'", ["str", "URL"]),
        ("Literal['a', 'b'] | None", ["Literal"]),
        ("Mapping[str, 'JSON']", ["Mapping", "str", "JSON"]),
        ("ssl.SSLContext", ["ssl"]),
    ],
)
def test_names_in_annotations_are_found_also_in_quotes(annotation: str, names: list[str]) -> None:
    assert list(names_in(ast.parse(annotation, mode="eval"))) == names


def test_special_methods_are_public_and_private_ones_are_not() -> None:
    assert is_public("send")
    assert is_public("__aenter__")
    assert not is_public("_send")
    assert not is_public("__send")


def test_decorators_are_read_as_text() -> None:
    function = ast.parse("@a\n@b.setter\n@c(1)\ndef f(): ...").body[0]
    assert isinstance(function, ast.FunctionDef)
    assert decorators(function) == ["a", "b.setter", "c(1)"]
