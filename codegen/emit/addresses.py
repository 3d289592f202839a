"""`hyperhttp/_base/_generated/addresses.py`: address ranges that aren't the public internet."""

from __future__ import annotations

from codegen.ir import Spec
from codegen.text import constants_module, indented
from codegen.types import quoted


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    rows = [
        f"({quoted(network)}, {quoted(each.group)}, {quoted(each.title)}),"
        for network, each in spec.addresses.items()
    ]
    lines = [
        "SPECIAL_NETWORKS: Final[tuple[tuple[str, str, str], ...]] = (",
        *indented(rows),
        ")",
        '"""Network, group and title of each range."""',
    ]
    doc = "Address ranges that aren't part of the public internet."
    return constants_module("spec/addresses.toml", doc, ["SPECIAL_NETWORKS"], lines)
