"""What `hyperhttp` exports is what it documents; every name resolves, lazily or not."""

from __future__ import annotations

import importlib
import re
import subprocess
import sys
from types import ModuleType
from typing import TYPE_CHECKING, get_type_hints

import pytest

import hyperhttp
from tests.repo.trees import ROOT, fail_on, plant

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path


def names_of(module: ModuleType) -> list[str]:
    names: list[str] | None = getattr(module, "__all__", None)
    assert names is not None, f"{module.__name__} has no __all__"
    return list(names)


def unresolved(module: ModuleType) -> list[str]:
    """The names in `__all__` that the module cannot give, and names listed twice."""
    names = names_of(module)
    assert names, "no names seen: is this check looking at the right module?"
    twice = [name for name in sorted(set(names)) if names.count(name) > 1]
    return [name for name in names if not hasattr(module, name)] + twice


def undocumented(names: Sequence[str], root: Path) -> list[str]:
    """The names that no page of the reference or the guide mentions as code."""
    pages = [*(root / "docs/reference").glob("*.md"), *(root / "docs/guide").glob("*.md")]
    assert pages, "no pages seen: is this check looking at the right directory?"
    words = set(re.findall(r"\w+", "\n".join(page.read_text(encoding="utf-8") for page in pages)))
    return [name for name in names if name not in words]


def test_every_exported_name_resolves() -> None:
    assert unresolved(hyperhttp) == []


def test_a_fresh_interpreter_resolves_each_lazy_name() -> None:
    code = "import hyperhttp; [getattr(hyperhttp, name) for name in hyperhttp.__all__]"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True, timeout=60)


def test_a_name_that_does_not_exist_is_an_attribute_error_that_names_it() -> None:
    with pytest.raises(AttributeError, match="no_such_name"):
        getattr(hyperhttp, "no_such_name")  # noqa: B009  # a checker would refuse the attribute


ALIASES = [name for name in names_of(hyperhttp) if name.endswith("Input")]


@pytest.mark.parametrize("name", ALIASES)
def test_an_alias_can_be_optional_in_an_annotation_that_is_evaluated(name: str) -> None:
    alias = getattr(hyperhttp, name)

    def wrapper(value: object) -> None: ...

    wrapper.__annotations__["value"] = f"hyperhttp.{name} | None"
    assert len(ALIASES) > 15
    assert get_type_hints(wrapper)["value"] == alias | None


def test_everything_listed_by_dir() -> None:
    assert set(names_of(hyperhttp)) <= set(dir(hyperhttp))


@pytest.mark.parametrize("facade", ["hyperhttp.exceptions", "hyperhttp.config"])
def test_every_error_and_config_model_is_exported_at_the_top(facade: str) -> None:
    missing = set(names_of(importlib.import_module(facade))) - set(names_of(hyperhttp))
    assert missing == set()


def test_every_exported_name_is_documented() -> None:
    fail_on(undocumented(names_of(hyperhttp), ROOT))


def test_an_error_shows_its_public_name() -> None:
    assert hyperhttp.ReadTimeout.__module__ == "hyperhttp.exceptions"


def module_with(*exported: str) -> ModuleType:
    made = ModuleType("made")
    made.__dict__.update({"__all__": list(exported), "there": 1})
    return made


def test_a_name_that_does_not_resolve_is_found() -> None:
    assert unresolved(module_with("there", "gone", "there")) == ["gone", "there"]


def test_a_module_that_exports_nothing_is_a_failure() -> None:
    with pytest.raises(AssertionError, match="right module"):
        unresolved(module_with())


def test_an_undocumented_name_is_found(tmp_path: Path) -> None:
    root = plant(tmp_path, **{"docs/reference/errors.md": "# ReadTimeout\n"})
    assert undocumented(["ReadTimeout", "WriteTimeout"], root) == ["WriteTimeout"]


def test_a_reference_without_pages_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right directory"):
        undocumented(["ReadTimeout"], tmp_path)
