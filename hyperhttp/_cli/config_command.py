"""`hyperhttp config`: the JSON Schema of the settings, or the current settings as TOML.

`settings` reads the settings; this module prints them.
"""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, cast

from hyperhttp import URL, ClientConfig
from hyperhttp._cli.exit_codes import Exit, UsageError
from hyperhttp._cli.settings import settings

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hyperhttp._cli.options import ParsedArguments

__all__ = ["config_command", "toml_of"]


def config_command(args: ParsedArguments) -> Exit:
    """Print the schema or the settings. Raises UsageError, and ConfigError for wrong settings."""
    if args.words:
        raise UsageError("config takes no URL; use hyperhttp config --show or --schema")
    if args.schema == args.show:
        raise UsageError("config needs either --show or --schema")
    if args.schema:
        sys.stdout.write(json.dumps(ClientConfig.model_json_schema(), indent=2) + "\n")
    else:
        sys.stdout.write("\n".join(toml_of(settings(args), explains=args.explain)) + "\n")
    return Exit.OK


def toml_of(config: ClientConfig, *, explains: bool = False) -> Iterator[str]:
    """Return the lines of a TOML file with the settings; `explains` adds the source of each.

    Secrets are masked, so they can't be read back.
    """
    sources = config.sources
    values = cast("dict[str, object]", config.model_dump(mode="json"))
    if config.base_url:
        values["base_url"] = str(URL(config.base_url))  # without a password
    yield from _table("", values, sources if explains else None)


def _table(
    name: str, values: Mapping[str, object], sources: Mapping[str, str] | None
) -> Iterator[str]:
    """Return the lines of a table: its values, then the tables in it."""
    tables = {
        key: cast("dict[str, object]", value)
        for key, value in values.items()
        if isinstance(value, dict)
    }
    plain = {key: value for key, value in values.items() if key not in tables}
    if name:
        yield f"\n[{name}]"
    for key, value in plain.items():
        path = f"{name}.{key}" if name else key
        why = "" if sources is None else f"  # {_source(path, sources)}"
        yield f"{key} = {_value(value)}{why}"
    for key, inner in tables.items():
        path = f"{name}.{key}" if name else key
        yield from _table(path, inner, sources)


def _source(path: str, sources: Mapping[str, str]) -> str:
    """Return the source of a value: its own, or that of a model that contains it."""
    while path:
        if path in sources:
            return sources[path]
        path = path.rpartition(".")[0]
    return "default"


def _value(value: object) -> str:
    """Return a value in TOML, which has no None; text, numbers and lists are as in JSON."""
    if isinstance(value, list):
        value = sorted(cast("list[str]", value))
    return json.dumps("none" if value is None else value)
