"""Options of a single request, checked where a checker of types may not have looked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TypeAlias, cast

from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.input_pairs import is_mapping, shown

__all__ = [
    "Extensions",
    "ExtensionsInput",
    "SentCookies",
    "checked_count",
    "checked_extensions",
    "checked_flag",
]

Extensions: TypeAlias = dict[str, object]
"""Data of your code that a request or a response carries."""

SentCookies: TypeAlias = dict[str, str]
"""The cookies of one request by name."""

ExtensionsInput: TypeAlias = Mapping[str, object]
"""The same, as it is handed in."""


def checked_flag(given: object, *, option: str) -> bool:
    """Return True or False. Raises ConfigError for values that only compare equal."""
    if isinstance(given, bool):
        return given
    raise ConfigError(option=option, given=shown(given), allowed="True or False")


def checked_count(given: object, *, option: str) -> int:
    """Return a whole number. Raises ConfigError, including for True."""
    if type(given) is int and given >= 0:
        return given
    raise ConfigError(option=option, given=shown(given), allowed="a whole number >= 0")


def checked_extensions(given: object) -> ExtensionsInput:
    """Any values by names. Raises ConfigError."""
    if is_mapping(given) and all(isinstance(name, str) for name in given):
        return cast("ExtensionsInput", given)
    raise ConfigError(
        option="extensions", given=shown(given), allowed="a mapping of names to any values"
    )
