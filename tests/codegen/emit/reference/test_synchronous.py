"""The page of the synchronous client."""

from __future__ import annotations

from codegen.emit.reference.synchronous import PARTS, emit
from codegen.surface import Surface
from tests.codegen.specs import real_spec
from tests.repo.trees import ROOT

PAGE = emit(real_spec(), Surface(ROOT, {}))


def test_it_has_every_part_and_every_call() -> None:
    for name in PARTS:
        assert f"\n## {name}\n" in PAGE
    for name in real_spec().calls.calls:
        assert f"| `{name}` |" in PAGE


def test_nothing_in_it_is_awaited() -> None:
    assert "await " not in PAGE
    assert "async with" not in PAGE
    assert "### `SyncResponse.iter_lines`" in PAGE
    assert "### `SyncResponse.trailers`" in PAGE
