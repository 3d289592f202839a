from __future__ import annotations

import pytest

from tests.codegen.compatibility.surfaces import told


def told_of(old: str, new: str) -> list[str]:
    """What is told of a function `f` whose signature changes; both are given from its `(` on."""
    return [text.replace("f: ", "", 1) for text in told(f"def f{old}: ...", f"def f{new}: ...")]


BREAKING = [
    ("(a: int)", "()", 'the parameter "a" is gone'),
    ("(*, a: int = 1)", "()", 'the parameter "a" is gone'),
    ("()", "(a: int)", 'the new parameter "a" must be given'),
    ("()", "(*, a: int)", 'the new parameter "a" must be given'),
    ("(a: int = 1)", "(a: int)", 'the parameter "a" must be given'),
    ("(a: int = 1)", "(a: int = 2)", 'the default of "a" is 2, no longer 1'),
    ("(a: int = 1)", "(a: int | None = None)", 'the default of "a" is None, no longer 1'),
    ("(a: int | str)", "(a: int)", 'the parameter "a" takes int, no longer int | str'),
    ("(a: float)", "(a: int)", 'the parameter "a" takes int, no longer float'),
    ("(a: int)", "(*, a: int)", '"a" cannot be given by position'),
    ("(a: int)", "(a: int, /)", '"a" cannot be given by name'),
    ("(a: int, b: int)", "(b: int, a: int)", '"b" is in the place of "a"'),
    ("(*args: int)", "()", "*args is removed"),
    ("(**options: int)", "()", "**options is removed"),
    ("(**options: int)", "(**options: str)", "**options takes str, no longer int"),
    ("() -> int", "() -> int | None", "it returns int | None, no longer int"),
    ("() -> Sequence[int]", "() -> Iterable[int]", "it returns Iterable[int]"),
]


@pytest.mark.parametrize(("old", "new", "text"), BREAKING)
def test_what_breaks_a_call_is_named(old: str, new: str, text: str) -> None:
    found = told_of(old, new)
    assert any(each.startswith(f"breaking: {text}") for each in found), found


ADDED = [
    ("()", "(a: int = 1)", 'the parameter "a" is new'),
    ("()", "(*, a: int = 1)", 'the parameter "a" is new'),
    ("(a: int)", "(a: int | str)", 'the parameter "a" takes more: int | str'),
    ("(a: int)", "(a: int = 1)", 'the parameter "a" may be left out'),
    ("() -> int | None", "() -> int", "it is known to return int"),
]


@pytest.mark.parametrize(("old", "new", "text"), ADDED)
def test_what_only_adds_is_named_and_breaks_nothing(old: str, new: str, text: str) -> None:
    assert told_of(old, new) == [f"addition: {text}"]


NOTHING = [
    ("(a: int, b: str = '') -> int", "(a: int, b: str = '') -> int"),
    ("(a: int, /)", "(b: int, /)"),
    ("(*, a: int = 1, b: int = 2)", "(*, b: int = 2, a: int = 1)"),
    ("(a: int | str)", "(a: str | int)"),
    ("(a: int = ...)", "(a: int = ...)"),
]


@pytest.mark.parametrize(("old", "new"), NOTHING)
def test_what_callers_cannot_see_is_no_change(old: str, new: str) -> None:
    assert told_of(old, new) == []


@pytest.mark.parametrize(("old", "new", "_"), BREAKING)
def test_a_change_back_is_a_change_too(old: str, new: str, _: str) -> None:
    assert told_of(new, old)


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("(*, a: int)", "(a: int)", 'the parameter "a" may be given by position'),
        ("(a: int, /)", "(a: int)", 'the parameter "a" may be given by name'),
        ("()", "(*args: int)", "*args is taken"),
        ("()", "(**more: int)", "**more is taken"),
    ],
)
def test_a_new_way_to_call_adds(old: str, new: str, text: str) -> None:
    assert told_of(old, new) == [f"addition: {text}"]


def test_what_all_takes_takes_more() -> None:
    assert told_of("(a: int)", "(**options: object)") != []
    assert told_of("(*, a: int)", "(**options: object)") == ["addition: **options is taken"]


def test_to_await_or_not_is_a_break() -> None:
    plain, awaited = "def f() -> int: ...", "async def f() -> int: ..."
    assert told(plain, awaited) == ["breaking: f: it must be awaited now"]
    assert told(awaited, plain) == ["breaking: f: it must not be awaited now"]


METHOD = "class A:\n    {}"


@pytest.mark.parametrize(
    ("old", "new", "text"),
    [
        ("@classmethod\n    def m(cls): ...", "def m(self): ...", "@classmethod is gone"),
        ("def m(self): ...", "@staticmethod\n    def m(): ...", "it is a staticmethod now"),
        (
            "def m(self): ...",
            "@abstractmethod\n    def m(self): ...",
            "classes that derive from it must define it now",
        ),
    ],
)
def test_how_a_method_is_bound_is_part_of_it(old: str, new: str, text: str) -> None:
    assert told(METHOD.format(old), METHOD.format(new)) == [f"breaking: A.m: {text}"]


def test_a_method_that_need_no_longer_be_defined_breaks_nobody() -> None:
    abstract, plain = "@abstractmethod\n    def m(self): ...", "def m(self): ..."
    assert told(METHOD.format(abstract), METHOD.format(plain)) == []


FORMS = """
@overload
def f(a: int) -> int: ...
@overload
def f(a: str) -> str: ...
"""


def test_each_form_of_a_call_must_find_one_that_takes_it() -> None:
    assert told(FORMS, "def f(a: int) -> int: ...") == [
        "breaking: f: it returns int, no longer str",
        'breaking: f: the parameter "a" takes int, no longer str',
    ]


def test_one_form_may_take_the_place_of_another() -> None:
    swapped = FORMS.replace("int", "x").replace("str", "int").replace("x", "str")
    assert told(FORMS, swapped) == []
    assert told("def f(a: int) -> int: ...", FORMS) == ["addition: f: it can be called as a: str"]
