"""`docs/reference/environment.md`: all environment variables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.config_defaults import default_text
from codegen.emit.environment import PREFIX
from codegen.emit.reference.config import option_link
from codegen.emit.reference.markdown import anchor, page, since, table
from codegen.ir import Spec

SOURCES: Final = ("spec/config.toml", "spec/environment.toml")
SHARED: Final = """Every client reads these variables, unless you set `trust_env=False`. Only `NetRCAuth` reads NETRC.
Options that you pass to the client override them."""
OURS: Final = """Only [`ClientConfig.from_env()`](config/ClientConfig.md) and the command line read these variables.

- **Flags:** `true`, `yes`, `on` and `1` mean True. `false`, `no`, `off` and `0` mean False.
- **None:** `none`, if the option allows None.
- **Sets:** items separated by commas.
- **Optional models:** such as `retry`. They are created if you set one of their variables, or their own variable to `true`.

An unknown name with the prefix `HYPERHTTP_` raises [UnknownOption](errors/UnknownOption.md), and an invalid value
raises [ConfigError](errors/ConfigError.md)."""


def emit(spec: Spec) -> str:
    """Return the page."""
    return page("Environment variables", SOURCES, _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield "## Standard variables"
    yield SHARED
    yield table(
        ["variable", "description", "option", "since"],
        [
            (
                ", ".join(f"`{one}`" for one in (name, *variable.also)),
                variable.doc,
                f"[`{variable.option}`](client.md#{anchor(variable.option)})"
                if variable.option in spec.options_at("client")
                else f"`{variable.option}`",
                since(variable.since),
            )
            for name, variable in spec.environment.items()
        ],
    )
    yield "## Variables of hyperhttp"
    yield OURS
    yield table(["variable", "option", "TOML key", "allowed", "default"], _own(spec, ""))


def _own(spec: Spec, path: str) -> Iterator[tuple[str, str, str, str, str]]:
    name = spec.config_field(path).model if path else spec.root_config
    for field_name, field in spec.config[name].fields.items():
        key = f"{path}.{field_name}" if path else field_name
        if field.env:
            allowed = "true, false or none" if field.is_switch else field.allowed
            option = option_link(name, field_name)
            yield (
                f"`{PREFIX}{field.env}`",
                option,
                f"`{key}`",
                allowed,
                f"`{default_text(field)}`",
            )
        if field.model:
            yield from _own(spec, key)
