from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from typing import ClassVar, cast

import pytest

from hyperhttp._base._generated.errors import ConfigError, UnknownOption
from hyperhttp._base.config_model import (
    ConfigModel,
    NumberModel,
    SwitchModel,
    build,
    copy_with,
    number_model,
    switch_model,
)
from tests.codegen.specs import ROOT


class Options(ConfigModel, frozen=True):
    _allowed: ClassVar[Mapping[str, str]] = {"size": "a number", "key": "text", "lock": "text"}
    _secrets: ClassVar[frozenset[str]] = frozenset({"key"})
    _needs: ClassVar[tuple[tuple[str, str], ...]] = (("key", "size"),)
    _excludes: ClassVar[tuple[tuple[str, str], ...]] = (("lock", "size"),)

    size: int = 0
    key: str = ""
    lock: str = ""


class Wait(NumberModel, frozen=True):
    _allowed: ClassVar[Mapping[str, str]] = {"seconds": "seconds"}
    _option: ClassVar[str] = "wait"
    _shorthand: ClassVar[str] = "seconds, None or Wait(...)"

    seconds: float | None = None

    def __init__(self, seconds: float | None = None) -> None:
        given: dict[str, object] = {"seconds": seconds}
        super().__init__(**given)


class Policy(SwitchModel, frozen=True):
    _option: ClassVar[str] = "policy"

    count: int = 3


def test_a_wrong_value_names_option_given_and_allowed() -> None:
    with pytest.raises(ConfigError) as caught:
        build(Options, {"size": "large"})
    error = caught.value
    assert (error.option, error.given, error.allowed) == ("size", "'large'", "a number")


def test_an_unknown_name_is_responded_with_the_nearest() -> None:
    with pytest.raises(UnknownOption) as caught:
        build(Options, {"sise": 1})
    assert caught.value.suggestion == "size"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"key": "hunter2"}, "********** without size"),
        ({"lock": "x", "size": 1}, "'x' together with size"),
    ],
)
def test_fields_that_contradict_each_other_are_refused(
    given: Mapping[str, object], said: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        build(Options, given)
    assert caught.value.given == said


def test_a_copy_is_validated_and_leaves_the_model_alone() -> None:
    model = build(Options, {"size": 1})
    assert copy_with(model, {"key": "x"}) == build(Options, {"size": 1, "key": "x"})
    assert model.key == ""
    with pytest.raises(ConfigError):
        copy_with(model, {"size": "large"})


def test_a_number_stands_for_a_model_and_is_cached() -> None:
    assert number_model(Wait, 2.0) == Wait(2.0)
    assert number_model(Wait, 2.0) is number_model(Wait, 2.0)
    assert number_model(Wait, None) == Wait()
    own = Wait(1.0)
    assert number_model(Wait, own) is own


@pytest.mark.parametrize("given", [True, "2", [1], object()])
def test_anything_else_is_refused_by_the_name_of_the_option(given: object) -> None:
    with pytest.raises(ConfigError) as caught:
        number_model(Wait, cast("float", given))
    assert (caught.value.option, caught.value.allowed) == ("wait", "seconds, None or Wait(...)")


def test_a_switch_is_on_off_or_a_model() -> None:
    assert switch_model(Policy, True) == Policy()
    assert switch_model(Policy, True) is switch_model(Policy, True)
    assert switch_model(Policy, False) is None
    assert switch_model(Policy, None) is None
    own = build(Policy, {"count": 1})
    assert switch_model(Policy, own) is own
    with pytest.raises(ConfigError, match=r"invalid policy: 1; expected True, False, Policy"):
        switch_model(Policy, cast("bool", 1))


@pytest.mark.parametrize("name", ["config_model", "config_sources"])
def test_the_support_of_the_models_imports_no_generated_model(name: str) -> None:
    code = (
        f"import sys, hyperhttp._base.{name};"
        "print('hyperhttp._base._generated.config' in sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
