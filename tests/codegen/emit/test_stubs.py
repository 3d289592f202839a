from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import cast

import pytest

import hyperhttp
from codegen.diagnostics import SpecError
from codegen.emit.stubs import ALLOWLIST, emit
from codegen.output_dirs import Rendering
from codegen.surface import Surface
from codegen.text import formatted

TOP = 'from hyperhttp.thing import Thing\n__all__ = ["Thing"]\n'
# Another public module: names that `thing` defines and does not mention itself.
MORE = (
    "from hyperhttp.thing import LIMIT, NAMES, Count, Mode, Point, Quoted, T, use\n"
    '__all__ = ["LIMIT", "NAMES", "Count", "Mode", "Point", "Quoted", "T", "use"]\n'
)
THING = '''
"""A module."""
from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Final, Literal, TypeAlias, TypeVar
from typing import final, overload
import ssl

from hyperhttp._inside import helper

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from hyperhttp._inside import Other

T = TypeVar("T")
LIMIT: Final = 5
NAMES: Final = frozenset({"a"})
Quoted: TypeAlias = "str | Other"
Count: TypeAlias = Annotated[int, "only at run time"]
_hidden = 1


class _Base:
    """Private, but a base."""

    size: int

    def __init__(self) -> None:
        self.size = 1


class Thing(_Base):
    """A thing."""

    __slots__ = ("name", "size", "_secret")
    KIND: Final = "thing"
    kind: Count | None = None

    def __init__(self, name: str, *, size: int = 3, other: Other | None = None) -> None:
        self.name: Final = name
        self.size = size
        self.is_big = size > 3
        self._secret = helper()

    @property
    def other(self) -> Other: ...
    @other.setter
    def other(self, other: Other) -> None: ...
    @classmethod
    def make(cls, *names: str, **rest: object) -> Thing: ...
    @lru_cache
    def cached(self, context: ssl.SSLContext) -> Quoted: ...
    async def pieces(self, size: int = -1) -> AsyncIterator[bytes]:
        yield b""
    async def read(self) -> bytes:
        async def inner() -> AsyncIterator[bytes]:
            yield b""
        return b""
    @overload
    def get(self) -> Any: ...
    @overload
    def get(self, kind: type[T]) -> T: ...
    def get(self, kind: object = None) -> object:
        return kind
    def _private(self) -> Unknown: ...
    def __eq__(self, other: object) -> bool: ...
    __hash__ = None


@final
@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: list[int] = make()


class Mode(Enum):
    ON = "on"


def use(mode: Literal["a b"] = "a b", point: Point = Point(1), timeout: float = LIMIT) -> None: ...
'''
STUB = """
import ssl
from collections.abc import AsyncIterator
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final, Literal, TypeAlias, TypeVar, final, overload

from hyperhttp._inside import Other

T = TypeVar("T")

LIMIT: Final = 5

NAMES: Final = frozenset({"a"})

Quoted: TypeAlias = "str | Other"

Count: TypeAlias = Annotated[int, "only at run time"]

class _Base:
    size: int

    def __init__(self) -> None: ...

class Thing(_Base):
    name: Final[str]
    is_big: bool
    KIND: Final = "thing"
    kind: int | None = None

    def __init__(self, name: str, *, size: int = 3, other: Other | None = None) -> None: ...
    @property
    def other(self) -> Other: ...
    @other.setter
    def other(self, other: Other) -> None: ...
    @classmethod
    def make(cls, *names: str, **rest: object) -> Thing: ...
    def cached(self, context: ssl.SSLContext) -> Quoted: ...
    def pieces(self, size: int = -1) -> AsyncIterator[bytes]: ...
    async def read(self) -> bytes: ...
    @overload
    def get(self) -> Any: ...
    @overload
    def get(self, kind: type[T]) -> T: ...
    def __eq__(self, other: object) -> bool: ...

@final
@dataclass(frozen=True, slots=True)
class Point:
    x: int
    y: list[int] = ...

class Mode(Enum):
    ON = "on"

def use(mode: Literal["a b"] = "a b", point: Point = ..., timeout: float = LIMIT) -> None: ...
"""


def stubs_of(root: Path, **files: str) -> dict[str, str]:
    for name, text in files.items():
        path = root / f"hyperhttp/{name}.py"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return emit(Surface(root, {}))


@pytest.fixture
def stubs(tmp_path: Path) -> dict[str, str]:
    files = {"__init__": TOP, "thing": THING, "_inside": "class Other: ...\n", "_other": ""}
    for package in ("_half", "_whole"):
        files[f"{package}/__init__"] = ""
        files[f"{package}/deep"] = "class Deep: ...\n"
    files["__init__"] = "from hyperhttp._half.deep import Deep\n" + TOP.replace('["', '["Deep", "')
    files["testing"] = MORE
    return stubs_of(tmp_path, **files)


