"""What users can reach on an exported class is meant for them: a page that people wrote names it.

The reference lists every public member, so it would also list one that only the package needs. What
the spec declares (options, errors, events, fields of a response) is left out here: it has rules of
its own. So are fields of data classes, whose declaration is their documentation.
"""

from __future__ import annotations

import inspect
import re
from functools import cached_property
from pathlib import Path
from types import FunctionType
from typing import TYPE_CHECKING, Final

import pytest

import hyperhttp
import hyperhttp.otel
import hyperhttp.testing
from tests.repo.trees import ROOT, fail_on, plant

if TYPE_CHECKING:
    from collections.abc import Iterator

MODULES: Final = (hyperhttp, hyperhttp.testing, hyperhttp.otel)
WRITTEN: Final = ("README.md", "docs/quickstart.md", "docs/guide/*.md", "docs/how-to/*.md")
MEMBERS: Final = (FunctionType, property, classmethod, staticmethod, cached_property)
# Modules whose classes come from the spec.
DECLARED: Final = frozenset({"hyperhttp.config", "hyperhttp.exceptions"})
# Fields that are computed when they are read; the class names the standard that defines them.
RECORDS: Final = frozenset({"CacheControl", "ContentRange"})


def exported() -> list[type]:
    """The exported classes, each once."""
    found = [getattr(module, name) for module in MODULES for name in module.__all__]
    return list(dict.fromkeys(one for one in found if inspect.isclass(one)))


def members(cls: type) -> Iterator[str]:
    """The public methods and properties that a class has from our own hand-written modules."""
    ours = [base for base in cls.__mro__ if base.__module__.startswith("hyperhttp")]
    foreign = {name for base in cls.__mro__ if base not in ours for name in dir(base)}
    for base in ours:
        if base.__module__ not in DECLARED and "_generated" not in base.__module__:
            yield from (
                name
                for name, value in vars(base).items()
                if isinstance(value, MEMBERS) and not name.startswith("_") and name not in foreign
            )


def unnamed(classes: list[type], root: Path) -> list[str]:
    """The members that no written page names as code."""
    pages = [path for pattern in WRITTEN for path in root.glob(pattern)]
    assert pages, "no pages seen: is this check looking at the right folder?"
    text = "\n".join(path.read_text(encoding="utf-8") for path in pages)
    names = set(re.findall(r"(?:[.`]|\bdef )(\w+)", text))
    return [
        f"{cls.__name__}.{name}: no page names it; is it private?"
        for cls in classes
        if cls.__name__ not in RECORDS
        for name in dict.fromkeys(members(cls))
        if name not in names
    ]


def test_each_public_member_of_an_exported_class_is_named_in_a_page() -> None:
    fail_on(unnamed(exported(), ROOT))


@pytest.mark.parametrize(
    ("name", "internal"),
    [
        ("Headers", {"from_wire", "raw_text", "merged", "encode"}),
        ("Cookies", {"bind", "store", "header_for"}),
        ("Cookie", {"goes_to", "is_expired"}),
        ("URL", {"parse"}),
        ("Auth", {"check_synchronous", "knows_origins"}),
        ("HyperHTTPError", {"in_context"}),
        ("Timeout", {"of"}),
        ("MockTransport", {"answer", "connect_to", "is_in_use"}),
    ],
)
def test_what_only_the_package_needs_is_private(name: str, internal: set[str]) -> None:
    cls: type = getattr(hyperhttp, name)
    assert internal.isdisjoint(dir(cls))


def test_a_member_that_no_page_names_is_found(tmp_path: Path) -> None:
    root = plant(tmp_path, **{"README.md": "`get_list`, `add()` and store; headers.copy(), .raw"})
    found = unnamed([hyperhttp.Headers], root)
    assert found == ["Headers.multi_items: no page names it; is it private?"]


def test_no_pages_are_a_failure(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right folder"):
        unnamed([hyperhttp.Headers], tmp_path)


def test_the_classes_and_members_are_seen() -> None:
    assert len(exported()) > 100
    assert {"copy_with", "params"} <= set(members(hyperhttp.URL))
    assert {"aclose", "timeout"} <= set(members(hyperhttp.Client))
