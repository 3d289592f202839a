"""`docs/reference/client.md`: the options of the client, and its members except the calls."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.emit.reference.config import option_facts, option_link
from codegen.emit.reference.examples import GRANTED, example
from codegen.emit.reference.markdown import (
    anchor,
    class_doc,
    declaration,
    facts,
    members,
    page,
    signature,
    since,
    table,
)
from codegen.emit.signatures import (
    option_allowed,
    option_default,
    option_python,
    shown_client_parameters,
)
from codegen.ir import Spec
from codegen.surface import Surface
from codegen.tables import CallOption

SOURCES: Final = ("spec/calls.toml", "spec/config.toml", "the docstrings in hyperhttp/client.py")
NAME: Final = "Client"


def emit(spec: Spec, surface: Surface) -> str:
    """Return the page."""
    return page("Client", SOURCES, _blocks(spec, surface))


def _blocks(spec: Spec, surface: Surface) -> Iterator[str]:
    yield from filter(None, [class_doc(surface, NAME)])
    yield GRANTED
    options = spec.options_at("client")
    yield "## Options"
    yield declaration(signature(NAME, shown_client_parameters(spec), NAME))
    rows = [(f"[`{n}`](#{anchor(n)})", *_summary(spec, option)) for n, option in options.items()]
    yield table(["option", "default", "description"], rows)
    for name, option in options.items():
        yield from _option(spec, name, option)
    yield "## Methods and attributes"
    yield "For the methods that send requests, see [calls](calls.md)."
    yield from members(surface, NAME, NAME)


def _summary(spec: Spec, option: CallOption) -> tuple[str, str]:
    return f"`{option_default(spec, option)}`", spec.option_doc(option)


def _option(spec: Spec, name: str, option: CallOption) -> Iterator[str]:
    yield f"### {name}"
    yield " ".join(filter(None, [spec.option_doc(option), option.merge]))
    if not option.config:
        yield facts([*_own_facts(spec, option), ("since", since(option.since))])
        yield example(spec, option_example(name, option))
        return
    field = spec.config_field(option.config)
    listed = option_facts(field)
    if option.type:
        listed = [
            *_own_facts(spec, option),
            *(f for f in listed if f[0] not in {"type", "allowed"}),
        ]
    place = ("configuration", _place(spec, option))
    yield facts([*listed, place, ("since", since(option.since))])
    yield example(spec, field.example)


def option_example(name: str, option: CallOption) -> str:
    """Return a client with the option; longer examples are returned unchanged."""
    is_option = option.example.startswith(f"{name}=")
    return f"{NAME}({option.example})" if is_option else option.example


def _own_facts(spec: Spec, option: CallOption) -> list[tuple[str, str]]:
    allowed = option_allowed(spec, option) if spec.option_type(option).names else ""
    return [("type", f"`{option_python(spec, option)}`"), ("allowed", allowed)]


def _place(spec: Spec, option: CallOption) -> str:
    owner, _, name = option.config.rpartition(".")
    root = spec.root_config
    model = spec.config[root].fields[owner].model if owner else root
    return option_link(model, name)
