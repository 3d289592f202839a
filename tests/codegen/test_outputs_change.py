"""One edited entry of the spec changes all that tells of it, by `python -m codegen` alone."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from codegen.__main__ import main
from codegen.output_dirs import Rendering
from tests.codegen.specs import scratch_checkout

pytestmark = pytest.mark.slow

OLD = "The longest wait for more data of the response. The size of the body doesn't matter."
NEW = "How long the server may be silent."
# Whatever tells of an option in words.
TELLING = (
    "docs/reference/config/Timeout.md",
    "docs/reference/config.md",
    "docs/reference/config.schema.json",
    "docs/reference/command.md",
    "docs/reference/llms-full.txt",
    "hyperhttp/_cli/_generated/command.py",
    "hyperhttp/_base/_generated/config.py",
)
# Whatever has its default.
DEFAULTING = (
    *TELLING,
    "docs/reference/cheat-sheet.md",
    "docs/reference/environment.md",
)


@pytest.fixture(scope="module")
def edited(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A checkout in which the command was run after one entry was edited."""
    root = scratch_checkout(tmp_path_factory.mktemp("edited") / "checkout")
    path = root / "spec/config.toml"
    text = path.read_text(encoding="utf-8")
    entry = text.index("[Timeout.fields.read]")
    end = text.index("\n[", entry)
    table = text[entry:end].replace(OLD, NEW).replace("default = 30.0", "default = 47.0")
    table = table.replace("Timeout(read=120.0)", "Timeout(read=121.0)")
    path.write_text(text[:entry] + table + text[end:], encoding="utf-8")
    assert main([], root) == 0
    return root


def run(root: Path, *arguments: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=root,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("path", TELLING)
def test_its_words_change_wherever_it_is_told_of(edited: Path, made: Rendering, path: str) -> None:
    assert OLD in made.files[path]
    text = (edited / path).read_text(encoding="utf-8")
    assert (OLD in text, NEW in text) == (False, True)


@pytest.mark.parametrize("path", DEFAULTING)
def test_its_default_changes_wherever_it_stands(edited: Path, made: Rendering, path: str) -> None:
    assert "47.0" not in made.files[path]
    assert "47.0" in (edited / path).read_text(encoding="utf-8")


def test_the_example_that_the_tests_run_changes(edited: Path, made: Rendering) -> None:
    page = "docs/reference/config/Timeout.md"
    assert "Timeout(read=121.0)" not in made.files[page]
    assert "Timeout(read=121.0)" in (edited / page).read_text(encoding="utf-8")


def test_the_schema_has_the_new_default(edited: Path) -> None:
    schema = json.loads((edited / "docs/reference/config.schema.json").read_text(encoding="utf-8"))
    assert schema["$defs"]["Timeout"]["properties"]["read"]["default"] == 47.0


def test_the_help_of_the_command_line_says_it(edited: Path) -> None:
    shown = " ".join(run(edited, "-m", "hyperhttp", "--help-all").split())
    assert NEW.rstrip(".") in shown
    assert OLD.rstrip(".") not in shown


def test_the_client_obeys_it(edited: Path) -> None:
    code = "import hyperhttp; print(hyperhttp.ClientConfig().timeout.read)"
    assert run(edited, "-c", code) == "47.0\n"


def test_a_stub_changes_with_the_type(made: Rendering, tmp_path: Path) -> None:
    root = scratch_checkout(tmp_path / "checkout")
    path = root / "spec/config.toml"
    text = path.read_text(encoding="utf-8")
    entry = text.index("[PoolConfig.fields.max_connections]")
    type_of = text.index('type = "count?"', entry)
    none = text.index("none = ", type_of)
    text = text[:none] + text[text.index("\n", none) + 1 :]
    text = text[:type_of] + text[type_of:].replace('"count?"', '"count"', 1)
    path.write_text(text, encoding="utf-8")
    assert main([], root) == 0
    config = "typings/api/hyperhttp/_base/_generated/config.pyi"
    old, new = "max_connections: int | None", "max_connections: int"
    assert old in made.files[config]
    assert old not in (root / config).read_text(encoding="utf-8")
    assert new in (root / config).read_text(encoding="utf-8")
