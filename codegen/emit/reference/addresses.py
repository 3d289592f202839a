"""`docs/reference/addresses.md`: the special ranges of IP addresses, by group."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from codegen.constants import AddressRange
from codegen.emit.reference.markdown import page, table
from codegen.ir import Spec

INTRO: Final = """`AddressPolicy.public()` refuses these ranges, except those that are reachable. If an address is in
several ranges, the narrowest one decides. See [outbound safety](../guide/outbound-safety.md)."""


def emit(spec: Spec) -> str:
    """Return the page."""
    return page("Special addresses", ["spec/addresses.toml"], _blocks(spec))


def _blocks(spec: Spec) -> Iterator[str]:
    yield INTRO
    for group in sorted({each.group for each in spec.addresses.values()}):
        yield f"## {group}"
        rows = [_row(name, each) for name, each in spec.addresses.items() if each.group == group]
        yield table(["network", "purpose", "public", "source", "registry"], rows)


def _row(network: str, each: AddressRange) -> tuple[str, str, str, str, str]:
    public = "yes" if each.reachable else "no"
    return f"`{network}`", each.title, public, each.source, each.registry
