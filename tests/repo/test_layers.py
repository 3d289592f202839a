"""Imports point leftwards only, and each third-party package has one owner.

_generated <- _message <- {_protocol | _policy | _network} <- _transport <- client <- testing,
and __init__, which shows them all.
"""

from __future__ import annotations

import ast
import sys
from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.repo.trees import ROOT, fail_on, name_in, plant, python_files

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

TOP = "__init__"
LAYERS = {
    "_generated": 0,
    "config": 1,  # the facades show a room, and nothing else
    "exceptions": 1,
    "_message": 2,
    "_protocol": 3,
    "_policy": 3,
    "_network": 3,
    "_transport": 4,
    "_pipeline": 5,
    "_planning": 5,
    "_part_file": 4,
    "_downloading": 5,
    "client": 6,
    "_events": 7,
    "testing": 7,
    TOP: 8,
    "_cli": 9,
    "__main__": 10,
}
OWNERS = {
    "pydantic": (
        "hyperhttp/_generated/",
        "hyperhttp/_message/",
        "hyperhttp/testing/_tape.py",
        "codegen/",
    ),
    "pydantic_core": ("hyperhttp/_generated/", "hyperhttp/_message/"),
    "h11": ("hyperhttp/_protocol/h1_law.py", "hyperhttp/testing/_h1_server.py"),
    "h2": (
        "hyperhttp/_protocol/h2",
        "hyperhttp/testing/_h2_server.py",
        "hyperhttp/testing/_faults",
    ),
    "pytest": ("hyperhttp/testing/plugin.py",),
    "hpack": ("hyperhttp/_protocol/hpack.py", "hyperhttp/_protocol/hpack_table.py"),
    "ssl": ("hyperhttp/_network/",),
    "socket": ("hyperhttp/_network/",),
    "certifi": ("hyperhttp/_network/",),
    "truststore": ("hyperhttp/_network/tls.py",),
    "idna": ("hyperhttp/_message/url_grammar.py",),
    "publicsuffixlist": ("hyperhttp/_message/suffixes.py",),
    "brotli": ("hyperhttp/_message/decoders.py",),
    "brotlicffi": ("hyperhttp/_message/decoders.py",),
    "backports": ("hyperhttp/_message/decoders.py",),
    "compression": ("hyperhttp/_message/decoders.py",),
    "uvloop": ("hyperhttp/_network/loop.py",),
    "orjson": ("hyperhttp/_message/json_text.py",),
}
# Imports inside functions: extras that may be missing, and what a program may never need.
LATE = {
    "hyperhttp/_generated/config.py": {"tomllib"},
    "hyperhttp/__main__.py": {"hyperhttp"},  # commands that a request does not need
    "hyperhttp/_network/loop.py": {"uvloop"},
    "hyperhttp/_network/tls.py": {"truststore"},
    "hyperhttp/_message/decoders.py": {"brotli", "brotlicffi", "backports", "compression"},
    "hyperhttp/_message/json_text.py": {"orjson"},
    "hyperhttp/_message/suffixes.py": {"publicsuffixlist"},
    "hyperhttp/_message/url_grammar.py": {"idna"},  # 10 ms of tables, for names beyond ASCII only
}


class Import(NamedTuple):
    """One import: what, where, and whether it happens when the module is loaded."""

    target: str
    line: int
    for_annotations: bool
    in_function: bool


def imports_of(path: Path) -> Iterator[Import]:
    yield from _imports(ast.parse(path.read_text(encoding="utf-8")), False, False)


def _imports(node: ast.AST, for_annotations: bool, in_function: bool) -> Iterator[Import]:
    match node:
        case ast.Import(names=names):
            for name in names:
                target = f"hyperhttp.{TOP}" if name.name == "hyperhttp" else name.name
                yield Import(target, node.lineno, for_annotations, in_function)
        case ast.ImportFrom(module=module, names=names):
            for name in names:
                target = module or "."
                if module == "hyperhttp":  # a module of it, or a value that its top exports
                    target = f"hyperhttp.{name.name if name.name in LAYERS else TOP}"
                yield Import(target, node.lineno, for_annotations, in_function)
        case ast.If(test=ast.Name(id="TYPE_CHECKING")):
            for statement in node.body:
                yield from _imports(statement, True, in_function)
            for statement in node.orelse:
                yield from _imports(statement, for_annotations, in_function)
        case _:
            inside = in_function or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
            for child in ast.iter_child_nodes(node):
                yield from _imports(child, for_annotations, inside)


