"""`docs/reference/config.md`: every option that is data, with unit, default and why, and bounds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Final

from codegen.emit.config import default_text, init_parameters
from codegen.emit.environment import PREFIX as ENV_PREFIX
from codegen.emit.reference.markdown import anchor, code, facts, page, signature
from codegen.ir import ConfigModel, OptionField, Spec

INTRO: Final = """The models are frozen and know no other names than these; they compare, pickle and serialise, and
their JSON Schema is [config.schema.json](config.schema.json). What does not fit raises
[ConfigError](errors.md#configerror), which names the option, what was given and what is allowed.

`ClientConfig.from_env()` reads the names given under *environment*: numbers as they are, `true` or
`false` for flags, `none` for None, sets with commas between. A model that may be left out is there as
soon as one of its fields is named, or when its own name says `true`. A name with the prefix that is not
known is a ConfigError too. `ClientConfig.from_toml(path)` reads a file whose keys are the fields below
and whose tables are the models; `config.diff(other)` says where two differ."""


def emit(spec: Spec) -> str:
    """The page."""
    return page("Configuration", ["spec/config.toml"], _blocks(spec))


def option_facts(field: OptionField) -> list[tuple[str, str]]:
    """The facts of one option; those without a text are for the list to leave out."""
    error = f"[{field.error}](errors.md#{anchor(field.error)})" if field.error else ""
    return [
        ("type", f"`{field.parsed.python}`"),
        ("unit", field.parsed.unit),
        ("allowed", "" if field.model else field.allowed),
        ("default", f"`{default_text(field)}`. {field.why}"),
        ("None", field.none),
        ("raises", error),
        ("only together with", _names(field.needs)),
        ("not together with", _names(field.excludes)),
        ("see", _names(field.see)),
        ("environment", f"`{ENV_PREFIX}{field.env}`" if field.env else ""),
    ]


def _names(fields: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in fields)


def _keyword(spec: Spec, field: OptionField) -> str:
    for option, declared in spec.calls.options.items():
        if any(spec.config_field(path) is field for path in declared.config_paths):
            return f"[`{option}`](client.md#{anchor(option)})"
    return ""


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    for name, model in spec.config.items():
        yield from _model(spec, name, model)


def _model(spec: Spec, name: str, model: ConfigModel) -> Iterator[str]:
    yield f"## {name}"
    yield model.doc
    yield code(signature(name, init_parameters(model), name))
    yield facts([("since", model.since)])
    yield code(model.example)
    for field_name, field in model.fields.items():
        yield f"### `{name}.{field_name}`"
        yield field.doc
        client = ("in the client", _keyword(spec, field))
        yield facts([*option_facts(field), client, ("since", field.since)])
        yield code(field.example)