def test_a_stub_has_the_public_names_and_what_they_mention(stubs: dict[str, str]) -> None:
    text = formatted(stubs["hyperhttp/thing.pyi"], "thing.pyi")
    body = text.split("\n\n", 1)[1]
    expected = STUB.replace('Count: TypeAlias = Annotated[int, "only at run time"]\n\n', "")
    found = body.replace('Count: TypeAlias = Annotated[int, "only at run time"]\n\n', "")
    found = found.replace("from typing import Annotated, Any", "from typing import Any")
    assert found.strip() == expected.strip()


def test_modules_behind_the_surface_have_no_stub_and_are_not_compared(
    stubs: dict[str, str],
) -> None:
    assert list(stubs) == [
        "hyperhttp/__init__.pyi",
        "hyperhttp/_half/__init__.pyi",
        "hyperhttp/_half/deep.pyi",
        "hyperhttp/_inside.pyi",
        "hyperhttp/testing.pyi",
        "hyperhttp/thing.pyi",
        ALLOWLIST,
    ]
    assert_allowed(stubs, "hyperhttp.__main__", "hyperhttp._whole.deep", "hyperhttp._half.deeper")


def test_what_has_a_stub_is_compared_but_for_aliases_that_are_no_types(
    stubs: dict[str, str],
) -> None:
    assert_allowed(stubs, "hyperhttp.thing.Quoted")
    for name in ("hyperhttp", "hyperhttp.thing.Thing", "hyperhttp._half.deep.Deep.x"):
        with pytest.raises(AssertionError):
            assert_allowed(stubs, name)


def test_a_package_without_modules_of_its_own_hides_none_of_those_below_it(tmp_path: Path) -> None:
    files = dict.fromkeys(("_a/__init__", "_a/b/__init__"), "")
    files["_a/b/thing"] = "class Thing: ...\n"
    top = TOP.replace("hyperhttp.thing", "hyperhttp._a.b.thing")
    stubs = stubs_of(tmp_path, __init__=top, **files)
    assert_allowed(stubs, "hyperhttp._a.other.x", "hyperhttp._a.b.other.x")
    with pytest.raises(AssertionError):
        assert_allowed(stubs, "hyperhttp._a.b.thing.Thing.x")


def test_names_behind_the_surface_that_no_stub_mentions_are_left_out(tmp_path: Path) -> None:
    thing = "class Base: ...\nclass Thing(Base): ...\nclass Other: ...\nLIMIT = 1\n"
    stubs = stubs_of(tmp_path, __init__=TOP, thing=thing)
    text = stubs["hyperhttp/thing.pyi"]
    assert "class Base" in text
    assert "class Thing" in text
    assert "Other" not in text
    assert "__all__" not in text
    left_out = ("Other", "Other.x", "LIMIT", "__all__")
    assert_allowed(stubs, *(f"hyperhttp.thing.{name}" for name in left_out))
    for name in ("hyperhttp.thing.Thing", "hyperhttp.thing.Base.x", "hyperhttp.Thing"):
        with pytest.raises(AssertionError):
            assert_allowed(stubs, name)


def assert_allowed(stubs: dict[str, str], *names: str) -> None:
    """Whether stubtest would leave these alone."""
    patterns = [line for line in stubs[ALLOWLIST].splitlines() if line and line[0] != "#"]
    for name in names:
        assert any(re.fullmatch(pattern, name) for pattern in patterns), name


def test_names_that_are_taken_over_are_named_one_by_one(tmp_path: Path) -> None:
    errors = '__all__ = ["Wrong"]\nclass Wrong(Exception): ...\n'
    top = "from hyperhttp.errors import *\n__all__ = []\n__version__ = '1.2'\n"
    stubs = stubs_of(tmp_path, __init__=top, errors=errors)
    assert "from hyperhttp.errors import Wrong\n" in stubs["hyperhttp/__init__.pyi"]
    assert "'Wrong'" in stubs["hyperhttp/__init__.pyi"]
    assert "1.2" not in stubs["hyperhttp/__init__.pyi"]


def test_an_attribute_whose_type_is_not_plain_is_a_problem(tmp_path: Path) -> None:
    thing = "class Thing:\n    def __init__(self) -> None:\n        self.pool = make()\n"
    with pytest.raises(SpecError) as caught:
        stubs_of(tmp_path, __init__=TOP, thing=thing)
    assert str(caught.value) == (
        'hyperhttp/thing.py [Thing]: the type of "pool" is missing;'
        " annotate it in the body of the class"
    )


def test_the_stubs_of_the_package_are_valid_and_show_nothing_private(made: Rendering) -> None:
    stubs = {path: text for path, text in made.files.items() if path.endswith(".pyi")}
    assert len(stubs) > 10
    for path, text in stubs.items():
        for node in ast.walk(ast.parse(text, path)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                is_dunder = node.name.startswith("__")
                assert is_dunder or not node.name.startswith("_"), (path, node.name)


def test_every_public_name_of_the_package_is_in_its_stub(made: Rendering) -> None:
    tree = ast.parse(made.files["typings/api/hyperhttp/__init__.pyi"])
    listed = next(
        ast.literal_eval(node.value)
        for node in tree.body
        if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__"
    )
    assert sorted(listed) == sorted(cast("list[str]", vars(hyperhttp)["__all__"]))
