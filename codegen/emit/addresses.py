"""`hyperhttp/_base/_generated/addresses.py`: address ranges with a special purpose."""

from __future__ import annotations

from codegen.ir import Spec
from codegen.text import constants_module, indented
from codegen.types import quoted


def emit(spec: Spec) -> str:
    """The module, unformatted."""
    rows = [
        f"({quoted(network)}, {quoted(each.group)}, {quoted(each.title)}, {each.reachable}),"
        for network, each in spec.addresses.items()
    ]
    lines = [
        "SPECIAL_NETWORKS: Final[tuple[tuple[str, str, str, bool], ...]] = (",
        *indented(rows),
        ")",
        '"""Network, group and title of each range, and whether it is globally reachable."""',
    ]
    doc = "Address ranges with a special purpose."
    return constants_module("spec/addresses.toml", doc, ["SPECIAL_NETWORKS"], lines)
