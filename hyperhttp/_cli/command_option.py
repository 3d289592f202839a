"""A configuration option of the command line."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["CommandOption"]


class CommandOption(NamedTuple):
    """A configuration option, or an option that sets several."""

    names: tuple[str, ...]
    """The names in the environment, without the prefix. Several if it sets several options."""
    flags: tuple[str, ...]
    """The flags that take a value."""
    switches: tuple[tuple[str, str], ...]
    """The flags without a value, each with the value that it sets."""
    metavar: str
    """The placeholder of the value in the help."""
    default: str
    """The default, as text."""
    allowed: str
    """A description of the allowed values."""
    group: str
    """The configuration model of the option, a key of `COMMAND_GROUPS`."""
    doc: str
    """The description of the option."""
