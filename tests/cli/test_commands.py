"""Each command has a help of its own, with the options that it uses and no others."""

from __future__ import annotations

import pytest

from hyperhttp._cli.commands import COMMANDS, SEND
from hyperhttp._cli.options import REQUEST_OPTIONS, parse


def help_of(command: str, capsys: pytest.CaptureFixture[str], flag: str = "--help") -> str:
    with pytest.raises(SystemExit) as ended:
        parse([flag], command=command)
    assert ended.value.code == 0
    return capsys.readouterr().out


@pytest.mark.parametrize("command", COMMANDS)
def test_the_help_of_a_command_is_its_own(command: str, capsys: pytest.CaptureFixture[str]) -> None:
    shown = help_of(command, capsys)
    assert shown.startswith(f"usage: hyperhttp {command} ")
    assert COMMANDS[command].description in shown
    assert shown != help_of("", capsys)


@pytest.mark.parametrize(
    ("command", "flag", "is_shown"),
    [
        ("explain", "--header", True),
        ("explain", "--output", False),
        ("explain", "--timeout SECONDS", True),
        ("explain", "--schema", False),
        ("config", "--schema", True),
        ("config", "--explain", True),
        ("config", "--config FILE", True),
        ("config", "--header", False),
        ("doctor", "--color", True),
        ("doctor", "--timeout SECONDS", False),
        ("demo", "--color", True),
        ("demo", "--help-all", False),
        ("", "--schema ", False),
        ("", "--output", True),
    ],
)
def test_a_help_lists_the_options_that_the_command_uses(
    command: str, flag: str, is_shown: bool, capsys: pytest.CaptureFixture[str]
) -> None:
    options = help_of(command, capsys).partition("\n\n")[2]
    assert (f" {flag}" in options) == is_shown


def test_the_whole_help_of_a_command_has_all_settings(capsys: pytest.CaptureFixture[str]) -> None:
    assert "--http2-ping-after" in help_of("explain", capsys, "--help-all")
    assert "--http2-ping-after" not in help_of("doctor", capsys, "--help-all")


def test_the_groups_of_a_command_exist() -> None:
    known = {*REQUEST_OPTIONS, *(one.dest for group in REQUEST_OPTIONS.values() for one in group)}
    for command in (SEND, *COMMANDS.values()):
        assert known.issuperset(command.groups)
