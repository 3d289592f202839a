"""`docs/reference/calls.md`: the calls of the client, their options, and the bodies they take."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.constants import Method
from codegen.emit.reference.client import NAME, option_example
from codegen.emit.reference.examples import GRANTED, example
from codegen.emit.reference.markdown import declaration, facts, page, signature, table
from codegen.emit.signatures import (
    WAYS,
    argument_docs,
    body_rule,
    call_options,
    option_python,
    overloads,
    parameters,
)
from codegen.ir import Spec
from codegen.tables import Call, CallOption

SOURCES: Final = ("spec/calls.toml", "spec/config.toml")
TYPED_DICTS: Final = """`ClientOptions` and `RequestOptions` are the same options as TypedDicts, for wrappers; `JSONOptions`, `DataOptions`,
`FilesOptions` and `ContentOptions` have a body besides:
`async def fetch(url: str, **options: Unpack[RequestOptions])`. `INHERIT` stands for "not
given": the setting of the client applies. It is `UNSET` under another name; overloads annotate it as `Inherit`."""


def emit(spec: Spec) -> str:
    """The page."""
    return page("Calls", SOURCES, _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield GRANTED
    yield "## Options of a request"
    yield "Every verb takes these; what is not given is as the client has it."
    yield table(["option", "type", "what it is"], _rows(spec, spec.options_at("request")))
    yield "## Bodies"
    yield f"{body_rule(spec)}; all else is a type error and a ConfigError."
    yield table(["option", "type", "what it is", "example"], _bodies(spec))
    yield "The verbs that send a body take this too:"
    yield table(["option", "type", "what it is"], _rows(spec, spec.options_at("upload")))
    yield TYPED_DICTS
    yield "## Verbs"
    for name, call in spec.calls.calls.items():
        yield from _call(spec, name, call)
    yield "## Protocols"
    yield "Annotate your functions with one of these, and a test can pass a fake with these methods."
    for name, protocol in spec.calls.protocols.items():
        methods = [*protocol.methods, *protocol.calls]
        yield f"### `{name}`"
        yield protocol.doc
        rows = [("methods", ", ".join(f"`{method}`" for method in methods))]
        yield facts([*rows, ("since", protocol.since)])
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
    taken = (
        [*overloads(spec, call, "Unset")] if call.body == "optional" else [parameters(spec, call)]
    )
    yield f"### `{NAME}.{name}`"
    yield call.doc
    yield declaration("\n".join(signature(prefix + name, each[1:], way.returns) for each in taken))
    yield facts(
        [
            *((f"`{argument}`", doc) for argument, doc in argument_docs(call)),
            ("options", ", ".join(f"`{option}`" for option in call_options(spec, call))),
            ("returns", way.result),
            ("raises", way.raises),
            *_method_facts(spec, call),
            ("since", call.since),
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
