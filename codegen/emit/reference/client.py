"""`docs/reference/client.md`: the options of the client, the verbs, and the client's other members."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.reference.config import option_facts
from codegen.emit.reference.markdown import (
    anchor,
    class_doc,
    code,
    facts,
    members,
    page,
    signature,
    table,
)
from codegen.emit.signatures import (
    METHOD_DOC,
    URL_DOC,
    WAYS,
    body_rule,
    call_options,
    client_parameters,
    option_allowed,
    option_python,
    overloads,
    parameters,
)
from codegen.ir import Call, CallOption, Spec
from codegen.surface import Surface

SOURCES: Final = ("spec/calls.toml", "spec/config.toml", "the docstrings in hyperhttp/client.py")
NAME: Final = "Client"
TYPED_DICTS: Final = """`ClientOptions` and `RequestOptions` are the same options as TypedDicts, for wrappers:
`async def fetch(url: str, **options: Unpack[RequestOptions])`. `UNSET` stands for "not given"."""


def emit(spec: Spec, surface: Surface) -> str:
    """The page."""
    return page("Client", SOURCES, _blocks(spec, surface))


def _blocks(spec: Spec, surface: Surface) -> Iterator[str]:
    yield from filter(None, [class_doc(surface, NAME)])
    yield "## Options of the client"
    yield code(signature(NAME, client_parameters(spec)[1:], NAME))
    for name, option in spec.options_at("client").items():
        yield from _option(spec, name, option)
    yield "## Options of a request"
    yield "Every verb takes these; what is not given is as the client has it."
    yield table(["option", "type", "what it is"], _rows(spec, spec.options_at("request")))
    yield "## Bodies"
    yield f"{body_rule(spec)}; all else is a type error and a ConfigError."
    yield table(["option", "type", "what it is"], _rows(spec, spec.options_at("body")))
    yield "The verbs that send a body take this too:"
    yield table(["option", "type", "what it is"], _rows(spec, spec.options_at("upload")))
    yield TYPED_DICTS
    yield "## Verbs"
    for name, call in spec.calls.calls.items():
        yield from _call(spec, name, call)
    yield "## Everything else"
    yield from members(surface, NAME, NAME)


def _option(spec: Spec, name: str, option: CallOption) -> Iterator[str]:
    yield f"### {name}"
    yield " ".join(filter(None, [spec.option_doc(option), option.merge]))
    if not option.config:
        yield facts([*_own_facts(spec, option), ("since", option.since)])
        yield code(f"{NAME}({option.example})")
        return
    field = spec.config_field(option.config)
    listed = option_facts(field)
    if option.type:
        listed = [
            *_own_facts(spec, option),
            *(f for f in listed if f[0] not in {"type", "allowed"}),
        ]
    yield facts([*listed, ("in the configuration", _place(spec, option)), ("since", option.since)])
    yield code(field.example)


def _own_facts(spec: Spec, option: CallOption) -> list[tuple[str, str]]:
    allowed = option_allowed(spec, option) if spec.option_type(option).names else ""
    return [("type", f"`{option_python(spec, option)}`"), ("allowed", allowed)]


def _place(spec: Spec, option: CallOption) -> str:
    owner, _, name = option.config.rpartition(".")
    root = spec.root_config
    model = spec.config[root].fields[owner].model if owner else root
    return f"[`{model}.{name}`](config.md#{anchor(f'{model}{name}')})"


def _rows(spec: Spec, options: dict[str, CallOption]) -> Iterator[tuple[str, str, str]]:
    for name, option in options.items():
        doc = " ".join(filter(None, [spec.option_doc(option), option.merge]))
        yield f"`{name}`", f"`{option_python(spec, option)}`", doc


def _call(spec: Spec, name: str, call: Call) -> Iterator[str]:
    way = WAYS[call.via]
    prefix = "async " if way.is_async else ""
    taken = [*overloads(spec, call)] if call.body == "optional" else [parameters(spec, call)]
    yield f"### `{NAME}.{name}`"
    yield call.doc
    yield code("\n".join(signature(prefix + name, each[1:], way.returns) for each in taken))
    arguments = [] if call.method else [("`method`", METHOD_DOC)]
    arguments.append(("`url`", URL_DOC))
    yield facts(
        [
            *arguments,
            ("options", ", ".join(f"`{option}`" for option in call_options(spec, call))),
            ("returns", way.result),
            ("raises", way.raises),
            ("safe", _yes(call.safe) if call.method else ""),
            ("idempotent", _yes(call.idempotent) if call.method else ""),
            ("since", call.since),
        ]
    )
    yield code(call.example)


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
