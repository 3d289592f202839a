from __future__ import annotations

from hyperhttp._cli._generated.command import COMMAND_GROUPS, COMMAND_OPTIONS
from hyperhttp._cli.command_option import CommandOption


def test_every_option_of_the_configuration_is_one_and_belongs_to_a_group() -> None:
    assert len(COMMAND_OPTIONS) > 50
    for option in COMMAND_OPTIONS:
        assert isinstance(option, CommandOption)
        assert option.group in COMMAND_GROUPS
        assert option.flags or option.switches
        assert bool(option.metavar) == bool(option.flags)
