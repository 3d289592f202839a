"""Merging of the options of a client into one configuration.

The generated code maps options to fields; this module validates, and records the sources.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import zip_longest
from typing import NamedTuple, cast

from hyperhttp._base._generated.client_config import ClientConfig
from hyperhttp._base._generated.errors import ConfigError
from hyperhttp._base.checked import cut
from hyperhttp._base.config_model import MASK, copy_with
from hyperhttp._base.config_sources import with_sources
from hyperhttp._base.unset import UNSET

__all__ = ["OptionTable", "is_instance_by_name", "merge"]


class OptionTable(NamedTuple):
    """The options of a client that are fields of its configuration."""

    paths: Mapping[str, tuple[str, str]]
    """The group of the configuration that an option belongs to, and its name there."""
    parts: Mapping[str, tuple[str, ...]]
    """The options that may be a tuple, and the fields that its parts are."""
    allowed: Mapping[str, str]
    """The allowed values, in words."""


def merge(config: object, given: Mapping[str, object], table: OptionTable) -> ClientConfig:
    """Return the configuration with some options changed and validated; unchanged, it is the same.

    Raises ConfigError, which names an option as the client does.
    """
    if config is UNSET:
        config = _default_config()
    elif not isinstance(config, ClientConfig):
        raise ConfigError(option="config", given=cut(config), allowed="ClientConfig(...)")
    if not given:
        return config
    top: dict[str, object] = {}
    groups: dict[str, dict[str, object]] = {}
    for option, value in given.items():
        group, name = table.paths[option]
        fields = _parts_of(option, value, table) if option in table.parts else {name: value}
        (groups.setdefault(group, {}) if group else top).update(fields)
    group = ""
    try:
        for group, changes in groups.items():
            top[group] = copy_with(getattr(config, group), changes)
        group = ""
        merged = copy_with(config, top)
    except ConfigError as error:
        raise _as_option(error, group, table) from None
    own = {".".join(filter(None, table.paths[name])): f"the client's {name}" for name in given}
    return with_sources(merged, {**config.sources, **own})


def is_instance_by_name(value: object, module: str, name: str) -> bool:
    """Return whether a value is an instance of a class that only another layer may import."""
    return (module, name) in {(kind.__module__, kind.__name__) for kind in type(value).__mro__}


@cache
def _default_config() -> ClientConfig:
    return ClientConfig()


def _parts_of(option: str, value: object, table: OptionTable) -> dict[str, object]:
    """Return the fields of the items of a tuple; a missing item is None."""
    fields = table.parts[option]
    parts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
    if not 1 <= len(parts) <= len(fields):
        given = f"a tuple of {len(parts)}"
        raise ConfigError(option=option, given=given, allowed=table.allowed[option])
    return dict(zip_longest(fields, parts))


def _as_option(error: ConfigError, group: str, table: OptionTable) -> ConfigError:
    """Return the same error with the keyword of the client instead of the field."""
    for option, path in table.paths.items():
        if path[0] == group and error.option in table.parts.get(option, (path[1],)):
            # A part may be a secret, and parts may have been mistaken for each other.
            given = MASK if option in table.parts else error.given
            return ConfigError(option=option, given=given, allowed=table.allowed[option])
    return error
