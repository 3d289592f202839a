"""`docs/reference/calls.md`: the calls of the client, their options and bodies."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.constants import Method
from codegen.emit.reference.client import NAME, option_example
from codegen.emit.reference.examples import GRANTED, example
from codegen.emit.reference.markdown import declaration, facts, page, signature, since, table
from codegen.emit.signatures import (
    WAYS,
    argument_docs,
    body_rule,
    call_options,
    option_python,
    shown_parameters,
)
from codegen.ir import Spec
from codegen.tables import Call, CallOption

SOURCES: Final = ("spec/calls.toml", "spec/config.toml")
TYPED_DICTS: Final = """For wrappers, the options are also available as TypedDicts: `ClientOptions` and `RequestOptions`. `JSONOptions`, `DataOptions`,
`FilesOptions` and `ContentOptions` add a body. For example: `async def fetch(url: str, **options: Unpack[RequestOptions])`.

Options that you don't pass are `INHERIT`: the client's setting applies. `INHERIT` is another name of `UNSET`, and its type is `Inherit`."""


def emit(spec: Spec) -> str:
    """Return the page."""
    return page("Calls", SOURCES, _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield GRANTED
    yield "## Options of a request"
    yield "All verbs have these options. Options that you don't pass default to the client's setting."
    yield table(["option", "type", "description"], _rows(spec, spec.options_at("request")))
    yield "## Bodies"
    yield f"{body_rule(spec)}. Other combinations are type errors and raise ConfigError."
    yield table(["option", "type", "description", "example"], _bodies(spec))
    yield "The verbs with a body also have this option:"
    yield table(["option", "type", "description"], _rows(spec, spec.options_at("upload")))
    yield TYPED_DICTS
    yield "## Verbs"
    for name, call in spec.calls.calls.items():
        yield from _call(spec, name, call)
    yield "## Protocols"
    yield "Annotate the parameters of your functions with these protocols, so that tests can pass a fake with the same methods."
    for name, protocol in spec.calls.protocols.items():
        methods = [*protocol.methods, *protocol.calls]
        yield f"### `{name}`"
        yield protocol.doc
        rows = [("methods", ", ".join(f"`{method}`" for method in methods))]
        yield facts([*rows, ("since", since(protocol.since))])
        yield example(spec, protocol.example)


def _rows(spec: Spec, options: dict[str, CallOption]) -> Iterator[tuple[str, str, str]]:
    for name, option in options.items():
        doc = " ".join(filter(None, [spec.option_doc(option), option.merge]))
        yield f"`{name}`", f"`{option_python(spec, option)}`", doc


def _bodies(spec: Spec) -> Iterator[tuple[str, str, str, str]]:
    options = spec.options_at("body")
    for row, (name, option) in zip(_rows(spec, options), options.items(), strict=True):
        yield *row, f"`{option_example(name, option).removeprefix(f'{NAME}(').removesuffix(')')}`"


def _call(spec: Spec, name: str, call: Call) -> Iterator[str]:
    way = WAYS[call.via]
    prefix = "async " if way.is_async else ""
    yield f"### `{NAME}.{name}`"
    yield call.doc
    yield declaration(signature(prefix + name, shown_parameters(spec, call), way.returns))
    yield facts(
        [
            *((f"`{argument}`", doc) for argument, doc in argument_docs(call)),
            ("options", ", ".join(f"`{option}`" for option in call_options(spec, call))),
            ("returns", way.result),
            ("raises", way.raises),
            *_method_facts(spec, call),
            ("since", since(call.since)),
        ]
    )
    yield example(spec, call.example)


def _method_facts(spec: Spec, call: Call) -> Iterator[tuple[str, str]]:
    if call.method:
        method = spec.vocabulary.methods.get(call.method, Method())
        yield "safe", _yes(method.safe)
        yield "idempotent", _yes(method.idempotent)


def _yes(flag: bool) -> str:
    return "yes" if flag else "no"
