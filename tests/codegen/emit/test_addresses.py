"""The generated table holds each range of the spec."""

from __future__ import annotations

from codegen.emit.addresses import emit
from codegen.load import load
from tests.repo.trees import ROOT


def test_each_range_is_a_row() -> None:
    spec = load(ROOT / "spec")
    text = emit(spec)
    assert spec.addresses
    for network, each in spec.addresses.items():
        assert f'("{network}", "{each.group}", "{each.title}", {each.reachable}),' in text
