"""The settings: the command line overrides the environment, which overrides a file.

Each layer is read by the configuration itself; here they are put over one another.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hyperhttp import ClientConfig
from hyperhttp._base._generated.env_names import ENV_NAMES
from hyperhttp._base.config_sources import overlay
from hyperhttp._cli._generated.command import COMMAND_OPTIONS
from hyperhttp._cli.secrets import secret

if TYPE_CHECKING:
    from hyperhttp._cli.options import ParsedArguments

__all__ = ["flag_of", "settings"]

_PASSWORD: Final = "CERT_PASSWORD"


def settings(args: ParsedArguments) -> ClientConfig:
    """Return the configuration. Raises ConfigError, which names the option as it was given."""
    base = None
    if args.config is not None:
        base = ClientConfig.from_toml(args.config, args.config_table)
    base = ClientConfig.from_env(base=base)
    given = args.settings
    texts = {name: text for name, (_, text) in given.items()}
    if _PASSWORD in texts:
        texts[_PASSWORD] = secret(texts[_PASSWORD], "password of the certificate's key")
    flags = {name: flag for name, (flag, _) in given.items()}
    return overlay(
        ClientConfig, ENV_NAMES, base, texts, lambda name: flags.get(name) or flag_of(name), ""
    )


def flag_of(name: str) -> str:
    """Return the flag of an option by its name in the environment."""
    for option in COMMAND_OPTIONS:
        if option.names == (name,):
            return option.flags[0] if option.flags else option.switches[0][0]
    return name
