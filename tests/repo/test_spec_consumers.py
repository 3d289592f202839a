"""Every option names the module that obeys it (`consumer` in spec/config.toml), and that one does.

The name of the option must stand in the consumer's code: as an attribute, an argument or a keyword.
A comment that mentions it is not enough.
"""

from __future__ import annotations

import ast
import tomllib
from typing import TYPE_CHECKING

import pytest

from tests.repo.trees import ROOT, fail_on, plant, python_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def options(root: Path) -> Iterator[tuple[str, str, str]]:
    """Table, field and consumer of each option that is data; a table inside another is none."""
    tables = tomllib.loads((root / "spec/config.toml").read_text(encoding="utf-8"))
    for table, entry in tables.items():
        for field, facts in entry.get("fields", {}).items():
            if facts.get("type") not in tables:
                yield table, field, str(facts.get("consumer", ""))


def names_in(path: Path) -> set[str]:
    """Every name that the code of a file uses."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Attribute(attr=name) | ast.arg(arg=name) | ast.keyword(arg=str(name)):
                names.add(name)
            case _:
                continue
    return names


def forgotten(root: Path) -> list[str]:
    seen, found = 0, list[str]()
    for table, field, consumer in options(root):
        seen += 1
        where = f"spec/config.toml [{table}.fields.{field}]"
        base = root / consumer.replace(".", "/")
        files = [base.with_suffix(".py")] if base.with_suffix(".py").exists() else []
        files += python_files(base, ".") if base.is_dir() else []
        if not consumer or not files:
            found.append(f"{where}: its consumer {consumer or 'is not named'} does not exist")
        elif not any(field in names_in(path) for path in files):
            found.append(f"{where}: its consumer {consumer} never looks at {field}")
    assert seen, "no options seen: is this check looking at the right file?"
    return found


def test_every_option_is_obeyed_where_the_spec_says() -> None:
    fail_on(forgotten(ROOT))


def spec(consumer: str) -> str:
    return (
        "[Timeout.fields.connect]\n"
        f'type = "seconds?"\nconsumer = "{consumer}"\n'
        '[ClientConfig.fields.timeout]\ntype = "Timeout"\n'
    )


@pytest.mark.parametrize(
    ("consumer", "code", "reason"),
    [
        ("hyperhttp._network.dial", "limit = timeout.connect", None),
        ("hyperhttp._network", "def dial(connect: float) -> None: ...", None),
        ("hyperhttp._network.dial", "# connect\ntext = 'connect'", "never looks at connect"),
        ("hyperhttp._network.gone", "limit = timeout.connect", "does not exist"),
        ("", "limit = timeout.connect", "is not named"),
    ],
)
def test_a_forgotten_option_is_named(
    tmp_path: Path, consumer: str, code: str, reason: str | None
) -> None:
    files = {"spec/config.toml": spec(consumer), "hyperhttp/_network/dial.py": code}
    found = forgotten(plant(tmp_path, **files))
    assert len(found) == (reason is not None)
    assert all(str(reason) in line and "[Timeout.fields.connect]" in line for line in found)


def test_a_spec_without_options_is_a_failure(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right file"):
        forgotten(plant(tmp_path, **{"spec/config.toml": ""}))


CONSTANTS = ("addresses", "bounds", "headers", "methods")


def unused_constants(root: Path) -> list[str]:
    """The generated constants that no hand-written module imports."""
    directory = root / "hyperhttp/_base/_generated"
    written = [path for path in python_files(root, "hyperhttp") if "_generated" not in path.parts]
    imported = {
        (node.module.rpartition(".")[2], alias.name)
        for path in written
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and "_base._generated" in node.module
        for alias in node.names
    }
    declared = [
        (name, node.target.id)
        for name in CONSTANTS
        for node in ast.parse((directory / f"{name}.py").read_text(encoding="utf-8")).body
        if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name)
    ]
    assert declared, "no constants seen: is this check looking at the right files?"
    unused = [one for one in declared if one not in imported]
    return [f"{name}.py: no module imports {one}" for name, one in unused]


def test_every_constant_of_the_spec_is_used() -> None:
    fail_on(unused_constants(ROOT))


def test_a_constant_that_nothing_imports_is_named(tmp_path: Path) -> None:
    made = {f"hyperhttp/_base/_generated/{name}.py": "" for name in CONSTANTS}
    made["hyperhttp/_base/_generated/bounds.py"] = "A_S: Final = 1.0\nB_S: Final = 2.0\n"
    code = "from hyperhttp._base._generated.bounds import A_S\n"
    root = plant(tmp_path, **made, **{"hyperhttp/pool.py": code})
    assert unused_constants(root) == ["bounds.py: no module imports B_S"]


def test_a_spec_without_constants_is_a_failure(tmp_path: Path) -> None:
    made = {f"hyperhttp/_base/_generated/{name}.py": "" for name in CONSTANTS}
    with pytest.raises(AssertionError, match="right files"):
        unused_constants(plant(tmp_path, **made))
