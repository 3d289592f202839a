from __future__ import annotations

import inspect
from collections.abc import Callable

import pytest

from hyperhttp._base.checked import checked, cut, nearest, unknown_option
from hyperhttp.exceptions import ConfigError


@checked
def add(one: int, /, *, two: int = 2, three: int = 3) -> int:
    """Add them."""
    return one + two + three


# To call it in ways that a checker refuses.
LOOSE: Callable[..., int] = add


def test_a_right_call_is_left_alone() -> None:
    assert add(1) == 6
    assert add(1, two=1, three=1) == 3


def test_an_unknown_keyword_names_the_nearest_and_all_that_exist() -> None:
    with pytest.raises(ConfigError) as caught:
        LOOSE(1, tree=3)
    assert caught.value.option == "tree"
    assert caught.value.suggestion == "three"
    assert caught.value.allowed == "two or three"
    assert caught.value.__cause__ is None


def test_other_type_errors_pass() -> None:
    with pytest.raises(TypeError, match="missing"):
        LOOSE()
    with pytest.raises(TypeError, match="unsupported operand"):
        LOOSE(1, two="x")


def test_signature_and_docstring_are_those_of_the_function() -> None:
    assert (
        str(inspect.signature(add))
        == "(one: 'int', /, *, two: 'int' = 2, three: 'int' = 3) -> 'int'"
    )
    assert add.__doc__ == "Add them."


def test_the_nearest_name_is_none_when_nothing_is_near() -> None:
    assert nearest("timout", ["timeout", "params"]) == "timeout"
    assert nearest("xyz", ["timeout", "params"]) is None


def test_an_unknown_option_among_none_says_so() -> None:
    assert unknown_option("x", []).allowed == "no options"
    assert unknown_option("x", ["y"]).allowed == "y"


def test_a_repr_is_cut_to_one_line() -> None:
    assert cut("short") == "'short'"
    assert len(cut("x" * 200)) == 80
