"""`docs/reference/config.md`, all options that are data, and `config/<Model>.md`, a page a model."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from codegen.emit import presets
from codegen.emit.config import init_parameters
from codegen.emit.config_defaults import default_text, literal
from codegen.emit.environment import PREFIX as ENV_PREFIX
from codegen.emit.reference.errors import error_link
from codegen.emit.reference.examples import GRANTED, example
from codegen.emit.reference.markdown import anchor, declaration, facts, page, signature, table
from codegen.ir import Spec
from codegen.tables import ConfigModel, OptionField, Preset

SOURCES: Final = ("spec/config.toml",)
INTRO: Final = """The models are frozen and know no other names than these; they compare, pickle and serialise, and
their JSON Schema is [config.schema.json](config.schema.json). What does not fit raises
[ConfigError](errors/ConfigError.md), which names the option, what was given and what is allowed.

`ClientConfig.from_env()` reads the names given under *environment*: numbers as they are, `true` or
`false` for flags, `none` for None, sets with commas between. A model that may be left out is there as
soon as one of its fields is named, or when its own name says `true`. A name with the prefix that is not
known is a ConfigError too. `ClientConfig.from_toml(path)` reads a file whose keys are the fields below
and whose tables are the models; `config.diff(other)` says where two differ. All variables are listed in
[environment variables](environment.md)."""


def emit(spec: Spec) -> str:
    """The page of all models."""
    return page("Configuration", SOURCES, _overview(spec))


def emit_pages(spec: Spec) -> dict[str, str]:
    """The page of each model, by its path."""
    keys = dict(_keys(spec, spec.root_config, ""))
    return {
        f"docs/reference/config/{name}.md": page(name, SOURCES, _model(spec, name, model, keys))
        for name, model in spec.config.items()
    }


def option_link(model: str, name: str, folder: str = "") -> str:
    """A link to an option, from a page of the reference; `folder` leads back to it from below."""
    return f"[`{model}.{name}`]({folder}config/{model}.md#{anchor(f'{model}{name}')})"


def option_facts(field: OptionField, folder: str = "") -> list[tuple[str, str]]:
    """The facts of one option; those without a text are for the list to leave out."""
    error = error_link(field.error, f"{folder}errors/") if field.error else ""
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
            return f"[`{option}`](../client.md#{anchor(option)})"
    return ""


def _keys(spec: Spec, model: str, group: str) -> Iterator[tuple[tuple[str, str], str]]:
    """Where each field of each model stands in a TOML file."""
    for name, field in spec.config[model].fields.items():
        key = f"{group}.{name}" if group else name
        yield (model, name), key
        if field.model:
            yield from _keys(spec, field.model, key)


def _overview(spec: Spec) -> Iterator[str]:
    yield INTRO
    for name, model in spec.config.items():
        yield f"## {name}"
        yield f"{model.doc} See [{name}](config/{name}.md)."
        rows = [
            (option_link(name, field_name), f"`{default_text(field)}`", field.doc)
            for field_name, field in model.fields.items()
        ]
        yield table(["option", "default", "what it is"], rows)


def _model(
    spec: Spec, name: str, model: ConfigModel, keys: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    yield model.doc
    yield declaration(signature(name, init_parameters(model), name))
    yield facts([("since", model.since)])
    yield example(spec, model.example)
    yield GRANTED
    for preset_name, preset in model.presets.items():
        yield from _preset(spec, name, preset_name, preset)
    for field_name, field in model.fields.items():
        yield f"## `{name}.{field_name}`"
        yield field.doc
        key = keys.get((name, field_name), "")
        toml = ("TOML key", f"`{key}`" if key else "")
        client = ("in the client", _keyword(spec, field))
        yield facts([*option_facts(field, "../"), toml, client, ("since", field.since)])
        yield example(spec, field.example)


def _preset(spec: Spec, name: str, preset_name: str, preset: Preset) -> Iterator[str]:
    """A class method that returns the model with other values: each with its reason."""
    yield f"## `{name}.{preset_name}()`"
    yield preset.doc
    parameters = presets.parameters(spec.config[name], preset)
    yield declaration(signature(f"{name}.{preset_name}", parameters, name))
    rows = [
        (f"`{path}`", f"`{literal(given.value)}`", given.why)
        for path, given in preset.values.items()
    ]
    if rows:
        yield table(["option", "value", "why"], rows)
    yield facts([("since", preset.since)])
    yield example(spec, preset.example)
