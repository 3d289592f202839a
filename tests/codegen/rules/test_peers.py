from __future__ import annotations

from pathlib import Path

import pytest

from tests.codegen.specs import problems_of


@pytest.mark.parametrize(
    ("added", "text"),
    [
        (
            'Pool = { peers = ["httpx"] }',
            '[names.Pool]: the key "use" or "doc" is missing',
        ),
        (
            'ReadError = { peers = ["httpx"], use = "ReadError" }',
            "[names.ReadError]: this name exists here, too",
        ),
    ],
)
def test_a_name_that_helps_no_reader_is_reported(tmp_path: Path, added: str, text: str) -> None:
    (found,) = problems_of(tmp_path, "peers", "[names]\n", f"[names]\n{added}\n")
    assert found == f"spec/peers.toml {text}"


@pytest.mark.parametrize(
    ("table", "name"), [("options", "verify"), ("client", "stream"), ("response", "etag")]
)
def test_a_name_that_exists_here_is_no_foreign_one(tmp_path: Path, table: str, name: str) -> None:
    row = f'{name} = {{ peers = ["httpx"], use = "{name}" }}'
    (found,) = problems_of(tmp_path, "peers", f"[{table}]\n", f"[{table}]\n{row}\n")
    assert found == f"spec/peers.toml [{table}.{name}]: this name exists here, too"
