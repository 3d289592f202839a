"""The commands of the command line, and the help of each.

The help of a command lists only the options that it uses.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hyperhttp._cli.exit_codes import EXIT_CODES

__all__ = ["COMMANDS", "SEND", "Command"]

_ITEMS: Final = """items:
  name=value    a body field: JSON, or a form with --as-form
  name:=JSON    a body field that isn't text: count:=3, tags:='["a"]'
  name==value   a query parameter
  Name:value    a header
  name@path     a file; the body is multipart/form-data
  name=@path, name:=@path   a body field whose value is read from a file

To read a secret (a password, a token) from the environment, pass env:NAME.
To enter it at a prompt, pass -."""


@dataclass(frozen=True, slots=True)
class Command:
    """The help of a command."""

    usage: str
    description: str
    groups: tuple[str, ...]
    """The titles of the option groups that its help shows."""
    has_settings: bool = False
    """True if the command uses the settings of the client."""
    epilog: str = ""


SEND: Final = Command(
    usage="""hyperhttp [options] [METHOD] URL [ITEM ...]
       hyperhttp explain [options] [METHOD] URL [ITEM ...]
       hyperhttp config --schema | --show [--explain]
       hyperhttp doctor
       hyperhttp demo [--serve]""",
    description="""Send an HTTP request and print the response.

commands:
  explain   show what a request would do, without sending it
  config    print the settings, or their JSON Schema
  doctor    check the installation, the environment and the settings
  demo      show the features of the client, without a network

For the options of a command, run hyperhttp COMMAND --help.""",
    groups=("request", "authentication and proxy", "output", "configuration"),
    has_settings=True,
    epilog=f"{_ITEMS}\n\n{EXIT_CODES}",
)
COMMANDS: Final[Mapping[str, Command]] = {
    "explain": Command(
        usage="hyperhttp explain [options] [METHOD] URL [ITEM ...]",
        description="""Show what a request would do, and why. Nothing is sent.

The output lists the final URL, the headers, the timeouts, the proxy and the retries, each with its
source: the command line, the environment, the configuration file, or the default.""",
        groups=("request", "authentication and proxy", "configuration"),
        has_settings=True,
        epilog=_ITEMS,
    ),
    "config": Command(
        usage="""hyperhttp config --show [--explain] [options]
       hyperhttp config --schema""",
        description="""Print the settings as TOML, or their JSON Schema.

The settings come from the command line, the environment variables HYPERHTTP_*, and the file of
--config, in this order. Secrets are masked.""",
        groups=("config", "configuration"),
        has_settings=True,
    ),
    "doctor": Command(
        usage="hyperhttp doctor [--color WHEN]",
        description="""Check the installation, the environment and the settings.

Each line is a check, marked with "ok" or "wrong". The exit code is 1 if a check is wrong. Nothing
is sent.""",
        groups=("color",),
    ),
    "demo": Command(
        usage="""hyperhttp demo [--color WHEN]
       hyperhttp demo --serve [--port N]""",
        description="""Show the features of the client: code and output, step by step.

The server of the demo is in memory, so no network is needed. With --serve, it is a small JSON API
on 127.0.0.1 to send requests to.""",
        groups=("demo", "color"),
    ),
}
