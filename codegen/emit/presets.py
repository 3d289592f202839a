"""The presets of config models: class methods that return a model with other values."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TypeAlias

from codegen.emit.config_defaults import default_text, literal
from codegen.ir import Spec
from codegen.tables import ConfigModel, Preset, Scalar
from codegen.text import docstring, example_block, indented

Tree: TypeAlias = "dict[str, Tree | Scalar]"


def methods(spec: Spec, name: str) -> Iterator[list[str]]:
    """The class methods of a model."""
    model = spec.config[name]
    for preset_name, preset in model.presets.items():
        yield [
            "@classmethod",
            f"def {preset_name}({', '.join(['cls', *parameters(model, preset)])}) -> Self:",
            *indented(docstring([preset.doc, example_block(preset.example)], 2)),
            f"    return cls({', '.join(_arguments(spec, name, preset))})",
        ]


def parameters(model: ConfigModel, preset: Preset) -> list[str]:
    """The keywords of a preset: the fields that it doesn't set, if it is adjustable."""
    if not preset.adjustable:
        return []
    fields = {n: field for n, field in model.fields.items() if n not in preset.values}
    return ["*", *(f"{n}: {f.parsed.python} = {default_text(f)}" for n, f in fields.items())]


def _arguments(spec: Spec, name: str, preset: Preset) -> list[str]:
    free = [n for n in spec.config[name].fields if preset.adjustable and n not in preset.values]
    return [*_calls(spec, name, _tree(preset)), *(f"{field}={field}" for field in free)]


def _tree(preset: Preset) -> Tree:
    root: Tree = {}
    for path, given in preset.values.items():
        *groups, name = path.split(".")
        at = root
        for group in groups:
            inner = at.setdefault(group, {})
            assert isinstance(inner, dict), f"{path} is below a value"
            at = inner
        at[name] = given.value
    return root


def _calls(spec: Spec, model: str, tree: Mapping[str, Tree | Scalar]) -> Iterator[str]:
    for name, value in tree.items():
        if isinstance(value, dict):
            inner = spec.config[model].fields[name].model
            yield f"{name}={inner}({', '.join(_calls(spec, inner, value))})"
        else:
            yield f"{name}={literal(value)}"
