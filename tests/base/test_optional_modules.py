from __future__ import annotations

import json
import sys

import pytest

from hyperhttp._base.optional_modules import optional_module


def test_a_module_that_is_installed_is_returned() -> None:
    assert optional_module("json") is json


@pytest.mark.parametrize("name", ["no_such_module", "json.no_such_module", "no_such.module"])
def test_a_module_that_is_not_installed_gives_none(name: str) -> None:
    assert optional_module(name) is None


def test_an_error_inside_the_module_is_not_swallowed(
    tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    directory = tmp_path_factory.mktemp("modules")
    (directory / "broken_extra.py").write_text("1 / 0", encoding="utf-8")
    monkeypatch.syspath_prepend(directory)
    with pytest.raises(ZeroDivisionError):
        optional_module("broken_extra")
    assert "broken_extra" not in sys.modules
