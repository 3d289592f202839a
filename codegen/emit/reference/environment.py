"""`docs/reference/environment.md`: every variable of the environment that is read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.config_defaults import default_text
from codegen.emit.environment import PREFIX
from codegen.emit.reference.config import option_link
from codegen.emit.reference.markdown import anchor, page, table
from codegen.ir import Spec

SOURCES: Final = ("spec/config.toml", "spec/environment.toml")
SHARED: Final = """These are read by every client with `trust_env=True`, which is the default, but for NETRC, which
`NetRCAuth` reads. An option that is given to the client comes before them."""
OURS: Final = """These are read by [`ClientConfig.from_env()`](config/ClientConfig.md) and by nothing else: a program that
does not call it is not changed by them. Numbers stand as they are; `true`, `yes`, `on` and `1` are True,
`false`, `no`, `off` and `0` are False; `none` is None where None is allowed; sets have commas between. A name
with this prefix that is not in the table is an [UnknownOption](errors/UnknownOption.md) error with the nearest
one that is, a value that does not fit a [ConfigError](errors/ConfigError.md) that names the variable."""


def emit(spec: Spec) -> str:
    """The page."""
    return page("Environment variables", SOURCES, _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield "## Those that other programs know too"
    yield SHARED
    yield table(
        ["variable", "what it says", "option", "since"],
        [
            (
                ", ".join(f"`{one}`" for one in (name, *variable.also)),
                variable.doc,
                f"[`{variable.option}`](client.md#{anchor(variable.option)})"
                if variable.option in spec.options_at("client")
                else f"`{variable.option}`",
                variable.since,
            )
            for name, variable in spec.environment.items()
        ],
    )
    yield "## Those of hyperhttp"
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
