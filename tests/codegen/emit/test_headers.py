from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

from codegen.emit.headers import emit
from codegen.load import load
from hyperhttp._base._generated.headers import BODY_FIELDS, SENSITIVE
from tests.codegen.specs import ROOT, scratch_spec


def test_each_field_is_in_the_set_of_its_kind_in_lower_case() -> None:
    tables = tomllib.loads((ROOT / "spec/headers.toml").read_text(encoding="utf-8"))
    assert tables
    for name, table in tables.items():
        assert (name.lower() in SENSITIVE) == (table["kind"] == "sensitive")
        assert (name.lower() in BODY_FIELDS) == (table["kind"] == "body")
    assert len(SENSITIVE) + len(BODY_FIELDS) == len(tables)


def test_the_fields_that_every_client_must_guard_are_among_them() -> None:
    assert {"authorization", "proxy-authorization", "cookie", "set-cookie"} <= SENSITIVE


def test_a_new_field_is_in_its_set(tmp_path: Path) -> None:
    table = '[X-Secret]\nkind = "sensitive"\ndoc = "X."\nsince = "0.2"'
    made: dict[str, object] = {}
    exec(emit(load(scratch_spec(tmp_path, "headers", "", table))), made)
    assert made["SENSITIVE"] == SENSITIVE | {"x-secret"}
    assert made["BODY_FIELDS"] == BODY_FIELDS


def test_headers_are_imported_without_pydantic() -> None:
    code = "import sys, hyperhttp._message.headers.headers; print('pydantic' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert done.stdout == "False\n"
