"""What a page shows is checked by its kind, so a new page is covered without being named anywhere.

Python runs (`test_snippets`, `test_reference`) and is typed; `py` is Python that is only shown, and
stands where that is meant; each command of a console block is one that exists, and what is shown
below it is what it says.
"""

from __future__ import annotations

import re
import shlex
import tomllib
from typing import TYPE_CHECKING

import pytest

from hyperhttp._cli.options import parse
from tests.docs.test_command_line import PAGE, Shown, examples, output_of
from tests.repo.trees import ROOT, fail_on, plant

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# What is run, compared or read by tests, and what is only looked at.
CHECKED = {"python", "console"}
SHOWN = {"text", "toml", "py"}
# Signatures of the reference, what other clients and frameworks want, and tests that pytest runs.
PY_BELOW = (
    "docs/reference/",
    "docs/migrating/",
    "docs/guide/httpx.md",
    "docs/guide/testing.md",
    "docs/how-to/fastapi-service.md",
    "docs/how-to/port-from-httpx.md",
    "docs/how-to/test-with-pytest.md",
    "docs/how-to/use-synchronous-code.md",
)
FENCE = re.compile(r"^ *```(?P<info>\S*)[^\n]*\n.*?^ *```$", re.MULTILINE | re.DOTALL)
INSTALL = re.compile(r'python -m pip install "?(?:hyperhttp|\.)(?:\[(?P<extras>[\w,]+)\])?"?')


def pages(root: Path) -> Iterator[tuple[str, str]]:
    for path in sorted([*root.glob("*.md"), *(root / "docs").rglob("*.md")]):
        yield path.relative_to(root).as_posix(), path.read_text(encoding="utf-8")


def unknown_fences(root: Path) -> list[str]:
    seen, found = 0, list[str]()
    for name, text in pages(root):
        for fence in FENCE.finditer(text):
            seen += 1
            kind, line = fence["info"], text.count("\n", 0, fence.start()) + 1
            if kind not in CHECKED | SHOWN:
                found.append(f"{name}:{line}: {kind or 'nothing'} says how this block is checked")
            elif kind == "py" and not name.startswith(PY_BELOW):
                found.append(f"{name}:{line}: py is not run; say python")
    assert seen, "no blocks seen: is this check looking at the right folder?"
    return found


def test_every_block_is_of_a_kind_that_is_checked() -> None:
    fail_on(unknown_fences(ROOT))


@pytest.mark.parametrize(
    ("info", "said"),
    [
        ("", "docs/new.md:3: nothing says how this block is checked"),
        ("bash", "docs/new.md:3: bash says how this block is checked"),
        ("py", "docs/new.md:3: py is not run; say python"),
    ],
)
def test_a_block_that_nobody_checks_is_named(tmp_path: Path, info: str, said: str) -> None:
    page = f"# Title\n\n```{info}\nx\n```\n\n```python\nx\n```\n"
    assert unknown_fences(plant(tmp_path, **{"docs/new.md": page})) == [said]


def test_pages_without_blocks_are_a_failure(tmp_path: Path) -> None:
    with pytest.raises(AssertionError, match="right folder"):
        unknown_fences(plant(tmp_path, **{"README.md": "text"}))


def test_the_configuration_that_is_shown_is_toml() -> None:
    blocks = [
        block[0]
        for _, text in pages(ROOT)
        for block in FENCE.finditer(text)
        if block["info"] == "toml"
    ]
    assert blocks
    for block in blocks:
        assert tomllib.loads(block.partition("\n")[2].rpartition("\n")[0])


def commands(root: Path) -> list[tuple[str, Shown]]:
    """The commands of all pages but the one that has a test of its own."""
    return [(name, one) for name, text in pages(root) if name != PAGE for one in examples(text)]


COMMANDS = commands(ROOT)
SHOWING = [one for _, one in COMMANDS if one.output.strip()]


def misunderstood(command: str) -> str:
    """Why a command is none that a reader can give; empty when it is well."""
    words = shlex.split(command, comments=True)
    if words[:1] == ["make"]:
        targets = re.findall(r"^([\w-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE)
        return (
            "" if {word for word in words[1:] if "=" not in word} <= set(targets) else "no target"
        )
    if words[:3] == ["python", "-m", "hyperhttp"]:
        words = ["hyperhttp", *words[3:]]
    if words[:1] == ["hyperhttp"]:
        return "" if "--help" in words or parse(words[1:]).words else "no URL"
    if found := INSTALL.fullmatch(shlex.join(words).replace("'", "")):
        project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
        extras = {one for one in (found["extras"] or "").split(",") if one}
        return "" if extras <= set(project["optional-dependencies"]) else "no such extra"
    return "nothing knows how to check it"


@pytest.mark.parametrize(("page", "shown"), COMMANDS, ids=[f"{p}: {s}" for p, s in COMMANDS])
def test_a_command_of_a_page_is_one_that_exists(page: str, shown: Shown) -> None:
    assert misunderstood(shown.command) == ""


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
async def test_what_is_shown_below_a_command_is_what_it_says(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for shown in SHOWING:
        output = await output_of(shown.command, capsys)
        assert shown.is_kept(output), f"{shown}: it is now:\n{output}"


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("make docs", ""),
        ("make demo PYTHON=x  # the guide", ""),
        ("make nothing", "no target"),
        ("python -m hyperhttp https://example.com/", ""),
        ("hyperhttp", "no URL"),
        ("python -m pip install hyperhttp", ""),
        ('python -m pip install ".[brotli]"', ""),
        ("python -m pip install httpx", "nothing knows how to check it"),
        ('python -m pip install "hyperhttp[brotli,zstd]"', ""),
        ("python -m pip install 'hyperhttp[nothing]'", "no such extra"),
        ("rm -r x", "nothing knows how to check it"),
    ],
)
def test_a_command_that_does_not_exist_is_noticed(command: str, said: str) -> None:
    assert misunderstood(command) == said