def broken_layers(root: Path) -> list[str]:
    seen, broken = 0, list[str]()
    for path in python_files(root, "hyperhttp", "codegen"):
        name = name_in(root, path)
        for found in imports_of(path):
            seen += 1
            rules = (_layer_rule, _owner_rule, _late_rule)
            reasons = (reason for rule in rules if (reason := rule(name, found)))
            broken += [f"{name}:{found.line} imports {found.target}: {why}" for why in reasons]
    assert seen > 20, f"only {seen} imports seen: is this check looking at the right folder?"
    return broken


def _layer_rule(name: str, found: Import) -> str | None:
    package, _, rest = name.partition("/")
    if not found.target.startswith("hyperhttp."):
        forbidden = {"hyperhttp": {"codegen", "tests"}, "codegen": {"hyperhttp", "tests"}}[package]
        top = found.target.partition(".")[0]
        return f"{package} must not know {top}" if top in forbidden else None
    if package == "codegen":
        return "a broken package must still be made again"
    here, there = rest.removesuffix(".py").split("/")[0], found.target.split(".")[1]
    if here == there:
        return None
    if here not in LAYERS or there not in LAYERS:
        return f"{here if here not in LAYERS else there} has no layer: give it one here"
    if LAYERS[there] < LAYERS[here] or (here == "_generated" and found.for_annotations):
        return None
    return f"{here} may not look up or sideways at {there}"


def _owner_rule(name: str, found: Import) -> str | None:
    top = found.target.partition(".")[0]
    if found.for_annotations or top in {"hyperhttp", "codegen", "__future__"}:
        return None
    if top in OWNERS and name.startswith("hyperhttp/"):
        return None if name.startswith(OWNERS[top]) else f"{top} belongs to {OWNERS[top]}"
    return None if top in sys.stdlib_module_names or top in OWNERS else f"{top} has no owner"


def _late_rule(name: str, found: Import) -> str | None:
    if not found.in_function or name == "hyperhttp/__init__.py":
        return None
    allowed = LATE.get(name, set())
    top = found.target.partition(".")[0]
    return None if top in allowed else "imports stand on top of a module"


def test_every_import_points_leftwards_and_has_an_owner() -> None:
    fail_on(broken_layers(ROOT))


FILLER = "\n".join(["import os"] * 21)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("_message/url.py", "import hyperhttp._transport.pool", "up or sideways"),
        ("_protocol/h1.py", "from hyperhttp._network import dial", "up or sideways"),
        ("_policy/redirects.py", "from hyperhttp._protocol.h1 import X", "up or sideways"),
        ("_message/url.py", "from hyperhttp import client", "up or sideways"),
        ("_message/url.py", "from hyperhttp import Client", "up or sideways"),
        ("client.py", "import hyperhttp", "up or sideways"),
        ("_generated/calls.py", "from hyperhttp._message.url import URL", "up or sideways"),
        ("_message/url.py", "if TYPE_CHECKING:\n    import hyperhttp.client", "up or sideways"),
        ("_message/new.py", "from hyperhttp._elsewhere import x", "has no layer"),
        ("surprise.py", "import hyperhttp._message", "has no layer"),
        ("_transport/pool.py", "import h11", "h11 belongs to"),
        ("_message/body.py", "import socket", "socket belongs to"),
        ("client.py", "import requests", "requests has no owner"),
        ("client.py", "import codegen.ir", "must not know codegen"),
        ("client.py", "def get() -> None:\n    import json", "stand on top"),
        ("client.py", "class A:\n    async def get(self):\n        import json", "stand on top"),
    ],
)
def test_a_wrong_import_is_named(tmp_path: Path, name: str, text: str, reason: str) -> None:
    root = plant(tmp_path, **{"hyperhttp/filler.py": FILLER, f"hyperhttp/{name}": text})
    (broken,) = broken_layers(root)
    assert reason in broken
    assert broken.startswith(f"hyperhttp/{name}:")


def test_the_generator_may_not_know_the_package(tmp_path: Path) -> None:
    text = "from hyperhttp._message import url"
    root = plant(tmp_path, **{"hyperhttp/filler.py": FILLER, "codegen/load.py": text})
    assert "must still be made again" in broken_layers(root)[0]


def test_the_room_may_name_upper_types_in_annotations(tmp_path: Path) -> None:
    text = "if TYPE_CHECKING:\n    from hyperhttp._message.url import URL"
    root = plant(tmp_path, **{"hyperhttp/f.py": FILLER, "hyperhttp/_generated/calls.py": text})
    assert broken_layers(root) == []


def test_an_empty_tree_is_a_failure_not_a_pass(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right folder"):
        broken_layers(tmp_path)
