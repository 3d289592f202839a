"""`hyperhttp/_base/_generated/other_names.py`: the counterparts of attributes of other clients.

The errors for unknown attributes contain them. They come from `spec/peers.toml`, and from the
`peers` of each error, response attribute and option.
"""

from __future__ import annotations

import builtins
import re
from collections.abc import Iterator, Mapping
from typing import Final

from codegen.emit.option_names import option_aliases
from codegen.emit.synchronous import synchronous_text
from codegen.ir import Spec
from codegen.tables import Peers
from codegen.text import constants_module, indented
from codegen.types import quoted

SOURCES: Final = "spec/calls.toml, spec/errors.toml, spec/peers.toml and spec/response.toml"
# The remark after a name, such as `elapsed (timedelta)`.
_REMARK: Final = re.compile(r" \(.*")


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    lines = [
        "MODULE_HINTS: Final[Mapping[str, str]] = {",
        *_entries(module_hints(spec)),
        "}",
        '"""The counterparts of classes, functions and errors of other clients."""',
        "ATTRIBUTE_HINTS: Final[Mapping[str, Mapping[str, str]]] = {",
    ]
    for owner, hints in attribute_hints(spec).items():
        lines += indented([f"{quoted(owner)}: {{", *_entries(hints), "},"])
    lines += [
        "}",
        '"""The counterparts of attributes that objects of other clients have, by our class."""',
    ]
    names = ["ATTRIBUTE_HINTS", "MODULE_HINTS"]
    return constants_module(SOURCES, "Names of other clients.", names, lines, "Mapping")


def module_hints(spec: Spec) -> Mapping[str, str]:
    """Return the names that other clients export, each with its counterpart."""
    found = {name: _hint(other.use, other.doc) for name, other in spec.peers.names.items()}
    for ours, error in spec.errors.items():
        for name in _names(error.peers):
            if not hasattr(builtins, name):
                found.setdefault(name, _hint(ours, ""))
    return _foreign(found, {*spec.errors, *spec.config})


def attribute_hints(spec: Spec) -> Mapping[str, Mapping[str, str]]:
    """Return the attributes that other clients have, by our class, each with its counterpart."""
    found: dict[str, Mapping[str, str]] = {}
    for owner, hints in (("Client", _client(spec)), ("Response", _response(spec))):
        found[owner] = {**hints, **_of_the_other(spec, owner, to_async=True)}
        converted = {name: synchronous_text(spec, hint) for name, hint in hints.items()}
        name = spec.calls.synchronous.names[owner]
        found[name] = {**converted, **_of_the_other(spec, owner, to_async=False)}
    for owner, names in (
        ("Request", spec.peers.request),
        ("Headers", spec.peers.headers),
        ("Cookies", spec.peers.cookies),
        ("URL", spec.peers.url),
    ):
        found[owner] = {name: _hint(other.use, other.doc) for name, other in names.items()}
    return {owner: dict(sorted(hints.items())) for owner, hints in found.items()}


def _client(spec: Spec) -> dict[str, str]:
    """An option isn't an attribute: setting it on a client would have no effect."""
    options = {name: name for name in spec.options_at("client")}
    found = {
        name: _hint(f"Client({option}=...)", "")
        for name, option in {**option_aliases(spec), **options}.items()
    }
    return found | {name: _hint(other.use, other.doc) for name, other in spec.peers.client.items()}


def _response(spec: Spec) -> dict[str, str]:
    found = {name: _hint(other.use, other.doc) for name, other in spec.peers.response.items()}
    fields = spec.response["Response"].fields
    for ours, field in fields.items():
        for name in _names(field.peers):
            found.setdefault(name, _hint(ours, ""))
    return {name: hint for name, hint in found.items() if name not in fields}


def _of_the_other(spec: Spec, owner: str, *, to_async: bool) -> dict[str, str]:
    """Return the methods that only the other one of our two clients has, such as `aread`."""
    pairs = {a: b for a, b in spec.calls.synchronous.names.items() if a == f"a{b}"}
    if owner == "Client":
        pairs = {a: b for a, b in pairs.items() if a == "aclose"}
    names = {b: a for a, b in pairs.items()} if to_async else pairs
    return {name: _hint(f"{ours}()", "") for name, ours in names.items()}


def _names(peers: Peers) -> Iterator[str]:
    for text in peers.values():
        for part in text.split(","):
            name = _REMARK.sub("", part.strip())
            if name.isidentifier():
                yield name


def _foreign(found: Mapping[str, str], ours: set[str]) -> Mapping[str, str]:
    return {name: hint for name, hint in sorted(found.items()) if name not in ours}


def _hint(use: str, doc: str) -> str:
    """Return the end of an error message."""
    if use:
        return f"use {use!r}"
    first, _, rest = doc.rstrip(".").partition(" ")
    return f"{first.lower() if first.istitle() else first} {rest}"


def _entries(hints: Mapping[str, str]) -> list[str]:
    return indented(f"{quoted(name)}: {quoted(hint)}," for name, hint in hints.items())
