"""`hyperhttp/_base/_generated/option_names.py`: where a name belongs that isn't an option here.

The suggestions of `UnknownOption` come from it: what other clients call an option, and the class
that takes a name which was given to another one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from codegen.ir import Spec
from codegen.tables import Peers
from codegen.text import constants_module, indented
from codegen.types import quoted

# `limit` in `TCPConnector(limit=...)`, or the name before a remark: `allow_redirects (of each request)`.
_KEYWORD: Final = re.compile(r"\((\w+)=\.\.\.\)")
_NAME: Final = re.compile(r"\w+")


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    lines = [
        *_mapping("OPTION_ALIASES", option_aliases(spec)),
        '"""The options of `Client` by the names that other clients have for them."""',
        *_mapping("OPTION_COUNTERPARTS", _counterparts(spec)),
        '"""The counterparts of options of other clients that aren\'t options here; empty for none."""',
        *_mapping("FIELD_ALIASES", _field_aliases(spec)),
        '"""The fields of the config models by the names that other clients have for them."""',
        *_mapping("CONFIG_FIELDS", _config_fields(spec)),
        '"""The fields of the config models by name, each with its model."""',
        f"CLIENT_OPTIONS: Final = frozenset(({', '.join(map(quoted, spec.options_at('client')))},))",
        '"""The options of `Client`."""',
        f"BODY_OPTIONS: Final = frozenset(({', '.join(map(quoted, spec.options_at('body')))},))",
        '"""The options that are a body; calls such as `get` have none of them."""',
    ]
    names = [
        "BODY_OPTIONS",
        "CLIENT_OPTIONS",
        "CONFIG_FIELDS",
        "FIELD_ALIASES",
        "OPTION_ALIASES",
        "OPTION_COUNTERPARTS",
    ]
    sources = "spec/calls.toml, spec/config.toml and spec/peers.toml"
    return constants_module(sources, "Where options belong.", names, lines, "Mapping")


def option_aliases(spec: Spec) -> Mapping[str, str]:
    """Return the names that other clients have for an option, each with the option."""
    options = spec.calls.options
    found = {name: other.use for name, other in spec.peers.options.items() if other.use in options}
    for name, option in spec.calls.options.items():
        for alias in _peer_names(option.peers):
            if alias not in spec.calls.options:
                found.setdefault(alias, name)
    return dict(sorted(found.items()))


def _counterparts(spec: Spec) -> Mapping[str, str]:
    options = spec.calls.options
    return {
        name: other.use for name, other in spec.peers.options.items() if other.use not in options
    }


def _field_aliases(spec: Spec) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for model in spec.config.values():
        for name, field in model.fields.items():
            for alias in _peer_names(field.peers):
                if alias not in model.fields:
                    found.setdefault(alias, name)
    return dict(sorted(found.items()))


def _peer_names(peers: Peers) -> Iterator[str]:
    for other in peers.values():
        yield from _names(other)


def _names(peer: str) -> Iterator[str]:
    for part in peer.split(","):
        keyword = _KEYWORD.search(part)
        name = _NAME.match(part.strip())
        if keyword is not None:
            yield keyword[1]
        elif name is not None and name[0].islower():
            yield name[0]


def _config_fields(spec: Spec) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for model, table in spec.config.items():
        for name in table.fields:
            found.setdefault(name, model)
    return dict(sorted(found.items()))


def _mapping(constant: str, entries: Mapping[str, str]) -> list[str]:
    return [
        f"{constant}: Final[Mapping[str, str]] = {{",
        *indented(f"{quoted(name)}: {quoted(value)}," for name, value in entries.items()),
        "}",
    ]
