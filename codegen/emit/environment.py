"""`hyperhttp/_base/_generated/env_names.py`: the names of the options in the environment.

The names are in the spec, one for each option that has one; `hyperhttp._base.config_sources` reads
the values.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.ir import Spec
from codegen.tables import OptionField
from codegen.text import constants_module, indented
from codegen.types import quoted

PREFIX: Final = "HYPERHTTP_"


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    lines = [
        "ENV_NAMES: Final[Mapping[str, tuple[str, str, tuple[str, ...]]]] = {",
        *indented(_model_entries(spec, spec.root_config, "")),
        "}",
        '"""Names without prefix -> dotted group, field, and the kinds of value it may have."""',
    ]
    doc = "The names of the options in the environment."
    return constants_module("spec/config.toml", doc, ["ENV_NAMES"], lines, "Mapping")


def _model_entries(spec: Spec, model: str, group: str) -> Iterator[str]:
    """The names of a model's options, those of the models in it first."""
    for name, field in spec.config[model].fields.items():
        if field.model:
            yield from _model_entries(spec, field.model, f"{group}.{name}" if group else name)
        yield from _entry(group, name, field)


def _entry(group: str, name: str, field: OptionField) -> list[str]:
    if field.env is None:
        return []
    kinds = ["str" if word.is_closed else word.python for word in field.parsed.words]
    if field.parsed.is_set:
        kinds.insert(0, "set")
    if field.is_switch:
        kinds.insert(0, "switch")
    kinds += [*field.parsed.literals, *(["none"] if field.parsed.optional else [])]
    listed = ", ".join(map(quoted, kinds)) + ("," if len(kinds) == 1 else "")
    return [f"{quoted(field.env)}: ({quoted(group)}, {quoted(name)}, ({listed})),"]
