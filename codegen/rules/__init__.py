"""Rules between the tables of a spec; each rule yields the problems that it finds."""

from __future__ import annotations

from typing import Final

from codegen.diagnostics import Problem
from codegen.ir import Spec
from codegen.rules import (
    addresses,
    bounds,
    calls,
    config,
    environment,
    errors,
    events,
    headers,
    names,
    peers,
)
from codegen.rules.tables import Rule

__all__ = ["check"]


def check(spec: Spec) -> list[Problem]:
    """Every problem of the spec, in a stable order; later rules rely on the earlier ones."""
    for stage in STAGES:
        problems = [problem for rule in stage for problem in rule(spec)]
        if problems:
            return problems
    return []


STAGES: Final[tuple[tuple[Rule, ...], ...]] = (
    (
        names.names_are_python,
        names.class_names_are_unique,
        names.env_names_are_unique,
        names.flags_are_unique,
        headers.names_are_tokens,
        headers.names_are_unique,
        headers.kinds_are_used,
        addresses.keys_are_networks,
        bounds.names_end_with_their_unit,
        bounds.values_are_positive,
        events.attributes_are_whole,
        events.names_are_unique,
        events.records_are_known,
        names.type_names_exist,
        errors.bases_exist,
    ),
    (errors.bases_do_not_circle, config.one_model_holds_the_others),
    (
        config.models_come_before_their_holders,
        config.defaults_fit,
        config.switches_are_held_once,
        config.sets_have_one_type,
        config.none_is_explained,
        config.positional_groups_exist,
        config.references_exist,
        config.companions_exist,
        config.preset_values_fit,
        errors.one_error_is_the_root,
        calls.message_fields_are_whole,
        calls.options_are_whole,
        calls.calls_are_unlike_options,
        calls.protocols_are_of_the_client,
    ),
    (
        errors.bases_have_one_order,
        errors.facts_fit,
        errors.messages_name_facts,
        errors.context_names_facts,
        errors.maps_name_exceptions,
        errors.retryable_depends_on_facts,
        errors.scenarios_raise_their_error,
        environment.options_exist,
        peers.names_are_explained,
        peers.names_are_foreign,
        calls.option_types_exist,
    ),
)
