"""Options: defaults fit, None is explained, groups and references exist, models do not circle."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Final

from codegen.diagnostics import Problem, did_you_mean
from codegen.ir import Spec
from codegen.rules.tables import CONFIG, ERRORS, circles, option_fields
from codegen.tables import Default, OptionField
from codegen.types import NONE, SIGNS, Bounds, Number, Type


def one_model_holds_the_others(spec: Spec) -> Iterator[Problem]:
    """Exactly one model is the whole configuration; models do not hold each other in a circle."""
    held = {field.model for _, field in option_fields(spec)}
    roots = [
        name
        for name, model in spec.config.items()
        if name not in held and any(field.model for field in model.fields.values())
    ]
    if len(roots) != 1:
        found = ", ".join(roots) or "none"
        yield Problem(CONFIG, "", f"exactly one table must hold the others; found {found}")
    edges = {n: [f.model for f in m.fields.values() if f.model] for n, m in spec.config.items()}
    for circle in circles(edges):
        yield Problem(CONFIG, circle[0], f"the models hold each other: {' -> '.join(circle)}")


def models_come_before_their_holders(spec: Spec) -> Iterator[Problem]:
    """A model is declared above the table that holds it, as Python needs it."""
    order = list(spec.config)
    for name, model in spec.config.items():
        for field_name, field in model.fields.items():
            if field.model and order.index(field.model) > order.index(name):
                table = f"{name}.fields.{field_name}"
                yield Problem(CONFIG, table, f"type: [{field.model}] must be above [{name}]")


def defaults_fit(spec: Spec) -> Iterator[Problem]:
    """Check that a default has the type of its field and is within its bounds."""
    for table, field in option_fields(spec):
        if field.model:
            yield from _model_default_problems(table, field)
            continue
        if field.default is None:
            yield Problem(CONFIG, table, 'the key "default" is missing ("none" means None)')
        elif problem := _misfit(field.parsed, field.default, field.limits):
            yield Problem(CONFIG, table, f"default: {problem}")
        if field.bounds.given and not any(word.bounds for word in field.parsed.words):
            yield Problem(CONFIG, table, f'bounds: "{field.type}" is not a number')
    for name, error in spec.errors.items():
        for fact_name, fact in error.fields.items():
            if fact.default is not None and (problem := _misfit(fact.parsed, fact.default, {})):
                yield Problem(ERRORS, f"{name}.fields.{fact_name}", f"default: {problem}")


def _model_default_problems(table: str, field: OptionField) -> Iterator[Problem]:
    """A model is its own default; where it may be left out, it is left out."""
    if field.is_switch and field.default != NONE:
        text = 'default: a field that may hold a model is "none" by default'
        yield Problem(CONFIG, table, text)
    if not field.is_switch and field.default is not None:
        yield Problem(CONFIG, table, "default: a field that is a model takes its default from it")


def switches_are_held_once(spec: Spec) -> Iterator[Problem]:
    """Check that an optional model belongs to a single field, so that True has a single meaning."""
    holders: dict[str, str] = {}
    for table, field in option_fields(spec):
        if not field.model:
            continue
        if field.model in holders and field.model in spec.switches():
            text = f"type: [{field.model}] is held by [{holders[field.model]}] already"
            yield Problem(CONFIG, table, text)
        holders.setdefault(field.model, table)


def sets_have_one_type(spec: Spec) -> Iterator[Problem]:
    """A set of words is the whole type of a field of a config model, and of nothing else."""
    for table, field in option_fields(spec):
        if field.parsed.is_set and (len(field.parsed.atoms) > 1 or field.parsed.optional):
            yield Problem(CONFIG, table, "type: a set has no alternatives; an empty one is none")


def none_is_explained(spec: Spec) -> Iterator[Problem]:
    """Where None is allowed its meaning is written down, and nowhere else."""
    for table, field in option_fields(spec):
        if field.parsed.optional and not field.none:
            yield Problem(CONFIG, table, 'the key "none" is missing: describe the meaning of None')
        if field.none and not field.parsed.optional:
            yield Problem(
                CONFIG, table, f'none: "{field.type}" does not allow None; end the type with "?"'
            )


def positional_groups_exist(spec: Spec) -> Iterator[Problem]:
    """`positional` names a group that some fields belong to; a group is named by its model."""
    for name, model in spec.config.items():
        groups = {field.group for field in model.fields.values()} - {""}
        if model.positional and model.positional not in groups:
            hint = did_you_mean(model.positional, groups)
            yield Problem(
                CONFIG, name, f'positional: no field is in the group "{model.positional}".{hint}'
            )
        for group in sorted(groups - {model.positional}):
            yield Problem(
                CONFIG, name, f'group: "{group}" is not the positional group of this table'
            )


def references_exist(spec: Spec) -> Iterator[Problem]:
    """`error` names an error, `see` names an option or a field."""
    fields = {name for model in spec.config.values() for name in model.fields}
    known = fields | set(spec.calls.options)
    for table, field in option_fields(spec):
        if field.error and field.error not in spec.errors:
            hint = did_you_mean(field.error, spec.errors)
            yield Problem(CONFIG, table, f'error: "{field.error}" is not an error.{hint}')
        for name in _named_errors(field):
            if name not in spec.errors:
                hint = did_you_mean(name, spec.errors)
                yield Problem(CONFIG, table, f'default: "{name}" is not an error.{hint}')
        for name in field.see:
            if name not in known:
                yield Problem(
                    CONFIG, table, f'see: "{name}" is not an option.{did_you_mean(name, known)}'
                )


def _named_errors(field: OptionField) -> Iterator[str]:
    """The errors that a default names."""
    if "error" in field.parsed.word_names and isinstance(field.default, tuple):
        yield from (name for name in field.default if isinstance(name, str))


def companions_exist(spec: Spec) -> Iterator[Problem]:
    """`needs` and `excludes` name other fields of the same table; both are about plain values."""
    for name, model in spec.config.items():
        plain = {n for n, field in model.fields.items() if not field.model}
        for field_name, field in model.fields.items():
            table = f"{name}.fields.{field_name}"
            for key, others in (("needs", field.needs), ("excludes", field.excludes)):
                for other in others:
                    if other not in plain - {field_name}:
                        hint = did_you_mean(other, plain)
                        text = f'{key}: "{other}" is not another option of {name}.{hint}'
                        yield Problem(CONFIG, table, text)
                if others and field.model:
                    yield Problem(CONFIG, table, f"{key}: a field that is a model has none")


def preset_values_fit(spec: Spec) -> Iterator[Problem]:
    """The values of a preset belong to fields, have their types and lie within their bounds."""
    for name, model in spec.config.items():
        for preset_name, preset in model.presets.items():
            for path, given in preset.values.items():
                table = f"{name}.presets.{preset_name}.values.{path}"
                try:
                    field = spec.field_at(name, path)
                except KeyError as error:
                    yield Problem(CONFIG, table, f"{error.args[0]!r} is not a field")
                    continue
                if problem := _misfit(field.parsed, given.value, field.limits):
                    yield Problem(CONFIG, table, f"value: {problem}")


_KINDS: Final[Mapping[str, tuple[type, ...]]] = {
    "float": (float, int),
    "int": (int,),
    "bool": (bool,),
    "str": (str,),
    "Path": (str, PurePath),
    "ErrorName": (str,),
}


def _misfit(kind: Type, default: Default, bounds: Bounds) -> str:
    """Why a default does not fit its type, or nothing."""
    if isinstance(default, tuple) or kind.is_set:
        return _set_misfit(kind, default, bounds)
    if default == NONE and kind.optional:
        return ""
    if isinstance(default, str) and default in kind.literals:
        return ""
    if not any(_is_of(default, word.python) for word in kind.words):
        return f"{default!r} is not {kind.allowed(bounds)}"
    if isinstance(default, (bool, str)):
        return ""
    if not all(_within(default, sign, limit) for sign, limit in bounds.items()):
        limits = " and ".join(f"{SIGNS[sign]} {limit}" for sign, limit in bounds.items())
        return f"{default} is out of bounds; it must be {limits}"
    return ""


def _set_misfit(kind: Type, default: Default, bounds: Bounds) -> str:
    if not isinstance(default, tuple) or not kind.is_set:
        return f"{default!r} is not {kind.allowed(bounds)}"
    if len(set(default)) < len(default):
        return "something is in it twice"
    item = replace(kind, atoms=tuple(replace(atom, is_set=False) for atom in kind.atoms))
    return next(filter(None, (_misfit(item, each, bounds) for each in default)), "")


def _is_of(value: object, python: str) -> bool:
    if isinstance(value, bool):
        return python == "bool"
    return isinstance(value, _KINDS.get(python, ()))


def _within(value: Number, sign: str, limit: Number) -> bool:
    match sign:
        case "gt":
            return value > limit
        case "ge":
            return value >= limit
        case "lt":
            return value < limit
        case _:
            return value <= limit
