from __future__ import annotations

import sys
from types import ModuleType

import pytest

from hyperhttp._base.lazy_names import lazy_names


@pytest.fixture
def module(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    made = ModuleType("made")
    monkeypatch.setitem(sys.modules, "made", made)
    return made


def test_a_name_is_imported_when_it_is_first_used_and_kept(module: ModuleType) -> None:
    load, _ = lazy_names("made", {"collections": ("deque",)})
    assert "deque" not in vars(module)
    assert load("deque") is vars(module)["deque"]


def test_an_unknown_name_raises_an_attribute_error_that_names_both(module: ModuleType) -> None:
    load, _ = lazy_names(module.__name__, {"collections": ("deque",)})
    with pytest.raises(AttributeError, match="module 'made' has no attribute 'dequeue'"):
        load("dequeue")


def test_a_submodule_is_an_attribute_without_an_import(monkeypatch: pytest.MonkeyPatch) -> None:
    load, names = lazy_names("json", {}, ("decoder",))
    assert load("decoder") is sys.modules["json.decoder"]
    assert "decoder" in names()


def test_dir_lists_what_is_there_and_what_is_not_loaded_yet(module: ModuleType) -> None:
    setattr(module, "there", 1)  # noqa: B010  # a checker would refuse the attribute
    _, names = lazy_names("made", {"collections": ("deque",)})
    assert {"there", "deque"} <= set(names())
    assert names() == sorted(names())
