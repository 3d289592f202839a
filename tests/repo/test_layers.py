"""Imports point down only, none goes in a circle, and each third-party package has one owner.

Imports under `TYPE_CHECKING` count like all others. The layers are `ROWS` of `import_graph`.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from tests.repo.import_graph import (
    LAYERS,
    Import,
    cycles,
    imports_of,
    module_graph,
    part_graph,
    picture,
)
from tests.repo.trees import ROOT, fail_on, name_in, plant, python_files

if TYPE_CHECKING:
    from pathlib import Path

OWNERS = {
    "pydantic": (
        "hyperhttp/_base/_generated/",
        "hyperhttp/_base/config_model.py",
        "hyperhttp/_message/",
        "hyperhttp/testing/_tape.py",
        "codegen/",
    ),
    "pydantic_core": ("hyperhttp/_base/_generated/", "hyperhttp/_message/"),
    "h11": ("hyperhttp/_protocol/h1/h11_parser.py", "hyperhttp/testing/_h1_server.py"),
    "h2": (
        "hyperhttp/_protocol/h2",
        "hyperhttp/testing/_h2_server.py",
        "hyperhttp/testing/_faults",
    ),
    "rich": ("hyperhttp/_cli/progress.py",),
    "pytest": ("hyperhttp/testing/plugin.py",),
    "hpack": ("hyperhttp/_protocol/h2/hpack.py", "hyperhttp/_protocol/h2/hpack_table.py"),
    "ssl": ("hyperhttp/_network/",),
    "socket": ("hyperhttp/_network/",),
    "certifi": ("hyperhttp/_network/",),
    "truststore": ("hyperhttp/_network/tls.py",),
    "idna": ("hyperhttp/_message/url/grammar.py",),
    "publicsuffixlist": ("hyperhttp/_message/cookies/public_suffix.py",),
    "brotli": ("hyperhttp/_message/content/decoders.py",),
    "brotlicffi": ("hyperhttp/_message/content/decoders.py",),
    "backports": ("hyperhttp/_message/content/decoders.py",),
    "compression": ("hyperhttp/_message/content/decoders.py",),
    "uvloop": ("hyperhttp/_network/uvloop_support.py",),
    "typing_extensions": (
        "hyperhttp/_base/input_types.py",
        "hyperhttp/_message/content/json_text.py",
    ),
    "opentelemetry": ("hyperhttp/otel.py",),
    "httpx": ("hyperhttp/integrations/httpx.py",),
    "httpx2": ("hyperhttp/integrations/httpx2.py",),
    "orjson": ("hyperhttp/_message/content/json_text.py",),
}
EXTRAS = {
    "backports",
    "brotli",
    "brotlicffi",
    "compression",
    "httpx",
    "httpx2",
    "opentelemetry",
    "orjson",
    "publicsuffixlist",
    "pytest",
    "rich",
    "truststore",
    "uvloop",
}
# What is made of the classes of an extra has to import it: users' checkers compare the classes
# (decision 0037).
MADE_OF_EXTRAS = {
    "hyperhttp/integrations/httpx.py": "httpx",
    "hyperhttp/integrations/httpx2.py": "httpx2",
}
# Imports inside functions: extras that may be missing, and what a program may never need.
LATE = {
    "hyperhttp/_base/config_sources.py": {"tomllib"},
    "hyperhttp/__main__.py": {"hyperhttp"},  # commands that a request does not need
    "hyperhttp/_cli/progress.py": {"rich"},
    "hyperhttp/testing/plugin.py": {"pytest"},
    "hyperhttp/_network/uvloop_support.py": {"uvloop"},
    "hyperhttp/_network/tls.py": {"truststore"},
    "hyperhttp/_message/content/decoders.py": {"brotli", "brotlicffi", "backports", "compression"},
    "hyperhttp/_message/content/json_text.py": {"orjson"},
    "hyperhttp/_message/cookies/public_suffix.py": {"publicsuffixlist"},
    "hyperhttp/_message/url/grammar.py": {"idna"},  # 10 ms of tables, for names beyond ASCII only
}


def broken_layers(root: Path) -> list[str]:
    seen, broken = 0, list[str]()
    for path in python_files(root, "hyperhttp", "codegen"):
        name = name_in(root, path)
        for found in imports_of(path):
            seen += 1
            rules = (_layer_rule, _owner_rule, _extra_rule, _late_rule)
            reasons = (reason for rule in rules if (reason := rule(name, found)))
            broken += [f"{name}:{found.line} imports {found.target}: {why}" for why in reasons]
    assert seen > 20, f"only {seen} imports seen: is this check looking at the right directory?"
    return broken


def _layer_rule(name: str, found: Import) -> str | None:
    package = name.partition("/")[0]
    if not found.target.startswith("hyperhttp."):
        forbidden = {"hyperhttp": {"codegen", "tests"}, "codegen": {"hyperhttp", "tests"}}[package]
        top = found.target.partition(".")[0]
        return f"{package} must not know {top}" if top in forbidden else None
    if package == "codegen":
        return "a broken package must still be made again"
    here, there = name.removesuffix(".py").split("/")[1], found.target.split(".")[1]
    if here == there:
        return None
    if here not in LAYERS or there not in LAYERS:
        return f"{here if here not in LAYERS else there} has no layer: give it one in `ROWS`"
    if LAYERS[there] < LAYERS[here]:
        return None
    return f"{here} may not look up or sideways at {there}"


def _owner_rule(name: str, found: Import) -> str | None:
    top = found.target.partition(".")[0]
    if found.for_annotations or top in {"hyperhttp", "codegen", "__future__"}:
        return None
    if top in OWNERS and name.startswith("hyperhttp/"):
        return None if name.startswith(OWNERS[top]) else f"{top} belongs to {OWNERS[top]}"
    return None if top in sys.stdlib_module_names or top in OWNERS else f"{top} has no owner"


def _extra_rule(name: str, found: Import) -> str | None:
    """Extras are imported by name, so that `mypy --strict -p hyperhttp` passes without them."""
    top = found.target.partition(".")[0]
    if found.by_name or top not in EXTRAS or not name.startswith("hyperhttp/"):
        return None
    if MADE_OF_EXTRAS.get(name) == top:
        return None
    return f"{top} is an extra: import it by `optional_module`"


def _late_rule(name: str, found: Import) -> str | None:
    if not found.in_function or name == "hyperhttp/__init__.py":
        return None
    allowed = LATE.get(name, set())
    top = found.target.partition(".")[0]
    return None if top in allowed else "imports stand on top of a module"


def circles(root: Path) -> list[str]:
    """The cycles between modules, and those between layers and subpackages."""
    modules = module_graph(root)
    assert modules, "no modules seen: is this check looking at the right directory?"
    found = cycles(modules) + cycles(part_graph(modules))
    return [f"a cycle of imports: {', '.join(one)}" for one in found]


def test_every_import_points_down_and_has_an_owner() -> None:
    fail_on(broken_layers(ROOT))


def test_no_import_goes_in_a_circle_not_even_for_annotations() -> None:
    fail_on(circles(ROOT))


@pytest.mark.parametrize(
    "back",
    ["from hyperhttp._policy import a", "if TYPE_CHECKING:\n    from hyperhttp._policy.a import X"],
)
def test_a_cycle_is_named(tmp_path: Path, back: str) -> None:
    files = {
        "hyperhttp/_policy/a.py": "from hyperhttp._policy.b import Y",
        "hyperhttp/_policy/b.py": back,
        "hyperhttp/_policy/c.py": "from hyperhttp._policy.a import X",
    }
    (found,) = circles(plant(tmp_path, **files))
    assert found == "a cycle of imports: hyperhttp._policy.a, hyperhttp._policy.b"


def test_a_cycle_between_subpackages_is_named_though_no_module_is_in_one(tmp_path: Path) -> None:
    files = {
        "hyperhttp/_message/url/a.py": "from hyperhttp._message.headers.b import Y",
        "hyperhttp/_message/headers/b.py": "",
        "hyperhttp/_message/headers/c.py": "from hyperhttp._message.url import d",
        "hyperhttp/_message/url/d.py": "",
    }
    (found,) = circles(plant(tmp_path, **files))
    assert found == "a cycle of imports: _message.headers, _message.url"


@pytest.mark.slow
def test_the_picture_shows_every_part_and_no_cycle() -> None:
    lines = list(picture(ROOT))
    for part in part_graph(module_graph(ROOT)):
        assert any(line.startswith(f"{part} ") for line in lines), part
    assert lines[-1].endswith(" 0 cycles")


FILLER = "\n".join(["import os"] * 21)


@pytest.mark.parametrize(
    ("name", "text", "reason"),
    [
        ("_message/url/url.py", "import hyperhttp._transport.pool", "up or sideways"),
        ("_protocol/h1/codec.py", "from hyperhttp._network import dial", "up or sideways"),
        ("_policy/redirects.py", "from hyperhttp._protocol.h1.codec import X", "up or sideways"),
        ("_message/url/url.py", "from hyperhttp import client", "up or sideways"),
        ("_message/url/url.py", "from hyperhttp import Client", "up or sideways"),
        ("client.py", "import hyperhttp", "up or sideways"),
        ("_base/_generated/errors.py", "from hyperhttp._message.url.url import URL", "up or"),
        (
            "_base/facts.py",
            "if TYPE_CHECKING:\n    import hyperhttp._message.url",
            "up or sideways",
        ),
        ("_message/url/url.py", "if TYPE_CHECKING:\n    import hyperhttp.client", "up or sideways"),
        ("_message/new.py", "from hyperhttp._elsewhere import x", "has no layer"),
        ("surprise.py", "import hyperhttp._message", "has no layer"),
        ("_transport/pool.py", "import h11", "h11 belongs to"),
        ("_message/request/body.py", "import socket", "socket belongs to"),
        ("client.py", "import requests", "requests has no owner"),
        ("client.py", "import codegen.ir", "must not know codegen"),
        ("client.py", "def get() -> None:\n    import json", "stand on top"),
        ("client.py", 'x = optional_module("orjson")', "orjson belongs to"),
        ("testing/plugin.py", "import pytest", "pytest is an extra"),
        ("client.py", 'x = optional_module("httpx")', "httpx belongs to"),
        ("integrations/other.py", "if TYPE_CHECKING:\n    import httpx", "httpx is an extra"),
        ("testing/plugin.py", "if TYPE_CHECKING:\n    import pytest", "pytest is an extra"),
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


def test_an_empty_tree_is_a_failure_not_a_pass(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right directory"):
        broken_layers(tmp_path)
