"""Response fields are whole, and the options of calls have a type, a doc and a place."""

from __future__ import annotations

from collections.abc import Iterator

from codegen.diagnostics import Problem, did_you_mean
from codegen.ir import Spec
from codegen.rules.tables import CALLS, RESPONSE, unknown_names
from codegen.tables import CallOption


def message_fields_are_whole(spec: Spec) -> Iterator[Problem]:
    """A derived field has a range of statuses, a parsed one a header and may be None."""
    for name, message in spec.response.items():
        for field_name, field in message.fields.items():
            table = f"{name}.fields.{field_name}"
            if (field.kind == "derived") != (field.status is not None):
                yield Problem(
                    RESPONSE, table, 'status: a range, for fields of kind "derived" and no others'
                )
            if (field.kind == "parsed") != bool(field.header):
                yield Problem(
                    RESPONSE, table, 'header: a name, for fields of kind "parsed" and no others'
                )
            if field.kind == "parsed" and not (field.parsed.optional or field.empty):
                yield Problem(
                    RESPONSE,
                    table,
                    'type: a parsed field can be None; end the type with "?", or declare with '
                    '"empty" the value without a header',
                )
            if field.empty and (field.kind != "parsed" or field.parsed.optional):
                yield Problem(
                    RESPONSE, table, "empty: for parsed fields that are never None, and no others"
                )
            if field.kind == "parsed" and not field.vectors:
                yield Problem(
                    RESPONSE, table, 'the key "vectors" is missing: show what is parsed to what'
                )
            if field.status is not None and field.status[0] > field.status[1]:
                yield Problem(RESPONSE, table, f"status: {list(field.status)} is empty")
            if field.kind == "derived" and "status_code" not in message.fields:
                yield Problem(RESPONSE, table, "status: this table has no status_code")


def options_are_whole(spec: Spec) -> Iterator[Problem]:
    """An option has a type and a doc, or a config field to take them from."""
    for name, option in spec.calls.options.items():
        table = f"options.{name}"
        if option.config:
            yield from _config_path_problems(spec, table, option.config)
        else:
            for key, value in (("type", option.type), ("doc", option.doc)):
                if not value:
                    yield Problem(
                        CALLS, table, f'the key "{key}" is missing, and there is no "config"'
                    )
        if option.parts:
            yield from _part_problems(spec, table, option)
        for level in ("upload", "body", "download", "pages"):
            # A client may set the default of what a request with a body takes.
            others = {*option.level} - {level, "client" if level == "upload" else level}
            if level in option.level and others:
                yield Problem(CALLS, table, f'level: "{level}" can\'t be combined')
        if option.attribute is not None and not {"request", "upload"} & set(option.level):
            yield Problem(CALLS, table, "attribute: only for options of one request")
        yield from _beside_problems(spec, table, option)
        if option.live is not None and option.live.object not in spec.calls.objects:
            hint = did_you_mean(option.live.object, spec.calls.objects)
            yield Problem(CALLS, table, f'live: "{option.live.object}" is not an object.{hint}')


def option_types_exist(spec: Spec) -> Iterator[Problem]:
    """The Name in an option's type is an object or a config model."""
    known = {**spec.calls.objects, **spec.config}
    for name, option in spec.calls.options.items():
        what = "an object, nor a config model"
        yield from unknown_names(CALLS, f"options.{name}", spec.option_type(option), known, what)
        if option.attribute is not None:
            table, kind = f"options.{name}.attribute", option.attribute.parsed
            yield from unknown_names(CALLS, table, kind, known, what)


def calls_are_unlike_options(spec: Spec) -> Iterator[Problem]:
    """No option has the name of a parameter that a call has anyway."""
    for name in ("self", "method", "url", "path", "into", "config"):
        if name in spec.calls.options:
            yield Problem(CALLS, f"options.{name}", "every call has a parameter of this name")


def protocols_are_of_the_client(spec: Spec) -> Iterator[Problem]:
    """A protocol has calls that exist, and methods that take and return objects that exist."""
    known, objects = spec.calls.calls, spec.calls.objects
    for name, protocol in spec.calls.protocols.items():
        table = f"protocols.{name}"
        if not protocol.calls and not protocol.methods:
            yield Problem(CALLS, table, "a protocol without calls and methods is of no use")
        for call in protocol.calls:
            if call not in known:
                hint = did_you_mean(call, known)
                yield Problem(CALLS, table, f'calls: "{call}" is not a call.{hint}')
        for method in protocol.methods.values():
            for kind in (method.takes, method.returns):
                if kind not in objects:
                    hint = did_you_mean(kind, objects)
                    yield Problem(CALLS, table, f'methods: "{kind}" is not an object.{hint}')


def _beside_problems(spec: Spec, table: str, option: CallOption) -> Iterator[Problem]:
    """Check that only bodies are combined with bodies, and that each has a TypedDict."""
    if ("body" in option.level) != bool(option.typed_dict):
        yield Problem(CALLS, table, 'typed_dict: a name, for options of level "body" and no others')
    bodies = [name for name, body in spec.options_at("body").items() if body is not option]
    if option.beside and "body" not in option.level:
        yield Problem(CALLS, table, 'beside: only for options of level "body"')
    for name in option.beside:
        if name not in bodies:
            hint = did_you_mean(name, bodies)
            yield Problem(CALLS, table, f'beside: "{name}" is not another body.{hint}')


def _part_problems(spec: Spec, table: str, option: CallOption) -> Iterator[Problem]:
    """The parts are `config` and optional fields beside it."""
    group, _, first = option.config.rpartition(".")
    if not first or option.parts[0] != first:
        yield Problem(CALLS, table, f'parts: the first part is the field of "config", "{first}"')
        return
    root = spec.config[spec.root_config]
    beside = spec.config[root.fields[group].model].fields if group else root.fields
    for name in option.parts:
        if name not in beside:
            hint = did_you_mean(name, beside)
            yield Problem(CALLS, table, f'parts: "{name}" is not a field beside "{first}".{hint}')
        elif not beside[name].parsed.optional:
            yield Problem(CALLS, table, f'parts: "{name}" may be left out, so None must be allowed')


def _config_path_problems(spec: Spec, table: str, path: str) -> Iterator[Problem]:
    model_name = spec.root_config
    for step in path.split("."):
        fields = spec.config[model_name].fields if model_name else {}
        if step not in fields:
            hint = did_you_mean(step, fields)
            yield Problem(
                CALLS, table, f'config: "{step}" is not a field of {model_name or path}.{hint}'
            )
            return
        model_name = fields[step].model
