from __future__ import annotations

import pytest

from codegen.compatibility.changes import changes
from codegen.compatibility.manifest import Manifest, Option, Project
from tests.codegen.compatibility.surfaces import PROJECT, surface, told

TYPED = "from typing import *\n"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("class A: ...", "", "breaking: hyperhttp: A is gone"),
        ("", "class A: ...", "addition: hyperhttp: A is new"),
        ("class A: ...", "def A(): ...", "breaking: A: it was a class and is a function now"),
        ("x: int", "x: str", "breaking: x: it may be str, no longer int"),
        (
            "class A(ValueError): ...",
            "class A: ...",
            "breaking: A: it doesn't derive from ValueError any more",
        ),
        ("class A: ...", "class A(ValueError): ...", "addition: A: it is a ValueError now"),
        ("class A: ...", "@final\nclass A: ...", "breaking: A: no class can derive from it"),
        (
            "@dataclass\nclass A: ...",
            "@dataclass(frozen=True)\nclass A: ...",
            "breaking: A: its attributes cannot be set any more",
        ),
        ("class A:\n    x: int", "class A: ...", "breaking: A.x: it is gone"),
        ("class A: ...", "class A:\n    x: int", "addition: A.x: it is new"),
        (
            "class A:\n    read_all: int",
            "class A:\n    read_al: int",
            'breaking: A.read_all: it is gone. Did you mean "read_al"?',
        ),
        (
            "class A:\n    x: int",
            "class A:\n    def x(self) -> int: ...",
            "breaking: A.x: it was a value and is a function now",
        ),
        (
            "class A:\n    x: int",
            "class A:\n    x: int | None",
            "breaking: A.x: it may be int | None, no longer int",
        ),
        (
            "class A:\n    x: int | None",
            "class A:\n    x: int",
            "addition: A.x: it is known to be int",
        ),
        (
            "class A:\n    x: int",
            "class A:\n    @property\n    def x(self) -> int: ...",
            "breaking: A.x: it cannot be set any more",
        ),
        (
            "class A:\n    x: int",
            "class A:\n    x: Final[int]",
            "breaking: A.x: it cannot be set any more",
        ),
        (
            "class A:\n    x: ClassVar[R] = 'always'",
            "class A:\n    x: ClassVar[R] = 'never'",
            "breaking: A.x: it is 'never', no longer 'always'",
        ),
        (
            "class A:\n    x: Retryable = 'always'",
            "class A:\n    x: Retryable = 'never'",
            "breaking: A.x: it is 'never', no longer 'always'",
        ),
        (
            "class A(Protocol):\n    x: int",
            "class A(Protocol):\n    x: int\n    y: int",
            "breaking: A.y: it is new, and who implements the protocol does not have it",
        ),
        (
            "class A(TypedDict):\n    x: int | str",
            "class A(TypedDict):\n    x: int",
            "breaking: A.x: it takes int, no longer int | str",
        ),
        (
            "class A(TypedDict):\n    x: int",
            "class A(TypedDict):\n    x: int | str",
            "addition: A.x: it takes more: int | str",
        ),
        (
            "@dataclass\nclass A:\n    x: int",
            "@dataclass\nclass A:\n    x: int\n    y: int",
            'breaking: A.__init__: the new parameter "y" must be given',
        ),
        (
            "A: TypeAlias = int | str",
            "A: TypeAlias = int",
            "breaking: A: its target is int, no longer int | str",
        ),
        (
            "A: TypeAlias = int",
            "A: TypeAlias = int | str",
            "addition: A: its target has more: int | str",
        ),
    ],
)
def test_a_change_is_named_with_its_place_and_its_weight(old: str, new: str, expected: str) -> None:
    found = told(TYPED + old, TYPED + new)
    assert any(each.startswith(expected) for each in found), found


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("class A: ...", "class A: ..."),
        ("class A:\n    hint: ClassVar[str] = 'x'", "class A:\n    hint: ClassVar[str] = 'y'"),
        ("class A:\n    def __repr__(self) -> str: ...", "class A: ..."),
        ("class A:\n    x: int\n    y: int", "class A:\n    y: int\n    x: int"),
        ("class _B:\n    x: int\nclass A(_B): ...", "class A:\n    x: int"),
        ("A: TypeAlias = int | str", "A: TypeAlias = str | int"),
        (
            "@dataclass(frozen=True)\nclass A:\n    x: int",
            "@dataclass(frozen=True)\nclass A:\n    def __init__(self, x: int): ...\n    x: int",
        ),
    ],
)
def test_what_users_cannot_see_is_no_change(old: str, new: str) -> None:
    assert told(TYPED + old, TYPED + new) == []


