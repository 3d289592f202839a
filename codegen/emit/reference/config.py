"""`docs/reference/config.md`, all configuration options, and `config/<Model>.md`, a page for each."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from codegen.emit import presets
from codegen.emit.config import shown_parameters
from codegen.emit.config_defaults import default_text, literal
from codegen.emit.environment import PREFIX as ENV_PREFIX
from codegen.emit.reference.errors import error_link
from codegen.emit.reference.examples import GRANTED, example
from codegen.emit.reference.markdown import (
    anchor,
    declaration,
    facts,
    page,
    signature,
    since,
    table,
)
from codegen.ir import Spec
from codegen.tables import ConfigModel, OptionField, Preset

SOURCES: Final = ("spec/config.toml",)
INTRO: Final = """The configuration models are frozen dataclasses. You can compare, pickle and serialize them, and
their JSON Schema is [config.schema.json](config.schema.json). Invalid values raise
[ConfigError](errors/ConfigError.md), and unknown names raise [UnknownOption](errors/UnknownOption.md).

To read a configuration from the environment, call `ClientConfig.from_env()`. The variables and their format are
listed in [environment variables](environment.md). To read a TOML file, call `ClientConfig.from_toml(path)`. Its
keys are the options below, and its tables are the models. To compare two configurations, call `config.diff(other)`.

Follow the link of an option for its reason, its limits and an example."""


def emit(spec: Spec) -> str:
    """Return the page of all models."""
    return page("Configuration", SOURCES, _overview(spec))


def emit_pages(spec: Spec) -> dict[str, str]:
    """Return the page of each model, by its path."""
    keys = dict(_keys(spec, spec.root_config, ""))
    return {
        f"docs/reference/config/{name}.md": page(name, SOURCES, _model(spec, name, model, keys))
        for name, model in spec.config.items()
    }


def option_link(model: str, name: str, directory: str = "") -> str:
    """Return a link to an option from a page of the reference, or from one below `directory`."""
    return f"[`{model}.{name}`]({directory}config/{model}.md#{anchor(f'{model}{name}')})"


def option_facts(field: OptionField, directory: str = "") -> list[tuple[str, str]]:
    """Return the properties of an option; some have an empty text."""
    error = error_link(field.error, f"{directory}errors/") if field.error else ""
    return [
        ("type", f"`{field.parsed.python}`"),
        ("unit", field.parsed.unit),
        ("allowed", "" if field.model else field.allowed),
        ("default", f"`{default_text(field)}`"),
        ("reason", field.why),
        ("`None`", field.none),
        ("raises", error),
        ("requires", _names(field.needs)),
        ("excludes", _names(field.excludes)),
        ("see also", _names(field.see)),
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
    """Yield the TOML key of each field of each model."""
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
        # The heading names the model, and a phone has no space for more.
        links = {f: f"[`{f}`](config/{name}.md#{anchor(f'{name}{f}')})" for f in model.fields}
        rows = [_row(links[f], field) for f, field in model.fields.items()]
        yield table(["option", "default", "description"], rows)


def _row(link: str, field: OptionField) -> tuple[str, str, str]:
    return link, f"`{default_text(field)}`", field.doc


def _model(
    spec: Spec, name: str, model: ConfigModel, keys: Mapping[tuple[str, str], str]
) -> Iterator[str]:
    yield model.doc
    yield declaration(signature(name, shown_parameters(model), name))
    yield example(spec, model.example)
    links = {f: f"[`{f}`](#{anchor(f'{name}{f}')})" for f in model.fields}
    rows = [_row(links[f], field) for f, field in model.fields.items()]
    yield table(["option", "default", "description"], rows)
    yield from filter(None, [facts([("since", since(model.since))])])
    yield GRANTED
    for preset_name, preset in model.presets.items():
        yield from _preset(spec, name, preset_name, preset)
    for field_name, field in model.fields.items():
        yield f"## `{name}.{field_name}`"
        yield field.doc
        key = keys.get((name, field_name), "")
        toml = ("TOML key", f"`{key}`" if key else "")
        client = ("client option", _keyword(spec, field))
        yield facts([*option_facts(field, "../"), toml, client, ("since", since(field.since))])
        yield example(spec, field.example)


def _preset(spec: Spec, name: str, preset_name: str, preset: Preset) -> Iterator[str]:
    """Yield the section of a class method that returns the model with other values."""
    yield f"## `{name}.{preset_name}()`"
    yield preset.doc
    parameters = presets.parameters(spec.config[name], preset)
    yield declaration(signature(f"{name}.{preset_name}", parameters, name))
    rows = [
        (f"`{path}`", f"`{literal(given.value)}`", given.why)
        for path, given in preset.values.items()
    ]
    if rows:
        yield table(["option", "value", "reason"], rows)
    yield from filter(None, [facts([("since", since(preset.since))])])
    yield example(spec, preset.example)
