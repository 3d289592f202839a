"""Names: they are Python's, they are unique, and whatever a type names exists."""

from __future__ import annotations

import builtins
import keyword
from collections.abc import Iterator

from codegen.diagnostics import Problem
from codegen.ir import Spec
from codegen.rules.tables import CALLS, CONFIG, ERRORS, RESPONSE, option_fields, unknown_names
from codegen.types import VOCABULARY_ALIASES


def names_are_python(spec: Spec) -> Iterator[Problem]:
    """Whatever becomes a class, a field or a parameter must be a name that Python takes."""
    for file, table, name in _declared(spec):
        if not name.isidentifier() or keyword.iskeyword(name) or name.startswith("_"):
            yield Problem(file, table, f'"{name}" cannot be a name in Python')


def class_names_are_unique(spec: Spec) -> Iterator[Problem]:
    """The models, errors, messages and objects share one namespace, that of the package."""
    seen: dict[str, str] = {}
    declared = (
        (CONFIG, spec.config),
        (ERRORS, spec.errors),
        (CALLS, {n: o for n, o in spec.calls.objects.items() if n not in spec.response}),
        (CALLS, spec.calls.protocols),
        (RESPONSE, spec.response),
    )
    for file, names in declared:
        for name in names:
            if name in seen:
                yield Problem(file, name, f"this name is already declared in {seen[name]}")
            elif hasattr(builtins, name):
                yield Problem(file, name, "this is the name of a builtin")
            seen[name] = file


def env_names_are_unique(spec: Spec) -> Iterator[Problem]:
    """Check that a name in the environment means a single option."""
    seen: dict[str, str] = {}
    for table, field in option_fields(spec):
        if field.env is not None and field.env in seen:
            yield Problem(
                CONFIG, table, f'env: "{field.env}" is already that of [{seen[field.env]}]'
            )
        seen.setdefault(field.env or "", table)


def flags_are_unique(spec: Spec) -> Iterator[Problem]:
    """Check that a command-line option means one option, and that only flags have a negation."""
    seen = {
        f"--{field.env.lower().replace('_', '-')}": table
        for table, field in option_fields(spec)
        if field.env is not None
    }
    for table, field in option_fields(spec):
        if field.env is None and (field.flags or field.no_flags):
            yield Problem(CONFIG, table, "flags: without env there is nothing to read by them")
        if field.no_flags and not (field.is_switch or "flag" in field.parsed.word_names):
            yield Problem(CONFIG, table, f'no_flags: "{field.type}" cannot be switched off')
        for flag in (*field.flags, *field.no_flags):
            if flag in seen:
                yield Problem(CONFIG, table, f'flags: "{flag}" is already that of [{seen[flag]}]')
            seen.setdefault(flag, table)


def type_names_exist(spec: Spec) -> Iterator[Problem]:
    """A Name in a type is a config model (in config.toml) or an object (elsewhere)."""
    for table, field in option_fields(spec):
        yield from unknown_names(CONFIG, table, field.parsed, spec.config, "a table of config.toml")
    objects = spec.calls.objects
    of_errors = {**objects, **dict.fromkeys(VOCABULARY_ALIASES)}
    for name, error in spec.errors.items():
        for fact_name, fact in error.fields.items():
            table = f"{name}.fields.{fact_name}"
            yield from unknown_names(
                ERRORS, table, fact.parsed, of_errors, "an object of calls.toml"
            )
    for name, message in spec.response.items():
        for field_name, message_field in message.fields.items():
            table = f"{name}.fields.{field_name}"
            yield from unknown_names(
                RESPONSE, table, message_field.parsed, objects, "an object of calls.toml"
            )


def _declared(spec: Spec) -> Iterator[tuple[str, str, str]]:
    for name, model in spec.config.items():
        yield CONFIG, name, name
        for field in model.fields:
            yield CONFIG, f"{name}.fields.{field}", field
    for name, error in spec.errors.items():
        yield ERRORS, name, name
        for fact in error.fields:
            yield ERRORS, f"{name}.fields.{fact}", fact
    for name, message in spec.response.items():
        yield RESPONSE, name, name
        for message_field in message.fields:
            yield RESPONSE, f"{name}.fields.{message_field}", message_field
    for group, names in (
        ("objects", spec.calls.objects),
        ("options", spec.calls.options),
        ("calls", spec.calls.calls),
        ("protocols", spec.calls.protocols),
    ):
        for name in names:
            yield CALLS, f"{group}.{name}", name
