"""`docs/reference/command.md`: every option of the configuration as the command line takes it."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Final

from codegen.emit.command import CommandOption, command_options
from codegen.emit.environment import PREFIX
from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec

INTRO: Final = """These options of `hyperhttp` are those of the [configuration](config.md): each is also a name in the
environment and a key of the file that `--config` names. What the command line says wins over the
environment, and that over the file. Requests, output and the rest are told of in
[the guide](../guide/command-line.md)."""


def emit(spec: Spec) -> str:
    """The page."""
    return page("Options of the command line", ["spec/config.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    for group, options in groupby(command_options(spec), key=lambda option: option.group):
        yield f"## {group}"
        yield spec.config[group].doc
        yield table(["option", "what it does", "default", "environment"], map(_row, options))


def _row(option: CommandOption) -> tuple[str, str, str, str]:
    valued = [f"`{flag} {option.metavar}`" for flag in option.flags]
    spellings = ", ".join([*valued, *(f"`{flag}`" for flag in option.switches)])
    environment = f"`{PREFIX}{option.names[0]}`" if len(option.names) == 1 else ""
    default = f"`{option.default}`" if option.default else ""
    return spellings, option.doc, default, environment
