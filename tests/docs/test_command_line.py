"""Each console example of the command line's page does what is shown below it, word for word.

`...` on a page stands for what differs from run to run, or is of no interest; a command that ends
with `| cat` writes into a pipe, all others to a terminal.
"""

from __future__ import annotations

import asyncio
import re
import shlex
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING
from unittest import mock

import pytest

from hyperhttp.__main__ import main
from hyperhttp._cli.options import parse
from tests.repo.trees import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

PAGE = "docs/guide/command-line.md"
BLOCK = re.compile(r"^```console\n(.*?)^```$", re.MULTILINE | re.DOTALL)
PIPED = " | cat"


@dataclass(frozen=True)
class Shown:
    """A command and what is shown below it."""

    command: str
    output: str

    def __str__(self) -> str:
        """The name that a test shows."""
        return self.command

    def is_kept(self, output: str) -> bool:
        """Whether an output is what is shown."""
        pattern = ".*?".join(map(re.escape, self.output.strip("\n").split("...")))
        return re.fullmatch(pattern, output.strip("\n"), re.DOTALL) is not None


def examples(text: str) -> Iterator[Shown]:
    """All commands of the console blocks of a page."""
    for block in BLOCK.findall(text):
        for part in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, _, output = part.partition("\n")
            yield Shown(command, output)


EXAMPLES = [*examples((ROOT / PAGE).read_text(encoding="utf-8"))]
RUNNING = [one for one in EXAMPLES if one.output]


async def output_of(command: str, capsys: pytest.CaptureFixture[str]) -> str:
    """Run a command of the page in a thread; its stdout and stderr together, as they came."""
    name, *arguments = shlex.split(command.removesuffix(PIPED))
    assert name == "hyperhttp"
    out = sys.stdout
    looks = mock.patch.object(out, "isatty", return_value=not command.endswith(PIPED))
    with looks, mock.patch.object(sys, "stderr", out), mock.patch.dict("os.environ", NO_COLOR="1"):
        await asyncio.to_thread(main, arguments)
    return capsys.readouterr().out


@pytest.mark.peer
@pytest.mark.usefixtures("on_stage")
@pytest.mark.parametrize("example", RUNNING, ids=str)
async def test_the_example_does_what_is_shown(
    example: Shown, capsys: pytest.CaptureFixture[str]
) -> None:
    output = await output_of(example.command, capsys)
    assert example.is_kept(output), f"it is now:\n{output}"


@pytest.mark.parametrize("example", [one for one in EXAMPLES if not one.output], ids=str)
def test_an_example_without_output_is_a_command_that_is_understood(example: Shown) -> None:
    assert parse(shlex.split(example.command)[1:]).words


def test_the_examples_were_found() -> None:
    assert len(RUNNING) >= 8


@pytest.mark.parametrize(
    ("output", "is_kept"),
    [
        ("a 12 ms\nb\n", True),
        ("a  ms\nb", True),
        ("a 12 ms\nc\n", False),
        ("a 12 ms\nb\nmore\n", False),
        ("", False),
    ],
)
def test_another_output_is_noticed(output: str, is_kept: bool) -> None:
    assert Shown("x", "a ... ms\nb\n").is_kept(output) == is_kept


def test_a_block_may_have_several_commands() -> None:
    found = list(examples("```console\n$ a b\nout\nmore\n$ c\n```\n"))
    assert found == [Shown("a b", "out\nmore\n"), Shown("c", "")]
