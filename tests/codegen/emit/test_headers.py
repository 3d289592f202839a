from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from codegen.emit.headers import emit, emit_methods
from codegen.load import load
from hyperhttp._base._generated import headers
from hyperhttp._base._generated.headers import SENSITIVE
from hyperhttp._base._generated.methods import ANNOUNCING_METHODS, IDEMPOTENT_METHODS
from tests.codegen.specs import ROOT, scratch_spec


def test_each_field_is_in_the_set_of_its_kind_in_lower_case() -> None:
    tables = tomllib.loads((ROOT / "spec/headers.toml").read_text(encoding="utf-8"))
    assert tables.keys() == {"kinds", "headers", "parameters"}
    for name, table in tables["headers"].items():
        for kind, declared in tables["kinds"].items():
            for constant, python in declared["sets"].items():
                looked_up = name.lower().encode() if python == "bytes" else name.lower()
                assert (looked_up in getattr(headers, constant)) == (kind in table["kinds"])
    constants = [c for k in tables["kinds"].values() for c in k["sets"]]
    assert sorted(headers.__all__) == sorted(
        [*constants, "SENSITIVE_MEMBERS", "SENSITIVE_PARAMETERS"]
    )


def test_each_parameter_is_in_the_set_in_lower_case() -> None:
    tables = tomllib.loads((ROOT / "spec/headers.toml").read_text(encoding="utf-8"))
    assert {name.lower() for name in tables["parameters"]} == headers.SENSITIVE_PARAMETERS
    outside = {n for n, table in tables["parameters"].items() if not table.get("in_json", True)}
    assert outside == headers.SENSITIVE_PARAMETERS - headers.SENSITIVE_MEMBERS


def test_the_fields_that_every_client_must_guard_are_among_them() -> None:
    assert {"authorization", "proxy-authorization", "cookie", "set-cookie"} <= SENSITIVE


def test_a_new_field_is_in_its_set(tmp_path: Path) -> None:
    table = '[headers.X-Secret]\nkinds = ["sensitive", "varying"]\ndoc = "X."\nsince = "0.2"'
    made: dict[str, object] = {}
    exec(emit(load(scratch_spec(tmp_path, "headers", "", table))), made)
    assert made["SENSITIVE"] == SENSITIVE | {"x-secret"}
    assert made["VARYING"] == headers.VARYING | {b"x-secret"}
    assert made["BODY_HEADERS"] == headers.BODY_HEADERS


def test_a_method_is_in_the_sets_of_its_properties(tmp_path: Path) -> None:
    table = "[methods.PURGE]\nidempotent = true"
    made: dict[str, object] = {}
    spec = load(scratch_spec(tmp_path, "vocabulary", "", table))
    exec(emit_methods(spec), made)
    assert made["IDEMPOTENT_METHODS"] == IDEMPOTENT_METHODS | {"PURGE"}
    assert made["ANNOUNCING_METHODS"] == ANNOUNCING_METHODS
    assert spec.config["RetryPolicy"].fields["methods"].value == made["IDEMPOTENT_METHODS"]


def test_headers_are_imported_without_pydantic() -> None:
    code = "import sys, hyperhttp._message.headers.headers; print('pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
