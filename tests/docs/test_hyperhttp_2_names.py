"""Every public name of hyperhttp 2.1 exists here, or its migration page has a row for it.

`hyperhttp_2_names.txt` lists them: names, members, and the parameters of `Client` and its methods.
"""

from __future__ import annotations

import inspect
import re
from pathlib import Path

import pytest

import hyperhttp
import hyperhttp.testing

PAGES = ("docs/migrating/hyperhttp-2.md", "docs/reference/peers/hyperhttp-2.md")
ROOT = Path(__file__).resolve().parents[2]
NAMES = Path(__file__).with_name("hyperhttp_2_names.txt").read_text(encoding="utf-8").split()


def exists(name: str) -> bool:
    """Return whether this version has a name: `Client`, `Client.get` or `Client.get.url`."""
    top, *rest = name.split(".")
    found = getattr(hyperhttp, top, None) or getattr(hyperhttp.testing, top, None)
    if found is None or not rest:
        return found is not None
    member, *parameter = rest
    fields = {*getattr(found, "model_fields", ()), *getattr(found, "__annotations__", ())}
    if not parameter:
        return hasattr(found, member) or member in fields
    function = found if member == "__init__" else getattr(found, member, None)
    return callable(function) and parameter[0] in inspect.signature(function).parameters


def has_row(name: str, pages: str) -> bool:
    """Return whether the first column of a table has the last part of the name as code.

    The row of a class that doesn't exist covers its members.
    """
    top = name.partition(".")[0]
    last = name.rpartition(".")[2] if exists(top) else top
    first = " ".join(line.split("|")[1] for line in pages.splitlines() if line.startswith("| "))
    code = " ".join(re.findall(r"`([^`]+)`", first))
    return re.search(rf"(?<!\w){re.escape(last)}(?!\w)", code) is not None


def lost(names: list[str], pages: str) -> list[str]:
    """Return the names that neither exist nor have a row."""
    return [name for name in names if not exists(name) and not has_row(name, pages)]


def test_each_name_exists_or_has_a_row() -> None:
    assert len(NAMES) > 150
    pages = "".join((ROOT / page).read_text(encoding="utf-8") for page in PAGES)
    assert lost(NAMES, pages) == []


@pytest.mark.parametrize(
    "name", ["Nothing", "Client.nothing", "Client.__init__.nothing", "Client.get.nothing"]
)
def test_a_name_that_is_nowhere_is_lost(name: str) -> None:
    assert lost([name], "| `other` | `nothing` |\n`nothing`\n") == [name]
    assert lost([name], f"| `other`, `{name.rpartition('.')[2].lower()}=` | removed |\n") == (
        [name] if name == "Nothing" else []
    )


def test_the_row_of_a_class_that_is_gone_covers_its_members() -> None:
    assert lost(["Nothing.member"], "| `Nothing` | removed |\n") == []
    assert lost(["Client.nothing"], "| `Client` | the same |\n") == ["Client.nothing"]


@pytest.mark.parametrize("name", ["Client", "Client.get", "Client.get.url", "Timeout.read"])
def test_a_name_that_exists_needs_no_row(name: str) -> None:
    assert lost([name], "") == []
