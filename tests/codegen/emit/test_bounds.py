from __future__ import annotations

from pathlib import Path

from codegen.emit.bounds import emit
from codegen.load import load
from hyperhttp._base._generated import bounds
from tests.codegen.specs import real_spec, scratch_spec


def test_each_bound_is_a_constant_with_its_value() -> None:
    declared = {name: bound.value for name, bound in real_spec().bounds.items()}
    assert {name: getattr(bounds, name) for name in bounds.__all__} == declared


def test_a_new_bound_is_a_constant_with_its_doc(tmp_path: Path) -> None:
    table = '[X_MAX]\nvalue = 12345\ntopic = "X"\ndoc = "The X."\nreason = "X."\nsince = "0.2"'
    text = emit(load(scratch_spec(tmp_path, "bounds", "", table)))
    assert 'X_MAX: Final = 12_345\n"""The X."""\n' in text
