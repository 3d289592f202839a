"""An option of the configuration as the command line takes it."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CommandOption"]


class CommandOption(NamedTuple):
    """One option of the configuration, or one that stands for several."""

    names: tuple[str, ...]
    """Its name in the environment, without the prefix; several for one that sets them all."""
    flags: tuple[str, ...]
    """The flags that take a value."""
    switches: tuple[tuple[str, str], ...]
    """The flags without a value, each with the value that it stands for."""
    metavar: str
    """The value, in one word."""
    default: str
    """The default, as it would be written."""
    allowed: str
    """The allowed values, in words."""
    group: str
    """The model that it belongs to, a key of `COMMAND_GROUPS`."""
    doc: str
    """What it does."""
