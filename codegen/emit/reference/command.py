"""`docs/reference/command.md`: the configuration options of the command line."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from codegen.emit.command import CommandOption, command_options
from codegen.emit.environment import PREFIX
from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec

INTRO: Final = """The command `hyperhttp` has an option for each option of the [configuration](config.md). Each is also an
environment variable, and a key in the file of `--config`. The command line overrides the environment, and the
environment overrides the file. For requests and output, see [the guide](../guide/command-line.md)."""


def emit(spec: Spec) -> str:
    """Return the page."""
    return page("Options of the command line", ["spec/config.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    for group, options in groupby(command_options(spec), key=lambda option: option.group):
        yield f"## {group}"
        yield spec.config[group].doc
        yield table(["option", "description", "default", "environment"], map(_row, options))


def _row(option: CommandOption) -> tuple[str, str, str, str]:
    valued = [f"`{flag} {option.metavar}`" for flag in option.flags]
    spellings = ", ".join([*valued, *(f"`{flag}`" for flag in option.switches)])
    environment = f"`{PREFIX}{option.names[0]}`" if len(option.names) == 1 else ""
    default = f"`{option.default}`" if option.default else ""
    return spellings, option.doc, default, environment