def test_a_member_may_move_to_a_public_base() -> None:
    old = "class B: ...\nclass A(B):\n    x: int"
    assert told(old, "class B:\n    x: int\nclass A(B): ...") == ["addition: B.x: it is new"]


def test_an_alias_that_changes_is_told_where_it_is_used() -> None:
    use = "\ndef f(a: T) -> None: ...\ndef g() -> T: ..."
    narrow, wide = (f"{TYPED}T: TypeAlias = {kind}{use}" for kind in ("int", "int | str"))
    assert told(narrow, wide) == [
        "breaking: g: it returns T, which has another meaning now",
        "addition: T: its target has more: int | str",
        'addition: f: the parameter "a" takes more: T',
    ]


def option(**facts: str) -> Manifest:
    made = Option.model_validate({"default": "1", **facts})
    return surface("").model_copy(update={"options": {"Limits.x": made}})


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ({}, {"default": "2"}, "breaking: Limits.x: the default is 2, no longer 1"),
        ({}, {"bounds": "> 0"}, "breaking: Limits.x: > 0 is allowed, it was any value"),
        ({"bounds": "> 0"}, {}, "addition: Limits.x: any value is allowed, it was > 0"),
        ({"bounds": "> 0"}, {"bounds": ">= 0"}, "addition: Limits.x: >= 0 is allowed"),
        ({"bounds": ">= 0"}, {"bounds": "> 0"}, "breaking: Limits.x: > 0 is allowed"),
        ({"bounds": ">= 1"}, {"bounds": "> 0"}, "addition: Limits.x: > 0 is allowed"),
        ({"bounds": ">= 1"}, {"bounds": ">= 1 and <= 9"}, "breaking: Limits.x: >= 1 and <= 9"),
        ({"bounds": "<= 9"}, {"bounds": "< 9"}, "breaking: Limits.x: < 9 is allowed"),
        ({"bounds": "<= 9"}, {"bounds": "<= 10"}, "addition: Limits.x: <= 10 is allowed"),
        ({"environment": "H_X"}, {}, "breaking: environment: H_X is gone"),
        ({}, {"environment": "H_X"}, "addition: environment: H_X is new"),
    ],
    ids=str,
)
def test_an_option_is_its_default_its_bounds_and_its_environment(
    old: dict[str, str], new: dict[str, str], expected: str
) -> None:
    (found,) = changes(option(**old), option(**new))
    assert str(found).startswith(expected)


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"extras": ("cli",)}, "breaking: extras: brotli is gone"),
        ({"extras": ("brotli", "cli", "zstd")}, "addition: extras: zstd is new"),
        ({"commands": ()}, "breaking: commands: hyperhttp is gone"),
        ({"python": ">=3.12"}, "addition: Python: it asks for >=3.12, no longer >=3.11"),
    ],
    ids=str,
)
def test_the_project_file_makes_promises_too(
    change: dict[str, tuple[str, ...] | str], expected: str
) -> None:
    project = Project.model_validate({**PROJECT.model_dump(), **change})
    (found,) = changes(surface(""), surface("", project))
    assert str(found) == expected


def test_a_flag_of_the_command_line_that_is_gone_is_named() -> None:
    whole = surface("")
    (found,) = changes(whole, whole.model_copy(update={"flags": whole.flags[1:]}))
    assert str(found).startswith(f"breaking: command line: {whole.flags[0]} is gone")


def test_a_module_that_is_gone_is_named_and_a_new_one_too() -> None:
    whole = surface("")
    more = whole.model_copy(update={"modules": {**whole.modules, "hyperhttp.more": ()}})
    assert [str(each) for each in changes(more, whole)] == [
        "breaking: hyperhttp.more: the module is gone"
    ]
    assert [str(each) for each in changes(whole, more)] == [
        "addition: hyperhttp.more: the module is new"
    ]
